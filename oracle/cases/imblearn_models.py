# coding: utf-8
"""imbalanced-learn: pipelines with samplers, and ensembles that sample (made by boosters.py)."""
import inspect

import numpy as np
from imblearn import FunctionSampler
from imblearn.combine import SMOTEENN
from imblearn.ensemble import (BalancedBaggingClassifier, BalancedRandomForestClassifier, EasyEnsembleClassifier,
                               RUSBoostClassifier)
from imblearn.over_sampling import SMOTE, RandomOverSampler
from imblearn.pipeline import Pipeline, make_pipeline
from imblearn.under_sampling import NearMiss, RandomUnderSampler, TomekLinks
from sklearn.ensemble import RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.preprocessing import StandardScaler
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
FEW = dict(n_estimators=3, random_state=0)


def uneven(name):
    def make():
        X, y, test = DATA[name]()
        first = y == np.unique(y)[0]
        keep = ~first | (np.cumsum(first) % 3 == 0)
        return X[keep], y[keep], test
    return make


DATA.update(uneven_iris=uneven('iris_text'), uneven_binary=uneven('binary'))


def of(make):
    return lambda X, y: make().fit(X, y)


def on(cls, inner, **params):
    """`estimator`, which older releases call `base_estimator`."""
    known = inspect.signature(cls).parameters
    name = 'base_estimator' if 'estimator' not in known else 'estimator'
    return lambda X, y: cls(**dict(params, **{name: inner})).fit(X, y)


def forest(**params):
    known = inspect.signature(BalancedRandomForestClassifier).parameters
    extra = {k: v for k, v in dict(replacement=True, bootstrap=False, sampling_strategy='all').items() if k in known}
    return of(lambda: BalancedRandomForestClassifier(max_depth=3, **dict(FEW, **dict(extra, **params))))


def case(name, build, data):
    return BoosterCase('imblearn/' + name, build, data, meta=True)


CASES = [
    case('Pipeline-smote', of(lambda: make_pipeline(StandardScaler(), SMOTE(k_neighbors=2, random_state=0),
                                                    LogisticRegression())), 'uneven_iris'),
    case('Pipeline-first', of(lambda: Pipeline([('sample', RandomUnderSampler(random_state=0)), ('skip', 'passthrough'),
                                                ('tree', DecisionTreeClassifier(max_depth=2, random_state=0))])),
         'uneven_binary'),
    case('Pipeline-function', of(lambda: make_pipeline(FunctionSampler(), TomekLinks(), NearMiss(), LinearSVC(
        random_state=0))), 'uneven_binary'),
    case('Pipeline-transform', of(lambda: make_pipeline(RandomOverSampler(random_state=0), StandardScaler())),
         'uneven_binary'),
    case('Pipeline-combined', of(lambda: make_pipeline(SMOTEENN(random_state=0), RandomForestClassifier(
        max_depth=2, **FEW))), 'uneven_binary'),
    case('GridSearchCV-pipeline', of(lambda: GridSearchCV(make_pipeline(
        RandomUnderSampler(random_state=0), LogisticRegression()), {'logisticregression__C': [0.1, 1]}, cv=2)),
         'uneven_binary'),
    case('BalancedRandomForestClassifier-binary', forest(), 'uneven_binary'),
    case('BalancedRandomForestClassifier-text', forest(class_weight='balanced'), 'uneven_iris'),
    case('BalancedBaggingClassifier-binary', of(lambda: BalancedBaggingClassifier(**FEW)), 'uneven_binary'),
    case('BalancedBaggingClassifier-columns', on(BalancedBaggingClassifier, LogisticRegression(), max_features=0.6,
                                                 **FEW), 'uneven_iris'),
    case('BalancedBaggingClassifier-svc', on(BalancedBaggingClassifier, LinearSVC(random_state=0), **FEW),
         'uneven_binary'),
    case('EasyEnsembleClassifier-binary', of(lambda: EasyEnsembleClassifier(n_estimators=2, random_state=0)),
         'uneven_binary'),
    case('EasyEnsembleClassifier-text', of(lambda: EasyEnsembleClassifier(n_estimators=2, random_state=0)),
         'uneven_iris'),
    case('RUSBoostClassifier-binary', of(lambda: RUSBoostClassifier(**FEW)), 'uneven_binary'),
    case('RUSBoostClassifier-text', on(RUSBoostClassifier, DecisionTreeClassifier(max_depth=2, random_state=0), **FEW),
         'uneven_iris'),
]
