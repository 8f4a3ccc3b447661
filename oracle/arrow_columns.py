"""Frames with dates, durations and decimals that pyarrow keeps, and with attrs: fixtures/pyarrow.

    python oracle/arrow_columns.py fixtures/pyarrow

Ran with pandas 2.3.3 and 3.1.1, pyarrow 26.0.1. A date or a duration is expected as its ticks, a decimal as its text.
"""
import datetime
import decimal
import json
import pickle
import sys

import pandas as pd
import pyarrow as pa

TAG = 'pd' + pd.__version__.split('.')[0]


def column(values, kind):
    return pd.array(values, dtype=pd.ArrowDtype(kind))


def plain(value, tick):
    if value is pd.NA or value is pd.NaT or value is None:
        return None
    return str(value) if tick is None else str(tick(value))


def seconds(value):
    return (value - datetime.date(1970, 1, 1)).days * 86400


zoned = pd.Timestamp('2024-03-31 03:30', tz='Europe/Madrid')
columns = {
    'date32': (column([datetime.date(2024, 2, 29), None, datetime.date(1969, 12, 31)], pa.date32()), seconds),
    'date64': (column([datetime.date(2024, 2, 29), None, None], pa.date64()), lambda v: seconds(v) * 1000),
    's': (column([datetime.datetime(2024, 1, 1, 3), None, None], pa.timestamp('s')), lambda v: int(v.timestamp())),
    'ns': (column([zoned, None, zoned], pa.timestamp('ns', 'Europe/Madrid')), lambda v: v.value),
    'us': (column([pd.Timedelta('1h'), None, pd.Timedelta('-3us')], pa.duration('us')), lambda v: v.value // 1000),
    'decimal': (column([decimal.Decimal('1.25'), None, decimal.Decimal('-0.05')], pa.decimal128(10, 2)), None),
    'large': (column([decimal.Decimal(10) ** 30, None, decimal.Decimal(-1)], pa.decimal128(38, 0)), None),
    'whole': (column([None, None, None], pa.int16()), None),
}
frame = pd.DataFrame({name: array for name, (array, _) in columns.items()}, index=['a', 'b', 'c'])
frame.attrs = {'source': 'ñ', 'n': 1}
expected = {
    'arrow': {name: str(array.dtype.pyarrow_dtype) for name, (array, _) in columns.items()},
    'values': {name: [plain(value, tick) for value in array] for name, (array, tick) in columns.items()},
}
pickle.dump(frame, open(f'{sys.argv[1]}/columns.{TAG}.pickle', 'wb'), protocol=4)
json.dump(expected, open(f'{sys.argv[1]}/columns.{TAG}.json', 'w'), ensure_ascii=False, indent=0)

if TAG == 'pd3':
    sparse = pd.DataFrame({
        'f': pd.arrays.SparseArray([float('nan'), 1.5, float('nan'), 2.5]),
        'i': pd.arrays.SparseArray([0, 3, 0, 4]),
        'b': pd.arrays.SparseArray([False, True, False, True], kind='block'),
    })
    pickle.dump(sparse, open(f'{sys.argv[1]}/sparse.{TAG}.pickle', 'wb'), protocol=5)
