"""Every classifier, regressor and transformer of this scikit-learn inside everything that takes one.

    python oracle/nesting.py fixtures/nesting

writes one archive per version, `nesting.sk<version>.tar.xz`: a fixture as
cases/ describe it, a pickle and its JSON, for each pair. What cannot be
fitted so in Python is printed with its reason.
"""
from __future__ import print_function, unicode_literals

import io
import json
import os
import pickle
import sys
import tarfile
import warnings
from collections import OrderedDict

import numpy as np
import sklearn

warnings.simplefilter('ignore')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

from kit.encode import encode  # noqa: E402
from kit.record import record  # noqa: E402
from kit.sk import VERSION, sk  # noqa: E402
from make import class_of, versions  # noqa: E402

try:
    from sklearn.utils import all_estimators
except ImportError:
    from sklearn.utils.testing import all_estimators

ROWS, TEST = 36, 5
# Composites are what the others are put into; the rest needs data of its own kind.
LEFT_OUT = '''VotingClassifier VotingRegressor StackingClassifier StackingRegressor ClassifierChain RegressorChain
    MultiOutputClassifier MultiOutputRegressor OneVsOneClassifier OneVsRestClassifier OutputCodeClassifier
    CalibratedClassifierCV TransformedTargetRegressor GridSearchCV RandomizedSearchCV FixedThresholdClassifier
    TunedThresholdClassifierCV SelfTrainingClassifier FeatureUnion ColumnTransformer Pipeline FrozenEstimator
    RFE RFECV SelectFromModel SequentialFeatureSelector SparseCoder LabelBinarizer LabelEncoder MultiLabelBinarizer
    MultiTaskElasticNet MultiTaskElasticNetCV MultiTaskLasso MultiTaskLassoCV IsotonicRegression
    CountVectorizer TfidfVectorizer HashingVectorizer DictVectorizer FeatureHasher PatchExtractor
    KernelCenterer TSNE BaggingClassifier BaggingRegressor'''.split()
# Before 1.3 they predict columns, which MultiOutputRegressor stacks to (1, rows, outputs); we answer by row.
COLUMN = ('CCA', 'PLSCanonical', 'PLSRegression')
# Small enough for hundreds of pickles.
SMALL = {'n_estimators': 3, 'max_iter': 12, 'max_depth': 2, 'hidden_layer_sizes': (3,), 'n_components': 2, 'n_clusters': 2,
         'n_neighbors': 3, 'max_leaf_nodes': 3, 'n_quantiles': 5, 'n_knots': 3, 'random_state': 0, 'min_samples_leaf': 1}
LONG = ('LinearSVC', 'LinearSVR', 'LogisticRegression', 'LogisticRegressionCV', 'HuberRegressor', 'GammaRegressor')
PARAMS = {
    'RadiusNeighborsClassifier': {'radius': 9.0}, 'RadiusNeighborsRegressor': {'radius': 9.0}, 'NuSVC': {'nu': 0.3},
    'QuantileRegressor': {'alpha': 0.01}, 'TheilSenRegressor': {'max_subpopulation': 60}, 'CCA': {'n_components': 1},
    'GaussianProcessRegressor': {'alpha': 0.1}, 'PLSCanonical': {'n_components': 1}, 'PLSRegression': {'n_components': 1}, 'OneHotEncoder': {'handle_unknown': 'ignore'},
    'OrdinalEncoder': {'handle_unknown': 'use_encoded_value', 'unknown_value': -1}, 'MissingIndicator': {'features': 'all'},
    'SkewedChi2Sampler': {'skewedness': 1.0}, 'GaussianRandomProjection': {'n_components': 2},
    'SparseRandomProjection': {'n_components': 2}, 'RandomTreesEmbedding': {'n_estimators': 2, 'max_depth': 2},
}


def data():
    random = np.random.RandomState(3)
    X = np.round(np.abs(random.normal(2.0, 1.0, (ROWS + TEST, 3))), 3) + 0.125
    score = X[:, 0] - 0.7 * X[:, 1] + 0.2 * random.normal(size=len(X))
    label = np.digitize(score, np.percentile(score, [33, 66]))
    amount = np.round(np.exp(0.3 * score) + 0.1, 4)
    return X, label, amount


def build(cls):
    """One estimator of this class, small and deterministic."""
    known = cls().get_params()
    small = {name: value for name, value in SMALL.items() if name in known}
    if cls.__name__ in LONG:
        small.pop('max_iter', None)
    if cls.__name__.endswith('PCA') or 'Dictionary' in cls.__name__ or cls.__name__ in ('FastICA',):
        small.pop('max_iter', None)
    if cls.__name__.startswith(('Gradient', 'HistGradient')):
        small.pop('n_neighbors', None)
    if cls.__name__.startswith('HistGradient'):
        small['max_iter'] = 3
        small['min_samples_leaf'] = 5
    small.update((name, value) for name, value in PARAMS.get(cls.__name__, {}).items() if name in known)
    return cls(**small)


def linear():
    return sk.linear_model.LinearRegression()


def bayes():
    return sk.naive_bayes.GaussianNB()


def scaled(model):
    return sk.pipeline.Pipeline(steps=[('scale', sk.preprocessing.MinMaxScaler(feature_range=(0.5, 2))), ('model', model)])


def searched(model):
    return sk.model_selection.GridSearchCV(
        estimator=scaled(model), param_grid={'scale__feature_range': [(0.5, 2)]}, cv=2)


