# coding: utf-8
"""Truth values, kernels, lists of labels and labels that are partly unknown: `LIKENESS[name]() -> (X, y, X_test)`."""
from __future__ import unicode_literals

import numpy as np

from kit.more_data import derived
from kit.sk import fresh


def partly(keep):
    """Most labels are unknown: -1."""
    def change(X, y, test):
        y = np.array(y)
        y[np.arange(len(y)) % keep != 1] = -1
        return X, y, test
    return change


def label_lists(labels, seed, known=True):
    """Lists of labels, some of them empty."""
    def make():
        random = fresh(seed)

        def rows(n, pool):
            return [[pool[i] for i in np.flatnonzero(random.rand(len(pool)) < 0.4)] for _ in range(n)]
        return rows(20, labels[:-1]), None, rows(8, labels[:-1] if known else labels)
    return make


def truths(as_numbers=False):
    """Rows of truth values, none of them all false; the nearest of none are equally far, by any metric."""
    def make():
        random = fresh(628)

        def rows(n):
            made = random.rand(n, 61) < random.rand(n, 1) * 0.6 + 0.2
            made[:, 3] |= ~made.any(axis=1)
            return made * np.arange(1.0, 62.0) if as_numbers else made
        return rows(12), None, rows(4)
    return make


def kernel_rows(X, y, test):
    """Similarities to the rows of training instead of the rows."""
    def to_training(rows):
        return np.exp(-0.1 * ((rows[:, None] - X[None]) ** 2).sum(axis=2))
    return to_training(X), y, to_training(test)


LIKENESS = {
    'missing_some': derived('missing_curved', lambda X, y, test: (
        np.column_stack([np.nan_to_num(X[:, 0]), X[:, 1:]]), y, test)),
    'missing_new': derived('missing', lambda X, y, test: (np.column_stack([np.nan_to_num(X[:, 0]), X[:, 1:]]), y, test)),
    'missing_one': derived('missing', lambda X, y, test: (X[:, :1], y, test[:, :1])),
    'one_feature_plain': derived('one_feature', lambda X, y, test: (X, None, test)),
    'counts_ones': derived('counts_plain', lambda X, y, test: (X + 1.0, y, test + 1.0)),
    'counts32_plain': derived('counts_plain', lambda X, y, test: (X.astype(np.float32), y, test.astype(np.float32))),
    'partly': derived('classes4_ints', partly(3)), 'partly_blobs': derived('blobs', partly(4)),
    'partly_binary': derived('binary', partly(3)), 'partly32': derived('iris32', partly(4)),
    'partly_frame': derived('frame_blobs', lambda X, y, test: (
        X, np.where(np.arange(len(y)) % 3 == 0, np.searchsorted(list('ensw'), y), -1), test)),
    'repeated_column': derived('unlabelled', lambda X, y, test: (X[:, [0, 1, 0]], y, test[:, [0, 1, 0]])),
    'label_lists': label_lists(['drama', 'comedy', 'science-fiction', 'crime', 'noir'], 41),
    'label_lists_unseen': label_lists(['drama', 'comedy', 'crime', 'noir'], 42, known=False),
    'label_lists_ints': label_lists([7, 3, 19, 4, 50], 43),
    'kernel_regression': derived('regression', lambda X, y, test: kernel_rows(X[:20], y[:20], test)),
    'truths': truths(), 'truth_numbers': truths(as_numbers=True),
    'few_plain': derived('unlabelled', lambda X, y, test: (X[:24], y, test)),
    'kernel_plain': derived('few_plain', kernel_rows),
    'latitudes': derived('unlabelled', lambda X, y, test: (X[:, :2] / 9.0, y, test[:, :2] / 9.0)),
}
