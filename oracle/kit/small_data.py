"""A dozen rows, for estimators that keep a matrix of rows by rows: `SMALL[name]() -> (X, y, X_test)`."""
import numpy as np
import pandas as pd
import scipy.sparse

from kit.sk import fresh

ROWS, TEST, COLUMNS = 14, 4, 3


def rows(seed, columns=COLUMNS):
    random = fresh(seed)
    X = np.round(random.normal(0.0, 1.0, (ROWS, columns)), 2)
    return X, np.round(random.normal(0.0, 1.0, (TEST, columns)), 2), random


def target(X):
    return np.round(X[:, 0] - 2.0 * np.sin(X[:, 1]) + 0.3 * X[:, -1] ** 2 + 5.0, 2)


def small():
    X, test, _ = rows(21)
    return X, target(X), test


def small_plain():
    X, test, _ = rows(21)
    return X, None, test


def small32():
    X, y, test = small()
    return X.astype(np.float32), y.astype(np.float32), test.astype(np.float32)


def small_plain32():
    X, _, test = small32()
    return X, None, test


def small_targets2():
    X, test, _ = rows(22)
    return X, np.column_stack([target(X), 10.0 * X[:, 2] - X[:, 0]]), test


def small_targets3():
    X, test, _ = rows(23, 4)
    return X, np.column_stack([target(X), X[:, 2] - X[:, 0], X[:, 3] * X[:, 1]]), test


def small_column():
    X, y, test = small()
    return X, y[:, None], test


def small_binary():
    X, test, _ = rows(24, 2)
    return X, np.array(['no', 'yes'])[(X[:, 0] * X[:, 1] > -0.1).astype(int)], test


def small_classes3():
    X, test, _ = rows(25)
    return X, np.array([7, 2, 5])[np.argmax(X, axis=1)], test


def small_positive():
    X, test, _ = rows(26)
    return np.abs(X), target(X), np.abs(test)


def small_positive_plain():
    X, test, _ = rows(26, 5)
    return np.abs(X), None, np.abs(test)


def small_zeros():
    """Counts, many of them 0."""
    random = fresh(27)
    X = random.poisson(1.2, (ROWS + TEST, 6)).astype(float)
    return X[:ROWS], None, X[ROWS:]


def small_zeros32():
    X, _, test = small_zeros()
    return X.astype(np.float32), None, test.astype(np.float32)


def small_bits():
    random = fresh(28)
    X = (random.rand(ROWS + TEST, 5) < 0.4).astype(float)
    return X[:ROWS], None, X[ROWS:]


def spiral():
    """A sheet that is rolled up."""
    random = fresh(29)
    t = np.sort(random.uniform(1.0, 4.0, 24 + TEST))
    X = np.round(np.column_stack([t * np.cos(2 * t), t * np.sin(2 * t), random.uniform(0, 2, len(t))]), 3)
    test = np.arange(3, len(X), 7)
    return np.delete(X, test, axis=0), None, X[test]


def frame_small():
    X, y, test = small()
    return pd.DataFrame(X, columns=list('abc')), y, pd.DataFrame(test, columns=list('abc'))


SMALL = {make.__name__: make for make in (
    small, small_plain, small32, small_plain32, small_targets2, small_targets3, small_column, small_binary,
    small_classes3, small_positive, small_positive_plain, small_zeros, small_zeros32, small_bits, spiral, frame_small)}


def sparse_of(make):
    def convert():
        X, y, test = make()
        return scipy.sparse.csr_matrix(X), y, scipy.sparse.csr_matrix(test)
    return convert


def small_bits32():
    X, _, test = small_bits()
    return X.astype(np.float32), None, test.astype(np.float32)


def small_counts():
    X, _, test = small_zeros()
    return X, X[:, 0] * 3.0 - X[:, 2] + X[:, 1], test


def digits_shares():
    from kit.data import DATA
    X, _, test = DATA['digits_plain']()
    return X / 16.0, None, test / 16.0


def kernel_small():
    """Similarities to the rows of training instead of the rows."""
    X, _, test = small_plain()

    def to_training(rows):
        return np.exp(-0.4 * ((rows[:, None] - X[None]) ** 2).sum(axis=2))
    return to_training(X), None, to_training(test)


SMALL.update({'sparse_zeros': sparse_of(small_zeros), 'sparse_small': sparse_of(small_plain),
              'sparse_bits': sparse_of(small_bits),
              'kernel_small': kernel_small, 'small_bits32': small_bits32, 'digits_shares': digits_shares,
              'small_counts': small_counts})


def pictures_of(*shape):
    def make():
        random = np.random.RandomState(11)
        pictures = np.round(random.rand(5, *shape) * 255)
        return pictures[:3], None, pictures[3:]
    return make


SMALL.update({'pictures': pictures_of(6, 5), 'colour_pictures': pictures_of(5, 4, 3)})
