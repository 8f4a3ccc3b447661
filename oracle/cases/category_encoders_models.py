# coding: utf-8
"""category_encoders: every encoder whose transform is not drawn, alone and in pipelines (made by boosters.py)."""
import inspect

import category_encoders as ce
import numpy as np
import pandas as pd
from category_encoders import wrapper
from sklearn.compose import ColumnTransformer
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
BACK = ('inverse_transform',)
CITIES = ['Lima', 'Quito', 'Bogotá', 'La Paz', 'Cusco']
SIZES = ['s', 'm', 'l']


def rows(count, seed, missing):
    random = np.random.RandomState(seed)
    frame = pd.DataFrame({
        'city': random.choice(CITIES, count), 'size': random.choice(SIZES, count),
        'floor': random.randint(1, 5, count), 'area': random.uniform(20, 90, count).round(2)})
    if missing:
        frame.loc[random.choice(count, count // 8, replace=False), 'city'] = np.nan
    return frame


def asked(missing):
    """Rows that training has not seen, with unknown categories and, where they are allowed, missing ones."""
    frame = rows(20, 7, False)
    frame.loc[3, 'city'], frame.loc[5, 'city'], frame.loc[8, 'size'], frame.loc[11, 'floor'] = 'Pisco', 'Ica', 'xl', 9
    if missing:
        frame.loc[[4, 13], 'city'] = np.nan
        frame.loc[6, 'size'] = np.nan
    return frame


def homes(missing=True, unknown=True, number=False):
    def make():
        X = rows(60, 3, missing)
        noise = np.random.RandomState(5).uniform(0, 1, 60)
        score = X['area'] / 90 + (X['city'] == 'Lima') + (X['size'] == 'l') * 0.5 + noise
        y = score.round(3) if number else (score > score.median()).astype(int)
        test = asked(missing) if unknown else rows(20, 9, missing)
        return X, y, test
    return make


def colours():
    X, y, test = homes()()
    return X, pd.Series(np.array(['blue', 'green', 'red'])[(X['floor'] - 1) % 3]), test


def tags():
    X, y, test = homes()()
    lists = ['a|b', 'b', 'c | a', 'b|c']
    X['city'] = [lists[at % 4] if at % 9 else np.nan for at in range(60)]
    test['city'] = (['a', 'a|d', 'b|c', np.nan, 'd'] * 4)
    return X, y, test


def table():
    X, y, test = homes(False)()
    return X[['city', 'floor', 'area']].values, y.values, test[['city', 'floor', 'area']].values


DATA.update(homes=homes(), homes_known=homes(unknown=False), homes_whole=homes(False), homes_whole_known=homes(False, False),
            prices=homes(number=True), colours=colours, tags=tags, homes_table=table)
COLS = ['city', 'size']


def of(name, data='homes', label='', since='0', until='99', cols=COLS, **params):
    def build(X, y):
        cls = getattr(ce, name)
        known = inspect.signature(ce.BaseNEncoder if name == 'BinaryEncoder' else cls).parameters
        given = dict(params)
        if name == 'HashingEncoder' and 'max_process' in known:
            given['max_process'] = 1
        encoder = cls(cols=list(cols), **given)
        encoder.fit(X, y)
        return encoder
    return BoosterCase('category_encoders/%s-%s' % (name, label or data), build, data, since=since, until=until, meta=True, skip=BACK)


def made(label, build, data='homes', since='0'):
    return BoosterCase('category_encoders/' + label, lambda X, y: build().fit(X, y), data, since=since, meta=True, skip=BACK)


def wrapped(label, build, data, since='0'):
    def fitted(X, y):
        encoder = build()
        encoder.fit(X, y)
        return encoder
    return BoosterCase('category_encoders/' + label, fitted, data, since=since, meta=True, skip=BACK)


NAMES = ['BackwardDifferenceEncoder', 'BaseNEncoder', 'BinaryEncoder', 'CatBoostEncoder', 'CountEncoder', 'GLMMEncoder',
         'HashingEncoder', 'HelmertEncoder', 'JamesSteinEncoder', 'LeaveOneOutEncoder', 'MEstimateEncoder',
         'OneHotEncoder', 'OrdinalEncoder', 'PolynomialEncoder', 'SumEncoder', 'TargetEncoder', 'WOEEncoder']
LATER = {'GrayEncoder': '2.6', 'QuantileEncoder': '2.3', 'RankHotEncoder': '2.6', 'SummaryEncoder': '2.3',
         'CountTargetEncoder': '2.10', 'MultiHotEncoder': '2.10'}
NAN = dict(handle_unknown='return_nan', handle_missing='return_nan')
WITH_NAN = [name for name in NAMES if name not in ('HashingEncoder', 'CountEncoder', 'GLMMEncoder')]
REFUSES = dict(handle_unknown='error', handle_missing='error')

CASES = [of(name) for name in NAMES] + [of(name, since=since) for name, since in LATER.items() if name != 'MultiHotEncoder']
CASES += [of(name, label='nan', **NAN) for name in WITH_NAN]
CASES += [of(name, 'homes_whole_known', label='refuses', **REFUSES)
          for name in ('OneHotEncoder', 'OrdinalEncoder', 'TargetEncoder', 'LeaveOneOutEncoder', 'BinaryEncoder')]
CASES += [
    of('OrdinalEncoder', 'homes_known', label='known'),
    of('OrdinalEncoder', label='numbers', cols=['floor', 'city']),
    of('OrdinalEncoder', label='array', return_df=False),
    of('OrdinalEncoder', label='mapping', cols=['size'], mapping=[{'col': 'size', 'mapping': {'s': 1, 'm': 5, 'l': 3}}],
       since='2.3'),
    of('OrdinalEncoder', label='scalars', handle_unknown=77, handle_missing=99, since='2.10'),
    of('OneHotEncoder', label='names', use_cat_names=True),
    of('OneHotEncoder', label='indicator', handle_unknown='indicator', handle_missing='indicator'),
    of('OneHotEncoder', 'homes_whole', label='whole'),
    of('BaseNEncoder', label='base3', base=3),
    of('BaseNEncoder', label='indicator', handle_unknown='indicator', handle_missing='indicator'),
    of('HelmertEncoder', label='indicator', handle_unknown='indicator', handle_missing='indicator'),
    of('TargetEncoder', label='smooth', min_samples_leaf=2, smoothing=3.0),
    of('TargetEncoder', 'homes_table', label='table', cols=[0]),
    of('TargetEncoder', 'prices', label='prices', cols=['city', 'size', 'floor']),
    of('TargetEncoder', label='groups', min_group_size=12, since='2.10'),
    of('TargetEncoder', label='composite', composite_cols=[('city', 'size')], since='2.10'),
    of('TargetEncoder', label='components', composite_cols=[('city', 'floor')], keep_components=True, since='2.10'),
    of('TargetEncoder', label='invariant', drop_invariant=True),
    of('JamesSteinEncoder', 'prices', label='pooled', model='pooled'),
    of('JamesSteinEncoder', label='binary', model='binary'),
    of('QuantileEncoder', 'prices', label='high', quantile=0.8, since='2.3'),
    of('SummaryEncoder', 'prices', label='three', quantiles=(0.1, 0.5, 0.9), since='2.3'),
    of('CatBoostEncoder', 'prices', label='drawn', a=3),
    of('CountEncoder', label='groups', min_group_size=15),
    of('CountEncoder', label='share', normalize=True, handle_unknown=0),
    of('CountEncoder', label='nan', handle_missing='return_nan'),
    of('CountEncoder', label='named', min_group_size=18, min_group_name='few', combine_min_nan_groups='force'),
    of('HashingEncoder', label='many', n_components=13, cols=['city', 'size', 'floor']),
    of('CountTargetEncoder', 'colours', label='colours', since='2.10'),
    of('MultiHotEncoder', 'tags', label='tags', cols=['city'], since='2.10'),
    of('MultiHotEncoder', 'tags', label='indicator', cols=['city'], handle_unknown='indicator', use_cat_names=True,
       handle_missing='indicator', since='2.10'),
    of('RankHotEncoder', 'homes', label='nan', since='2.6', **NAN),
    wrapped('PolynomialWrapper-colours', lambda: wrapper.PolynomialWrapper(ce.TargetEncoder(cols=list(COLS))), 'colours'),
    wrapped('NestedCVWrapper-homes', lambda: wrapper.NestedCVWrapper(ce.TargetEncoder(cols=list(COLS)), cv=3, random_state=0),
            'homes'),
    made('Pipeline-onehot', lambda: make_pipeline(ce.OneHotEncoder(cols=list(COLS)), LogisticRegression(max_iter=500))),
    made('Pipeline-target', lambda: make_pipeline(ce.TargetEncoder(), StandardScaler(), Ridge()), 'prices'),
    made('Pipeline-ordinal', lambda: make_pipeline(ce.OrdinalEncoder(), ce.HelmertEncoder(cols=['floor']), Ridge()),
         'prices'),
    made('Pipeline-columns', lambda: make_pipeline(ColumnTransformer([
        ('target', ce.TargetEncoder(), ['city']), ('binary', ce.BinaryEncoder(), ['size']),
        ('number', StandardScaler(), ['area', 'floor'])]), Ridge()), 'prices'),
]
