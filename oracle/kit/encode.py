"""Arrays, frames and sparse matrices as JSON; every float reads back to the same bits."""
from __future__ import unicode_literals

import io
import json
import math
import sys
from collections import OrderedDict

import numpy as np

try:
    import pandas as pd
except ImportError:  # pragma: no cover
    pd = None

SAFE = 2 ** 53 - 1
TEXT = str if sys.version_info[0] > 2 else unicode  # noqa: F821


def real(value):
    value = float(value)
    if math.isnan(value):
        return 'nan'
    if math.isinf(value):
        return 'inf' if value > 0 else '-inf'
    return value


def whole(value):
    value = int(value)
    return value if -SAFE <= value <= SAFE else TEXT(value)


def item(value):
    """One element of an object array or of a text or category column."""
    if value is None:
        return None
    if pd is not None and value is getattr(pd, 'NA', ()):
        return OrderedDict([('$na', True)])
    if isinstance(value, (bool, np.bool_)):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        value = whole(value)
        return value if not isinstance(value, TEXT) else OrderedDict([('$int', value)])
    if isinstance(value, (float, np.floating)):
        value = real(value)
        return value if not isinstance(value, TEXT) else OrderedDict([('$float', value)])
    if isinstance(value, bytes):
        return value.decode('ascii')
    return TEXT(value)


def array(value):
    """{dtype, shape, data}; data is flat and in C order."""
    value = np.asarray(value)
    kind = value.dtype.kind
    flat = value.ravel(order='C')
    if kind == 'b':
        name, data = 'bool', [bool(v) for v in flat]
    elif kind in 'iu':
        name, data = value.dtype.name, [whole(v) for v in flat]
    elif kind == 'f':
        name, data = value.dtype.name, [real(v) for v in flat]
    elif kind in 'US':
        name, data = 'str' if kind == 'U' else 'bytes', [item(v) for v in flat.tolist()]
    elif kind == 'O':
        name, data = 'object', [item(v) for v in flat]
    else:
        raise TypeError('no encoding for dtype %s' % value.dtype)
    return OrderedDict([('dtype', name), ('shape', [int(n) for n in value.shape]), ('data', data)])


def sparse(value):
    value = value.tocsr().copy()
    value.sort_indices()
    return OrderedDict([
        ('csr', True), ('dtype', value.dtype.name), ('shape', [int(n) for n in value.shape]),
        ('indptr', [int(v) for v in value.indptr]), ('indices', [int(v) for v in value.indices]),
        ('data', array(value.data)['data'])])


def frame(value):
    rows = [[] for _ in range(len(value))]
    for position in range(value.shape[1]):
        column = value.iloc[:, position]
        numeric = getattr(column.dtype, 'kind', 'O') in 'biuf' and isinstance(column.dtype, np.dtype)
        cells = array(column.values)['data'] if numeric else [item(v) for v in column]
        for row, cell in zip(rows, cells):
            row.append(cell)
    return OrderedDict([
        ('columns', [item(c) for c in value.columns]),
        ('dtypes', [TEXT(d) for d in value.dtypes]), ('data', rows)])


def plain(value):
    """A row that is no table's: a mapping or a list of features."""
    if isinstance(value, dict):
        return OrderedDict((key, plain(value[key])) for key in sorted(value))
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return item(value)


def encode(value):
    if isinstance(value, list) and value and isinstance(value[0], (dict, list)):
        return OrderedDict([('samples', plain(value))])
    if isinstance(value, list) and value and isinstance(value[0], np.ndarray):
        return OrderedDict([('list', [array(v) for v in value])])
    if hasattr(value, 'tocsr'):
        return sparse(value)
    if pd is not None and isinstance(value, pd.DataFrame):
        return frame(value)
    if pd is not None and isinstance(value, pd.Series):
        return array(value.values)
    return array(value)


def write(path, value):
    text = json.dumps(value, separators=(',', ':'), allow_nan=False, ensure_ascii=True)
    with io.open(path, 'w', encoding='ascii', newline='\n') as file:
        file.write(TEXT(text) + '\n')
