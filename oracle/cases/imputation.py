"""sklearn.impute (sklearn.preprocessing.Imputer before 0.20)."""
import numpy as np

from kit.case import cases_of
from kit.sk import sk

case = cases_of('impute')
im = sk.impute


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
