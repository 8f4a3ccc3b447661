# coding: utf-8
"""Linear models and multi-layer perceptrons: what they learn and answer, on real tables and small ones."""
import warnings

import numpy as np

from .data import DATASETS, dataset
from .kit import case, class_of, plain, python_parameters, rows_of

ROWS = 12  # that are answered


def real(value):
    return {'float': value}


def small_data():
    random = np.random.RandomState(5)
    X = np.round(random.standard_normal((60, 6)) * [1, 10, 0.1, 3, 1, 2] + [0, 50, 0, -3, 1, 0], 4)
    y = np.round(X @ [1.5, -0.2, 4, 0, 0.3, -1] + random.standard_normal(60), 4)
    left, _, right = np.linalg.svd(random.standard_normal((40, 8)), full_matrices=False)
    ill = left * np.logspace(0, -6, 8) @ right
    dependent = np.column_stack([X, X[:, 0] - 2 * X[:, 3]])
    score = X[:, 0] - X[:, 4] + 0.5 * random.standard_normal(60)
    return {
        'numbers': {'X': X, 'y': y},
        'targets': {'X': X, 'y': np.column_stack([y, np.round(X[:, 1] ** 2 / 100, 4)])},
        'counts': {'X': X / [1, 10, 0.1, 3, 1, 2], 'y': random.poisson(np.exp(X[:, 0] / 2))},
        'ill': {'X': ill, 'y': ill @ np.arange(1, 9) + 0.01 * random.standard_normal(40)},
        'dependent': {'X': dependent, 'y': y},
        'wide': {'X': X[:5], 'y': y[:5]},
        'two': {'X': X / [1, 10, 0.1, 3, 1, 2], 'y': score > -0.5},
        'three': {'X': X / [1, 10, 0.1, 3, 1, 2], 'y': np.array(['low', 'middle', 'high'])[np.digitize(score, [-1.2, 0.3])]},
    }


def linear_cases():
    tight = {'tol': real(1e-10), 'maxIter': 20000}
    for data in 'numbers', 'targets', 'ill', 'dependent', 'wide', 'diabetes':
        yield case('LinearRegression', data)
        yield case('Ridge', data)
    yield dict(case('LinearRegression', 'numbers', fitIntercept=False), weighted=4)
    yield dict(case('LinearRegression', 'targets', positive=True), weighted=3)
    yield case('LinearRegression', 'diabetes', positive=True)
    yield case('Ridge', 'targets', alpha=[real(0.5), real(20.0)], solver='svd')
    yield dict(case('Ridge', 'dependent', alpha=real(0.1)), weighted=4)
    for solver in 'lsqr', 'sparse_cg':
        yield case('Ridge', 'diabetes', alpha=real(0.01), solver=solver, tol=real(1e-12), maxIter=1000)
    for name, data in ('Lasso', 'numbers'), ('ElasticNet', 'targets'), ('Lasso', 'diabetes'):
        yield case(name, data, alpha=real(0.2))
        yield case(name, data, alpha=real(0.2), **tight)
        yield dict(case(name, data, alpha=real(0.05), positive=True, fitIntercept=False), weighted=3)
        yield case(name, data, alpha=real(0.3), selection='random', randomState=3)
    yield case('ElasticNet', 'diabetes', alpha=real(0.01), l1Ratio=real(0.3), precompute=True)
    yield case('ElasticNet', 'dependent', alpha=real(0.1), l1Ratio=real(0.9), maxIter=3)


