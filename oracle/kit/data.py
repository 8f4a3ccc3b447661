# coding: utf-8
"""Small data sets: `DATA[name]() -> (X, y, X_test)`; y is None for unlabelled ones."""
from __future__ import unicode_literals

import numpy as np
from sklearn import datasets

from kit.sk import VERSION, fresh

TEST = 8 if VERSION >= (1, 9) else 6


def split(X, y=None, rows=60):
    """`rows` spread over the set to fit on, and TEST others."""
    step = max(1, len(X) // (rows + TEST))
    kept = np.arange(0, len(X), step)[:rows + TEST]
    test = kept[::max(1, len(kept) // TEST)][:TEST]
    train = np.setdiff1d(kept, test)
    return X[train], None if y is None else y[train], X[test]


def labelled(names):
    """Replace the classes 0, 1, ... by these labels."""
    names = np.asarray(names)
    return lambda y: names[y]


def with_labels(name, labels):
    def make():
        X, y, test = DATA[name]()
        return X, labels(y), test
    return make


def as_float32(name):
    def make():
        X, y, test = DATA[name]()
        if y is not None and y.dtype == np.float64:
            y = y.astype(np.float32)
        return X.astype(np.float32), y, test.astype(np.float32)
    return make


def columns_of(name, columns):
    def make():
        X, y, test = DATA[name]()
        return X[:, columns], y, test[:, columns]
    return make


def iris():
    bunch = datasets.load_iris()
    return split(bunch.data, bunch.target, 52)


def wine():
    bunch = datasets.load_wine()
    return split(bunch.data[:, [0, 1, 4, 6, 9]], bunch.target, 56)


def cancer():
    bunch = datasets.load_breast_cancer()
    return split(bunch.data[:, :5], bunch.target, 60)


def digits():
    bunch = datasets.load_digits()
    return split(bunch.data[:, [10, 13, 19, 21, 28, 36, 43, 51, 53, 60]], bunch.target, 90)


def diabetes():
    bunch = datasets.load_diabetes()
    return split(np.round(bunch.data[:, [2, 3, 6, 8]], 4), bunch.target, 56)


def binary():
    X, y = datasets.make_classification(n_samples=68, n_features=4, n_informative=3, n_redundant=0, flip_y=0.08,
                                        random_state=3)
    return split(np.round(X, 3), y, 60)


def classes4():
    X, y = datasets.make_classification(n_samples=88, n_features=5, n_informative=4, n_redundant=0, n_classes=4,
                                        n_clusters_per_class=1, random_state=7)
    return split(np.round(X, 3), y, 80)


def regression():
    X, y = datasets.make_regression(n_samples=56, n_features=4, noise=9.0, random_state=5)
    return split(np.round(X, 3), np.round(y, 2), 48)


def positive_target():
    X, y, test = regression()
    return X, np.round(np.exp(y / 120.0), 3), test


def counts_target():
    X, y, test = regression()
    return X, np.floor(np.exp(y / 110.0)), test


def targets2():
    X, y = datasets.make_regression(n_samples=52, n_features=4, n_targets=2, noise=3.0, random_state=11)
    return split(np.round(X, 3), np.round(y, 2), 44)


def multilabel():
    X, y, test = binary()
    return X, np.column_stack([y, (X[:, 0] > 0.3).astype(int), (X[:, 1] + X[:, 2] > 0).astype(int)]), test


def multiclass_multioutput():
    X, y, test = iris()
    return X, np.column_stack([y, (X[:, 1] > 3.0).astype(int) + 4]), test


def text_multioutput():
    X, y, test = multiclass_multioutput()
    return X, np.column_stack([np.array(['a', 'b', 'c'])[y[:, 0]], np.array(['lo', 'hi'])[y[:, 1] - 4]]), test


def one_feature():
    X, y, test = regression()
    return X[:, :1], y, test[:, :1]


def one_feature_classes():
    X, y, test = iris()
    return X[:, 2:3], y, test[:, 2:3]


def constant_feature():
    X, y, test = regression()
    X, test = X.copy(), test.copy()
    X[:, 1], test[:, 1] = 2.5, 2.5
    return X, y, test


def weights_like():
    """Wide range of scales, outliers and negative zeros."""
    X, y, test = regression()
    scale = np.array([1e-3, 1.0, 250.0, 1e6])
    X, test = np.round(X * scale, 4), np.round(test * scale, 4)
    test[0, 1] = -0.0
    return X, y, test


def holes(X, seed, share=0.15):
    X = X.copy()
    X[fresh(seed).rand(*X.shape) < share] = np.nan
    return X


def missing_classes():
    X, y, test = iris()
    return holes(X, 1), y, holes(test, 2, 0.3)


def missing_binary():
    X, y, test = binary()
    return holes(X, 1), y, holes(test, 2, 0.3)


def missing_regression():
    X, y, test = regression()
    return holes(X, 3), y, holes(test, 4, 0.3)


def blobs():
    X, y = datasets.make_blobs(n_samples=62, centers=4, n_features=3, cluster_std=1.6, random_state=2)
    return split(np.round(X, 3), y, 54)


def unlabelled():
    X, _, test = blobs()
    return X, None, test


def counts():
    random = fresh(4)
    y = np.arange(60) % 3
    rates = np.array([[1, 3, .5, 2, 0.1], [2, .5, 3, 1, 0.4], [.3, 1, 1, 4, 2]])
    return split(random.poisson(rates[y]).astype(float), y, 50)


def positive():
    X, y, test = iris()
    return X, None, test


def categorical_codes():
    """Columns 0 and 2 hold small category numbers, 1 and 3 numbers."""
    X, y, test = regression()

    def recode(rows):
        rows = rows.copy()
        rows[:, 0] = np.clip(np.floor(rows[:, 0] * 2 + 3), 0, 6)
        rows[:, 2] = np.clip(np.floor(rows[:, 2] + 2), 0, 3)
        return rows
    X, test = recode(X), recode(test)
    test[0, 0], test[1, 2] = np.nan, 11
    return X, y + 40 * (X[:, 0] % 3), test


def categorical_classes():
    X, y, test = categorical_codes()
    return X, (y > np.median(y)).astype(int), test


def without_target(name):
    def make():
        X, _, test = DATA[name]()
        return X, None, test
    return make


from kit.likeness_data import LIKENESS  # noqa: E402
from kit.more_data import MORE, sparse_of  # noqa: E402
from kit.small_data import SMALL  # noqa: E402
from kit.text_data import DATA as TEXTS  # noqa: E402

DATA = {
    'iris': iris, 'wine': wine, 'cancer': cancer, 'digits': digits, 'diabetes': diabetes, 'binary': binary,
    'classes4': classes4, 'regression': regression, 'positive_target': positive_target,
    'counts_target': counts_target, 'targets2': targets2, 'multilabel': multilabel,
    'multiclass_multioutput': multiclass_multioutput, 'text_multioutput': text_multioutput,
    'one_feature': one_feature, 'one_feature_classes': one_feature_classes, 'constant_feature': constant_feature,
    'weights_like': weights_like, 'missing_classes': missing_classes, 'missing_binary': missing_binary,
    'missing_regression': missing_regression, 'blobs': blobs, 'unlabelled': unlabelled, 'counts': counts,
    'positive': positive, 'categorical_codes': categorical_codes, 'categorical_classes': categorical_classes,
    'iris_text': with_labels('iris', labelled(['setosa', 'versicolor', 'virginica'])),
    'iris_object': with_labels('iris', lambda y: np.array(['setosa', 'versicolor', 'virginica'], dtype=object)[y]),
    'iris_bytes': with_labels('iris', lambda y: np.array([b'setosa', b'versicolor', b'virginica'])[y]),
    'iris_float_labels': with_labels('iris', lambda y: np.array([-1.0, 0.0, 10.0])[y]),
    'binary_text': with_labels('binary', labelled(['no', 'yes'])),
    'binary_bool': with_labels('binary', lambda y: y.astype(bool)),
    'binary_signed': with_labels('binary', labelled([-1, 1])),
    'classes4_ints': with_labels('classes4', labelled([-1, 2, 5, 90])),
    'classes4_text': with_labels('classes4', labelled(['bœuf', 'äpfel', 'café', '塩'])),
    'iris32': as_float32('iris'), 'binary32': as_float32('binary'), 'regression32': as_float32('regression'),
    'unlabelled32': as_float32('unlabelled'), 'targets2_32': as_float32('targets2'),
    'blobs_text': with_labels('blobs', labelled(['n', 'e', 's', 'w'])),
    'iris_plain': without_target('iris'), 'scales': without_target('weights_like'),
    'constant': without_target('constant_feature'), 'missing': without_target('missing_regression'),
    'regression_plain': without_target('regression'), 'cancer_plain': without_target('cancer'),
    'digits_plain': without_target('digits'), 'regression32_plain': without_target('regression32'),
    'three_plain': columns_of('regression_plain', [0, 2, 3]),
    'counts_plain': without_target('counts'), 'diabetes_plain': without_target('diabetes'),
    'sparse_counts': sparse_of('counts'), 'sparse_regression': sparse_of('regression', 0.4),
    'sparse_iris': sparse_of('iris'), 'sparse_plain': sparse_of('regression_plain', 0.5),
    'sparse_binary': sparse_of('binary', 0.3),
}
DATA.update(MORE)
DATA.update(LIKENESS)
DATA.update(SMALL)
DATA.update(TEXTS)
