"""How closely each number must be met: the one table, by class and method.

    {"ulp": n}                        n units in the last place of the expected dtype
    {"relative": r, "absolute": a}    |got - expected| <= a + r * |expected|

Labels, indices and everything that is not floating point is exact. A class that
has no tight bound of its own has a rank; a composite has the worst of its parts.
"""
from collections import OrderedDict

import numpy as np
from sklearn.base import BaseEstimator, is_classifier

from kit import bounds

EXACT = {'ulp': 0}
RANKS = [('ulp', 0), ('ulp', 4), ('relative', 4e-15), ('relative', 1e-13), ('relative', 1e-12), ('relative', 1e-11),
         ('relative', 1e-9)]

# rank: the classes whose numbers are met that closely
TABLE = {
    0: '''DecisionTreeClassifier DecisionTreeRegressor ExtraTreeClassifier ExtraTreeRegressor
        RandomForestClassifier RandomForestRegressor ExtraTreesClassifier ExtraTreesRegressor RandomTreesEmbedding
        BaggingClassifier BaggingRegressor GradientBoostingClassifier GradientBoostingRegressor
        HistGradientBoostingClassifier HistGradientBoostingRegressor AdaBoostRegressor
        StandardScaler MinMaxScaler MaxAbsScaler RobustScaler Binarizer LabelEncoder LabelBinarizer
        MultiLabelBinarizer OneHotEncoder OrdinalEncoder KBinsDiscretizer SimpleImputer Imputer MissingIndicator
        SelectKBest SelectPercentile SelectFpr GenericUnivariateSelect VarianceThreshold SelectFromModel
        ColumnTransformer FeatureUnion Pipeline GridSearchCV RandomizedSearchCV MultiOutputRegressor
        MultiOutputClassifier OneVsOneClassifier ClassifierChain RegressorChain RFE RFECV DummyClassifier
        DummyRegressor StackingClassifier StackingRegressor OneVsOneClassifier OutputCodeClassifier''',
    1: '''VotingClassifier VotingRegressor TransformedTargetRegressor OneVsRestClassifier IsotonicRegression
        Normalizer PolynomialFeatures KNeighborsRegressor KNeighborsClassifier RadiusNeighborsRegressor
        RadiusNeighborsClassifier FunctionTransformer NearestNeighbors''',
    2: '''IsolationForest CalibratedClassifierCV _CalibratedClassifier _SigmoidCalibration _TemperatureScaling
        TargetEncoder TfidfTransformer''',
    3: 'GaussianNB AdaBoostClassifier PowerTransformer QuantileTransformer',
    4: '''KMeans MiniBatchKMeans MultinomialNB BernoulliNB ComplementNB CategoricalNB KNNImputer SplineTransformer
        NearestCentroid QuadraticDiscriminantAnalysis''',
}
RANK = {name: rank for rank, names in TABLE.items() for name in names.split()}
SELECTORS = ('SelectFromModel', 'SelectKBest', 'RFE', 'RFECV', 'AdaBoostRegressor')
NOT_PARTS = ('estimator', 'base_estimator', 'estimators', 'regressor', 'steps', 'transformer_list', 'transformers',
             'param_grid', 'transformer', 'classifier', 'final_estimator', 'cv_results_', '_preprocessor')


def name_of(estimator):
    return type(estimator).__name__


def parts(estimator):
    """The estimators that a fitted one holds, and what holds no estimators itself."""
    found, queue, depth = [], [v for k, v in sorted(vars(estimator).items()) if k not in NOT_PARTS], 0
    if name_of(estimator) in ('Pipeline', 'FeatureUnion'):
        queue = list(getattr(estimator, 'steps', getattr(estimator, 'transformer_list', [])))
    while queue and depth < 20000:
        depth += 1
        value = queue.pop()
        if isinstance(value, BaseEstimator):
            found.append(value)
        elif isinstance(value, (list, tuple)):
            queue.extend(value)
        elif isinstance(value, dict):
            queue.extend(value.values())
        elif isinstance(value, np.ndarray) and value.dtype == object:
            queue.extend(value.ravel().tolist())
        elif type(value).__module__.startswith('sklearn.calibration'):
            queue.extend(vars(value).values())
    return found


