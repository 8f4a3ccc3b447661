# coding: utf-8
"""XGBoost: its scikit-learn classes and its own Booster (made by boosters.py)."""
import numpy as np
import xgboost as xgb
from sklearn.calibration import CalibratedClassifierCV
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kit.boosters import BoosterCase
from kit.data import DATA
from kit.sk import parse

BASE = dict(n_estimators=3, max_depth=2, random_state=0, n_jobs=1, learning_rate=0.5, tree_method='hist')
RANKS = {}
SINGLE = {'relative': 1e-6, 'absolute': 0.0}  # doubles that come from single-precision probabilities


def ascii_categories():
    X, y, test = DATA['categorical_frame']()
    for rows in (X, test):
        rows['colour'] = rows['colour'].cat.rename_categories({'grün': 'gray'})
    return X, y, test


DATA['ascii_categories'] = ascii_categories


def of(cls, **params):
    return lambda X, y: cls(**dict(BASE, **params)).fit(X, y)


def classifier(**params):
    return of(xgb.XGBClassifier, **params)


def regressor(**params):
    return of(xgb.XGBRegressor, **params)


def linear(cls, **params):
    return lambda X, y: cls(booster='gblinear', n_estimators=4, random_state=0, n_jobs=1, learning_rate=0.5,
                            updater='coord_descent', **params).fit(X, y)


def early(cls, **params):
    def build(X, y):
        model = cls(**dict(BASE, n_estimators=15, learning_rate=1.5, early_stopping_rounds=2, **params))
        return model.fit(X[::2], y[::2], eval_set=[(X[1::2], y[1::2])], verbose=False)
    return build


def share(**params):
    return lambda X, y: xgb.XGBRegressor(**dict(BASE, **params)).fit(X, (y - y.min()) / (y.max() - y.min()))


