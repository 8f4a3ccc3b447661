# coding: utf-8
"""Python reads what the TypeScript side wrote, and compares with what it should be.

    npx tsx --conditions=curtido-source scripts/written.ts FOLDER
    python oracle/written.py FOLDER

FOLDER holds `cases/` (pickles of the values in packages/arrays/test/written.ts, each of which has its line below),
`again/` (the pickles of fixtures/arrays/, read and written again) and `joblib/`, `npy/`, `npz/` (the same values in those
containers). Run it with the Python of every environment of versions.json: what a release cannot hold is left out.
"""
import os
import pickle
import sys
import warnings

import numpy as np
import pandas as pd
import scipy.sparse

from kit.same import Difference, same
from kit.sk import parse

PANDAS = parse(pd.__version__)
NAN = float('nan')
DAY = 86400 * 10 ** 9


def o(*items):
    made = np.empty(len(items), dtype=object)
    made[:] = items
    return made


def index(*labels, **kwargs):
    return pd.Index(o(*labels), **dict({'dtype': object}, **kwargs))


def frame(columns, rows=None, names=None):
    """Columns of objects stay objects, in pandas 3 too."""
    made = pd.DataFrame({at: pd.Series(values, dtype=values.dtype) for at, (_, values) in enumerate(columns)})
    made.columns = index(*[name for name, _ in columns]) if names is None else names
    if rows is not None:
        made.index = rows
    return made


RECORD = np.dtype([('n', '>i4'), ('s', '<U3'), ('xy', '<f4', (2,)), ('in', [('when', 'M8[D]'), ('ok', '?')])])
RECORD = np.dtype({'names': RECORD.names, 'formats': [RECORD[name] for name in RECORD.names], 'offsets': [0, 4, 16, 24], 'itemsize': 40})
ROWS = [(1, 'ab', (0.5, 1), (np.datetime64('1970-01-04'), True)), (-2, '', (0, -1), (np.datetime64('1970-01-01'), False))]
A = np.array([1.5, NAN, -0.0])


def dates(unit='ns'):
    return np.array([0, DAY], 'M8[ns]').astype('M8[%s]' % unit)


def zoned(zone, unit='ns'):
    stamps = pd.DatetimeIndex(dates('ns')).tz_localize('UTC').tz_convert(zone)
    return pd.Series(stamps if unit == 'ns' else stamps.as_unit(unit)).array


def sizes(*values):
    return pd.Categorical(values, categories=index('s', 'm', 'l'), ordered=True)


def sized(columns):
    return frame([(name, pd.Series(values).array if not isinstance(values, np.ndarray) else values) for name, values in columns])


def typed():
    return [np.array([1.5, -0.0, NAN, np.inf]), np.array([0.1, -1], 'f4'), np.array([-128, 127], 'i1'), np.array([-2, 1000], 'i2'),
            np.array([-3, 70000], 'i4'), np.array([-2 ** 63, 2 ** 53 + 1], 'i8'), np.array([65535], 'u2'),
            np.array([2 ** 32 - 1], 'u4'), np.array([2 ** 64 - 1], 'u8')]


def whole_frame():
    return frame([('a', A), ('n', np.array([1, 2 ** 60, -3])), ('s', o('x', None, u'ü')), ('b', np.array([1.0, 2, 3])),
                  ('ok', np.array([True, False, True])), ('i', np.array([1, 2, 3], 'i4'))])


def int_index():
    return frame([('a', A)], pd.Index(np.array([3, 1, 2], 'i8'), name='n'))


def objects_2d():
    return o(1, 'b', None, True).reshape(2, 2)


def date_index(zone=None, freq=None):
    rows = pd.DatetimeIndex(dates(), name='when', freq=freq)
    return frame([('x', np.array([1, 2], 'i4'))], rows if zone is None else rows.tz_localize(zone))