def rank(estimator, method):
    """The static rank of one estimator and all its parts."""
    name = name_of(estimator)
    own = RANK.get(name, 0 if name.startswith('_') else 4)
    if name == 'FunctionTransformer' and estimator.func is None:
        own = 0
    if name in ('SVC', 'NuSVC', 'SVR', 'NuSVR', 'OneClassSVM') and estimator.kernel == 'rbf':
        own = 4  # a BLAS dot inside libsvm's kernel
    if name == 'KNeighborsClassifier' and estimator.weights == 'uniform':
        own = 0
    if getattr(estimator, '_fit_method', '') == 'brute':
        own = 4 if 'neighbors' in method or getattr(estimator, 'weights', 'uniform') != 'uniform' else own
    if 'Boosting' in name and 'predict_' in method:
        own = 1 if getattr(estimator, 'n_classes_', 2) == 2 and len(getattr(estimator, 'classes_', 'ab')) == 2 else 2
    if name.startswith('HistGradient') and estimator.loss in ('poisson', 'gamma'):
        own = 1
    if name in ('SelectFromModel', 'SelectKBest', 'AdaBoostRegressor') or (name == 'RFE' and method == 'transform'):
        return 0
    ranks = [rank(part, 'predict_proba' if is_classifier(part) else 'predict') for part in parts(estimator)]
    worst = max([own] + ranks)
    chained = name in ('Pipeline', 'StackingClassifier', 'StackingRegressor') and sum(r >= 4 for r in ranks) > 1
    return min(worst + chained, 6)


def round_up(value):
    """Two digits, never less than the value."""
    rounded = float('%.1e' % value)
    return rounded if rounded >= value else float('%.1e' % (value * 1.06))


def largest(value):
    if hasattr(value, 'select_dtypes'):  # columns of text are met exactly
        value = value.select_dtypes('number').to_numpy()
    values = np.abs(np.concatenate([np.ravel(v) for v in value]) if isinstance(value, list)
                    else np.ravel(value.data if hasattr(value, 'tocsr') else value)).astype(float)
    values = values[np.isfinite(values)]
    return float(values.max()) if values.size else 0.0


def is_float(value):
    value = value[0] if isinstance(value, list) else value
    dtypes = [value.dtype] if hasattr(value, 'dtype') else list(getattr(value, 'dtypes', []))
    return any(getattr(d, 'kind', 'O') == 'f' for d in dtypes)


def static(estimator, method, value):
    kind, size = RANKS[rank(estimator, method)]
    if kind == 'ulp':
        return {'ulp': size}
    scale = largest(value) if size > 4e-15 else 0.0
    if method == 'decision_function':  # a difference of numbers near 1
        scale = max(1.0, largest(value))
    return bounds.gate(size, size * scale)


def log_of(proba):
    """The gate of log(p) from that of p: d log p = dp / p."""
    relative = proba.get('relative', 0)
    return bounds.gate(max(4e-15, relative), relative + proba.get('ulp', 0) * 2.3e-16 + 4e-16)


def peel(estimator, inputs):
    """The innermost estimator that answers, and what reaches it."""
    name = name_of(estimator)
    if name in ('GridSearchCV', 'RandomizedSearchCV'):
        return peel(estimator.best_estimator_, inputs)
    if name == 'Pipeline':
        steps = [step for _, step in estimator.steps]
        for step in steps[:-1]:
            if step is None or isinstance(step, str) or type(step).__name__ == 'unicode':
                continue
            if rank(step, 'transform') > 1:
                return estimator, inputs
            inputs = step.transform(inputs)
        return peel(steps[-1], inputs) if hasattr(steps[-1], 'fit') else (estimator, inputs)
    return estimator, inputs


def gate(estimator, method, inputs, value):
    """The tolerance of one answer, as it is written into the fixture."""
    labels = method == 'predict' and (is_classifier(estimator) or hasattr(estimator, 'fit_predict'))
    if labels or not is_float(value):
        return EXACT
    if method == 'predict_log_proba':
        found = log_of(gate(estimator, 'predict_proba', inputs, value))
    else:
        inner, reached = peel(estimator, inputs)
        bound = bounds.BOUNDS.get(name_of(inner))
        found = bound and method != 'inverse_transform' and bound(inner, method, reached, value)
        found = found or bounds.inverse(inner, method, value) or static(inner, method, value)
    single = 'float32' in str(getattr(value, 'dtype', ''))
    if 'neighbors' in method:  # float64 on paper, but of float32 training rows
        single = 'float32' in str(getattr(getattr(peel(estimator, inputs)[0], '_fit_X', None), 'dtype', ''))
    if 'float32' in str(getattr(getattr(estimator, 'X_', None), 'dtype', '')):  # as do likenesses of such rows
        single = True
    if single and found != EXACT:
        scale = largest(value)
        found = bounds.gate(max(1e-6, found.get('relative', 0)), max(1e-6 * scale, found.get('absolute', 0)))
    if 'ulp' in found:
        return {'ulp': found['ulp']}
    return OrderedDict([('relative', round_up(found['relative'])), ('absolute', round_up(found['absolute']))])
