# coding: utf-8
"""Pipelines of PyCaret, as its experiments save them (made by boosters.py)."""
import numpy as np
import pandas as pd
from pycaret.classification import ClassificationExperiment
from pycaret.regression import RegressionExperiment

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-11, 'absolute': 1e-12}
BACK = ('inverse_transform', 'transform')
CITIES = ['Lima', 'Quito', 'Cusco', 'La Paz', 'Ica']


def rows(count, seed):
    random = np.random.RandomState(seed)
    return pd.DataFrame({
        'city': random.choice(CITIES, count, p=[.4, .3, .15, .1, .05]), 'size': random.choice(['s', 'm'], count),
        'area': random.uniform(20, 90, count).round(1), 'floor': random.randint(1, 5, count).astype(float),
        'rooms': random.randint(1, 7, count).astype(float)})


def asked():
    frame = rows(20, 11)
    frame.loc[2, 'city'], frame.loc[4, 'size'] = 'Tacna', 'xl'
    frame.loc[[3, 9], 'area'] = np.nan
    frame.loc[7, 'city'] = np.nan
    return frame


def homes(target):
    def make():
        X = rows(120, 3)
        score = X['area'] + 8 * X['rooms'] + np.random.RandomState(1).normal(0, 12, 120)
        y = {'words': np.where(score > score.median(), 'yes', 'no'), 'number': score.round(2).values,
             'three': np.array(['low', 'middle', 'high'])[np.clip((score // 35).astype(int), 0, 2)]}[target]
        X.loc[::11, 'area'] = np.nan
        X.loc[::17, 'city'] = np.nan
        return X, pd.Series(y, name='target'), asked()
    return make


DATA.update(homes_words=homes('words'), homes_number=homes('number'), homes_three=homes('three'))


def dates():
    X, y, test = homes('number')()
    for frame in (X, test):
        frame['day'] = pd.date_range('2024-01-30', periods=len(frame), freq='9D')
    return X, y, test


DATA['homes_dates'] = dates


def case(label, experiment, data, model='lr', **params):
    def build(X, y):
        params.setdefault('memory', False)  # up to 3.0 a file names the folder of its cache
        made = experiment()
        made.setup(X.assign(target=y.values), target='target', session_id=1, verbose=False, html=False, n_jobs=1, **params)
        return made.finalize_model(made.create_model(model, verbose=False, cross_validation=False))
    return BoosterCase('pycaret/Pipeline-' + label, build, data, meta=NEAR, skip=BACK)


C, R = ClassificationExperiment, RegressionExperiment
CASES = [
    case('words', C, 'homes_words'),
    case('normal', C, 'homes_words', normalize=True, transformation=True),
    case('three', C, 'homes_three', model='dt', max_encoding_ohe=2),
    case('balanced', C, 'homes_words', fix_imbalance=True),
    case('number', R, 'homes_number', normalize=True, normalize_method='minmax'),
    case('target', R, 'homes_number', transform_target=True, transform_target_method='yeo-johnson'),
    case('pca', R, 'homes_number', pca=True, pca_components=3, normalize=True),
    case('polynomial', R, 'homes_number', model='ridge', polynomial_features=True, polynomial_degree=2),
    case('rare', R, 'homes_number', rare_to_value=0.1, bin_numeric_features=['area']),
    case('selected', R, 'homes_number', feature_selection=True, feature_selection_method='univariate',
         n_features_to_select=0.5, low_variance_threshold=0),
    case('collinear', R, 'homes_number', remove_multicollinearity=True, multicollinearity_threshold=0.3),
    case('groups', R, 'homes_number', model='ridge', group_features={'sums': ['area', 'rooms', 'floor']}, drop_groups=False),
    case('dates', R, 'homes_dates', date_features=['day']),
    case('lightgbm', C, 'homes_words', model='lightgbm'),
    case('forest', R, 'homes_number', model='dt', numeric_imputation='median', categorical_imputation='mode'),
]
