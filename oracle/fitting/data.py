# coding: utf-8
"""The rows and targets that cases are fitted on."""
import numpy as np


def make_data():
    random = np.random.RandomState(7)

    X = np.round(random.standard_normal((90, 5)), 3)
    X[:, 3] = np.round(X[:, 3]) + 0.0  # ties, and no negative zeros, whose order a sort leaves open
    X[:, 4] = 1.0
    X[:4, 4] = 2.0
    gaps = X.copy()
    gaps[random.uniform(size=gaps.shape) < 0.15] = np.nan
    score = X[:, 0] - X[:, 1] * X[:, 2] + 0.3 * np.round(random.standard_normal(90), 3)
    labels = np.digitize(score, [-0.6, 0.7])
    words, score = np.array(['low', 'middle', 'high'])[labels], np.round(score, 3)
    return {
        'numbers': {'X': X, 'y': score},
        'three': {'X': X, 'y': labels},
        'two': {'X': X, 'y': score > 0},
        'words': {'X': X, 'y': words},
        'gaps': {'X': gaps, 'y': words},
        'gap_numbers': {'X': gaps, 'y': score},
        'wide': {'X': np.round(random.uniform(-50, 50, size=(200, 3)) ** 3), 'y': random.randint(0, 4, 200)},
    }


def more_data():
    random = np.random.RandomState(3)
    base = make_data()
    numbers, gaps = base['numbers']['X'], base['gaps']['X'].copy()
    price = numbers @ np.array([1.5, -2, 0.25, 3, 0]) + 0.1 * random.standard_normal(90)
    city = random.choice(['Oslo', 'Wien', 'Z\u00fcrich'], 90).astype(object)
    size = random.randint(20, 90, 90)
    age = np.round(random.uniform(0, 80, 90), 2)
    age[::7] = np.nan
    table = np.array(list(zip(age.tolist(), size.tolist(), city, base['two']['y'].tolist())), dtype=object)
    columns = ['age', 'size', 'city', 'new']
    wide = np.round(random.standard_normal((12, 20)), 2)
    return {
        'numbers': {'X': numbers, 'y': price}, 'gaps': {'X': gaps, 'y': price},
        'words': {'X': numbers + 100, 'y': base['words']['y']}, 'one': {'X': numbers[:, :1] * 1e3, 'y': price},
        'frame': {'X': numbers, 'y': price, 'columns': list('abcde')},
        'gap_frame': {'X': gaps, 'y': price, 'columns': list('abcde')},
        'texts': {'X': table[:, 2:3], 'y': price},
        'codes': {'X': np.array([[3, 1.5], [1, 1.5], [2, -1], [3, 0]]), 'y': np.arange(4)},
        'holes': {'X': np.column_stack([gaps[:, :2], np.full(90, np.nan)]), 'y': price},
        'letters': {'X': np.array([list('aabbbcddddeeeeeeeffffffffffgggggggggggg'), list('xyz' * 13)], dtype=object).T, 'y': price[:39]},
        'mixed': {'X': table, 'y': price, 'columns': columns},
        'mixed_labels': {'X': table, 'y': base['words']['y'], 'columns': columns},
        'wide': {'X': wide, 'y': wide[:, 0] + 1},
        'constant': {'X': np.array([[0.1, 5], [0.1, 5], [0.1, 6.]]), 'y': np.arange(3)},
    }


# The real tables that scikit-learn ships: fixtures/fit/data has them for both sides.
DATASETS = 'iris', 'wine', 'breast_cancer', 'diabetes', 'digits'


def dataset(name):
    """Rows and targets; classes are their names, but those of digits, which are numbers."""
    from sklearn import datasets
    loaded = getattr(datasets, 'load_' + name)()
    y = loaded.target
    if name in ('iris', 'wine', 'breast_cancer'):
        y = np.asarray(loaded.target_names)[y]
    return {'X': loaded.data, 'y': y, 'columns': [str(column) for column in loaded.feature_names]}
