"""A model of every estimator of the scikit-learn that is installed, with its defaults, in protocols 0, 2 and 5 and by joblib.

    python fresh_models.py OUT             then: curtido scan OUT

What cannot be fitted to small data is pickled as it is made. Estimators that need others get simple ones, and searches also
get what people put into them: distributions, scorers, functions. All files are honest: every one of them scans clean.
"""
import functools
import os
import pickle
import sys
import warnings

import joblib
import numpy as np
import scipy.stats
from sklearn.compose import ColumnTransformer, make_column_selector
from sklearn.datasets import make_blobs
from sklearn.feature_extraction.text import CountVectorizer, TfidfVectorizer
from sklearn.gaussian_process import GaussianProcessClassifier, GaussianProcessRegressor, kernels
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.metrics import fbeta_score, make_scorer
from sklearn.model_selection import GridSearchCV, KFold, RandomizedSearchCV
from sklearn.neighbors import KNeighborsClassifier
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, SplineTransformer, StandardScaler
from sklearn.svm import SVC
from sklearn.utils import all_estimators

X, y = make_blobs(60, centers=2, n_features=4, random_state=0)
X = np.abs(X)
WORDS = ['a red house', 'the green tree', 'blue houses and trees', 'red and green'] * 15
PARTS = [('a', LogisticRegression()), ('b', KNeighborsClassifier(3))]
ARGUMENTS = {
    'ColumnTransformer': ([('n', StandardScaler(), [0, 1]), ('rest', 'passthrough', make_column_selector())],),
    'FeatureUnion': ([('s', StandardScaler()), ('t', StandardScaler())],), 'Pipeline': ([('s', StandardScaler()), ('m', LogisticRegression())],),
    'VotingClassifier': (PARTS,), 'StackingClassifier': (PARTS,),
    'VotingRegressor': ([('a', Ridge()), ('b', Ridge(2.0))],), 'StackingRegressor': ([('a', Ridge()), ('b', Ridge(2.0))],),
    'GridSearchCV': (LogisticRegression(), {'C': [0.1, 1.0]}), 'HalvingGridSearchCV': (LogisticRegression(), {'C': [0.1, 1.0]}),
    'RandomizedSearchCV': (LogisticRegression(), {'C': [0.1, 1.0]}), 'HalvingRandomSearchCV': (LogisticRegression(), {'C': [0.1, 1.0]}),
    'SparseCoder': (np.eye(4),),
}
NEEDS_MODEL = {'MultiOutputClassifier', 'MultiOutputRegressor', 'ClassifierChain', 'RegressorChain', 'OneVsRestClassifier', 'OneVsOneClassifier',
               'OutputCodeClassifier', 'RFE', 'RFECV', 'SelectFromModel', 'SequentialFeatureSelector', 'SelfTrainingClassifier',
               'FixedThresholdClassifier', 'TunedThresholdClassifierCV', 'FrozenEstimator'}


def made():
    for name, cls in all_estimators():
        args = ARGUMENTS.get(name, (Ridge() if 'Regressor' in name else LogisticRegression(),) if name in NEEDS_MODEL else ())
        yield name, cls(*args)
    logistic = LogisticRegression()
    yield 'search_randint', RandomizedSearchCV(KNeighborsClassifier(), {'n_neighbors': scipy.stats.randint(1, 9)}, n_iter=3, random_state=0)
    yield 'search_continuous', RandomizedSearchCV(SVC(), {'C': scipy.stats.loguniform(1e-2, 1e2), 'gamma': scipy.stats.expon(scale=0.1)}, n_iter=3, random_state=0)
    yield 'search_scorer', GridSearchCV(logistic, {'C': [1.0]}, scoring=make_scorer(fbeta_score, beta=2), cv=KFold(3))
    yield 'search_scorers', GridSearchCV(logistic, {'C': [1.0]}, scoring=['accuracy', 'f1'], refit='f1')
    yield 'search_models', GridSearchCV(Pipeline([('s', StandardScaler()), ('m', logistic)]), {'m': [logistic, SVC()], 's': ['passthrough', StandardScaler()]})
    yield 'search_functions', GridSearchCV(Pipeline([('s', FunctionTransformer(np.log1p)), ('m', logistic)]), {'s__func': [np.log1p, np.sqrt, None]})
    yield 'partial_function', FunctionTransformer(functools.partial(np.clip, a_min=0, a_max=2))
    yield 'functions', FunctionTransformer(np.log1p, np.expm1)
    yield 'spline', SplineTransformer(n_knots=3, extrapolation='linear')
    yield 'kernel', GaussianProcessRegressor(kernels.ConstantKernel() * kernels.RBF() + kernels.WhiteKernel())
    yield 'kernel_classifier', GaussianProcessClassifier(kernels.Matern() + kernels.DotProduct())
    yield 'metric', KNeighborsClassifier(metric='minkowski', p=3, algorithm='ball_tree')
    yield 'seeded', KNeighborsClassifier(algorithm='kd_tree')


