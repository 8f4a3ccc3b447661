# coding: utf-8
"""scikit-lego: choosers of columns, caps, and estimators around estimators (made by boosters.py)."""
import numpy as np
import pandas as pd
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline, make_union
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor
from sklego.meta import EstimatorTransformer, Thresholder, ZeroInflatedRegressor
from sklego.preprocessing import ColumnCapper, ColumnDropper, ColumnSelector, IdentityTransformer, IntervalEncoder

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-11, 'absolute': 1e-12}


def named():
    X, y, test = DATA['diabetes']()
    names = ['f%d' % at for at in range(X.shape[1])]
    return pd.DataFrame(X, columns=names), y, pd.DataFrame(test, columns=names)


def zeros():
    X, y, test = DATA['diabetes']()
    return X, np.where(X[:, 0] > 0, y, 0), test


DATA.update(diabetes_named=named, diabetes_zeros=zeros)


def case(label, build, data):
    return BoosterCase('sklego/' + label, lambda X, y: build().fit(X, y), data, meta=NEAR, skip=('score_samples',))


CASES = [
    case('ColumnCapper-default', ColumnCapper, 'diabetes'),
    case('ColumnCapper-narrow', lambda: ColumnCapper(quantile_range=(20, 60)), 'diabetes'),
    case('ColumnDropper-two', lambda: ColumnDropper(['f1', 'f3']), 'diabetes_named'),
    case('ColumnSelector-two', lambda: make_pipeline(ColumnSelector(['f2', 'f0']), LinearRegression()), 'diabetes_named'),
    case('IntervalEncoder-average', lambda: IntervalEncoder(n_chunks=5), 'diabetes'),
    case('IdentityTransformer-union', lambda: make_pipeline(make_union(IdentityTransformer(), EstimatorTransformer(
        DecisionTreeRegressor(max_depth=2, random_state=0))), LinearRegression()), 'diabetes'),
    case('Thresholder-high', lambda: Thresholder(LogisticRegression(), threshold=0.7), 'binary'),
    case('EstimatorTransformer-scores', lambda: EstimatorTransformer(LogisticRegression(), predict_func='decision_function'),
         'binary'),
    case('ZeroInflatedRegressor-zeros', lambda: ZeroInflatedRegressor(
        DecisionTreeClassifier(max_depth=2, random_state=0), LinearRegression()), 'diabetes_zeros'),
]
