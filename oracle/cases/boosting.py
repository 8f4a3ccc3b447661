"""sklearn.ensemble: GradientBoosting*."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('ensemble')
en = sk.ensemble


def classifier(**params):
    params = dict(dict(n_estimators=3, max_depth=2, random_state=0), **params)
    return lambda: en.GradientBoostingClassifier(**params)


def regressor(**params):
    params = dict(dict(n_estimators=3, max_depth=2, random_state=0), **params)
    return lambda: en.GradientBoostingRegressor(**params)


def with_init(make, init):
    def build():
        estimator = make()
        return estimator.set_params(init=init())
    return build


CASES = [
    case('GradientBoostingClassifier-binary', classifier(), 'binary', core=True),
    case('GradientBoostingClassifier-multi_text', classifier(n_estimators=2), 'iris_text', core=True),
    case('GradientBoostingClassifier-exponential', classifier(loss='exponential'), 'binary_text'),
    case('GradientBoostingClassifier-ints', classifier(n_estimators=2, max_depth=3, learning_rate=0.3),
         'classes4_ints', x=True),
    case('GradientBoostingClassifier-init_zero', classifier(init='zero'), 'binary', since='0.20'),
    case('GradientBoostingClassifier-init_zero_multi', classifier(init='zero', n_estimators=2), 'iris', since='0.21'),
    case('GradientBoostingClassifier-init_estimator', with_init(
        classifier(), lambda: sk.linear_model.LogisticRegression(solver='liblinear')), 'binary', since='0.21'),
    case('GradientBoostingClassifier-init_tree_multi', with_init(
        classifier(n_estimators=2), lambda: sk.tree.DecisionTreeClassifier(max_depth=2, random_state=0)), 'iris',
        since='0.21'),
    case('GradientBoostingClassifier-subsample', classifier(subsample=0.6, max_features=2), 'binary_bool', x=True),
    case('GradientBoostingClassifier-early_stop', classifier(
        n_estimators=20, n_iter_no_change=2, validation_fraction=0.25, learning_rate=0.8), 'binary', since='0.20'),
    case('GradientBoostingClassifier-float32', classifier(), 'iris32', x=True),
    case('GradientBoostingClassifier-sparse', classifier(), 'sparse_binary', x=True),
    case('GradientBoostingClassifier-frame', classifier(n_estimators=2), 'frame_iris', x=True),
    case('GradientBoostingRegressor-diabetes', regressor(n_estimators=4), 'diabetes', core=True),
    case('GradientBoostingRegressor-absolute_error', regressor(loss='absolute_error'), 'regression'),
    case('GradientBoostingRegressor-huber', regressor(loss='huber', alpha=0.8), 'regression'),
    case('GradientBoostingRegressor-quantile', regressor(loss='quantile', alpha=0.25), 'regression'),
    case('GradientBoostingRegressor-init_zero', regressor(init='zero', learning_rate=0.4), 'regression', since='0.20'),
    case('GradientBoostingRegressor-init_linear', with_init(
        regressor(), lambda: sk.linear_model.LinearRegression()), 'regression', since='0.21'),
    case('GradientBoostingRegressor-init_dummy', with_init(
        regressor(), lambda: sk.dummy.DummyRegressor(strategy='median')), 'regression', since='0.21', x=True),
    case('GradientBoostingRegressor-leaf_nodes', regressor(max_leaf_nodes=5, max_depth=None), 'regression',
         since='0.18', x=True),
    case('GradientBoostingRegressor-float32', regressor(), 'regression32', x=True),
    case('GradientBoostingRegressor-constant_feature', regressor(n_estimators=2), 'constant_feature', x=True),
]
