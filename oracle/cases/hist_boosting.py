"""sklearn.ensemble: HistGradientBoosting*."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('ensemble')
en = sk.ensemble


def classifier(**params):
    params = dict(dict(max_iter=3, max_leaf_nodes=5, min_samples_leaf=4, random_state=0, early_stopping=False),
                  **params)
    return lambda: en.HistGradientBoostingClassifier(**params)


def regressor(**params):
    params = dict(dict(max_iter=4, max_leaf_nodes=6, min_samples_leaf=4, random_state=0, early_stopping=False),
                  **params)
    return lambda: en.HistGradientBoostingRegressor(**params)


CASES = [
    case('HistGradientBoostingClassifier-binary', classifier(), 'binary', core=True, since='0.21'),
    case('HistGradientBoostingClassifier-multi_text', classifier(max_iter=2), 'iris_text', core=True, since='0.21'),
    case('HistGradientBoostingClassifier-ints', classifier(max_iter=2, max_bins=12), 'classes4_ints', since='0.22',
         x=True),
    case('HistGradientBoostingClassifier-bool', classifier(learning_rate=0.5), 'binary_bool', since='0.22', x=True),
    case('HistGradientBoostingClassifier-missing', classifier(max_iter=4), 'missing_binary', since='0.22', core=True),
    case('HistGradientBoostingClassifier-missing_multi', classifier(max_iter=2), 'missing_classes', since='0.22',
         x=True),
    case('HistGradientBoostingClassifier-early_stop', classifier(
        max_iter=20, early_stopping=True, n_iter_no_change=2, validation_fraction=0.2, learning_rate=0.7), 'binary',
        since='0.23'),
    case('HistGradientBoostingClassifier-scored', classifier(
        max_iter=8, early_stopping=True, scoring='accuracy', n_iter_no_change=2, learning_rate=0.7), 'binary_text',
        since='0.23', x=True),
    case('HistGradientBoostingClassifier-categorical_mask', classifier(
        categorical_features=[True, False, True, False]), 'categorical_classes', since='0.24'),
    case('HistGradientBoostingClassifier-from_dtype', classifier(categorical_features='from_dtype'),
         'categorical_frame_classes', since='1.4', core=True),
    case('HistGradientBoostingClassifier-class_weight', classifier(class_weight='balanced'), 'binary', since='1.2',
         x=True),
    case('HistGradientBoostingClassifier-float32', classifier(), 'binary32', since='0.22', x=True),
    case('HistGradientBoostingRegressor-diabetes', regressor(), 'diabetes', core=True, since='0.21'),
    case('HistGradientBoostingRegressor-absolute_error', regressor(loss='absolute_error'), 'regression', since='0.23'),
    case('HistGradientBoostingRegressor-poisson', regressor(loss='poisson'), 'counts_target', since='0.23', core=True),
    case('HistGradientBoostingRegressor-quantile', regressor(loss='quantile', quantile=0.8), 'regression',
         since='1.1'),
    case('HistGradientBoostingRegressor-gamma', regressor(loss='gamma'), 'positive_target', since='1.3'),
    case('HistGradientBoostingRegressor-missing', regressor(), 'missing_regression', since='0.22'),
    case('HistGradientBoostingRegressor-categorical_index', regressor(categorical_features=[0, 2]),
         'categorical_codes', since='0.24', core=True),
    case('HistGradientBoostingRegressor-categorical_names', regressor(categorical_features=['a', 'c']),
         'frame_codes', since='1.2'),
    case('HistGradientBoostingRegressor-from_dtype', regressor(categorical_features='from_dtype'),
         'categorical_frame', since='1.4'),
    case('HistGradientBoostingRegressor-early_stop', regressor(
        max_iter=15, early_stopping=True, n_iter_no_change=2, learning_rate=0.9, scoring='loss'), 'regression',
        since='0.23'),
    case('HistGradientBoostingRegressor-monotonic', regressor(monotonic_cst=[1, -1, 0, 0]), 'regression',
         since='0.23', x=True),
    case('HistGradientBoostingRegressor-interactions', regressor(interaction_cst='no_interactions'), 'regression',
         since='1.2', x=True),
    case('HistGradientBoostingRegressor-float32', regressor(max_iter=2), 'regression32', since='0.22', x=True),
    case('HistGradientBoostingRegressor-constant_feature', regressor(max_iter=2, max_depth=2), 'constant_feature',
         since='0.22', x=True),
]