def logistic_cases():
    tight = {'tol': real(1e-10), 'maxIter': 20000}
    name = 'LogisticRegression'
    for data in 'two', 'three':
        yield case(name, data)
        yield case(name, data, **tight)
        yield dict(case(name, data, C=real(0.05), fitIntercept=False, **tight), weighted=3)
        yield case(name, data, classWeight='balanced', solver='newton-cg', **tight)
        yield dict(case(name, data, penalty=None, solver='newton-cholesky', **tight), weighted=5)
        yield case(name, data, maxIter=3)
    yield case(name, 'iris', **tight)
    yield case(name, 'iris', C=real(100.0), solver='newton-cholesky', **tight)
    yield case(name, 'wine', solver='newton-cholesky', **tight)
    yield case(name, 'breast_cancer', classWeight={'malignant': 2.5, 'benign': 0.5}, solver='newton-cholesky', **tight)
    yield case(name, 'digits', C=real(0.001), maxIter=40)


def network_cases():
    classifier, regressor = 'MLPClassifier', 'MLPRegressor'
    yield case(classifier, 'iris', hiddenLayerSizes=[8], randomState=0, maxIter=60)
    yield case(classifier, 'two', hiddenLayerSizes=[5, 3], activation='tanh', randomState=1, maxIter=20, batchSize=16)
    yield dict(case(classifier, 'three', hiddenLayerSizes=4, activation='logistic', solver='sgd', randomState=2, maxIter=30,
                    learningRate='adaptive', learningRateInit=real(0.2), momentum=real(0.5), nIterNoChange=2), weighted=3)
    yield case(classifier, 'wine', hiddenLayerSizes=[6], activation='identity', solver='sgd', learningRate='invscaling',
               learningRateInit=real(1e-5), powerT=real(0.1), nesterovsMomentum=False, randomState=3, maxIter=5)
    yield case(classifier, 'breast_cancer', hiddenLayerSizes=[10], randomState=4, earlyStopping=True, maxIter=30,
               nIterNoChange=3, learningRateInit=real(1e-4), beta1=real(0.8), beta2=real(0.9), epsilon=real(1e-6))
    yield case(classifier, 'digits', hiddenLayerSizes=[12], randomState=5, maxIter=3, shuffle=False, alpha=real(0.1))
    yield case(classifier, 'three', hiddenLayerSizes=[4], solver='lbfgs', randomState=6, maxIter=15)
    yield case(regressor, 'diabetes', hiddenLayerSizes=[7], randomState=7, maxIter=10, earlyStopping=True,
               validationFraction=real(0.2), learningRateInit=real(0.05))
    yield dict(case(regressor, 'targets', hiddenLayerSizes=[5], activation='tanh', randomState=8, maxIter=25), weighted=3)
    yield case(regressor, 'counts', hiddenLayerSizes=[5], loss='poisson', randomState=9, maxIter=20, solver='lbfgs')
    yield case(regressor, 'counts', hiddenLayerSizes=[5], loss='poisson', randomState=10, maxIter=20)


def learned(model):
    state = model.__getstate__()
    names = [name for name in state if name.endswith('_') and not name.startswith('_')]
    kept = {name: state[name] for name in names}
    optimizer = state.get('_optimizer')
    if optimizer is not None:
        kept['learning_rate'] = optimizer.learning_rate
    return kept


def fit_all(cases):
    small = small_data()
    tables = {name: dataset(name) for name in DATASETS}
    done = []
    for each in cases:
        source = dict(small, **tables)[each['data']]
        X = rows_of({'X': plain(source['X'])})
        weights = {'sample_weight': np.arange(len(X)) % each['weighted']} if 'weighted' in each else {}
        model = class_of(each['class'])(**python_parameters(each['given']))
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')  # Some stop before they have converged, on purpose.
            model.fit(X, source['y'], **weights)
        answers = {name: getattr(model, name)(X[:ROWS]) for name in ('predict', 'predict_proba') if hasattr(model, name)}
        done.append(dict(each, learned=learned(model), answers=answers))
    used = {each['data'] for each in done}
    data = {name: {'dataset': name} if name in tables else small[name] for name in sorted(used)}
    return {'data': data, 'cases': done}


def make_linear():
    return fit_all(list(linear_cases()) + list(logistic_cases()))


def make_networks():
    return fit_all(network_cases())