NUMPY = {
    'typed': typed,
    'typed.numpy2': typed,
    'bytes_are_bytes': lambda: [b'\x01\x02', np.array([1, 2], 'u1')],
    'typed_arrays': lambda: [np.array([1.0, 2]), np.array([3], 'i4')],
    'halves': lambda: np.array([0.1, -65504, 6e-8, 1e-9, np.inf, NAN, 65519, 2049]).astype('f2'),
    'long_doubles': lambda: np.array([1.5, -0.0, 5e-324, 1e300, -np.inf]).astype('g'),
    'bools': lambda: np.array([True, False, True]),
    'complex': lambda: np.array([1 - 2j, 3j]),
    'complex64': lambda: np.array([1 - 2j], 'c8'),
    'big_endian': lambda: [np.array([1, -2], '>i4'), np.array([0.5], '>f8'), np.array([u'ñ'], '>U2'), np.array([1 + 2j], '>c16')],
    'texts': lambda: np.array([u'', u'a', u'塩漬け', u'\U0001F600\x00x'], 'U4'),
    'byte_texts': lambda: np.array([b'ab', b''], 'S3'),
    'voids': lambda: np.array([b'\x01\x00\x02'], 'V3'),
    'dates': lambda: [np.array([0, -1, -2 ** 63]).astype('M8[ns]'), np.array([5]).astype('M8[25s]'), np.array([7]).astype('m8[ms]'), np.array([1]).astype('m8')],
    'objects': lambda: o(None, 'a', 1, 1.0, 1j, [1, [2]], {1: 2}),
    'objects_2d': objects_2d,
    'records': lambda: np.array(ROWS, RECORD),
    'records.out_of_band': lambda: [np.array(ROWS, RECORD), np.asfortranarray(np.array([[1, 2, 3], [4, 5, 6]], 'i4'))],
    'records_of_objects': lambda: np.array([(1.5, 'x'), (2, None)], [('a', 'f8'), ('o', 'O')]),
    'fortran': lambda: np.asfortranarray(np.array([[1, 2, 3], [4, 5, 6]], 'i4')),
    'c_order': lambda: np.array([[1, 2, 3], [4, 5, 6]], 'i4'),
    'three_axes': lambda: np.arange(24.0).reshape(2, 3, 4),
    'no_dimensions': lambda: [np.array(1.5), np.array(u'é'), np.array(None)],
    'empty': lambda: [np.array([], 'f8'), np.zeros((3, 0), 'i4'), np.array([], 'U1'), np.array([], 'O')],
    'scalars': lambda: [np.float64(1.5), np.bool_(True), np.int16(-3), np.str_(u'é'), np.datetime64('1970-01-06'), np.array(ROWS[:1], RECORD)[0]],
    'dtypes': lambda: np.dtype('f8'),
    'csr': lambda: scipy.sparse.csr_matrix([[0, 0, 5.0], [-1, 0, 0]]),
    'csr_int': lambda: scipy.sparse.csr_matrix(np.array([[0, 7]], 'i8')),
    'csr_bool': lambda: scipy.sparse.csr_matrix(np.array([[False, True]])),
    'csr_array': lambda: scipy.sparse.csr_array(np.zeros((1, 2), 'f4')),
    'shared': lambda: [A, A],
    'exact': lambda: [1.0, 1, o(1.0, 'b', None, True).reshape(2, 2), int_index()],
}

