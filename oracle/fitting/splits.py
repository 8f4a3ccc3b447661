"""Which rows a seed chooses."""
import numpy as np

from .data import make_data, more_data
from .kit import class_of, plain, python_parameters, rows_of


def make_splits():
    from sklearn.model_selection import KFold, StratifiedKFold, train_test_split
    labels = make_data()['words']['y'][:40]
    few = [1, 0, 1, 2, 2, 1, 0, 0, 2, 1, 1, 1]
    halves, folds = [], []
    for options in ({'randomState': 0}, {'randomState': 1, 'testSize': 0.3}, {'randomState': 2, 'testSize': 7, 'trainSize': 0.5},
                    {'shuffle': False, 'testSize': 0.2}, {'randomState': 3, 'trainSize': 11}):
        train, test = train_test_split(np.arange(40), **python_parameters(options))
        halves.append({'rows': 40, 'options': options, 'train': train, 'test': test})
    for y in labels, few:
        for seed in range(4):
            train, test = train_test_split(np.arange(len(y)), random_state=seed, stratify=y, test_size=0.31)
            options = {'randomState': seed, 'testSize': 0.31, 'stratify': y}
            halves.append({'rows': len(y), 'options': options, 'train': train, 'test': test})
    for name, Class in ('KFold', KFold), ('StratifiedKFold', StratifiedKFold):
        for options in ({}, {'nSplits': 3}, {'nSplits': 4, 'shuffle': True, 'randomState': 5}):
            for y in labels, few:
                made = Class(**python_parameters(options)).split(np.zeros(len(y)), y)
                splits = [{'train': train, 'test': test} for train, test in made]
                folds.append({'class': name, 'options': options, 'y': y, 'splits': splits})
    return {'halves': halves, 'folds': folds, 'scores': cross_scores()}


def cross_scores():
    from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
    data = more_data()
    made = []
    for case, folds in (({'class': 'DecisionTreeClassifier', 'data': 'words', 'given': {'randomState': 0}}, StratifiedKFold()),
                        ({'class': 'RandomForestRegressor', 'data': 'numbers', 'given': {'randomState': 0, 'nEstimators': 4}}, KFold()),
                        ({'class': 'GaussianNB', 'data': 'words', 'given': {}}, StratifiedKFold())):
        named = case['class'] == 'GaussianNB'
        source, columns = data[case['data']], list('abcde') if named else None
        X = rows_of({'X': plain(source['X']), 'columns': columns})
        model = class_of(case['class'])(**python_parameters(case['given']))
        made.append({'class': case['class'], 'given': case['given'], 'X': source['X'], 'y': source['y'], 'columns': columns,
                     'scores': cross_val_score(model, X, source['y'], cv=folds)})
    return made
