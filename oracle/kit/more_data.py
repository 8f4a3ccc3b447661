# coding: utf-8
"""Frames, text columns, label vectors and sparse matrices."""
from __future__ import unicode_literals

import numpy as np
import pandas as pd
import scipy.sparse

from kit.sk import fresh

COLOURS = ['red', 'green', 'blue', 'grün']
SIZES = ['S', 'M', 'L']


def sparse_of(name, threshold=None, layout='csr'):
    """The data as sparse matrix; values below `threshold` in size become zero."""
    def make():
        from kit.data import DATA
        X, y, test = DATA[name]()

        def convert(rows):
            rows = rows if threshold is None else np.where(np.abs(rows) < threshold, 0, rows)
            return getattr(scipy.sparse, layout + '_matrix')(rows)
        return convert(X), y, convert(test)
    return make


def frame_of(name, columns):
    def make():
        from kit.data import DATA
        X, y, test = DATA[name]()
        return pd.DataFrame(X, columns=columns), y, pd.DataFrame(test, columns=columns)
    return make


def table(rows, seed, unseen=False):
    """A frame with text, numbers with holes, integers and booleans."""
    random = fresh(seed)
    colours = COLOURS + ['violet'] if unseen else COLOURS
    age = np.round(random.normal(40, 12, rows), 1)
    age[random.rand(rows) < 0.12] = np.nan
    return pd.DataFrame({
        'colour': [colours[i] for i in random.randint(0, len(colours), rows)],
        'size': [SIZES[i] for i in random.randint(0, 3, rows)],
        'age': age,
        'rooms': random.randint(1, 7, rows),
        'income': np.round(random.gamma(2.0, 900.0, rows), 2),
        'urban': random.rand(rows) < 0.5,
    }, columns=['colour', 'size', 'age', 'rooms', 'income', 'urban'])


def table_target(X):
    base = X['rooms'] * 12.0 + X['income'] / 150.0 + (X['colour'] == 'red') * 9.0 + (X['size'] == 'L') * 7.0
    return np.round(np.asarray(base, dtype=float) + fresh(8).normal(0, 2, len(X)), 2)


def mixed():
    X = table(60, 5)
    return X, table_target(X), table(8, 6)


def mixed_unseen():
    X, y, _ = mixed()
    return X, y, table(8, 9, unseen=True)


def mixed_classes():
    X, y, test = mixed()
    return X, np.array(['dear' if v > np.median(y) else 'cheap' for v in y]), test


def mixed_complete():
    X, y, test = mixed()
    return X.fillna({'age': 40.0}), y, test.fillna({'age': 39.5})


def mixed_plain():
    X, _, test = mixed()
    return X, None, test


def categorical_frame():
    """Categorical and numeric columns, as gradient boosting takes them."""
    X, y, test = mixed()
    for rows in (X, test):
        rows['colour'] = pd.Categorical(rows['colour'], categories=sorted(COLOURS))
        rows['size'] = pd.Categorical(rows['size'], categories=SIZES)
    names = ['age', 'colour', 'income', 'size']
    test = test[names].copy()
    test.loc[test.index[1], 'colour'] = None
    return X[names], y, test


def categorical_frame_classes():
    X, y, test = categorical_frame()
    return X, np.array([1 if v > np.median(y) else 0 for v in y]), test


def text_columns():
    """An object array of text and whole numbers."""
    random = fresh(21)

    def rows(n):
        made = np.empty((n, 3), dtype=object)
        made[:, 0] = [COLOURS[i] for i in random.choice(4, n, p=[.5, .3, .15, .05])]
        made[:, 1] = [SIZES[i] for i in random.randint(0, 3, n)]
        made[:, 2] = [int(v) for v in random.randint(0, 4, n) * 10]
        return made
    return rows(50), None, rows(8)


def text_unseen():
    X, _, test = text_columns()
    test = test.copy()
    test[0, 0], test[2, 1], test[3, 2] = 'mauve', 'XXL', 70
    return X, None, test


def text_missing():
    X, _, test = text_columns()
    X, test = X[:, :2].copy(), test[:, :2].copy()
    X[::7, 0], X[3::9, 1] = None, None
    test[1, 0], test[2, 1] = None, None
    return X, None, test


def text_nan():
    X, _, test = text_missing()
    return np.where(X == np.array(None), np.nan, X), None, np.where(test == np.array(None), np.nan, test)


def whole_columns():
    random = fresh(22)
    return random.randint(-2, 4, (40, 3)), None, random.randint(-2, 4, (8, 3))


def whole_unseen():
    X, _, test = whole_columns()
    test = test.copy()
    test[0, 0], test[3, 2] = 17, -40
    return X, None, test


def float_nan_columns():
    random = fresh(23)
    X = random.randint(0, 4, (40, 2)) / 2.0
    test = random.randint(0, 4, (8, 2)) / 2.0
    X[::9, 0], test[2, 0] = np.nan, np.nan
    return X, None, test


