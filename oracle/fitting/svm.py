"""Support vector machines: the vectors, their weights and the iterations of libsvm, and what the machines answer."""
import warnings

import numpy as np

from .data import dataset
from .kit import case, class_of, plain, python_parameters

ROWS = 40


def scaled(X):
    return np.round((X - X.mean(axis=0)) / np.where(X.std(axis=0) > 0, X.std(axis=0), 1), 4)


def svm_cases():
    for data in 'iris', 'wine', 'digits', 'scaled_breast_cancer':
        yield case('SVC', data)
    yield case('SVC', 'breast_cancer', kernel='rbf', C={'float': 10})
    yield case('SVC', 'breast_cancer', kernel='linear', maxIter=2000)
    yield case('SVC', 'scaled_breast_cancer', kernel='linear', C={'float': 0.1}, probability=True, randomState=3)
    yield case('SVC', 'iris', kernel='linear', probability=True, randomState=0, decisionFunctionShape='ovo')
    yield case('SVC', 'iris', kernel='poly', degree=2, coef0={'float': 1}, gamma='auto', breakTies=True)
    yield case('SVC', 'iris', kernel='sigmoid', gamma={'float': 0.01}, coef0={'float': -0.5}, C={'float': 5})
    yield dict(case('SVC', 'scaled_wine', kernel='poly', classWeight='balanced', shrinking=False), weighted=4)
    yield case('SVC', 'scaled_wine', kernel='rbf', tol={'float': 1e-10}, C={'float': 100}, probability=True, randomState=7)
    yield case('SVC', 'overlapping', C={'float': 1000}, cacheSize={'float': 0.001})
    yield case('SVC', 'overlapping', C={'float': 1000}, tol={'float': 1e-10}, shrinking=False)
    yield case('SVC', 'iris', classWeight={'versicolor': 5.5, 'virginica': 0.5}, maxIter=20)
    yield case('SVC', 'similar')
    yield case('SVC', 'similar', kernel='precomputed', probability=True, randomState=1, C={'float': 0.01})
    yield case('SVC', 'iris', maxIter=0)
    for kernel in 'linear', 'poly', 'rbf', 'sigmoid':
        yield case('SVR', 'diabetes', kernel=kernel, C={'float': 50})
    yield dict(case('SVR', 'diabetes', kernel='linear', epsilon={'float': 5}, tol={'float': 1e-10}), weighted=3)
    yield case('SVR', 'diabetes', C={'float': 2000}, gamma={'float': 10}, epsilon={'float': 0}, tol={'float': 1e-10})
    yield case('SVR', 'similar', kernel='precomputed', C={'float': 0.5})
    yield case('SVR', 'overlapping', C={'float': 500}, epsilon={'float': 0.01}, cacheSize={'float': 0.001})
    for data in 'iris', 'scaled_wine', 'overlapping':
        yield case('NuSVC', data, nu={'float': 0.3})
        yield case('NuSVR' if data == 'overlapping' else 'NuSVC', data, nu={'float': 0.2}, kernel='linear', tol={'float': 1e-10})
    yield dict(case('NuSVC', 'scaled_breast_cancer', nu={'float': 0.1}, kernel='sigmoid', classWeight='balanced',
                    probability=True, randomState=2, tol={'float': 1e-10}), weighted=7)
    yield case('NuSVR', 'diabetes', C={'float': 30}, nu={'float': 0.6}, kernel='poly')
    yield dict(case('NuSVR', 'diabetes', C={'float': 300}), weighted=3)


def make_svm():
    random = np.random.RandomState(5)
    X = np.round(random.standard_normal((150, 3)), 3)
    y = np.digitize(X[:, 0] + 0.7 * random.standard_normal(150), [-0.8, 0.9])
    similar = np.round(X[:60] @ X[:60].T, 4)
    data = {name: {'dataset': name} for name in ('iris', 'wine', 'breast_cancer', 'diabetes', 'digits')}
    data.update(overlapping={'X': X, 'y': y}, similar={'X': similar, 'y': y[:60]})
    for name in 'wine', 'breast_cancer':
        table = dataset(name)
        data['scaled_' + name] = {'X': scaled(table['X'])[::2], 'y': table['y'][::2]}
    cases = []
    for each in svm_cases():
        source = data[each['data']]
        source = dataset(source['dataset']) if 'dataset' in source else source
        given = python_parameters(each['given'])
        weights = np.arange(len(source['X'])) % each['weighted'] if 'weighted' in each else None
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            model = class_of(each['class'])(**given).fit(source['X'], source['y'], sample_weight=weights)
        rows = source['X'][:ROWS] if len(source['X']) < 100 else source['X'][::len(source['X']) // ROWS][:ROWS]
        answers = {'predict': model.predict(rows)}
        if each['class'].endswith('SVC'):
            answers['decision_function'] = model.decision_function(rows)
            if each['given'].get('probability'):
                answers['predict_proba'] = model.predict_proba(rows)
        names = '_gamma', 'support_', '_n_support', 'fit_status_', 'n_iter_', 'intercept_', '_probA', '_probB'
        found = {name: getattr(model, name) for name in names}
        found['dual_coef_'] = model.dual_coef_[:, :50]
        cases.append(dict(each, learned=plain(found), answers=plain(answers)))
    return {'data': data, 'cases': cases}
