# coding: utf-8
"""Gaussian naive Bayes: weights of rows, priors, and smoothing, on real tables and others."""
import numpy as np

from .data import dataset, make_data
from .kit import case, class_of, learned, plain, python_parameters, rows_of

# The rows that answers are compared for.
ROWS = 8


def more():
    base = make_data()
    tables = {name: {'dataset': name} for name in ('iris', 'wine', 'breast_cancer', 'diabetes', 'digits')}
    X = plain(base['numbers']['X'])
    labels = ['ab'[row[0] > 0] for row in X]
    return dict(tables, words={'X': X, 'y': labels}, frame={'X': X, 'y': labels, 'columns': list('abcde')},
                # The rows of label 2 have no weight where weights are 0, 1, 0, 1 ...
                light={'X': X[:12], 'y': [2, 0, 2, 1, 2, 0, 2, 1, 2, 0, 2, 1]})


def cases():
    def weighted(every, *names, **given):
        return dict(case(*names, **given), weighted=every)

    name = 'GaussianNB'
    for data in 'iris', 'wine', 'breast_cancer', 'diabetes', 'digits':
        yield case(name, data) if data == 'digits' else weighted(4, name, data)
    yield case(name, 'frame')
    yield case(name, 'wine')
    yield weighted(5, name, 'frame')
    yield weighted(3, name, 'words', varSmoothing={'float': 0.01})
    yield weighted(2, name, 'light')
    yield case(name, 'iris', priors=[{'float': 0.2}, {'float': 0.5}, {'float': 0.3}])
    yield case(name, 'iris', priors=[{'float': 0.0}, {'float': 0.5}, {'float': 0.5}])
    # Sums of shares are 1 but for rounding, and a little more.
    yield weighted(7, name, 'wine', priors=[{'float': 0.3333333}, {'float': 0.3333333}, {'float': 0.333334}])
    yield weighted(2, name, 'words', priors=[{'float': 1.0}, {'float': 0.0}], varSmoothing={'float': 0.0})


def make_naive_bayes():
    data, made = more(), []
    for each in cases():
        source = data[each['data']]
        table = dataset(source['dataset']) if 'dataset' in source else source
        X = rows_of({'X': plain(table['X']), 'columns': table.get('columns')})
        weights = np.arange(len(X)) % each['weighted'] if 'weighted' in each else None
        with np.errstate(all='ignore'):
            model = class_of(each['class'])(**python_parameters(each['given'])).fit(X, table['y'], sample_weight=weights)
            answers = {method: getattr(model, method)(X[:ROWS]) for method in ('predict', 'predict_proba')}
        made.append(dict(each, learned=learned(model), answers=answers))
    return {'data': data, 'cases': made}
