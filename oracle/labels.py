"""Frames with labels of rows, as pandas writes them: fixtures/tables/labels.json, whose files are base64.

    python oracle/labels.py fixtures

Needs pandas 3.1.1, pyarrow 26.0.1, openpyxl 3.1.5 and xlsxwriter 3.3.1. Workbooks: with an index, below two rows of a title,
with formulas and errors, with a time beside each date.
"""
import base64
import datetime
import io
import json
import os
import sys

import openpyxl
import pandas
import pyarrow
import xlsxwriter


def text(content):
    return base64.b64encode(content).decode()


def workbook(engine, **options):
    out = io.BytesIO()
    frame().rename_axis(None).to_excel(out, engine=engine, **options)
    return text(out.getvalue())


def frame():
    return pandas.DataFrame({'age': [22, 38], 'fare': [7.25, None], 'when': pandas.to_datetime(['2024-01-02', '2024-02-29']),
                             'vip': [True, False]}, index=pandas.Index(['a', 'b'], name='id'))


def arrow():
    out = io.BytesIO()
    table = pyarrow.Table.from_pandas(frame())
    with pyarrow.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return text(out.getvalue())


def parquet():
    out = io.BytesIO()
    frame().to_parquet(out)
    return text(out.getvalue())


def formulas():
    """Formulas with the values that Excel would keep, errors, numbers as texts."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {'in_memory': True})
    sheet = book.add_worksheet()
    for column, name in enumerate(['sum', 'error', 'text', 'flag', 'when']):
        sheet.write_string(1, column + 1, name)
    sheet.write_formula(2, 1, '=1+2', None, 3)
    sheet.write_formula(2, 2, '=1/0', None, '#DIV/0!')
    sheet.write_string(2, 3, '1.5')
    sheet.write_boolean(2, 4, True)
    sheet.write_datetime(2, 5, datetime.datetime(2024, 1, 2, 3, 4, 5), book.add_format({'num_format': 'yyyy-mm-dd hh:mm'}))
    sheet.write_formula(3, 1, '=2+2', None, 4)
    sheet.write_formula(3, 2, '=NA()', None, '#N/A')
    sheet.write_string(3, 3, '2')
    sheet.write_boolean(3, 4, False)
    book.close()
    return text(out.getvalue())


def main():
    assert openpyxl.__version__ == '3.1.5'
    made = {'arrow': arrow(), 'parquet': parquet(), 'formulas': formulas()}
    for engine in ('openpyxl', 'xlsxwriter'):
        made[engine] = workbook(engine)
        made[engine + ' below a title'] = workbook(engine, startrow=2, index=False)
    with open(os.path.join(sys.argv[1], 'tables', 'labels.json'), 'w') as file:
        json.dump(made, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
