"""Whether two values that Python unpickled are the same: types, dtypes, memory order and every element."""
import numpy as np

try:
    import pandas as pd
except ImportError:
    pd = None
try:
    import scipy.sparse as sparse
except ImportError:
    sparse = None


class Difference(Exception):
    pass


def fail(path, what, one, other):
    raise Difference('%s: %s: %.300r is not %.300r' % (path or 'value', what, one, other))


def same_array(got, expected, path):
    if got.dtype == expected.dtype.newbyteorder('='):
        expected = expected.astype(got.dtype)  # numpy turns what it unpickles into the machine's byte order
    if got.dtype != expected.dtype:
        fail(path, 'dtype', got.dtype, expected.dtype)
    if got.shape != expected.shape:
        fail(path, 'shape', got.shape, expected.shape)
    if got.dtype.hasobject:
        for at, (one, other) in enumerate(zip(got.ravel().tolist(), expected.ravel().tolist())):
            same(one, other, '%s.flat[%d]' % (path, at))
        return
    contiguous = expected.flags.f_contiguous or expected.flags.c_contiguous
    if got.ndim > 1 and contiguous and (got.flags.f_contiguous, got.flags.c_contiguous) != (expected.flags.f_contiguous, expected.flags.c_contiguous):
        fail(path, 'memory order', got.flags, expected.flags)
    padded = got.dtype.kind == 'V' or got.dtype.kind in 'fc' and np.dtype(got.dtype.char).itemsize > (8 if got.dtype.kind == 'f' else 16)
    if padded:
        equal = repr(got.tolist()) == repr(expected.tolist())
    else:
        equal = got.tobytes() == expected.tobytes()
    if not equal:
        fail(path, 'elements', got, expected)


def same_sparse(got, expected, path):
    for one, other, what in [(got.dtype, expected.dtype, 'dtype'), (got.shape, expected.shape, 'shape'),
                             (type(got).__name__.split('_')[1], type(expected).__name__.split('_')[1], 'kind')]:
        if one != other:
            fail(path, what, one, other)
    if not np.array_equal(got.toarray(), expected.toarray()):
        fail(path, 'elements', got, expected)


def same_pandas(got, expected, path):
    exact = {'check_names': True, 'check_exact': pd.__version__ >= '1.2'}
    if isinstance(expected, pd.DataFrame):
        pd.testing.assert_frame_equal(got, expected, check_column_type=True, check_index_type=True, **exact)
        same_pandas(got.index, expected.index, path + '.index')
        same_pandas(got.columns, expected.columns, path + '.columns')
    elif isinstance(expected, pd.Series):
        pd.testing.assert_series_equal(got, expected, **exact)
        same_pandas(got.index, expected.index, path + '.index')
    else:
        pd.testing.assert_index_equal(got, expected, exact=True, **exact)
        if getattr(got, 'freq', None) != getattr(expected, 'freq', None):
            fail(path, 'freq', got.freq, expected.freq)
    repr(got)


def same(got, expected, path=''):
    """Raises Difference, or AssertionError where pandas finds one."""
    if sparse is not None and sparse.issparse(expected):
        return same_sparse(got, expected, path)
    if pd is not None and isinstance(expected, (pd.DataFrame, pd.Series, pd.Index)):
        if type(got) is not type(expected):
            fail(path, 'type', type(got), type(expected))
        return same_pandas(got, expected, path)
    if isinstance(expected, np.ma.MaskedArray):
        same_array(np.asarray(got.mask), np.asarray(expected.mask), path + '.mask')
        return same_array(got.data, expected.data, path + '.data')
    if isinstance(expected, np.ndarray):
        if not isinstance(got, np.ndarray):
            fail(path, 'type', type(got), type(expected))
        return same_array(np.asarray(got), np.asarray(expected), path)
    if type(got) is not type(expected):
        fail(path, 'type', type(got), type(expected))
    if isinstance(expected, np.generic):
        return same_array(np.asarray(got), np.asarray(expected), path)
    if isinstance(expected, (list, tuple)):
        if len(got) != len(expected):
            fail(path, 'length', len(got), len(expected))
        for at, (one, other) in enumerate(zip(got, expected)):
            same(one, other, '%s[%d]' % (path, at))
    elif isinstance(expected, dict):
        if list(map(repr, got)) != list(map(repr, expected)):
            fail(path, 'keys', list(got), list(expected))
        for one, other in zip(got, expected):
            same(got[one], expected[other], '%s[%r]' % (path, other))
    elif repr(got) != repr(expected):
        fail(path, 'value', got, expected)
