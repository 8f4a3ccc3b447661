"""Write an object as pickle or joblib file, the kind chosen by the case's name."""
import io
import os
import pickle
import shutil
import sys
import tempfile
import zlib

import joblib

from kit.sk import VERSION

LARGE = 10500 if VERSION >= (1, 9) else 3200  # bytes; a larger file is compressed

if sys.version_info >= (3, 8):
    KINDS = [('pickle', 5)] * 4 + [('pickle', 4)] * 3 + [('pickle', 3), ('pickle', 2), ('pickle', 2),
             ('joblib', 4), ('joblib', 5), ('joblib', 3), ('joblib-zlib', 5), ('joblib-zlib', 4), ('joblib-gzip', 4)]
elif sys.version_info >= (3, 0):
    KINDS = [('pickle', 4)] * 3 + [('pickle', 3)] * 4 + [('pickle', 2)] * 2 + [
             ('joblib', 3), ('joblib', 4), ('joblib-zlib', 3), ('joblib-gzip', 4)]
else:
    KINDS = [('pickle', 2)] * 6 + [('pickle', 1), ('joblib', 2), ('joblib-zlib', 2)]


OLD_JOBLIB = joblib.__version__.startswith('0.9')  # one zlib stream of its own kind, or many files
if OLD_JOBLIB:
    KINDS = [('pickle', 2)] * 7 + [('pickle', 1), ('joblib-zfile', 2), ('joblib-zfile', 2)]
COMPRESSED = 'joblib-zfile' if OLD_JOBLIB else 'joblib-zlib'


def choose(case):
    """(container, protocol) of a case in this version, always the same."""
    label = '%s %s' % (case.name, '.'.join(str(n) for n in VERSION))
    container, protocol = KINDS[zlib.crc32(label.encode('ascii')) % len(KINDS)]
    container = case.container or container
    if case.protocol is not None:
        container, protocol = 'pickle', case.protocol
    return container, min(protocol, pickle.HIGHEST_PROTOCOL)


def dumped(value, container, protocol):
    if container == 'pickle':
        return pickle.dumps(value, protocol)
    if container == 'joblib-zfile':
        folder = tempfile.mkdtemp()
        try:
            names = joblib.dump(value, os.path.join(folder, 'model'), compress=3)
            assert len(names) == 1
            with open(names[0], 'rb') as written:
                return written.read()
        finally:
            shutil.rmtree(folder)
    file = io.BytesIO()
    compress = {'joblib': 0, 'joblib-zlib': ('zlib', 3), 'joblib-gzip': ('gzip', 3)}[container]
    joblib.dump(value, file, compress=compress, protocol=protocol)
    data = file.getvalue()
    if container == 'joblib-gzip':  # no time stamp
        data = data[:4] + b'\0\0\0\0' + data[8:]
    return data


def save(value, stem, container, protocol):
    """Write the file; returns (file name, container, protocol) as written."""
    data = dumped(value, container, protocol)
    if len(data) > LARGE and container in ('pickle', 'joblib') and protocol > 0:
        container = COMPRESSED
        data = dumped(value, container, protocol)
    name = stem + ('.pkl' if container == 'pickle' else '.joblib')
    with open(name, 'wb') as file:
        file.write(data)
    return os.path.basename(name), container, 2 if container == 'joblib-zfile' else protocol
