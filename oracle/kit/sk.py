"""scikit-learn by today's names in every version: `sk.ensemble.BaggingRegressor(estimator=...)`."""
import importlib
import re

import numpy as np
import sklearn


def parse(text):
    """'0.22.2.post1' -> (0, 22, 2)."""
    return tuple(int(part) for part in re.findall(r'\d+', text.split('post')[0])[:3])


VERSION = parse(sklearn.__version__)

# Constructor parameters that had another name before.
RENAMED = {
    'estimator': 'base_estimator', 'sparse_output': 'sparse', 'final_estimator': 'final_estimator',
    'max_iter': 'n_iter', 'n_components': 'n_topics',
}
# Parameters that only steer fitting (or a default since); left out where they do not exist.
OPTIONAL = {'n_init', 'tol', 'max_iter', 'validation_fraction', 'n_iter_no_change', 'n_quantiles', 'subsample',
            'break_ties', 'quantile_method', 'early_stopping'}

# Values that had another spelling: (parameter, value) -> (older value, version that brought the new one).
RESPELLED = {
    ('SGDClassifier', 'loss', 'log_loss'): ('log', (1, 1)),
    ('SGDRegressor', 'loss', 'squared_error'): ('squared_loss', (1, 0)),
    ('GradientBoostingClassifier', 'loss', 'log_loss'): ('deviance', (1, 1)),
    ('GradientBoostingRegressor', 'loss', 'squared_error'): ('ls', (1, 0)),
    ('GradientBoostingRegressor', 'loss', 'absolute_error'): ('lad', (1, 0)),
    ('HistGradientBoostingRegressor', 'loss', 'squared_error'): ('least_squares', (1, 0)),
    ('HistGradientBoostingRegressor', 'loss', 'absolute_error'): ('least_absolute_deviation', (1, 0)),
    ('DecisionTreeRegressor', 'criterion', 'squared_error'): ('mse', (1, 0)),
    ('DecisionTreeRegressor', 'criterion', 'absolute_error'): ('mae', (1, 0)),
    ('RandomForestRegressor', 'criterion', 'absolute_error'): ('mae', (1, 0)),
    ('ExtraTreesRegressor', 'criterion', 'absolute_error'): ('mae', (1, 0)),
    ('*', 'max_features', 1.0): ('auto', (1, 1)),
}
OLD_MODULES = {'model_selection': 'grid_search'}  # before 0.18
SHORT = {'tfidf': 'feature_extraction.text', 'image': 'feature_extraction.image'}


def make(cls, **params):
    """`cls(**params)`, with names and values that this version knows."""
    known = set(cls._get_param_names())
    given = {}
    for name, value in params.items():
        for owner in (cls.__name__, '*'):
            key = (owner, name, value) if isinstance(value, (str, float)) else None
            if key in RESPELLED and VERSION < RESPELLED[key][1] and not (owner == '*' and 'Forest' not in cls.__name__):
                value = RESPELLED[key][0]
        if name not in known and RENAMED.get(name) in known:
            name = RENAMED[name]
        if name in known:
            given[name] = value
        elif name not in OPTIONAL:
            raise TypeError('%s has no parameter %s' % (cls.__name__, name))
    return cls(**given)


class _Module(object):
    def __init__(self, name):
        self._name = name

    def __getattr__(self, attribute):
        if attribute.startswith('HistGradient') and VERSION < (1, 0):
            importlib.import_module('sklearn.experimental.enable_hist_gradient_boosting')
        if attribute == 'IterativeImputer':
            importlib.import_module('sklearn.experimental.enable_iterative_imputer')
        try:
            module = importlib.import_module('sklearn.' + self._name)
        except ImportError:
            module = importlib.import_module('sklearn.' + OLD_MODULES.get(self._name, self._name))
        found = getattr(module, attribute)
        if not hasattr(found, '_get_param_names'):
            return found
        return lambda **params: make(found, **params)


class _Library(object):
    def __getattr__(self, name):
        return _Module(SHORT.get(name, name))


sk = _Library()


def fresh(value):
    """A RandomState for cases that must hold one."""
    return np.random.RandomState(value)
