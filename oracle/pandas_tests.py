"""What pandas' own tests read, and what pandas made of it: fixtures/tables/pandas_tests.json.gz.

    python oracle/pandas_tests.py fixtures

Needs pandas 3.1.1 with openpyxl 3.1.5, xlsxwriter 3.3.1, pytest 9.2.0 and hypothesis 6.170.17. Runs the wheel's tests/io/parser and
tests/io/excel with `read_csv` and `read_excel` wrapped, and keeps every text and workbook that was read with options that ours
can say: separator, decimal, thousands, encoding, header, na_values, the first column as index. Each comes with its columns
(missing cells are null) or with `error`. The C engine counts; what is the same twice is kept once.
"""
import base64
import functools
import gzip
import io
import json
import os
import sys
import warnings

import pandas
import pytest

#: Options that change nothing, whatever they are or with these values.
NEUTRAL = {'engine': (None, 'c', 'openpyxl'), 'low_memory': None, 'memory_map': None, 'float_precision': (None, 'round_trip'),
           'quotechar': ('"',), 'doublequote': (True,), 'skip_blank_lines': (True,), 'on_bad_lines': ('error',),
           'encoding_errors': ('strict',), 'compression': ('infer', None), 'na_filter': (True,), 'keep_default_na': (True,),
           'lineterminator': (None,), 'parse_dates': (False, None), 'dtype': (None,), 'names': (None,), 'usecols': (None,),
           'skiprows': (None, 0), 'nrows': (None,), 'skipfooter': (0,), 'chunksize': (None,), 'iterator': (False,),
           'converters': (None,), 'comment': (None,), 'escapechar': (None,), 'quoting': (0,), 'skipinitialspace': (False,),
           'storage_options': (None,), 'cache_dates': None, 'verbose': None, 'sheet_name': (0,), 'true_values': (None,),
           'false_values': (None,), 'dayfirst': (False,), 'date_format': (None,)}
MOST_BYTES = 20000


def unsaid(*_):
    raise LookupError


def options(given, content, excel):
    """Our options; LookupError when they cannot be said."""
    wishes = {} if excel else {'separator': ',', 'decimal': '.'}
    for name, value in given.items():
        if value is pandas.api.extensions.no_default:
            continue
        if name == 'delimiter' and value is None and given.get('sep', ',') is not None:
            continue
        if name in ('sep', 'delimiter') and isinstance(value, str) and len(value) == 1 and value not in '"\r\n ':
            wishes['separator'] = value
        elif name in ('decimal', 'thousands') and (value is None or isinstance(value, str) and len(value) == 1):
            if value is not None:
                wishes[name] = value
        elif name == 'encoding' and (value is None or isinstance(value, str)):
            if value is not None:
                wishes['charset'] = value
        elif name == 'header':
            wishes.update(header(value, content, excel))
        elif name == 'na_values' and (isinstance(value, str) or isinstance(value, (list, set)) and all(
                isinstance(each, str) for each in value)):
            wishes['missing'] = [value] if isinstance(value, str) else sorted(value)
        elif name == 'sheet_name' and isinstance(value, str):
            wishes['sheet'] = value
        elif name == 'index_col' and (value is None or value == 0 and not isinstance(value, bool)):
            continue
        elif name in NEUTRAL and (NEUTRAL[name] is None or any(value is each or value == each for each in NEUTRAL[name])):
            continue
        else:
            unsaid(name)
    return wishes


def header(value, content, excel):
    if value in ('infer',) or value == 0 and not isinstance(value, bool):
        return {}
    if value is None:
        return {'header': 'absent'}
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        unsaid()
    if excel:
        return {'header': value + 1}
    lines = [number for number, line in enumerate(content.splitlines(), 1) if line.strip()]
    if b'"' in content or value >= len(lines):
        unsaid()
    return {'header': lines[value]}


def content_of(source):
    if isinstance(source, pandas.ExcelFile):
        source = source._io
    if isinstance(source, io.StringIO):
        return source.getvalue()[source.tell():].encode('utf-8', 'surrogatepass')
    if isinstance(source, io.BytesIO):
        return source.getvalue()[source.tell():]
    if isinstance(source, (str, os.PathLike)) and os.path.isfile(source):
        if not str(source).endswith(('.csv', '.txt', '.tsv', '.xlsx')):
            unsaid()
        with open(source, 'rb') as file:
            return file.read()
    return unsaid()


