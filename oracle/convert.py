# coding: utf-8
"""Tables in the formats of `curtido convert`, by pandas, pyarrow, fastparquet and openpyxl.

    python oracle/convert.py make fixtures
    python oracle/convert.py check FOLDER

`make` writes fixtures/convert/: each file is a pickle of {name: (bytes of a file, what pandas reads from it)}, or of
{name: (table, text that pandas writes of it)} for CSV. `check` reads what `scripts/converted.ts FOLDER` wrote: the tables
of frames.pkl in every format. Needs CPython 3.11 with pandas 2.3.3, numpy 2.3.5, pyarrow 26.0.1, fastparquet 2026.9.0 and
openpyxl 3.1.5.
"""
import datetime
import io
import os
import pickle
import re
import sys
import tempfile
import warnings
import zipfile

import numpy as np
import pandas as pd

from kit.same import Difference, same

NAN = float('nan')


def frames():
    mixed = pd.DataFrame({
        'i': np.array([1, 2, -3]), 'f': [1.5, NAN, -0.0], 's': ['x', None, 'ü,"\n'], 'b': [True, False, True],
        'i32': np.array([1, 2, 3], 'i4'), 'u8': np.array([1, 2, 255], 'u1'), 'u64': np.array([1, 2, 2 ** 64 - 1], 'u8'),
        'f32': np.array([.1, .2, .3], 'f4'),
        't': pd.DatetimeIndex(['2024-02-29 12:30:00.123456', '1970-01-01', None]),
        'z': pd.DatetimeIndex(['2024-02-29 12:30', '1970-01-01', None]).tz_localize('Europe/Madrid'),
        'I': pd.array([1, None, 3], dtype='Int64'), 'B': pd.array([True, None, False], dtype='boolean'),
        'F': pd.array([0.5, None, 1.0], dtype='Float32'), 'S': pd.array(['a', None, 'c'], dtype='string[python]'),
        'c': pd.Categorical(['b', 'a', None], categories=['b', 'a', 'z'], ordered=True),
        'k': pd.Categorical([7, 3, 7], categories=[7, 3])})
    plain = mixed[['i', 'f', 's', 'b', 't']]
    made = {
        'mixed': mixed, 'plain': plain, 'text_index': plain.set_index('s'), 'two_levels': plain.set_index(['b', 'i']),
        'range_index': plain.set_index(pd.RangeIndex(5, 11, 2, name='r')), 'date_index': plain.iloc[:2].set_index('t'),
        'unnamed_index': plain.set_index(pd.Index([10, 20, 30])), 'number_columns': pd.DataFrame([[1.5, 2], [3, 4]]),
        'bytes': pd.DataFrame({'y': [b'\x00\xff', None, b'']}), 'no_rows': plain.iloc[:0],
        'days': pd.DataFrame({'d': pd.DatetimeIndex([None, '2024-02-29'])}),
        'deltas': pd.DataFrame({'d': pd.TimedeltaIndex([1500, -10 ** 9, 86400 * 10 ** 9])}),
    }
    return made


FOR_PARQUET = ['mixed', 'plain', 'text_index', 'two_levels', 'range_index', 'date_index', 'unnamed_index', 'number_columns', 'bytes', 'no_rows', 'days']
FOR_XLSX = ['plain', 'text_index', 'unnamed_index', 'number_columns', 'days', 'no_rows']
FOR_CSV = ['mixed', 'plain', 'text_index', 'two_levels', 'range_index', 'date_index', 'unnamed_index', 'number_columns', 'days', 'no_rows', 'deltas']

CSV_TEXTS = {
    'numbers': 'a,b,c\n1,1.5,\n-2,inf,3\n+3,1e5,4\n',
    'large': 'a,b,c\n9223372036854775807,18446744073709551615,99999999999999999999\n-1,1,1\n',
    'bools': 'a,b,c\nTrue,true,TRUE\nFalse,false,\n',
    'missing': 'a,b\nNA,x\nnull,\n',
    'missing_numbers': 'a,b\n1,1.5\n,nan\n3,N/A\n',
    'all_missing': 'a,b\n,1\n,2\n',
    'texts': 'a,b\n007,1_000\n8,2\n',
    'quotes': 'a,"b ""q"""\n"x,y","line\nbreak"\n"",\' \'\n',
    'same_names': 'a,a,a.1,a\n1,2,3,4\n',
    'mixed': 'a\n1\nx\n2.5\n',
    'mixed_bools': 'a\nTrue\n1\n',
    'blanks': 'a, b\n 1 , 2.5\n2,3\n',
    'crlf': 'a,b\r\n1,2\r\n\r\n3,4\r\n',
    'dates': 'd\n2024-02-29\n2024-03-01\n',
    'header_only': 'a,b\n',
    'exponents': 'a\n1e400\n.5\n5.\n',
}


def csv_of(frame):
    default = isinstance(frame.index, pd.RangeIndex) and frame.index.start == 0 and frame.index.step == 1 and frame.index.name is None
    return frame.to_csv(index=not default).encode()


