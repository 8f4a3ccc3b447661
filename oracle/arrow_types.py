"""Columns of every type of Arrow, as Arrow and as Parquet, and what pandas reads: fixtures/tables/arrow_types.json.

    python -P oracle/arrow_types.py fixtures

Needs pandas 3.1.1 and pyarrow 26.0.1. Each column lies in a file of its own, beside a column `n` of numbers.
"""
import base64
import datetime
import decimal
import io
import json
import os
import sys
import uuid

import pyarrow
import pyarrow.feather
import pyarrow.ipc
import pyarrow.parquet


class Kelvin(pyarrow.ExtensionType):
    def __init__(self):
        super().__init__(pyarrow.float64(), 'oracle.kelvin')

    def __arrow_ext_serialize__(self):
        return b''


def columns():
    """Columns by name: an array of three values, the second one missing."""
    a = pyarrow.array
    stamp = datetime.datetime(2024, 2, 29, 12, 30, 15, 250000)
    far = datetime.datetime(2024, 7, 1)
    yield 'list', a([[1, 2], None, []], pyarrow.list_(pyarrow.int64()))
    yield 'large_list', a([['a'], None, ['b', None]], pyarrow.large_list(pyarrow.string()))
    yield 'fixed_list', a([[1.5, 2.5], None, [3.5, 4.5]], pyarrow.list_(pyarrow.float64(), 2))
    yield 'struct', a([{'x': 1, 'y': 'a'}, None, {'x': 2, 'y': None}])
    yield 'struct of struct', a([{'p': {'q': 1}}, None, {'p': None}])
    yield 'list of structs', a([[{'x': 1}], None, []])
    yield 'map', a([[('k', 1)], None, []], pyarrow.map_(pyarrow.string(), pyarrow.int64()))
    yield 'dictionary', a(['a', None, 'b']).dictionary_encode()
    yield 'dictionary of integers', a([7, None, 9]).dictionary_encode()
    yield 'decimal128', a([decimal.Decimal('1.25'), None, decimal.Decimal('-3.50')])
    yield 'decimal256', a([decimal.Decimal('1.25'), None, decimal.Decimal('-3.50')], pyarrow.decimal256(50, 2))
    yield 'decimal32', a([decimal.Decimal('1.25'), None, decimal.Decimal('-3.50')], pyarrow.decimal32(5, 2))
    yield 'decimal64', a([decimal.Decimal('1.25'), None, decimal.Decimal('-3.50')], pyarrow.decimal64(12, 2))
    for unit in ('s', 'ms', 'us', 'ns'):
        yield 'timestamp ' + unit, a([stamp.replace(microsecond=0), None, far], pyarrow.timestamp(unit))
    for zone in ('UTC', 'Europe/Madrid', '+05:30'):
        yield 'timestamp ' + zone, a([stamp, None, far], pyarrow.timestamp('us', zone))
    for unit in ('s', 'ms', 'us', 'ns'):
        yield 'duration ' + unit, a([datetime.timedelta(days=1, seconds=5), None, datetime.timedelta(hours=-1)], pyarrow.duration(unit))
    yield 'date32', a([stamp.date(), None, far.date()], pyarrow.date32())
    yield 'date64', a([stamp.date(), None, far.date()], pyarrow.date64())
    for unit in ('s', 'ms'):
        yield 'time32 ' + unit, a([stamp.time().replace(microsecond=0), None, far.time()], pyarrow.time32(unit))
    for unit in ('us', 'ns'):
        yield 'time64 ' + unit, a([stamp.time(), None, far.time()], pyarrow.time64(unit))
    yield 'large_string', a(['a', None, 'ñ'], pyarrow.large_string())
    yield 'string_view', a(['a', None, 'longer than twelve bytes'], pyarrow.string_view())
    yield 'binary', a([b'a', None, b'bc'])
    yield 'large_binary', a([b'a', None, b'bc'], pyarrow.large_binary())
    yield 'fixed_binary', a([b'ab', None, b'cd'], pyarrow.binary(2))
    yield 'null', a([None, None, None])
    yield 'bool', a([True, None, False])
    yield 'halffloat', a([1.5, None, -2.0], pyarrow.float16())
    yield 'uint64', a([1, None, 2 ** 40], pyarrow.uint64())
    yield 'int8', a([1, None, -3], pyarrow.int8())
    yield 'kelvin (extension)', pyarrow.ExtensionArray.from_storage(Kelvin(), a([1.5, None, 2.5]))
    yield 'uuid (extension)', pyarrow.ExtensionArray.from_storage(pyarrow.uuid(), a(
        [uuid.UUID(int=1).bytes, None, uuid.UUID(int=2).bytes], pyarrow.binary(16)))
    yield 'json (extension)', pyarrow.ExtensionArray.from_storage(pyarrow.json_(), a(['{"a":1}', None, '[]']))
    yield 'month_day_nano', a([(1, 2, 3), None, (4, 5, 6)], pyarrow.month_day_nano_interval())
    yield 'run_end_encoded', pyarrow.RunEndEncodedArray.from_arrays(a([1, 2, 3], pyarrow.int32()), a([1.5, None, 2.5]))
    yield 'dense union', pyarrow.UnionArray.from_dense(a([0, 1, 0], pyarrow.int8()), a([0, 0, 1], pyarrow.int32()), [a([1, 2]), a(['x'])])


def text(frame):
    """The column as `to_csv` writes it; lists and dicts are not."""
    return frame['c'].to_csv(index=False, header=False).split('\n')[:-1]


def written(table, write):
    target = io.BytesIO()
    try:
        write(table, target)
    except (pyarrow.ArrowException, NotImplementedError):
        return None
    return target.getvalue()


def stream(table, target):
    with pyarrow.ipc.new_stream(target, table.schema) as writer:
        writer.write_table(table)


def main():
    pyarrow.register_extension_type(Kelvin())
    found = {}
    for name, array in columns():
        table = pyarrow.table({'n': [1.0, 2.0, 3.0], 'c': array})
        files = {'arrow': written(table, stream)}
        try:
            frame = table.to_pandas()
            reads = {'dtype': str(frame.dtypes['c']), 'csv': text(frame)}
            if name.startswith(('duration', 'timestamp')):  # Parquet has no type of its own for them: pandas notes it
                table = table.replace_schema_metadata(pyarrow.Table.from_pandas(frame).schema.metadata)
        except Exception as error:  # pandas has nothing for it
            reads = {'error': type(error).__name__}
        files['parquet'] = written(table, pyarrow.parquet.write_table)
        found[name] = {**reads, **{kind: base64.b64encode(content).decode() for kind, content in files.items() if content}}
    with open(os.path.join(sys.argv[1], 'tables', 'arrow_types.json'), 'w') as file:
        json.dump(found, file, indent=1, ensure_ascii=False)
        file.write('\n')
    print(len(found), 'columns')


if __name__ == '__main__':
    main()