def bool_columns():
    random = fresh(24)
    return random.rand(30, 3) < 0.5, None, random.rand(8, 3) < 0.5


def text_frame():
    X, y, test = mixed()
    return X[['colour', 'size']], None, test[['colour', 'size']]


def labels_text():
    y = np.array(['paris', 'tokyo', 'amsterdam', 'tokyo', 'österreich', 'paris'])
    return y, None, np.array(['tokyo', 'paris', 'österreich', 'amsterdam', 'paris'])


def labels_object():
    y, _, test = labels_text()
    return y.astype(object), None, test.astype(object)


def labels_int():
    return np.array([7, -3, 7, 100, 12, 12]), None, np.array([12, 7, -3, 100])


def labels_bool():
    return np.array([True, False, False]), None, np.array([False, True, True])


def labels_binary():
    return np.array(['yes', 'no', 'no', 'yes']), None, np.array(['no', 'yes', 'no'])


def labels_float():
    return np.array([0.5, 2.5, 1.0, np.nan, 2.5]), None, np.array([2.5, np.nan, 0.5])


def curve():
    """One dimension: for isotonic regression."""
    random = fresh(30)
    X = np.round(np.sort(random.rand(40) * 10), 2)
    y = np.round(np.log1p(X) + random.normal(0, 0.2, 40), 3)
    return X, y, np.array([0.01, 1.5, 2.75, 4.0, 7.77, 9.9])


def curve_inside():
    X, y, _ = curve()
    return X, y, np.round(np.linspace(X.min() + 0.1, X.max() - 0.1, 7), 2)


def frame_codes():
    from kit.data import DATA
    X, y, test = DATA['categorical_codes']()
    return pd.DataFrame(X, columns=list('abcd')), y, pd.DataFrame(test, columns=list('abcd'))


def size_column():
    random = fresh(25)
    return (np.array([[SIZES[i]] for i in random.randint(0, 3, 30)], dtype=object), None,
            np.array([[SIZES[i]] for i in random.randint(0, 3, 8)], dtype=object))


def empty_column():
    from kit.data import DATA
    X, _, test = DATA['missing']()
    X, test = X.copy(), test.copy()
    X[:, 2] = np.nan
    return X, None, test


def derived(name, change):
    """Another data set with (X, y, X_test) changed."""
    def make():
        from kit.data import DATA
        return change(*DATA[name]())
    return make


def codes(kind):
    """Text columns with a target that depends on them."""
    def make():
        X, _, test = text_unseen()
        X, test = X[:, :2], test[:, :2]
        y = np.array([COLOURS.index(a) * 1.5 + SIZES.index(b) for a, b in X]) + np.round(fresh(26).rand(len(X)), 3)
        if kind == 'binary':
            y = np.where(y > 2, 'yes', 'no')
        elif kind == 'multi':
            y = np.array(['low', 'mid', 'top'])[(y > 1).astype(int) + (y > 3)]
        return X, y, test
    return make


def blob_outputs(first, second):
    first, second = np.asarray(first), np.asarray(second)
    return lambda X, y, test: (X, np.column_stack([first[y], second[(X[:, 1] > 0).astype(int)]]), test)


def hidden_split():
    """Few rows with holes, on which releases up to 1.7 fit a tree with a threshold of NaN."""
    random = fresh(2153)
    X = np.round(random.randn(20, 3), 2)
    X[random.rand(20, 3) < .3] = np.nan
    return X, random.randint(0, 2, 20), X[::2]


def text_none():
    X, _, test = text_missing()
    return pd.DataFrame(X, dtype=object), None, pd.DataFrame(test, dtype=object)


def pairwise(X, y, test):
    """Distances to the rows of training instead of the rows."""
    def to_training(rows):
        return np.round(np.sqrt(((rows[:, None] - X[None]) ** 2).sum(axis=2)), 3)
    return to_training(X), y, to_training(test)


def missing_most():
    """Rows that often have no known feature in common."""
    from kit.data import DATA, holes
    X, y, test = curved(*DATA['regression_plain']())
    return holes(X[:12], 31, 0.6), y, holes(test, 32, 0.7)


def curved(X, y, test):
    """Not on a grid, where rows are equally far from others."""
    return X + 0.013 * X ** 2, y, test + 0.013 * test ** 2


def codes_missing():
    """Missing values in training and among the rows that are asked, in one column only among the latter."""
    from kit.data import DATA
    X, y, test = DATA['codes_target']()
    X, test = X.copy(), test.copy()
    X[::7, 0], test[1, 0], test[4, 1] = None, None, None
    return X, y, test


def codes_frame():
    from kit.data import DATA
    X, y, test = DATA['codes_target']()
    return pd.DataFrame(X, columns=['colour', 'size']), y, pd.DataFrame(test, columns=['colour', 'size'])


def around(X, factor):
    middle = (X.min(axis=0) + X.max(axis=0)) / 2
    return middle + factor * (X.max(axis=0) - X.min(axis=0)) * np.linspace(-0.5, 0.5, 8)[:, None]


