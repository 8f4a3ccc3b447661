"""LightGBM: its scikit-learn classes and its own Booster (made by boosters.py)."""
import lightgbm as lgb
import numpy as np
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kit.boosters import BoosterCase

BASE = dict(n_estimators=3, num_leaves=4, min_child_samples=4, random_state=0, n_jobs=1, verbose=-1, learning_rate=0.3)
RANKS = {'LGBMClassifier': 0, 'LGBMRegressor': 0, 'LGBMRanker': 0}


def of(cls, **params):
    return lambda X, y: cls(**dict(BASE, **params)).fit(X, y)


def classifier(**params):
    return of(lgb.LGBMClassifier, **params)


def regressor(**params):
    return of(lgb.LGBMRegressor, **params)


def by_index(**params):
    return lambda X, y: lgb.LGBMRegressor(**dict(BASE, **params)).fit(X, y, categorical_feature=[0, 2])


def integers(X, y):
    return lgb.LGBMRegressor(**BASE).fit(np.round(X * 3).astype(int), y)


def early(X, y):
    model = lgb.LGBMClassifier(**dict(BASE, n_estimators=20, learning_rate=1.5))
    return model.fit(X[::2], y[::2], eval_set=[(X[1::2], y[1::2])], callbacks=[lgb.early_stopping(1, verbose=False)])


