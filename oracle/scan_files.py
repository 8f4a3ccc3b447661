"""Honest files for the scanner: gradient boosting, PyTorch's layouts, npz. PyTorch itself is not needed: its files are laid out by hand.

Writes fixtures/scan/. Run with CPython 3.11 and `pip install xgboost==3.2.0 lightgbm==4.7.0 scikit-learn==1.9.1`.
"""
import collections
import io
import pathlib
import pickle
import struct
import sys
import types
import zipfile

import joblib
import numpy as np

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'scan'
DATE = (1980, 1, 1, 0, 0, 0)
MAGIC = 0x1950a86a20f9469cfc6c


def data():
    rng = np.random.RandomState(0)
    X = rng.rand(40, 3)
    return X, (X[:, 0] + X[:, 1] > 1).astype(int)


def boosters():
    import lightgbm
    import xgboost
    X, y = data()
    yield 'xgboost.pkl', xgboost.XGBClassifier(n_estimators=2, max_depth=2, random_state=0).fit(X, y)
    yield 'xgboost_booster.pkl', xgboost.XGBRegressor(n_estimators=2, max_depth=2, random_state=0).fit(X, y).get_booster()
    yield 'lightgbm.pkl', lightgbm.LGBMClassifier(n_estimators=2, num_leaves=4, min_child_samples=5, random_state=0, verbose=-1).fit(X, y)
    yield 'lightgbm.joblib', lightgbm.LGBMRegressor(n_estimators=2, num_leaves=4, min_child_samples=5, random_state=0, verbose=-1).fit(X, y)


def named(module, name, kind=type):
    """A stand-in for something of PyTorch, pickled by its name alone."""
    parent = ''
    for part in module.split('.'):
        parent = parent + '.' + part if parent else part
        sys.modules.setdefault(parent, types.ModuleType(parent))
    made = type(name, (), {}) if kind is type else (lambda *args: None)
    made.__module__, made.__qualname__, made.__name__ = module, name, name
    setattr(sys.modules[module], name, made)
    return made


class Storage:
    def __init__(self, kind, key, values, code):
        self.id = ('storage', kind, key, 'cpu', len(values))
        self.data = struct.pack('<%d%s' % (len(values), code), *values)


class Tensor:
    def __init__(self, storage, shape):
        self.storage, self.shape = storage, shape

    def __reduce__(self):
        return REBUILD, (self.storage, 0, self.shape, (self.shape[1], 1), False, collections.OrderedDict())


class Pickler(pickle._Pickler):
    """PyTorch pickles with protocol 2, and storages by persistent ids."""

    def persistent_id(self, value):
        return value.id if isinstance(value, Storage) else None


def stand_ins():
    """Made last: other libraries look whether PyTorch is there."""
    global REBUILD, STORAGES, STATE
    REBUILD = named('torch._utils', '_rebuild_tensor_v2', 'function')
    STORAGES = [Storage(named('torch', 'FloatStorage'), '0', [0.5, 1.5, -2.0, 3.0, 0.25, 8.0], 'f'),
                Storage(named('torch', 'LongStorage'), '1', [1, 2, 3, 4], 'q')]
    STATE = collections.OrderedDict([('linear.weight', Tensor(STORAGES[0], (2, 3))), ('steps', Tensor(STORAGES[1], (2, 2)))])


def dumped(value):
    file = io.BytesIO()
    Pickler(file, 2).dump(value)
    return file.getvalue()


def torch_zip():
    """As `torch.save` lays it out: stored, contents at multiples of 64 bytes, sizes and checksums behind the contents too."""
    entries = [('data.pkl', dumped(STATE)), ('byteorder', b'little')]
    entries += [('data/%d' % i, storage.data) for i, storage in enumerate(STORAGES)]
    entries += [('version', b'3\n'), ('.data/serialization_id', b'0' * 40)]
    file = io.BytesIO()
    with zipfile.ZipFile(file, 'w') as archive:
        for name, content in entries:
            info = zipfile.ZipInfo('archive/' + name, DATE)
            padding = -(file.tell() + 30 + len(info.filename) + 4) % 64
            info.extra = b'FB' + struct.pack('<H', padding) + b'Z' * padding
            archive.writestr(info, content)
    return file.getvalue()


def torch_legacy():
    """As `torch.save` laid it out before 1.6: five pickles, then the storages."""
    system = {'protocol_version': 1001, 'little_endian': True, 'type_sizes': {'short': 2, 'int': 4, 'long': 4}}
    pickles = [pickle.dumps(value, 2) for value in (MAGIC, 1001, system)]
    pickles += [dumped(STATE), pickle.dumps(sorted(storage.id[2] for storage in STORAGES), 2)]
    return b''.join(pickles) + b''.join(struct.pack('<q', storage.id[4]) + storage.data for storage in STORAGES)


def npz():
    file = io.BytesIO()
    np.savez_compressed(file, a=np.arange(6.0), words=np.array(['a', None, 1], dtype=object), text=np.array(['x', 'yy']))
    return file.getvalue()


def main():
    OUT.mkdir(exist_ok=True)
    for name, model in boosters():
        if name.endswith('.joblib'):
            joblib.dump(model, OUT / name, compress=('lzma', 3))
        else:
            (OUT / name).write_bytes(pickle.dumps(model, 4))
    (OUT / 'arrays.npz').write_bytes(npz())
    stand_ins()
    (OUT / 'torch.pt').write_bytes(torch_zip())
    (OUT / 'torch_legacy.pt').write_bytes(torch_legacy())
    for path in sorted(OUT.iterdir()):
        print(path.name, path.stat().st_size)


if __name__ == '__main__':
    main()
