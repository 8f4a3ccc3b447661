"""scipy.sparse and pandas objects as JSON."""
from __future__ import unicode_literals

from collections import OrderedDict

import numpy as np
import pandas as pd

from kit.typed import TEXT, tag, text, typed, whole
from kit.typed_arrays import describe, element


def typed_sparse(value):
    made = OrderedDict([('class', type(value).__name__), ('format', text(value.format)),
                        ('dtype', describe(value.dtype)), ('shape', [int(n) for n in value.shape])])
    for part in ('row', 'col', 'indptr', 'indices', 'offsets'):
        if hasattr(value, part) and value.format not in ('dok', 'lil'):
            made[part] = [int(v) for v in getattr(value, part)]
    made['data'] = [element(v, value.dtype) for v in value.data.reshape(-1)]
    if value.format == 'dia':
        made['dataShape'] = [int(n) for n in value.data.shape]
    return tag('sparse', made)


def missing(value):
    return value is None or value is pd.NaT or value is getattr(pd, 'NA', ()) or \
        (isinstance(value, float) and value != value)


def cells(values):
    """The values of a column or index; null stands for what is missing in an extension type."""
    dtype = values.dtype
    if isinstance(dtype, np.dtype):
        return [element(v, dtype) for v in np.asarray(values)]
    if str(dtype).startswith('datetime64'):
        return ['NaT' if v == -2 ** 63 else whole(int(v)) for v in pd.DatetimeIndex(values).asi8]
    return [None if missing(v) else typed(v.item() if isinstance(v, np.generic) else v) for v in values]


def column(values):
    made = OrderedDict([('dtype', TEXT(values.dtype)), ('data', cells(values))])
    category = getattr(values, 'cat', values)
    if str(values.dtype) == 'category':
        made['categories'] = cells(category.categories)
        made['codes'] = [int(v) for v in category.codes]
        made['ordered'] = bool(category.ordered)
    return made


def index(value):
    made = OrderedDict([('class', type(value).__name__)])
    if isinstance(value, pd.MultiIndex):
        made['names'] = [typed(n) for n in value.names]
        made['data'] = [[typed(v.item() if isinstance(v, np.generic) else v) for v in row] for row in value]
        return made
    made['name'] = typed(value.name)
    if isinstance(value, pd.RangeIndex):
        items = list(value)
        step = getattr(value, 'step', None) or value._step
        start = getattr(value, 'start', None)
        made['range'] = [int(start if start is not None else value._start),
                         int(value.stop if hasattr(value, 'stop') else value._stop), int(step)]
        made['data'] = [int(v) for v in items]
        return made
    made.update(column(value))
    if getattr(value, 'tz', None) is not None:
        made['tz'] = TEXT(value.tz)
    return made


def typed_frame(value):
    if hasattr(value, 'tocsr'):
        return typed_sparse(value)
    if isinstance(value, pd.Index):
        return tag('index', index(value))
    if isinstance(value, pd.Series):
        return tag('series', OrderedDict([('name', typed(value.name)), ('index', index(value.index))]
                                         + list(column(value).items())))
    if isinstance(value, pd.DataFrame):
        return tag('frame', OrderedDict([
            ('columns', index(value.columns)), ('index', index(value.index)),
            ('data', [column(value.iloc[:, i]) for i in range(value.shape[1])])]))
    return tag('object', '%s.%s' % (type(value).__module__, type(value).__name__))