def ranker(X, y):
    levels = np.clip(np.floor(y - y.min()), 0, 4).astype(int)
    return lgb.LGBMRanker(**BASE).fit(X, levels, group=[len(X) // 2, len(X) - len(X) // 2])


def squared_loss(y, score):
    return score - y, np.ones_like(y)


def share(X, y):
    return lgb.LGBMRegressor(**dict(BASE, objective='cross_entropy')).fit(X, (y - y.min()) / (y.max() - y.min()))


def intensity(X, y):
    model = lgb.LGBMRegressor(**dict(BASE, objective='cross_entropy_lambda'))
    return model.fit(X, (y - y.min()) / (y.max() - y.min()))


def booster(rounds=3, **params):
    options = dict(num_leaves=4, min_data_in_leaf=4, verbosity=-1, num_threads=1, seed=0, learning_rate=0.3)
    return lambda X, y: lgb.train(dict(options, **params), lgb.Dataset(X, y), rounds)


def answers(model, X):
    return [('predict', model.predict(X)), ('decisionFunction', model.predict(X, raw_score=True)),
            ('apply', model.predict(X, pred_leaf=True))]


def case(name, build, data, **options):
    # Leaves, which the classes of releases before 2.2 gave too, are asked of a Booster.
    return BoosterCase('lightgbm/' + name, build, data, skip=('apply',), **options)


def filed(name, build, data, **options):
    """In LightGBM's own text."""
    return case('Booster-' + name, build, data, answers=answers, file={}, **options)


CASES = [
    case('LGBMClassifier-binary', classifier(), 'binary'),
    case('LGBMClassifier-text', classifier(), 'iris_text'),
    case('LGBMClassifier-frame', classifier(), 'frame_iris'),
    case('LGBMClassifier-ints', classifier(num_leaves=3), 'classes4_ints'),
    case('LGBMClassifier-bool', classifier(), 'binary_bool'),
    case('LGBMClassifier-ova', classifier(objective='multiclassova', sigmoid=1.7), 'iris'),
    case('LGBMClassifier-sigmoid', classifier(sigmoid=0.4, is_unbalance=True), 'binary'),
    case('LGBMClassifier-missing', classifier(n_estimators=5), 'missing_binary'),
    case('LGBMClassifier-no_missing', classifier(use_missing=False), 'missing_binary'),
    case('LGBMClassifier-dart', classifier(boosting_type='dart', n_estimators=6, drop_rate=0.5), 'binary'),
    case('LGBMClassifier-goss', classifier(boosting_type='goss', n_estimators=4), 'binary'),
    case('LGBMClassifier-forest', classifier(boosting_type='rf', subsample=0.6, subsample_freq=1), 'iris', since='2.2'),
    case('LGBMClassifier-early_stop', early, 'iris'),
    case('LGBMClassifier-weights', classifier(class_weight='balanced', reg_lambda=2.0, reg_alpha=0.1), 'iris'),
    case('LGBMClassifier-categories', classifier(min_data_per_group=2, cat_smooth=1, max_cat_to_onehot=1),
         'categorical_frame_classes'),
    case('LGBMClassifier-sparse', classifier(), 'sparse_binary'),
    case('LGBMClassifier-stump', classifier(min_child_samples=100), 'iris', since='2.2'),
    case('LGBMClassifier-float32', classifier(), 'binary32'),
    case('LGBMRegressor-diabetes', regressor(), 'diabetes'),
    case('LGBMRegressor-integers', integers, 'regression'),
    case('LGBMRegressor-frame', regressor(), 'frame_diabetes', since='3'),
    case('LGBMRegressor-l1', regressor(objective='l1'), 'regression', since='2.2'),
    case('LGBMRegressor-sqrt', regressor(reg_sqrt=True), 'regression'),
    case('LGBMRegressor-huber', regressor(objective='huber', alpha=0.7), 'regression'),
    case('LGBMRegressor-fair', regressor(objective='fair'), 'regression'),
    case('LGBMRegressor-poisson', regressor(objective='poisson'), 'counts_target', link=True),
    case('LGBMRegressor-quantile', regressor(objective='quantile', alpha=0.8), 'regression'),
    case('LGBMRegressor-mape', regressor(objective='mape'), 'positive_target', since='2.1'),
    case('LGBMRegressor-gamma', regressor(objective='gamma'), 'positive_target', link=True, since='2.1'),
    case('LGBMRegressor-tweedie', regressor(objective='tweedie', tweedie_variance_power=1.3), 'positive_target',
         link=True, since='2.1'),
    case('LGBMRegressor-cross_entropy', share, 'regression', link=True),
    case('LGBMRegressor-cross_entropy_lambda', intensity, 'regression', since='3', link=True),
    case('LGBMRegressor-missing', regressor(n_estimators=5), 'missing_regression'),
    case('LGBMRegressor-zero_missing', regressor(zero_as_missing=True), 'counts'),
    case('LGBMRegressor-forest', regressor(boosting_type='rf', subsample=0.6, subsample_freq=1), 'regression', since='2.2'),
    case('LGBMRegressor-linear', regressor(linear_tree=True), 'regression', since='3.2'),
    case('LGBMRegressor-linear_missing', regressor(linear_tree=True), 'missing_regression', since='3.2'),
    case('LGBMRegressor-categories', by_index(min_data_per_group=2, cat_smooth=1, max_cat_to_onehot=1),
         'categorical_codes'),
    case('LGBMRegressor-one_hot', by_index(max_cat_to_onehot=8), 'categorical_codes'),
    case('LGBMRegressor-category_frame', regressor(min_data_per_group=2, cat_smooth=1, num_leaves=6),
         'categorical_frame'),
    case('LGBMRanker-lambdarank', ranker, 'regression'),
    filed('file_binary', booster(objective='binary'), 'missing_binary', link=True),
    filed('file_multiclass', booster(objective='multiclass', num_class=3), 'iris', link=True),
    filed('file_regression', booster(rounds=6), 'regression'),
    case('Booster-binary', booster(objective='binary'), 'binary', answers=answers),
    case('Booster-multiclass', booster(objective='multiclass', num_class=3), 'iris', answers=answers),
    case('Booster-regression', booster(objective='regression', max_depth=2), 'diabetes', answers=answers),
    case('Booster-forest', booster(objective='binary', boosting='rf', bagging_fraction=0.6, bagging_freq=1), 'binary',
         answers=answers, since='2.2'),
    case('Pipeline-scaled', lambda X, y: make_pipeline(StandardScaler(), lgb.LGBMClassifier(**BASE)).fit(X, y), 'iris',
         meta=True),
    case('GridSearchCV-leaves', lambda X, y: GridSearchCV(
        lgb.LGBMRegressor(**BASE), {'num_leaves': [3, 5]}, cv=2).fit(X, y), 'regression', meta=True),
    case('CalibratedClassifierCV-sigmoid', lambda X, y: CalibratedClassifierCV(
        lgb.LGBMClassifier(**dict(BASE, num_leaves=3)), cv=2).fit(X, y), 'binary', meta=True),
]