def ranker(**params):
    def build(X, y):
        levels = np.clip(np.floor(y - y.min()), 0, 4).astype(int)
        return xgb.XGBRanker(**dict(BASE, **params)).fit(X, levels, group=[len(X) // 2, len(X) - len(X) // 2])
    return build


def codes(**params):
    def build(X, y):
        types = ['c', 'q', 'c', 'q']
        return xgb.XGBRegressor(**dict(BASE, enable_categorical=True, feature_types=types, **params)).fit(X, y)
    return build


def booster(rounds=3, **params):
    options = dict(max_depth=2, nthread=1, seed=0, eta=0.5, tree_method='hist')
    return lambda X, y: xgb.train(dict(options, **params), xgb.DMatrix(X, y), rounds)


def survival(X, y):
    times = y - y.min() + 1
    data = xgb.DMatrix(X)
    data.set_float_info('label_lower_bound', times)
    data.set_float_info('label_upper_bound', np.where(times > 3, np.inf, times))
    return xgb.train(dict(objective='survival:aft', max_depth=2, nthread=1, tree_method='hist'), data, 3)


def answers(model, X):
    data = xgb.DMatrix(X)
    # Releases before 1.0 drop trees of dart when they predict, unless they are told how many there are.
    given = dict(ntree_limit=99) if parse(xgb.__version__) < (1, 0) and not model.attr('linear') else {}
    found = [('predict', model.predict(data, **given)),
             ('decisionFunction', model.predict(data, output_margin=True, **given))]
    return found if model.attr('linear') else found + [('apply', model.predict(data, pred_leaf=True))]


def linear_booster(**params):
    def build(X, y):
        model = xgb.train(dict(booster='gblinear', eta=0.5, nthread=1, seed=0, **params), xgb.DMatrix(X, y), 4)
        model.set_attr(linear='1')
        return model
    return build


def case(name, build, data, **options):
    return BoosterCase('xgboost/' + name, build, data, **dict(dict(ulp=2), **options))


def filed(name, build, data, **options):
    """In the binary format, which newer releases write no more."""
    return case('Booster-' + name, build, data, answers=answers, file={}, until='1.7', **options)


CASES = [
    case('XGBClassifier-binary', classifier(), 'binary'),
    case('XGBClassifier-multi', classifier(), 'iris'),
    case('XGBClassifier-softmax', classifier(objective='multi:softmax'), 'iris', ulp=4),
    case('XGBClassifier-hinge', classifier(objective='binary:hinge'), 'binary'),
    case('XGBClassifier-logitraw', classifier(objective='binary:logitraw'), 'binary'),
    case('XGBClassifier-base_score', classifier(base_score=0.2), 'binary'),
    case('XGBClassifier-weights', classifier(scale_pos_weight=3.0, reg_lambda=4.0, gamma=0.2), 'binary'),
    case('XGBClassifier-missing', classifier(n_estimators=5), 'missing_binary'),
    case('XGBClassifier-missing_multi', classifier(), 'missing_classes'),
    case('XGBClassifier-marker', classifier(missing=0.0), 'counts'),
    case('XGBClassifier-sparse', classifier(), 'sparse_binary'),
    case('XGBClassifier-dart', classifier(booster='dart', rate_drop=0.5, n_estimators=6), 'binary', since='1.0'),
    case('XGBClassifier-dart_multi', classifier(booster='dart', rate_drop=0.5, one_drop=1), 'iris', since='1.0'),
    case('XGBClassifier-linear', linear(xgb.XGBClassifier), 'binary'),
    case('XGBClassifier-linear_multi', linear(xgb.XGBClassifier), 'iris'),
    case('XGBClassifier-early_stop', early(xgb.XGBClassifier), 'iris'),
    case('XGBClassifier-lossguide', classifier(grow_policy='lossguide', max_leaves=5, max_depth=0), 'iris'),
    case('XGBClassifier-exact', classifier(tree_method='exact'), 'binary32'),
    case('XGBClassifier-multilabel', classifier(), 'multilabel', since='1.7'),
    case('XGBClassifier-forest', classifier(num_parallel_tree=2, subsample=0.7), 'iris'),
    case('XGBRFClassifier-multi', of(getattr(xgb, 'XGBRFClassifier', None)), 'iris', since='0.90'),
    case('XGBRFRegressor-diabetes', of(getattr(xgb, 'XGBRFRegressor', None)), 'diabetes', since='0.90'),
    case('XGBRegressor-diabetes', regressor(), 'diabetes'),
    case('XGBRegressor-base_score', regressor(base_score=100.0), 'diabetes'),
    case('XGBRegressor-frame', regressor(), 'frame_diabetes'),
    case('XGBRegressor-stump', regressor(n_estimators=1, max_depth=1), 'regression'),
    case('XGBRegressor-squaredlog', regressor(objective='reg:squaredlogerror'), 'positive_target', since='1.0'),
    case('XGBRegressor-logistic', share(objective='reg:logistic', base_score=0.3), 'regression', link=True),
    case('XGBRegressor-pseudohuber', regressor(objective='reg:pseudohubererror'), 'regression', since='1.1'),
    case('XGBRegressor-absolute', regressor(objective='reg:absoluteerror'), 'regression', since='1.7'),
    case('XGBRegressor-quantile', regressor(objective='reg:quantileerror', quantile_alpha=0.7), 'regression',
         since='2.0'),
    case('XGBRegressor-quantiles', regressor(objective='reg:quantileerror', quantile_alpha=[0.1, 0.5, 0.9]),
         'regression', since='2.0'),
    case('XGBRegressor-poisson', regressor(objective='count:poisson'), 'counts_target', link=True),
    case('XGBRegressor-gamma', regressor(objective='reg:gamma'), 'positive_target', link=True),
    case('XGBRegressor-tweedie', regressor(objective='reg:tweedie', tweedie_variance_power=1.3), 'positive_target',
         link=True),
    case('XGBRegressor-cox', regressor(objective='survival:cox'), 'positive_target', link=True),
    case('XGBRegressor-dart', regressor(booster='dart', rate_drop=0.5, n_estimators=6, skip_drop=0.2), 'regression', since='1.0'),
    case('XGBRegressor-linear', linear(xgb.XGBRegressor), 'regression'),
    case('XGBRegressor-linear_missing', linear(xgb.XGBRegressor, reg_alpha=0.1), 'missing_regression'),
    case('XGBRegressor-missing', regressor(n_estimators=5), 'missing_regression'),
    case('XGBRegressor-early_stop', early(xgb.XGBRegressor), 'regression'),
    case('XGBRegressor-targets', regressor(), 'targets2', since='1.7'),
    case('XGBRegressor-vector_leaf', regressor(multi_strategy='multi_output_tree'), 'targets2', since='2.0'),
    case('XGBRegressor-categories', codes(max_cat_to_onehot=2), 'categorical_codes', since='1.7'),
    case('XGBRegressor-one_hot', codes(max_cat_to_onehot=20), 'categorical_codes', since='1.7'),
    case('XGBRegressor-category_frame', regressor(enable_categorical=True, n_estimators=5), 'ascii_categories',
         since='3.1'),
    case('XGBRegressor-category_names', regressor(enable_categorical=True, n_estimators=5), 'categorical_frame',
         since='3.1'),
    case('XGBRanker-ndcg', ranker(objective='rank:ndcg'), 'regression'),
    case('XGBRanker-pairwise', ranker(objective='rank:pairwise'), 'regression'),
    case('Booster-binary', booster(objective='binary:logistic'), 'binary', answers=answers, link=True),
    case('Booster-softprob', booster(objective='multi:softprob', num_class=3), 'iris', answers=answers, link=True),
    case('Booster-softmax', booster(objective='multi:softmax', num_class=3), 'iris', answers=answers),
    case('Booster-dart', booster(booster='dart', rate_drop=0.5, rounds=6), 'regression', answers=answers),
    case('Booster-survival', survival, 'regression', answers=answers, link=True, since='1.1'),
    filed('file_binary', booster(objective='binary:logistic', base_score=0.3), 'missing_binary', link=True),
    filed('file_regression', booster(rounds=6), 'regression'),
    filed('file_softprob', booster(objective='multi:softprob', num_class=3), 'iris', link=True),
    filed('file_softmax', booster(objective='multi:softmax', num_class=3, num_parallel_tree=2), 'iris'),
    filed('file_raw', booster(objective='binary:logitraw', base_score=0.2), 'binary'),
    filed('file_poisson', booster(objective='count:poisson'), 'counts_target', link=True),
    filed('file_dart', booster(booster='dart', rate_drop=0.5, rounds=6), 'regression'),
    filed('file_linear', linear_booster(base_score=2.0), 'regression'),
    filed('file_linear_multi', linear_booster(objective='multi:softprob', num_class=3), 'iris', link=True),
    case('Pipeline-scaled', lambda X, y: make_pipeline(StandardScaler(), xgb.XGBClassifier(**BASE)).fit(X, y), 'iris'),
    case('GridSearchCV-depth', lambda X, y: GridSearchCV(
        xgb.XGBRegressor(**BASE), {'max_depth': [1, 3]}, cv=2).fit(X, y), 'regression'),
    case('CalibratedClassifierCV-sigmoid', lambda X, y: CalibratedClassifierCV(
        xgb.XGBClassifier(**BASE), cv=2).fit(X, y), 'binary', meta=SINGLE, since='1.5'),
]
