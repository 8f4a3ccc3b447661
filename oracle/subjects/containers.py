# coding: utf-8
"""joblib files with several arrays, in every layout and compression that this joblib writes."""
from __future__ import unicode_literals

import os
import shutil
import sys
import tempfile

import numpy as np

from kit.pairs import forget, versions, write_pair

KINDS = [('raw', 0), ('zlib', ('zlib', 3)), ('gzip', ('gzip', 3)), ('bz2', ('bz2', 3)), ('lzma', ('lzma', 3)),
         ('xz', ('xz', 3)), ('zlib9', 9)]


def several():
    objects = np.empty(3, dtype=object)
    objects[:] = ['a', None, np.arange(2)]
    return {
        'c': np.arange(6.0).reshape(2, 3), 'f': np.asfortranarray(np.arange(6, dtype=np.int32).reshape(2, 3)),
        'big': np.array([1, -2], dtype=str('>i4')), 'objects': objects, 'empty': np.empty((0, 2)),
        'zero_d': np.array(3.5), 'nested': [np.array([True, False]), {'deep': np.array(['x', 'yy'])}], 'text': 'end',
        'records': np.array([(1, 0.5), (2, 1.5)], dtype=[(str('i'), str('<i8')), (str('v'), str('<f8'))]),
        'matrix': np.asarray([[1.5, 2.5]], dtype=np.float32), 'aligned': np.arange(9, dtype=np.uint8),
    }


def dump(joblib, value, path, compress, protocol):
    """{name: bytes} of the files that joblib wrote; old versions write a file for each array."""
    if joblib.__version__.startswith('0.9'):
        joblib.dump(value, path, compress=compress[1] if compress else 0)
    else:
        joblib.dump(value, path, compress=compress, protocol=protocol)
    folder = os.path.dirname(path)
    found = {}
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), 'rb') as file:
            found[name] = file.read()
    return found


def libraries():
    """joblib, and the copy that scikit-learn carried until 0.22."""
    import joblib
    yield 'joblib' + joblib.__version__, joblib
    try:
        from sklearn.externals import joblib as carried
    except ImportError:
        return
    if carried.__name__ != joblib.__name__:
        yield 'carried' + carried.__version__, carried


def make(protocols, fixtures, text):
    target = os.path.join(fixtures, 'arrays')
    for label, joblib in libraries():
        forget(target, label)
        old = joblib.__version__.startswith('0.9')
        kinds = [KINDS[0], KINDS[1]] if old else KINDS if sys.version_info[0] > 2 else KINDS[:4]
        for kind, compress in kinds:
            value = several()
            stem = 'joblib_%s.%s' % (kind, label)
            folder = tempfile.mkdtemp()
            try:
                path = os.path.join(folder, stem + '.joblib')
                files = dump(joblib, value, path, compress, protocols[-1])
                value = joblib.load(path)
            finally:
                shutil.rmtree(folder)
            data = files.pop(stem + '.joblib')
            if kind == 'gzip':
                data = data[:4] + b'\0\0\0\0' + data[8:]
            facts = {'siblings': sorted(files)} if files else {}
            write_pair(target, stem, data, value, versions=versions('numpy', 'joblib'),
                       protocol=protocols[-1], container='joblib' if kind == 'raw' else 'joblib-zfile' if old
                       else 'joblib-' + kind.rstrip('9'), **facts)
            for name, content in files.items():
                with open(os.path.join(target, name), 'wb') as file:
                    file.write(content)
        print('%s: %d files' % (label, len(kinds)))
    return 0