def parquet_files():
    import fastparquet  # noqa: F401: pandas asks for it
    made = {}
    for name in FOR_PARQUET:
        frame = frames()[name]
        out = io.BytesIO()
        frame.rename(columns=str).to_parquet(out)
        made[name] = out.getvalue()
    for codec in ['gzip', 'zstd', 'brotli', 'lz4', None]:
        out = io.BytesIO()
        frames()['plain'].to_parquet(out, compression=codec)
        made['plain_%s' % codec] = out.getvalue()
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, 'plain.parquet')
        frames()['plain'].drop(columns='t').to_parquet(path, engine='fastparquet')
        with open(path, 'rb') as file:
            made['fastparquet'] = file.read()
    import pyarrow as pa
    import pyarrow.parquet as pq
    table = pa.table({
        'list': pa.array([[1, 2], None, []]), 'struct': pa.array([{'a': 1, 'b': 'x'}, None, {'a': 2, 'b': None}]),
        'date': pa.array([datetime.date(2024, 2, 29), None, datetime.date(1, 1, 1)]), 'time': pa.array([datetime.time(1, 2, 3, 4), None, datetime.time(23, 59)]),
        'small': pa.array([1, None, 3], pa.int8()), 'half': pa.array(np.array([1, .5, NAN], 'f2')),
        'ms': pa.array([0, None, 5], pa.timestamp('ms')), 'utc': pa.array([0, None, 5], pa.timestamp('us', tz='UTC')),
        'flag': pa.array([True, None, False])})
    for version in ['1.0', '2.0']:
        out = io.BytesIO()
        pq.write_table(table, out, data_page_version=version)
        made['arrow_pages_%s' % version] = out.getvalue()
    return made


def undated(data):
    """The same workbook, whenever it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, 'w') as new:
        for entry in old.infolist():
            content = re.sub(rb'20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ', b'2024-01-01T00:00:00Z', old.read(entry)) if 'core.xml' in entry.filename else old.read(entry)
            entry.date_time = (1980, 1, 1, 0, 0, 0)
            new.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def xlsx_files():
    made = {}
    for name in FOR_XLSX:
        frame = frames()[name]
        out = io.BytesIO()
        frame.to_excel(out, index=name in ('text_index', 'unnamed_index'))
        made[name] = undated(out.getvalue())
    import openpyxl
    book = openpyxl.Workbook()
    sheet = book.active
    for row in [['a', 'b', 'c', 'when'], [1, 'x', False, datetime.datetime(2024, 2, 29, 12, 30)], [2.5, 3, True, datetime.date(1999, 1, 1)],
                [None, '  blanks ', False, None]]:
        sheet.append(row)
    other = book.create_sheet('Other')
    other.append(['n'])
    other.append(['=1+1'])
    other['A3'] = 7
    out = io.BytesIO()
    book.save(out)
    made['openpyxl'] = undated(out.getvalue())
    return made


def read_xlsx(name, data):
    frame = pd.read_excel(io.BytesIO(data), index_col=0 if name == 'unnamed_index' else None)
    return frame.rename_axis(index=None) if name == 'unnamed_index' else frame


def save(folder, name, value):
    with open(os.path.join(folder, name), 'wb') as file:
        pickle.dump(value, file, 4)


def make(fixtures):
    folder = os.path.join(fixtures, 'convert')
    if not os.path.isdir(folder):
        os.makedirs(folder)
    save(folder, 'frames.pkl', frames())
    save(folder, 'write_csv.pkl', {name: (frames()[name], csv_of(frames()[name])) for name in FOR_CSV})
    save(folder, 'read_csv.pkl', {name: (text.encode(), pd.read_csv(io.StringIO(text))) for name, text in CSV_TEXTS.items()})
    save(folder, 'parquet.pkl', {name: (data, pd.read_parquet(io.BytesIO(data))) for name, data in parquet_files().items()})
    save(folder, 'xlsx.pkl', {name: (data, read_xlsx(name, data)) for name, data in xlsx_files().items()})


def as_others_see_it(frame):
    """Categories come back as their labels from parquet without Arrow's schema."""
    made = frame.copy()
    for name in made.columns:
        if isinstance(made[name].dtype, pd.CategoricalDtype):
            made[name] = made[name].astype(made[name].cat.categories.dtype)
    return made


def from_csv(frame):
    default = isinstance(frame.index, pd.RangeIndex) and frame.index.start == 0 and frame.index.step == 1 and frame.index.name is None
    return pd.read_csv(io.BytesIO(csv_of(frame)), index_col=None if default else list(range(frame.index.nlevels)))


def read(path, frame):
    name, ending = os.path.splitext(path)
    if ending == '.parquet':
        if isinstance(frame.columns, pd.RangeIndex):
            frame.columns = pd.Index(list(frame.columns))
        return pd.read_parquet(path), as_others_see_it(frame)
    if ending == '.xlsx':
        levels = None if frame.index.equals(pd.RangeIndex(len(frame))) else list(range(frame.index.nlevels))
        out = io.BytesIO()
        frame.to_excel(out, index=levels is not None)
        return pd.read_excel(path, index_col=levels), pd.read_excel(out, index_col=levels)
    if ending == '.csv':
        expected = from_csv(frame)
        return pd.read_csv(path, index_col=None if list(expected.index) == list(range(len(frame))) else list(range(expected.index.nlevels))), expected
    return (pd.read_pickle(path) if ending == '.pkl' else __import__('joblib').load(path)), frame


def check(folder):
    failed = total = 0
    for name in sorted(os.listdir(folder)):
        case = name.split('.')[0]
        total += 1
        try:
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                got, expected = read(os.path.join(folder, name), frames()[case])
                same(got, expected)
        except (Difference, AssertionError) as problem:
            failed += 1
            print('%s: %s' % (name, ' '.join(str(problem).split())[:300]))
    print('%d files, %d not as they should be' % (total, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(make(sys.argv[2]) if sys.argv[1] == 'make' else check(sys.argv[2]))