def calibrated(model):
    return sk.calibration.CalibratedClassifierCV(estimator=model, cv=2)


def classifiers(model):
    en, multi, output = sk.ensemble, sk.multiclass, sk.multioutput
    yield 'Pipeline', scaled(model), 'text'
    yield 'GridSearchCV', searched(model), 'text'
    if VERSION >= (0, 22):
        yield 'StackingClassifier', en.StackingClassifier(estimators=[('model', model)], final_estimator=bayes(), cv=2), 'text'
    yield 'CalibratedClassifierCV', calibrated(model), 'text'
    yield 'MultiOutputClassifier', output.MultiOutputClassifier(estimator=model), 'two'
    yield 'VotingClassifier', en.VotingClassifier(estimators=[('model', model), ('bayes', bayes())]), 'text'
    yield 'BaggingClassifier', en.BaggingClassifier(estimator=model, n_estimators=2, random_state=0), 'text'
    yield 'OneVsRestClassifier', multi.OneVsRestClassifier(estimator=model), 'text'
    yield 'OneVsOneClassifier', multi.OneVsOneClassifier(estimator=model), 'text'
    yield 'ClassifierChain', output.ClassifierChain(estimator=model, order=[1, 0]), 'binaries'


def regressors(model):
    en, compose, output = sk.ensemble, sk.compose, sk.multioutput
    yield 'Pipeline', scaled(model), 'amount'
    yield 'GridSearchCV', searched(model), 'amount'
    if VERSION >= (0, 22):
        yield 'StackingRegressor', en.StackingRegressor(estimators=[('model', model)], final_estimator=linear(), cv=2), 'amount'
    if VERSION >= (0, 21):
        yield 'VotingRegressor', en.VotingRegressor(estimators=[('model', model), ('linear', linear())]), 'amount'
    yield 'BaggingRegressor', en.BaggingRegressor(estimator=model, n_estimators=2, random_state=0), 'amount'
    yield 'MultiOutputRegressor', output.MultiOutputRegressor(estimator=model), 'amounts'
    yield 'RegressorChain', output.RegressorChain(estimator=model, order=[1, 0]), 'amounts'
    if VERSION >= (0, 20):
        yield 'TransformedTargetRegressor', compose.TransformedTargetRegressor(
            regressor=model, func=np.log, inverse_func=np.exp), 'amount'


def transformers(model):
    yield 'Pipeline', sk.pipeline.Pipeline(steps=[('model', model), ('linear', sk.linear_model.Ridge())]), 'label'
    yield 'FeatureUnion', sk.pipeline.FeatureUnion(transformer_list=[('model', model), ('max', sk.preprocessing.MaxAbsScaler())]), 'label'
    if VERSION >= (0, 20):
        yield 'ColumnTransformer', sk.compose.ColumnTransformer(
            transformers=[('model', model, [0, 2])], remainder='passthrough'), 'label'


def targets(X, label, amount):
    text = np.array(['low', 'mid', 'high'])[label]
    return {'text': text, 'label': label, 'two': np.column_stack([label, label // 2]),
            'binaries': np.column_stack([label // 2, label % 2]), 'amount': amount,
            'amounts': np.column_stack([amount, X[:, 2] + amount])}


def fixture(name, model, X, y, inputs):
    np.random.seed(0)
    model.fit(X, y)
    expected, tolerance, _ = record(model, inputs)
    if not expected:
        raise ValueError('no method answers')
    described = OrderedDict([
        ('case', name), ('file', name.split('/')[1] + '.pkl'), ('class', class_of(model)), ('versions', versions()),
        ('seed', 0), ('protocol', 4), ('container', 'pickle'), ('input', encode(inputs)), ('expected', expected), ('tolerance', tolerance)])
    return pickle.dumps(model, 4), json.dumps(described, separators=(',', ':'), ensure_ascii=False)


def main():
    folder = sys.argv[1]
    X, label, amount = data()
    y = targets(X, label, amount)
    made = 0
    if not os.path.isdir(folder):
        os.makedirs(folder)
    with tarfile.open(os.path.join(folder, 'nesting.sk%s.tar.xz' % sklearn.__version__), 'w:xz', preset=9) as archive:
        for kind, nests in (('classifier', classifiers), ('regressor', regressors), ('transformer', transformers)):
            for name, cls in all_estimators(type_filter=kind):
                if name not in LEFT_OUT and not name.startswith(('_', 'PLSSVD')):
                    made += nest(kind, nests, cls, archive, X, y)
    print('scikit-learn %s: %d pairs' % (sklearn.__version__, made))


def nest(kind, nests, cls, archive, X, y):
    """Adds one class inside everything; gives how many could be fitted."""
    name, made = cls.__name__, 0
    try:
        nested = list(nests(build(cls)))
    except Exception as error:
        print('%s: %s' % (name, str(error)[:150]))
        return 0
    for outer, model, target in nested:
        if VERSION < (1, 3) and name in COLUMN and outer == 'MultiOutputRegressor':
            continue
        case = '%s/%s-in_%s' % (kind, name, outer)
        try:
            pickled, text = fixture(case, model, X[:ROWS], y[target][:ROWS], X[ROWS:])
        except Exception as error:
            print('%s in %s: %s: %s' % (name, outer, type(error).__name__, str(error).split('\n')[0][:120]))
            continue
        for end, content in (('.pkl', pickled), ('.json', text.encode('utf-8'))):
            info = tarfile.TarInfo(case + end)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
        made += 1
    return made


if __name__ == '__main__':
    main()
