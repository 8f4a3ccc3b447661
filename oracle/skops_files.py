"""Write some of the fixtures again as skops does: fixtures/skops/<family>__<case>.skops.

    python oracle/skops_files.py

with the Python of one environment, in which skops is installed: 0.16.0 beside scikit-learn 1.9.1, 0.10.0 beside 1.5.2, 0.6.0
beside 1.2.2. What each model answers stands in the fixture that it was written from. Fixtures of older releases are taken
out of their archives in memory. Every second file is deflated, where the release can.
"""
import functools
import glob
import io
import os
import pickle
import tarfile
import warnings
import zipfile
from collections import OrderedDict

import joblib
import numpy as np
import skops
import skops.io
import sklearn
from scipy import sparse

FIXTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures')
# One of each node: sparse matrices, trees, losses, generators, trees over points, functions, partials, masked arrays,
# arrays of objects, dtypes, frames' columns, texts as keys.
CASES = {
    'cluster': ['BisectingKMeans-sparse', 'KMeans-blobs'],
    'ensemble': ['GradientBoostingClassifier-binary', 'HistGradientBoostingRegressor-diabetes', 'RandomForestClassifier-iris'],
    'feature_extraction': ['CountVectorizer-default', 'TfidfVectorizer-default', 'DictVectorizer-default'],
    'impute': ['KNNImputer-default', 'SimpleImputer-mean'],
    'isotonic': ['IsotonicRegression-increasing'],
    'linear_model': ['SGDClassifier-hinge_binary', 'Ridge-diabetes', 'LogisticRegression-iris', 'PoissonRegressor-default'],
    'mixture': ['GaussianMixture-full'],
    'model_selection': ['GridSearchCV-ridge'],
    'naive_bayes': ['MultinomialNB-counts', 'GaussianNB-iris'],
    'neighbors': ['KNeighborsClassifier-kd_tree', 'KNeighborsRegressor-ball_tree', 'KNeighborsClassifier-iris'],
    'neural_network': ['MLPClassifier-iris'],
    'pipeline': ['Pipeline-tfidf_sgd', 'ColumnTransformer-mixed', 'Pipeline-diabetes'],
    'preprocessing': ['FunctionTransformer-log1p', 'OneHotEncoder-default', 'OrdinalEncoder-default', 'StandardScaler-iris'],
    'svm': ['SVC-rbf', 'OneClassSVM-blobs'],
    'tree': ['DecisionTreeClassifier-iris', 'DecisionTreeRegressor-diabetes'],
}
LARGEST = 60_000


def stored(family):
    """The pickles of a family for this scikit-learn, by name."""
    ending = '.sk%s.' % sklearn.__version__
    folder = os.path.join(FIXTURES, family)
    found = {}
    for path in sorted(glob.glob(os.path.join(folder, 'older*.tar.xz'))):
        with tarfile.open(path) as archive:
            found.update((each.name, archive.extractfile(each).read()) for each in archive if ending in each.name)
    for path in glob.glob(os.path.join(folder, '*%s*' % ending)):
        with open(path, 'rb') as file:
            found[os.path.basename(path)] = file.read()
    return {name: data for name, data in found.items() if name.endswith(('.pkl', '.joblib'))}


def cases(family, files):
    """The cases that are named, or what begins with the same class where a release has no case of that name, or cannot load it."""
    for wanted in CASES[family]:
        names = [name for name in files if name.startswith(wanted + '.')]
        names += sorted((name for name in files if name.startswith(wanted.split('-')[0] + '-')), key=lambda name: (len(files[name]), name))
        for name in names:
            try:
                model = joblib.load(io.BytesIO(files[name]))
            except TypeError:  # a newer numpy wrote its generator
                continue
            yield name, model
            break


def dumped(value, deflated):
    try:
        return skops.io.dumps(value, **({'compression': zipfile.ZIP_DEFLATED} if deflated else {}))
    except TypeError:  # skops 0.6 stores only
        return skops.io.dumps(value)


def values():
    """One of each thing that skops keeps, beside estimators."""
    masked = np.ma.MaskedArray([1.5, 2.5, 3.5], mask=[False, True, False])
    shared = [1, 'two']
    named = {2: 'two', 1: 'one', 10: None}
    return {
        'words': ['text', 'ñandú "quoted"', '', 1, -3, 2 ** 70, 1.0, 0.1, -0.0, 1e300, True, False, None],
        'nan': [float('inf'), float('-inf')],
        'tuple': ((), (1,), (1, (2, [3]))),
        'ints': named,
        'floats': {0.5: 1, 2.0: 2},
        'empty': [{}, [], set()],
        'set': {1, 2, 3},
        'shared': [shared, shared],
        'ordered': OrderedDict([('b', 1), ('a', 2)]),
        'bunch': sklearn.utils.Bunch(x=1, y=2),
        'slice': slice(1, None, 2),
        'scalars': [np.float64(1.5), np.float32(0.25), np.int64(-7), np.bool_(True), np.str_('é')],
        'arrays': [np.arange(6).reshape(2, 3), np.asfortranarray(np.arange(6.0).reshape(2, 3)), np.zeros((0, 3), np.float32),
                   np.array(['a', 'bcd']), np.array(['2020-01-02'], 'M8[D]'), np.array([(1, 2.5)], [('a', 'i4'), ('b', 'f8')])],
        'objects': [np.array(['a', None, 1.5], object), np.array([['a', 1], ['b', 2]], object)],
        'masked': masked,
        'dtypes': [np.dtype('f8'), np.dtype('U5'), np.dtype([('a', 'i4')])],
        'types': [int, dict, np.float64],
        'sparse': [sparse.csr_matrix([[0, 1.5], [2, 0]]), sparse.csc_matrix([[0, 1], [2, 0]]), sparse.coo_matrix([[0, 1.5]])],
        'bytes': [b'some\x00bytes', bytearray(b'more')],
        'partial': functools.partial(np.clip, a_min=0),
        'random': np.random.RandomState(3),
    }


def main():
    warnings.simplefilter('ignore')
    target = os.path.join(FIXTURES, 'skops')
    os.makedirs(target, exist_ok=True)
    stem = os.path.join(target, 'values.sk%s' % sklearn.__version__)
    with open(stem + '.skops', 'wb') as file:
        file.write(dumped(values(), False))
    with open(stem + '.pkl', 'wb') as file:
        pickle.dump(values(), file, protocol=4)
    for family in CASES:
        files = stored(family)
        for place, (name, model) in enumerate(cases(family, files)):
            data = dumped(model, place % 2 == 1)
            if len(data) > LARGEST:
                data = dumped(model, True)
            if len(data) > LARGEST:
                print('too large', name, len(data))
                continue
            skops.io.loads(data, trusted=skops.io.get_untrusted_types(data=data))
            path = os.path.join(target, '%s__%s.skops' % (family, name.rsplit('.', 1)[0]))
            with open(path, 'wb') as file:
                file.write(data)


if __name__ == '__main__':
    main()
