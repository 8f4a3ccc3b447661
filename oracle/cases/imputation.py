"""sklearn.impute (sklearn.preprocessing.Imputer before 0.20)."""
import numpy as np

from kit.case import cases_of
from kit.sk import sk

case = cases_of('impute')
im = sk.impute


def iterative(make=None, **params):
    params.setdefault('max_iter', 3)
    params.setdefault('random_state', 0)
    return lambda: im.IterativeImputer(**dict(params, **({} if make is None else {'estimator': make()})))


def simple(**params):
    return lambda: im.SimpleImputer(**params)


CASES = [
    case('SimpleImputer-mean', simple(), 'missing', since='0.20', core=True),
    case('SimpleImputer-median', simple(strategy='median'), 'missing', since='0.20'),
    case('SimpleImputer-most_frequent', simple(strategy='most_frequent'), 'float_nan_columns', since='0.20'),
    case('SimpleImputer-constant', simple(strategy='constant', fill_value=-7.5), 'missing', since='0.20'),
    case('SimpleImputer-text_most_frequent', simple(strategy='most_frequent', missing_values=None), 'text_missing',
         since='0.20', core=True),
    case('SimpleImputer-text_constant', simple(strategy='constant', fill_value='none', missing_values=np.nan),
         'text_nan', since='0.20'),
    case('SimpleImputer-constant_default', simple(strategy='constant', add_indicator=True), 'frame_missing',
         since='0.22'),
    case('SimpleImputer-indicator', simple(add_indicator=True), 'missing', since='0.21', core=True),
    case('SimpleImputer-ints', simple(missing_values=-1, strategy='median'), 'whole_columns', since='0.20'),
    case('SimpleImputer-keep_empty', simple(keep_empty_features=True), 'empty_column', since='1.2'),
    case('SimpleImputer-drop_empty', simple(), 'empty_column', since='0.20'),
    case('SimpleImputer-frame', simple(strategy='median'), 'frame_missing', since='0.20'),
    case('SimpleImputer-sparse', simple(missing_values=np.nan), 'sparse_missing', since='0.20', x=True),
    case('SimpleImputer-float32', simple(), 'missing32', since='0.20', x=True),
    case('MissingIndicator-missing', lambda: im.MissingIndicator(), 'missing', since='0.20', core=True),
    case('MissingIndicator-all', lambda: im.MissingIndicator(features='all'), 'text_nan', since='0.21'),
    case('MissingIndicator-sparse', lambda: im.MissingIndicator(sparse=True, missing_values=-1), 'whole_columns',
         since='0.20', x=True),
    case('MissingIndicator-new', lambda: im.MissingIndicator(error_on_new=False), 'missing_new', since='0.20', core=True),
    case('MissingIndicator-marker', lambda: im.MissingIndicator(missing_values=-1, features='all'), 'missing_marked',
         since='0.20'),
    case('MissingIndicator-text', lambda: im.MissingIndicator(missing_values=None), 'text_missing', since='0.21'),
    case('MissingIndicator-sparse_input', lambda: im.MissingIndicator(error_on_new=False), 'sparse_missing',
         since='0.20'),
    case('MissingIndicator-dense_output', lambda: im.MissingIndicator(sparse=False, error_on_new=False), 'sparse_missing',
         since='0.20', x=True),
    case('MissingIndicator-frame', lambda: im.MissingIndicator(features='all'), 'frame_missing', since='0.20', x=True),
    case('IterativeImputer-bayesian', iterative(), 'missing_curved', since='0.21', core=True),
    case('IterativeImputer-descending', iterative(lambda: sk.linear_model.LinearRegression(), max_iter=2,
                                                  imputation_order='descending', add_indicator=True),
         'missing_curved', since='0.21', core=True),
    case('IterativeImputer-roman', iterative(
        lambda: sk.tree.DecisionTreeRegressor(max_depth=3, random_state=0), imputation_order='roman',
        initial_strategy='median'), 'missing_curved', since='0.21', core=True),
    case('IterativeImputer-arabic', iterative(
        lambda: sk.neighbors.KNeighborsRegressor(n_neighbors=3), imputation_order='arabic', max_iter=1,
        initial_strategy='most_frequent'), 'missing_curved', since='0.21'),
    case('IterativeImputer-random', iterative(
        lambda: sk.linear_model.Ridge(), imputation_order='random', n_nearest_features=2), 'missing_curved',
        since='0.21', core=True),
    case('IterativeImputer-limits', iterative(min_value=-0.2, max_value=0.5), 'missing', since='0.21', core=True),
    case('IterativeImputer-limit_each', iterative(min_value=[-1, -.5, 0, -2], max_value=[.1, .2, .3, .4]), 'missing',
         since='0.23'),
    case('IterativeImputer-skip_complete', iterative(skip_complete=True), 'missing_some', since='0.22', core=True),
    case('IterativeImputer-all', iterative(), 'missing_some', since='0.21', core=True),
    case('IterativeImputer-marker', iterative(missing_values=-1), 'missing_marked', since='0.21'),
    case('IterativeImputer-empty', iterative(add_indicator=True), 'empty_column', since='0.21', core=True),
    case('IterativeImputer-keep_empty', iterative(keep_empty_features=True), 'empty_column', since='1.2', core=True),
    case('IterativeImputer-constant', iterative(initial_strategy='constant', fill_value=1.5), 'missing', since='1.3'),
    case('IterativeImputer-constant_empty', iterative(initial_strategy='constant'), 'empty_column', since='1.6',
         core=True),
    case('IterativeImputer-keep_constant', iterative(initial_strategy='constant', fill_value=-3, max_iter=2,
                                                     keep_empty_features=True), 'empty_column', since='1.3',
         core=True),
    case('IterativeImputer-no_rounds', iterative(max_iter=0), 'missing', since='0.21'),
    case('IterativeImputer-complete', iterative(), 'missing_complete', since='0.21'),
    case('IterativeImputer-one_feature', iterative(), 'missing_one', since='0.21', x=True),
    case('IterativeImputer-float32', iterative(), 'missing32', since='0.21', x=True),
    case('IterativeImputer-frame', iterative(lambda: sk.linear_model.Ridge(alpha=5.0)), 'frame_missing', since='1.0',
         x=True),
    case('KNNImputer-uniform', lambda: im.KNNImputer(n_neighbors=3), 'missing_curved', since='0.22', core=True),
    case('KNNImputer-distance', lambda: im.KNNImputer(n_neighbors=2, weights='distance', add_indicator=True),
         'missing_curved', since='0.22', core=True),
    case('KNNImputer-marker', lambda: im.KNNImputer(n_neighbors=4, missing_values=-1), 'missing_marked', since='0.22'),
    case('KNNImputer-empty', lambda: im.KNNImputer(n_neighbors=2), 'empty_column', since='0.22'),
    case('KNNImputer-keep_empty', lambda: im.KNNImputer(n_neighbors=2, keep_empty_features=True), 'empty_column',
         since='1.2'),
    case('KNNImputer-complete_rows', lambda: im.KNNImputer(n_neighbors=2, add_indicator=True), 'missing_complete',
         since='0.22'),
    case('KNNImputer-unknown_distances', lambda: im.KNNImputer(n_neighbors=9), 'missing_most', since='0.22'),
    case('KNNImputer-unknown_weights', lambda: im.KNNImputer(n_neighbors=9, weights='distance'), 'missing_most',
         since='0.22', x=True),
    case('KNNImputer-float32', lambda: im.KNNImputer(n_neighbors=3), 'missing32', since='0.22', x=True),
    case('KNNImputer-frame', lambda: im.KNNImputer(), 'frame_missing', since='1.0', x=True),
    case('Imputer-mean', lambda: sk.preprocessing.Imputer(), 'missing', until='0.21', core=True),
    case('Imputer-median', lambda: sk.preprocessing.Imputer(strategy='median'), 'missing', until='0.21'),
]
