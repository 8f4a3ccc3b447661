# coding: utf-8
"""mlxtend: stacks, votes, and its transformers (made by boosters.py)."""
import numpy as np
import pandas as pd
from mlxtend.classifier import EnsembleVoteClassifier, StackingClassifier, StackingCVClassifier
from mlxtend.feature_selection import ColumnSelector, ExhaustiveFeatureSelector, SequentialFeatureSelector
from mlxtend.preprocessing import CopyTransformer, DenseTransformer, TransactionEncoder
from mlxtend.regressor import StackingCVRegressor, StackingRegressor
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.naive_bayes import GaussianNB
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.tree import DecisionTreeClassifier, DecisionTreeRegressor

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-10, 'absolute': 1e-12}
BASKETS = [['milk', 'bread'], ['milk', 'bread', 'eggs'], ['bread'], ['milk', 'eggs'], ['milk', 'bread', 'eggs', 'tea']]


def baskets():
    return BASKETS, None, [['tea'], ['milk', 'tea', 'milk'], [], ['bread', 'eggs']]


def named():
    X, y, test = DATA['iris_text']()
    names = ['a', 'b', 'c', 'd'][:X.shape[1]]
    return pd.DataFrame(X, columns=names), y, pd.DataFrame(test, columns=names)


def coded():
    X, y, test = DATA['iris_text']()
    return X, np.unique(y, return_inverse=True)[1], test


DATA.update(baskets=baskets, iris_named=named, iris_coded=coded)


def trees():
    return [DecisionTreeClassifier(max_depth=2, random_state=0), GaussianNB(), LogisticRegression(max_iter=300)]


def regressors():
    return [DecisionTreeRegressor(max_depth=2, random_state=0), Ridge()]


def case(label, build, data, skip=('fit_transform',), since='0'):
    return BoosterCase('mlxtend/' + label, lambda X, y: build().fit(X) if y is None else build().fit(X, y), data, meta=NEAR, skip=skip, since=since)


def knn():
    return KNeighborsClassifier(n_neighbors=3)


CASES = [
    case('EnsembleVoteClassifier-hard', lambda: EnsembleVoteClassifier(trees(), voting='hard'), 'iris_text'),
    case('EnsembleVoteClassifier-soft', lambda: EnsembleVoteClassifier(trees(), voting='soft', weights=[1, 2, 0.5]),
         'iris_text'),
    case('EnsembleVoteClassifier-weighed', lambda: EnsembleVoteClassifier(trees(), voting='hard', weights=[3, 1, 1]),
         'iris_named'),
    case('StackingClassifier-labels', lambda: StackingClassifier(trees(), LogisticRegression(max_iter=300)), 'iris_coded'),
    case('StackingClassifier-shares', lambda: StackingClassifier(trees(), LogisticRegression(max_iter=300), use_probas=True,
                                                                 drop_proba_col='last'), 'iris_coded'),
    case('StackingClassifier-mean', lambda: StackingClassifier(trees(), DecisionTreeClassifier(max_depth=3, random_state=0),
                                                               use_probas=True, average_probas=True,
                                                               use_features_in_secondary=True), 'iris_coded'),
    case('StackingCVClassifier-shares', lambda: StackingCVClassifier(trees(), LogisticRegression(max_iter=300), cv=2,
                                                                     use_probas=True, random_state=0), 'iris_coded'),
    case('StackingCVClassifier-labels', lambda: StackingCVClassifier(trees(), knn(), cv=2, random_state=0,
                                                                     use_features_in_secondary=True), 'iris_coded'),
    case('StackingRegressor-diabetes', lambda: StackingRegressor(regressors(), LinearRegression()), 'diabetes'),
    case('StackingRegressor-features', lambda: StackingRegressor(regressors(), Ridge(), use_features_in_secondary=True),
         'diabetes'),
    case('StackingCVRegressor-diabetes', lambda: StackingCVRegressor(regressors(), LinearRegression(), cv=2, random_state=0),
         'diabetes'),
    case('SequentialFeatureSelector-iris', lambda: SequentialFeatureSelector(knn(), k_features=2, cv=0), 'iris_coded'),
    case('ExhaustiveFeatureSelector-iris', lambda: ExhaustiveFeatureSelector(knn(), max_features=2, cv=2,
                                                                             print_progress=False), 'iris_coded'),
    case('ColumnSelector-names', lambda: ColumnSelector(cols=('c', 'a')), 'iris_named'),
    case('ColumnSelector-positions', lambda: make_pipeline(ColumnSelector(cols=[1, 2]), StandardScaler(), knn()),
         'iris_coded'),
    case('DenseTransformer-text', lambda: make_pipeline(CountVectorizer(), DenseTransformer(), CopyTransformer()), 'documents'),
    case('TransactionEncoder-baskets', TransactionEncoder, 'baskets'),
]