PANDAS_CASES = {
    'frame': whole_frame,
    'from_records': lambda: frame([('a', np.array([1.0, 2])), ('b', o('x', 'y'))]),
    'texts_and_big_endian': lambda: frame([('u', o('x', 'yy')), ('v', np.array([1, 2], 'i8'))]),
    'dates': lambda: frame([('ns', dates()), ('d', np.array([1, -2 ** 63]).astype('m8[ns]'))]),
    'seconds': lambda: frame([('s', np.array([1, 2]).astype('M8[s]'))]),
    'zoned': lambda: frame([('z', zoned('Europe/Madrid')), ('u', zoned('UTC'))]),
    'zoned_us': lambda: frame([('z', zoned('Asia/Tokyo', 'us'))]),
    'categories': lambda: frame([('c', sizes('l', None, 's')), ('k', pd.Categorical([3, 7, 3], categories=np.array([7, 3], 'i8')))]),
    'nullable': lambda: frame([('i', pd.array([1, None], 'Int64')), ('u', pd.array([None, 255], 'UInt8')), ('b', pd.array([True, None], 'boolean')),
                               ('s', pd.array(['x', None], 'string' if PANDAS < (1, 3) else 'string[python]'))]),
    'nullable_float': lambda: frame([('f', pd.array([None, 0.5], 'Float64'))]),
    'str': lambda: frame([('s', pd.array(['x', None], pd.StringDtype(na_value=np.nan)))], names=pd.Index(['s'], dtype=pd.StringDtype(na_value=np.nan))),
    'str.pandas1': lambda: frame([('s', o('x', NAN))]),
    'periods': lambda: frame([('p', pd.period_range('2024-01', periods=2, freq='M').array)]),
    'range_index': lambda: frame([('a', A)], pd.RangeIndex(5, 11, 2, name='r')),
    'int_index': int_index,
    'text_index': lambda: frame([('a', A)], index('x', 'y', 'z')),
    'date_index': date_index,
    'date_index_freq': lambda: date_index(freq='D'),
    'zoned_index': lambda: date_index(zone='UTC'),
    'delta_index': lambda: pd.TimedeltaIndex(np.array([1, DAY], 'm8[ns]'), name='d'),
    'period_index': lambda: pd.period_range('2024-01', periods=2, freq='M'),
    'category_index': lambda: pd.CategoricalIndex(sizes('l', None, 's'), name='c'),
    'multi_index': lambda: frame([('a', A)], pd.MultiIndex(levels=[index('a', 'b'), pd.Index(np.array([1, 2], 'i8'))], codes=[[0, 1, -1], [1, 1, 0]], names=['k', None])),
    'multi_columns': lambda: frame([(0, A), (1, A)], names=pd.MultiIndex(levels=[index('a', 'b')] * 2, codes=[[0, 0], [0, 1]], names=['x', 'y'])),
    'same_names': lambda: frame([('a', A), ('a', np.array([7.0, 8, 9]))]),
    'named_columns': lambda: frame([('a', A)], names=index('a', name='variable')),
    'number_columns': lambda: frame([(0, A), (1, A)], names=pd.Index(np.array([0, 1], 'i8'))),
    'no_rows': lambda: frame([('a', np.array([], 'f8')), ('b', o())]),
    'no_columns': lambda: pd.DataFrame(index=pd.RangeIndex(3), columns=index()),
    'series': lambda: pd.Series(A, name='s', index=index('x', 'y', 'z', name='k')),
    'series_unnamed': lambda: pd.Series(sizes('l', None, 's')),
}
PANDAS_CASES.update(('frame.protocol%d' % protocol, whole_frame) for protocol in range(6) if protocol != 4)

# What a release does not have, or not under its name of today: from which pandas on a case can be read. pandas 1.1 and
# 1.2 read no periods but their own.
SINCE = {'nullable': (1, 0), 'nullable_float': (1, 2), 'str': (2, 3), 'seconds': (2, 0), 'zoned_us': (2, 0),
         'periods': (1, 3), 'period_index': (1, 3), 'date_index_freq': (1, 1)}
NUMPY_2_MODULES = {'typed.numpy2'}


def readable(name):
    if name in NUMPY_2_MODULES:
        return parse(np.__version__) >= (1, 26)
    if name == 'csr_array':
        return hasattr(scipy.sparse, 'csr_array')
    if name in ('frame.protocol5', 'records.out_of_band') and pickle.HIGHEST_PROTOCOL < 5:
        return False
    return PANDAS >= SINCE.get(name, (0, 24))


def read(path, strict=True):
    buffers = []
    while os.path.exists('%s.%d' % (path, len(buffers))):
        with open('%s.%d' % (path, len(buffers)), 'rb') as file:
            buffers.append(file.read())
    with warnings.catch_warnings():
        warnings.simplefilter('error' if strict else 'ignore')
        warnings.simplefilter('ignore', ResourceWarning)
        with open(path, 'rb') as file:
            return pickle.load(file, **({'buffers': buffers} if buffers else {}))


