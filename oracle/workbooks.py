"""Sheets that several writers make, and what pandas reads from them: fixtures/tables/workbooks.json.gz.

    python -P oracle/workbooks.py fixtures

Needs pandas 3.1.1 with openpyxl 3.1.5, xlsxwriter 3.3.1 and pyexcelerate 0.13.0. The cells come from a generator with a seed; each
kind of sheet is written by each library that can hold it, several sheets to a workbook, and read by `read_excel` as it is.
"""
import base64
import datetime
import gzip
import io
import json
import os
import random
import re
import sys
import warnings
import zipfile

import openpyxl
import pandas
import pyexcelerate
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont

WORDS = ['Zürich', 'ñandú', 'a b', ' lead', 'trail ', 'two\nlines', 'tab\there', '<&>"\'', '日本', '😀', 'TRUE',
         '1e', '12 €', 'a;b', '=not', '-', 'é\u0301', '\u00a0hard', "'quoted"]
DATES = ['yyyy-mm-dd', 'dd/mm/yyyy', 'd-mmm-yy', 'm/d/yy h:mm', '[$-409]d mmmm yyyy;@', 'yyyy"年"m"月"d"日"', '"on "yyyy', 'mmm-yy',
         '[$-F800]dddd\\, mmmm dd\\, yyyy', 'yyyy-mm-dd hh:mm:ss.000', '[Blue]yyyy\\.mm\\.dd', 'dddd', 'h:mm AM/PM', 'hh:mm:ss', 'mm:ss.0',
         'yyyy\\-mm\\-dd\\Thh:mm', 'd/m;@', 'h"h"mm']
DURATIONS = ['[h]:mm', '[hh]:mm:ss', '[mm]:ss', '[h]:mm:ss.000', '[ss]']
NUMBERS = ['General', '0.00', '#,##0.00 "€"', '[Red]-0.00', '0.0%', '"d"0', '0" days"', '# ?/?', '0.00E+00', '@', '[>100]0;[<0]"neg"0;General',
           '_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', '[$$-409]#,##0.00', '0.0 "h"', '000-00', '[$¥-804]0', '0\\d', '0;-0;;@', '"yes";"no"']
ERRORS = ['#N/A', '#DIV/0!', '#VALUE!', '#REF!', '#NAME?', '#NUM!', '#NULL!']


class Cell:
    """A cell that is more than its value."""

    def __init__(self, value, look=None, formula=None, rich=False, inline=False):
        self.value, self.look, self.formula, self.rich, self.inline = value, look, formula, rich, inline


def date(rng):
    return datetime.datetime(rng.randint(1901, 2090), rng.randint(1, 12), rng.randint(1, 28))


def moment(rng):
    return date(rng).replace(hour=rng.randint(0, 23), minute=rng.randint(0, 59), second=rng.randint(0, 59))


def column(rng, make, rows, missing=0.0):
    return [None if rng.random() < missing else make() for _ in range(rows)]


def table(names, *columns):
    return [list(names)] + [list(row) for row in zip(*columns)]