def with_constant_label(X, y, test):
    return X, np.column_stack([y[:, 0], np.ones(len(y), dtype=int), y[:, 1:]]), test


UNICODE = ['bmi', 'pression moyenne', '血糖値', 'größe']
MORE = {
    'frame_diabetes': frame_of('diabetes', UNICODE),
    'frame_iris': frame_of('iris_text', ['sepal length (cm)', 'sepal width (cm)', 'petal length (cm)',
                                         'petal width (cm)']),
    'frame_plain': frame_of('regression_plain', ['a', 'b', 'c', 'd']),
    'frame_regression': frame_of('regression', ['a', 'b', 'c', 'd']),
    'frame_missing': frame_of('missing', ['w', 'x', 'y', 'z']),
    'mixed': mixed, 'mixed_unseen': mixed_unseen, 'mixed_classes': mixed_classes, 'mixed_plain': mixed_plain,
    'mixed_complete': mixed_complete, 'categorical_frame': categorical_frame,
    'categorical_frame_classes': categorical_frame_classes, 'text_columns': text_columns,
    'text_unseen': text_unseen, 'text_missing': text_missing, 'text_nan': text_nan, 'whole_columns': whole_columns,
    'whole_unseen': whole_unseen, 'float_nan_columns': float_nan_columns, 'bool_columns': bool_columns,
    'text_frame': text_frame, 'labels_text': labels_text, 'labels_object': labels_object, 'labels_int': labels_int,
    'labels_bool': labels_bool, 'labels_binary': labels_binary, 'labels_float': labels_float, 'curve': curve,
    'curve_inside': curve_inside, 'frame_codes': frame_codes, 'size_column': size_column, 'empty_column': empty_column,
    'codes_target': codes('real'), 'codes_binary': codes('binary'), 'codes_multi': codes('multi'),
    'blobs_multioutput': derived('blobs', blob_outputs([0, 1, 2, 3], [5, 9])),
    'blobs_text_multioutput': derived('blobs', blob_outputs(['n', 'e', 's', 'w'], ['down', 'up'])),
    'frame_blobs': frame_of('blobs_text', ['x', 'y', 'z']),
    'sparse_regression_classes': derived('sparse_regression', lambda X, y, test: (X, (y > 0).astype(int), test)),
    'counts_binary': derived('counts', lambda X, y, test: (X, np.where(y == 1, 'one', 'other'), test)),
    'counts_codes': derived('counts', lambda X, y, test: (
        np.minimum(X, 3).astype(int), y, np.minimum(test, 3).astype(int))),
    'codes_unseen': derived('counts_codes', lambda X, y, test: (X, y, test + np.eye(len(test), X.shape[1], dtype=int))),
    'codes_text': derived('counts_codes', lambda X, y, test: (X, np.where(y == 2, 'two', 'few'), test + 0.75)),
    'sparse_counts_plain': derived('sparse_counts', lambda X, y, test: (X, None, test)),
    'sparse_missing': sparse_of('missing'),
    'sparse_counts32': derived('sparse_counts_plain', lambda X, y, test: (
        X.astype(np.float32), y, test.astype(np.float32))),
    'multilabel_constant': derived('multilabel', with_constant_label),
    'sparse_targets2': sparse_of('targets2', 0.5), 'sparse_multilabel': sparse_of('multilabel', 0.5),
    'distances': derived('unlabelled', pairwise), 'sparse_distances': sparse_of('distances', 0.1),
    'spline_outside': derived('diabetes_plain', lambda X, y, test: (X, y, np.vstack([test[:3], around(X, 1.5)]))),
    'spline_inside': derived('diabetes_plain', lambda X, y, test: (X, y, around(X, 0.98))),
    'codes_missing': codes_missing, 'codes_frame': codes_frame,
    'codes_numbers': derived('whole_unseen', lambda X, y, test: (X, X[:, 0] + 10 * (X[:, 1] > 0), test)),
    'iris_far': derived('iris', lambda X, y, test: (X, y, 40 * test)),
    'missing_curved': derived('missing', curved), 'missing_most': missing_most,
    'missing_marked': derived('missing_curved', lambda X, y, test: (
        np.where(np.isnan(X), -1, X), y, np.where(np.isnan(test), -1, test))),
    'missing_complete': derived('missing', lambda X, y, test: (X, y, np.nan_to_num(test))),
    'hidden_split': hidden_split, 'text_none': text_none,
    'frame_reversed': frame_of('classes4_text', ['feature5', 'feature4', 'feature3', 'feature2', 'feature1']),
    'bool_multioutput': derived('blobs', blob_outputs([True, False, True, True], [False, True])),
    'counts32': derived('counts', lambda X, y, test: (X, (y * 1.1).astype(np.float32), test)),
    'missing32': derived('missing', lambda X, y, test: (X.astype(np.float32), None, test.astype(np.float32))),
}