def value_of(value):
    if value is None or value is pandas.NaT or value is pandas.NA or isinstance(value, float) and value != value:
        return None
    if isinstance(value, bool) or type(value).__name__ == 'bool':
        return bool(value)
    if hasattr(value, 'isoformat'):
        return pandas.Timestamp(value).isoformat() if not hasattr(value, 'hour') or hasattr(value, 'year') else str(value)
    if hasattr(value, 'item'):
        value = value.item()
    if isinstance(value, int):
        return value if abs(value) < 2 ** 53 else {'int': str(value)}
    if isinstance(value, float):
        return {'float': str(value)} if value in (float('inf'), float('-inf')) else value
    return value if isinstance(value, str) else unsaid()


def outcome(frame):
    if not isinstance(frame, pandas.DataFrame) or frame.columns.nlevels > 1 or frame.index.nlevels > 1:
        unsaid()
    if not isinstance(frame.index, pandas.RangeIndex):
        frame = frame.rename_axis('' if frame.index.name is None else frame.index.name).reset_index()
    kinds = {'i': 'number', 'u': 'number', 'f': 'number', 'b': 'bool', 'M': 'date'}
    return [[value_of(name) if isinstance(name, str) else str(value_of(name)), kinds.get(frame.dtypes.iloc[at].kind, 'text'),
             [value_of(each) for each in frame.iloc[:, at].tolist()]] for at, name in enumerate(frame.columns)]


class Recorder:
    def __init__(self):
        self.cases = {}

    def wrap(self, read, excel):
        @functools.wraps(read)
        def wrapped(*args, **kwargs):
            try:
                source = args[0] if args else kwargs['io' if excel else 'filepath_or_buffer']
                content = content_of(source)
                given = {name: value for name, value in kwargs.items() if name not in ('io', 'filepath_or_buffer')}
                if len(args) > 1:
                    unsaid()
                wishes = options(given, content, excel)
                if len(content) > MOST_BYTES:
                    unsaid()
            except Exception:
                return read(*args, **kwargs)
            try:
                frame = read(*args, **kwargs)
            except Exception:
                self.keep(content, wishes, excel, None)
                raise
            try:
                self.keep(content, wishes, excel, outcome(frame))
            except Exception:
                pass
            return frame
        return wrapped

    def keep(self, content, wishes, excel, columns):
        case = {'format': 'xlsx' if excel else 'csv', 'reading': wishes, 'bytes': base64.b64encode(content).decode()}
        key = json.dumps(case, sort_keys=True)
        test = os.environ.get('PYTEST_CURRENT_TEST', '').split(' ')[0].split('tests/io/')[-1]
        self.cases.setdefault(key, {'test': test, **case, **({'columns': columns} if columns is not None else {'error': True})})


def main():
    recorder = Recorder()
    read_csv = recorder.wrap(pandas.read_csv, False)
    read_excel = recorder.wrap(pandas.read_excel, True)
    for module in (pandas, sys.modules['pandas.io.parsers'], sys.modules['pandas.io.parsers.readers']):
        if hasattr(module, 'read_csv'):
            module.read_csv = read_csv
    pandas.read_excel = read_excel
    warnings.simplefilter('ignore')
    folder = os.path.join(os.path.dirname(pandas.__file__), 'tests', 'io')
    pytest.main(['-q', '-p', 'no:cacheprovider', '-W', 'ignore', '--no-header', '--tb=no', '-o', 'addopts=',
                 os.path.join(folder, 'parser'), os.path.join(folder, 'excel')])
    cases = sorted(recorder.cases.values(), key=lambda case: (case['test'], json.dumps(case, sort_keys=True)))
    text = '[\n' + ',\n'.join(json.dumps(case, separators=(',', ':')) for case in cases) + '\n]\n'
    with open(os.path.join(sys.argv[1], 'tables', 'pandas_tests.json.gz'), 'wb') as file:
        file.write(gzip.compress(text.encode(), 9, mtime=0))
    print(len(cases), 'cases')


if __name__ == '__main__':
    main()