def kinds(rng):
    """Rows of cells by what they are about."""
    n = rng.randint(3, 7)
    ints = lambda gap=0.0: column(rng, lambda: rng.choice([0, -1, rng.randint(-10 ** 6, 10 ** 6), 2 ** 40 + rng.randint(0, 9)]), n, gap)  # noqa: E731
    floats = lambda gap=0.0: column(rng, lambda: rng.choice([rng.gauss(0, 1), rng.random() * 1e-12, 1e300, -2.5, 0.1 + 0.2]), n, gap)  # noqa: E731
    texts = lambda gap=0.0: column(rng, lambda: rng.choice(WORDS), n, gap)  # noqa: E731
    truths = lambda gap=0.0: column(rng, lambda: rng.random() < 0.5, n, gap)  # noqa: E731
    dates = lambda gap=0.0: column(rng, lambda: Cell(date(rng), 'yyyy-mm-dd'), n, gap)  # noqa: E731
    moments = lambda gap=0.0: column(rng, lambda: Cell(moment(rng), 'yyyy-mm-dd hh:mm:ss'), n, gap)  # noqa: E731
    plain = table(['i', 'f', 't', 'b'], ints(), floats(), texts(), truths())
    sparse = [[None] * 9 for _ in range(40)]
    for _ in range(12):
        sparse[rng.randrange(40)][rng.randrange(9)] = rng.randint(1, 99)
    sparse[0] = ['c%d' % at for at in range(9)]
    serials = [0.25, 0.75, 1, 59, 61, rng.randint(100, 40000), rng.randint(100, 40000) + 0.5, None]
    looks = lambda formats: table(formats, *([value if value is None else Cell(value, look) for value in serials] for look in formats))  # noqa: E731
    gap = [None] * 4
    yield 'plain', plain
    yield 'missing', table(['i', 'f', 't', 'b'], ints(0.4), floats(0.4), texts(0.4), truths(0.4))
    yield 'spellings', table(['s', 'n'], ['NA', 'n/a', 'None', '', 'nan', 'x', '<NA>', ' NA'], ['1', '2.5', 'NaN', '-3', '1e3', '', ' 7', 'null'])
    yield 'numbers as texts', table(['a', 'b', 'c'], ['1', '2', '3'], ['007', '1.50', '-0'], ['True', 'False', 'TRUE'])
    yield 'escapes', table(['e', 'f'], ['x_x000D_y', '_x0041_', '_x005F_'], ['_xyz_', 'x_', '_x41_'])
    yield 'mixed truths', table(['p', 'q', 'r', 's', 't'], [True, 1, 0], [True, 2.5, False], [None, True, 0.5], ['True', True, 'FALSE'], ['1', True, 2])
    yield 'mixed', table(['m', 'n', 'o'], [1, 'a', True, 2.5], [True, 1, None, 0], [1.5, None, 'x', False])
    yield 'dates', table(['d', 'm', 'n'], dates(), moments(), dates(0.3))
    yield 'dates and others', table(['d', 'e'], [Cell(date(rng), 'd/m/yyyy'), 'later', None], [Cell(moment(rng), 'd/m/yyyy h:mm'), 3, None])
    yield 'times', table(['t'], [Cell(datetime.time(rng.randint(0, 23), rng.randint(0, 59), rng.randint(0, 59)), 'hh:mm:ss') for _ in range(n)])
    yield 'durations', table(['d'], [Cell(datetime.timedelta(hours=rng.randint(0, 90), seconds=rng.randint(0, 3599)), '[h]:mm:ss') for _ in range(n)])
    yield 'formats of dates', looks(DATES)
    yield 'formats of durations', looks(DURATIONS)
    yield 'formats of numbers', looks(NUMBERS)
    yield 'formulas', table(['n', 't', 'b', 'e'], *[[Cell(make(), formula='=A1') for _ in range(n)] for make in (
        lambda: rng.randint(1, 99) / 4, lambda: rng.choice(WORDS), lambda: rng.random() < 0.5, lambda: rng.choice(ERRORS))])
    yield 'formulas of dates', table(['d', 'n'], [Cell(rng.randint(20000, 40000), 'yyyy-mm-dd', '=TODAY()') for _ in range(n)], ints())
    yield 'errors', table(['a', 'b'], column(rng, lambda: rng.choice(ERRORS), n), column(rng, lambda: rng.choice([1, 2.5, '#N/A']), n))
    yield 'empty rows above', [gap, gap] + plain
    yield 'empty rows within', plain[:2] + [gap, gap] + plain[2:]
    yield 'empty columns before', [[None, None] + row for row in plain]
    yield 'empty columns within', [row[:2] + [None] + row[2:] for row in plain]
    yield 'empty columns after', [row + [Cell(None, '0.00')] * 2 for row in plain] + [[Cell(None, '0.00')] * 6]
    yield 'merged title', [['Report of %s' % rng.choice(WORDS[:2])] + [None] * 3, gap] + plain
    yield 'title beside', [plain[0] + ['note']] + [row + [None] for row in plain[1:]]
    yield 'hidden rows', plain
    yield 'header twice', [['a', 'a', 'b', 'a', 'a.1']] + [[each] * 5 for each in ints()]
    yield 'header of numbers', [[1, 2.5, 2020, 3.0]] + plain[1:]
    yield 'large integers', table(['l', 'm'], [2 ** 53, 2 ** 62, 1], [2 ** 53, None, 1])
    yield 'huge integers', table(['l'], [2.0 ** 70, 1, 2])
    yield 'header of dates', [[Cell(date(rng), 'yyyy-mm-dd'), Cell(moment(rng), 'yyyy-mm-dd hh:mm'), 'x', 'y']] + plain[1:]
    yield 'unicode names', [['größe', '名前', 'a\nb', ' spaced ']] + plain[1:]
    yield 'header missing within', [['a', None, 'c', None]] + plain[1:]
    yield 'header missing first', [[None, 'b', 'c', 'd']] + plain[1:]
    yield 'one column', table(['only'], floats(0.2))
    yield 'one cell', [[rng.choice(WORDS[:3])]]
    yield 'header only', plain[:1]
    yield 'very sparse', sparse
    yield 'rich texts', table(['r', 'n'], [Cell(rng.choice(WORDS[:6]), rich=True) for _ in range(n)], ints())
    yield 'inline texts', table(['r', 'n'], [Cell(rng.choice(WORDS), inline=True) for _ in range(n)], ints())
    yield 'large numbers', table(['l', 'm'], [2 ** 53, -2 ** 53, 1], [1e308, 1.5e20, 5e-324])
    yield 'whole floats', table(['w', 'x'], [1.0, 2.0, 3.0], [1.0, None, 1e15])