def texts():
    import re
    yield 'count', CountVectorizer()
    yield 'tfidf', TfidfVectorizer(ngram_range=(1, 2), stop_words='english', dtype=np.float32)
    yield 'split', CountVectorizer(tokenizer=str.split, preprocessor=str.lower, token_pattern=None)
    yield 'pattern', CountVectorizer(tokenizer=re.compile(r'\w+').findall, token_pattern=None)
    yield 'search', GridSearchCV(Pipeline([('v', TfidfVectorizer()), ('m', LogisticRegression())]), {'m__C': [1.0]}, cv=3)


def frames():
    import pandas as pd
    frame = pd.DataFrame({'city': ['Lima', 'Cusco', None] * 20, 'n': X[:, 0], 'when': pd.date_range('2020', periods=60), 'kind': pd.Categorical(['a', 'b', 'a'] * 20)})
    yield 'frame', frame
    yield 'frame_dtypes', frame.convert_dtypes()
    columns = ColumnTransformer([('n', StandardScaler(), make_column_selector(dtype_include='number')), ('c', OneHotEncoder(handle_unknown='ignore'), ['city', 'kind'])])
    yield 'columns', Pipeline([('c', columns), ('m', LogisticRegression())]).set_output(transform='default').fit(frame, y)
    yield 'series', frame['when']
    yield 'series_zone', frame['when'].dt.tz_localize('America/Lima')
    yield 'results', pd.DataFrame(GridSearchCV(LogisticRegression(), {'C': [0.1, 1.0]}).fit(X, y).cv_results_)


def fitted(model):
    for target in (y, X[:, 0], np.column_stack([y, y]), None):
        for data in (X, X[:, 0]):
            try:
                return model.fit(data) if target is None else model.fit(data, target)
            except Exception:
                continue
    return model


def arrays():
    yield 'datetimes', np.array(['2020-01-01', 'NaT'], 'M8[D]')
    yield 'durations', np.array([1, 2], 'm8[ns]')
    yield 'structured', np.array([(1, 2.5, 'a')], [('a', 'i4'), ('b', 'f8'), ('c', 'U3')])
    yield 'structured_objects', np.array([(1, 'a')], [('a', 'i4'), ('b', 'O')])
    yield 'masked', np.ma.array([1.0, 2.0], mask=[True, False])
    yield 'generators', [np.random.default_rng(0), np.random.RandomState(0)]
    yield 'record', np.rec.array([(1, 2.5)], [('a', 'i4'), ('b', 'f8')])
    yield 'objects', {'a': np.array([None, 'text', [1]], object)}


def main():
    warnings.simplefilter('ignore')
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    written = 0
    models = [(name, fitted(model)) for name, model in made()]
    models += [('text_' + name, model.fit(WORDS, y)) for name, model in texts()]
    models += list(arrays())
    try:
        models += list(frames())
    except ImportError:
        print('no pandas: no tables')
    for name, model in models:
        for protocol in (0, 2, 5):
            with open(os.path.join(out, '%s.p%d.pkl' % (name, protocol)), 'wb') as file:
                pickle.dump(model, file, protocol)
        joblib.dump(model, os.path.join(out, name + '.joblib'), compress=3)
        written += 4
    print(written, 'files of', len(models), 'objects')


if __name__ == '__main__':
    main()