def compared(name, got, expected):
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        try:
            same(got, expected)
            return None
        except (Difference, AssertionError) as problem:
            return '%s: %s' % (name, ' '.join(str(problem).split())[:400])


def cases(folder):
    expected = dict(NUMPY, **PANDAS_CASES)
    found = set(name[:-4] for name in os.listdir(folder) if name.endswith('.pkl'))
    for name in sorted(found ^ set(expected)):
        yield '%s: there is %s' % (name, 'no file' if name in expected else 'no expectation')
    for name in sorted(found & set(expected)):
        if not readable(name):
            continue
        try:
            got = read(os.path.join(folder, name + '.pkl'))
        except Exception as problem:
            yield '%s: cannot be read: %s: %s' % (name, type(problem).__name__, problem)
            continue
        yield compared(name, got, expected[name]())


def joblib_files(folder):
    import joblib
    expected = dict(NUMPY, **PANDAS_CASES)
    for name in sorted(os.listdir(folder)):
        case = name[:-len('.joblib')]
        for way in ('.zlib', '.gzip', '.unaligned'):
            if case.endswith(way):
                case = case[:-len(way)]
        # joblib before 1.2 knows nothing of padding.
        if not readable(case) or parse(joblib.__version__) < (1, 2) and not name.endswith('.unaligned.joblib'):
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter('error')
                warnings.simplefilter('ignore', ResourceWarning)
                got = joblib.load(os.path.join(folder, name))
        except Exception as problem:
            yield '%s: cannot be read: %s: %s' % (name, type(problem).__name__, problem)
            continue
        yield compared(name, got, expected[case]())


def arrays_of(value):
    parts = value if isinstance(value, list) else [value]
    return [(at, part) for at, part in enumerate(parts) if isinstance(part, np.ndarray)]


def npy_files(folder):
    for name in sorted(os.listdir(folder)):
        case, at = name[:-len('.npy')].rsplit('.', 1)
        with warnings.catch_warnings():
            warnings.simplefilter('error')
            got = np.load(os.path.join(folder, name), allow_pickle=True)
        yield compared(name, got, arrays_of(NUMPY[case]())[int(at)][1])


def npz_files(folder):
    for name in sorted(os.listdir(folder)):
        case = name[:-len('.npz')].replace('.deflated', '')
        with np.load(os.path.join(folder, name), allow_pickle=True) as archive:
            got = dict(archive)
        yield compared(name, got, dict(('a%d' % at, part) for at, part in arrays_of(NUMPY[case]())))


def again(folder, fixtures):
    for name in sorted(os.listdir(folder)):
        original = os.path.join(fixtures, name)
        try:
            expected = read(original, strict=False)
            if compared(name, expected, read(original, strict=False)):
                continue  # this release does not read it as the one that wrote it did
        except Exception:
            continue
        try:
            got = read(os.path.join(folder, name), strict=False)
        except Exception as problem:
            yield '%s: cannot be read: %s: %s' % (name, type(problem).__name__, problem)
            continue
        yield compared(name, got, expected)


def main():
    folder = sys.argv[1]
    fixtures = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'fixtures', 'arrays')
    failed = 0
    inside = lambda name: os.path.join(folder, name)
    for what, problems in [('cases', cases(inside('cases'))), ('again', again(inside('again'), fixtures)),
                           ('joblib', joblib_files(inside('joblib'))), ('npy', npy_files(inside('npy'))), ('npz', npz_files(inside('npz')))]:
        results = list(problems)
        bad = [problem for problem in results if problem]
        failed += len(bad)
        print('numpy %s, pandas %s, scipy %s: %s: %d equal, %d not' % (np.__version__, pd.__version__, scipy.__version__, what, len(results) - len(bad), len(bad)))
        for problem in bad:
            print('  ' + problem)
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