def by_openpyxl(sheets, old, iso=False):
    book = openpyxl.Workbook()
    book.iso_dates = iso
    book.remove(book.active)
    if old:
        book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for at, row in enumerate(rows, 1):
            for to, cell in enumerate(row, 1):
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                place = sheet.cell(at, to)
                if cell.rich:
                    place.value = CellRichText(cell.value[:2], TextBlock(InlineFont(b=True), cell.value[2:]))
                elif cell.formula:
                    place.value = cell.formula
                else:
                    place.value = cell.value
                    if isinstance(cell.value, str) and cell.value.startswith('='):
                        place.data_type = 's'
                if cell.inline:
                    place.data_type = 'inlineStr'
                if cell.look:
                    place.number_format = cell.look
        if name == 'merged title':
            sheet.merge_cells('A1:D1')
        if name == 'hidden rows':
            sheet.row_dimensions[2].hidden = True
            sheet.column_dimensions['B'].hidden = True
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def by_xlsxwriter(sheets, old, inline=False):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {'date_1904': old, 'constant_memory': inline, 'in_memory': not inline})
    looks = {}
    for name, rows in sheets:
        sheet = book.add_worksheet(name)
        for at, row in enumerate(rows):
            for to, cell in enumerate(row):
                cell = cell if isinstance(cell, Cell) else Cell(cell)
                look = cell.look and looks.setdefault(cell.look, book.add_format({'num_format': cell.look}))
                value = cell.value
                if cell.formula:
                    sheet.write_formula(at, to, cell.formula, look, value)
                elif value is None:
                    sheet.write_blank(at, to, None, look)
                elif value in ERRORS:
                    sheet.write_formula(at, to, '=NA()', look, value)
                elif cell.rich:
                    sheet.write_rich_string(at, to, value[:2] or ' ', book.add_format({'bold': True}), value[2:] or ' ')
                elif isinstance(value, str):
                    sheet.write_string(at, to, value, look)
                elif isinstance(value, (datetime.datetime, datetime.time, datetime.timedelta)):
                    sheet.write_datetime(at, to, value, look)
                else:
                    sheet.write(at, to, value, look)
        if name == 'merged title' and not inline:
            sheet.merge_range('A1:D1', rows[0][0])
        if name == 'hidden rows' and not inline:
            sheet.set_row(1, None, None, {'hidden': True})
            sheet.set_column('B:B', None, None, {'hidden': True})
    book.close()
    return target.getvalue()


def by_pyexcelerate(sheets, _):
    book = pyexcelerate.Workbook()
    for name, rows in sheets:
        sheet = book.new_sheet(name)
        for at, row in enumerate(rows, 1):
            for to, cell in enumerate(row, 1):
                value = cell.value if isinstance(cell, Cell) else cell
                if value is not None:
                    sheet.set_cell_value(at, to, value)
                if isinstance(cell, Cell) and cell.look:
                    sheet.set_cell_style(at, to, pyexcelerate.Style(format=pyexcelerate.Format(cell.look)))
    target = io.BytesIO()
    book._save(target)
    return target.getvalue()


