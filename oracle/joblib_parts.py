"""Files of several parts as joblib 0.9 wrote them on Python 3: arrays in npy files, and in compressed `.z` files.

Writes fixtures/arrays/joblib_parts*.joblib0.9.4py3.*. Run with CPython 3.6 and `pip install joblib==0.9.4 numpy==1.16.6`.
"""
import json
import pathlib
import platform
import tempfile

import joblib
import numpy as np

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'arrays'
LABEL = 'joblib0.9.4py3'


def value():
    return {
        'c': np.arange(6.0).reshape(2, 3), 'f': np.asfortranarray(np.arange(6, dtype='i4').reshape(2, 3)),
        'big': np.array([1, -2], dtype='>i2'), 'empty': np.empty((0, 2)), 'zero_d': np.array(3.5),
        'records': np.array([(1, 0.5), (2, 1.5)], dtype=[('i', '<i8'), ('v', '<f8', (1,))]),
        'nested': [np.array([True, False]), 'between', np.array(['x', 'yy'])],
    }


def tagged_dtype(dtype):
    if dtype.subdtype is not None:
        return {'base': tagged_dtype(dtype.subdtype[0]), 'shape': list(dtype.subdtype[1])}
    if dtype.names is None:
        return dtype.str
    return {'itemsize': dtype.itemsize, 'fields': [
        {'name': name, 'dtype': tagged_dtype(dtype.fields[name][0]), 'offset': dtype.fields[name][1]} for name in dtype.names]}


def tagged(value):
    if isinstance(value, dict):
        return {'$dict': [[key, tagged(item)] for key, item in value.items()]}
    if isinstance(value, list):
        return [tagged(item) for item in value]
    if isinstance(value, np.ndarray):
        data = [[row['i'].item(), row['v'].tolist()] for row in value] if value.dtype.names else value.ravel('C').tolist()
        return {'$array': {'dtype': tagged_dtype(value.dtype), 'shape': list(value.shape), 'order': 'F' if value.flags.fnc else 'C', 'data': data}}
    return value


def make(kind, compress):
    stem = 'joblib_%s.%s' % (kind, LABEL)
    with tempfile.TemporaryDirectory() as folder:
        joblib.dump(value(), str(pathlib.Path(folder, stem + '.joblib')), compress=compress, cache_size=0)
        loaded = joblib.load(str(pathlib.Path(folder, stem + '.joblib')))
        files = {path.name: path.read_bytes() for path in sorted(pathlib.Path(folder).iterdir())}
    for name, content in files.items():
        (OUT / name).write_bytes(content)
    fixture = {
        'case': 'arrays/joblib_' + kind, 'file': stem + '.joblib',
        'versions': {'python': platform.python_version(), 'numpy': np.__version__, 'joblib': joblib.__version__}, 'protocol': 3,
        'container': 'joblib-zfile' if compress else 'joblib', 'siblings': sorted(set(files) - {stem + '.joblib'}), 'value': tagged(loaded),
    }
    (OUT / (stem + '.json')).write_text(json.dumps(fixture, separators=(',', ':')) + '\n')
    print(stem, len(files), 'files')


if __name__ == '__main__':
    make('parts', 0)
    make('zparts', 3)
