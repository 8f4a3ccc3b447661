# coding: utf-8
"""pandas indexes, series and frames."""
from __future__ import unicode_literals

import os
import pickle
import warnings

import numpy as np
import pandas as pd

from kit.pairs import forget, pickled, versions, write_pair
from kit.sk import parse

VERSION = parse(pd.__version__)


def indexes():
    made = {
        'default': pd.RangeIndex(4), 'range': pd.RangeIndex(2, 20, 5), 'ints': pd.Index([3, 1, 2], name='n'),
        'floats': pd.Index([0.5, 1.0]), 'text': pd.Index(['a', 'ü', '塩'], name='schlüssel'),
        'mixed': pd.Index(['a', 1], dtype=object),
        'multi': pd.MultiIndex.from_tuples([('a', 1), ('a', 2), ('b', 1)], names=['k', 'n']),
        'dates': pd.DatetimeIndex(['2024-02-29', '2024-03-01 12:30:00']),
        'zoned': pd.DatetimeIndex(['2024-02-29'], tz='UTC'),
        'deltas': pd.TimedeltaIndex([1, 10 ** 9]),
        'categories': pd.CategoricalIndex(['x', 'y', 'x'], categories=['y', 'x'], ordered=True),
        'bools': pd.Index([True, False]),
    }
    return made


def series():
    made = {
        'floats': pd.Series([1.5, np.nan, -0.0], name='f'), 'ints': pd.Series([1, 2 ** 40], index=['a', 'b']),
        'text': pd.Series(['x', None, 'y']), 'bools': pd.Series([True, False]),
        'dates': pd.Series(pd.DatetimeIndex(['2024-02-29', None])),
        'categories': pd.Series(pd.Categorical(['b', 'a', None, 'b'])),
        'empty': pd.Series([], dtype=float),
    }
    if VERSION >= (0, 24):
        made['nullable'] = pd.Series([1, None, 3], dtype='Int64')
    if VERSION >= (1, 0):
        made['string'] = pd.Series(['x', None, 'grün'], dtype='string')
        made['boolean'] = pd.Series([True, None, False], dtype='boolean')
    if VERSION >= (1, 2):
        made['nullable_float'] = pd.Series([1.5, None], dtype='Float64')
    return made


def frames():
    mixed = pd.DataFrame({
        'größe': [1.5, np.nan, 3.25], 'n': [1, 2, 3], 'name': ['a', 'b', 'ü'], 'ok': [True, False, True],
        'kind': pd.Categorical(['s', 'l', 's'], categories=['s', 'm', 'l'], ordered=True),
        'when': pd.DatetimeIndex(['2024-02-29', '2024-03-01', None]), 'm': [4, 5, 6]},
        columns=['größe', 'n', 'name', 'ok', 'kind', 'when', 'm'])
    made = {
        'floats': pd.DataFrame(np.arange(6.0).reshape(3, 2), columns=['a', 'b']), 'mixed': mixed,
        'indexed': mixed[['n', 'name']].set_index('name'), 'reordered': mixed[['m', 'größe', 'n']],
        'int_columns': pd.DataFrame([[1, 2], [3, 4]]), 'float32': pd.DataFrame({'x': np.float32([0.1, 0.2])}),
        'empty': pd.DataFrame({'a': np.array([], dtype=float), 'b': np.array([], dtype=object)}),
        'no_rows_or_columns': pd.DataFrame(),
        'added': pd.DataFrame({'a': [1.0, 2.0]}).assign(b=[3, 4]).assign(c=['x', 'y']),
    }
    if VERSION >= (1, 0):
        made['nullable'] = pd.DataFrame({'i': pd.array([1, None], dtype='Int64'),
                                         's': pd.array(['x', None], dtype='string'),
                                         'b': pd.array([None, True], dtype='boolean')})
    if VERSION < (1, 0):
        del made['no_rows_or_columns']
    return made


GROUPS = [indexes, series, frames]


def make(protocols, fixtures, text):
    warnings.simplefilter('ignore')
    folder = os.path.join(fixtures, 'arrays')
    label = 'pd' + pd.__version__
    if not text:
        forget(folder, label)
    made = 0
    for group in GROUPS:
        if text and text != group.__name__:
            continue
        for protocol in protocols:
            value = dict(sorted(group().items()))
            data = pickled(value, protocol)
            write_pair(folder, '%s.%s.p%d' % (group.__name__, label, protocol), data, pickle.loads(data),
                       versions=versions('numpy', 'pandas'), protocol=protocol, container='pickle')
            made += 1
    print('pandas %s: %d files' % (pd.__version__, made))
    return 0