def by_pandas(engine, index):
    def write(sheets, _):
        target = io.BytesIO()
        with pandas.ExcelWriter(target, engine=engine) as writer:
            for name, (names, *rows) in sheets:
                frame = pandas.DataFrame([[cell.value if isinstance(cell, Cell) else cell for cell in row] for row in rows])
                frame.columns = [cell.value if isinstance(cell, Cell) else cell for cell in names]
                frame.to_excel(writer, sheet_name=name, index=index)
        return target.getvalue()
    return write


#: What is read otherwise on purpose, or by Excel's own rules; one workbook has it.
OTHERWISE = re.compile('empty rows above|columns before|escapes|huge')
#: What writers cannot say.
RAGGED = re.compile('empty|title|hidden|missing f|header missing|one cell|header only|formats|formulas|rich|inline|errors')
CACHED = re.compile('rich|inline|formats|merged|hidden|errors|formulas|spellings')
WRITERS = [('openpyxl', by_openpyxl, False, None), ('xlsxwriter', by_xlsxwriter, False, None),
           ('xlsxwriter inline', lambda sheets, old: by_xlsxwriter(sheets, old, True), False, re.compile('rich')),
           ('openpyxl iso', lambda sheets, old: by_openpyxl(sheets, old, True), False, re.compile('^(?!.*(dates|durations|times))')),
           ('openpyxl 1904', by_openpyxl, True, re.compile('^(?!.*(dates|durations|times))')),
           ('xlsxwriter 1904', by_xlsxwriter, True, re.compile('^(?!.*(dates|durations|times))')),
           ('pyexcelerate', by_pyexcelerate, False, CACHED),
           ('pandas openpyxl', by_pandas('openpyxl', False), False, RAGGED),
           ('pandas xlsxwriter index', by_pandas('xlsxwriter', True), False, RAGGED)]


def value_of(value):
    if value is None or value is pandas.NaT or value is pandas.NA or isinstance(value, float) and value != value:
        return None
    if isinstance(value, datetime.timedelta):
        return {'duration': pandas.Timedelta(value) // pandas.Timedelta(1, 'us')}
    if isinstance(value, datetime.time):
        return {'time': value.isoformat()}
    if isinstance(value, datetime.datetime):
        return {'date': pandas.Timestamp(value).isoformat()}
    value = value.item() if hasattr(value, 'item') else value
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) >= 2 ** 53:
        return {'int': str(value)}
    assert isinstance(value, (bool, int, float, str)), type(value)
    return value


def outcome(content, sheet):
    try:
        frame = pandas.read_excel(io.BytesIO(content), sheet_name=sheet)
    except Exception as error:  # what pandas cannot read, by the kind of its error
        return {'error': type(error).__name__}
    return {'columns': [[value_of(name), frame.dtypes.iloc[at].kind, [value_of(each) for each in frame.iloc[:, at].tolist()]]
                        for at, name in enumerate(frame.columns)]}


def packed(content):
    """The same parts, packed as tightly as can be."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED, compresslevel=9) as out:
        for name in source.namelist():
            out.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), source.read(name), zipfile.ZIP_DEFLATED)
    return target.getvalue()


def main():
    warnings.simplefilter('ignore')
    books = []
    for seed in (1, 2):
        for writer, write, old, skipped in WRITERS:
            sheets = [(name, rows) for name, rows in kinds(random.Random(seed)) if not (skipped and skipped.search(name))
                      and (not OTHERWISE.search(name) or (writer, seed) == ('openpyxl', 1))]
            content = packed(write(sheets, old))
            read = {name: outcome(content, name) for name, _ in sheets}
            books.append({'writer': writer, 'seed': seed, 'bytes': base64.b64encode(content).decode(), 'sheets': read})
    text = json.dumps(books, ensure_ascii=False, separators=(',', ':')) + '\n'
    with open(os.path.join(sys.argv[1], 'tables', 'workbooks.json.gz'), 'wb') as file:
        file.write(gzip.compress(text.encode(), 9, mtime=0))
    print(sum(len(book['sheets']) for book in books), 'sheets')


if __name__ == '__main__':
    main()
