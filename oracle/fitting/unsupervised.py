"""KMeans and PCA: labels, centers and components of real tables and others."""
import numpy as np

from .data import dataset, make_data
from .kit import case, class_of, python_parameters

# The rows that answers are compared for.
ROWS = 30


def more():
    base = make_data()
    random = np.random.RandomState(5)
    grid = np.array([[x, y] for x in range(9) for y in range(7)], dtype=float)
    tables = {name: {'dataset': name} for name in ('iris', 'wine', 'breast_cancer', 'diabetes', 'digits')}
    return dict(tables, numbers={'X': base['numbers']['X'], 'y': [0] * 90}, grid={'X': grid, 'y': [0] * len(grid)},
                flat={'X': np.round(random.standard_normal((12, 20)), 2), 'y': [0] * 12},
                frame={'X': base['numbers']['X'], 'y': [0] * 90, 'columns': list('abcde')})


def cases():
    for data, clusters in ('iris', 3), ('wine', 3), ('breast_cancer', 2), ('diabetes', 5), ('digits', 10):
        yield case('KMeans', data, nClusters=clusters, randomState=0)
    yield case('KMeans', 'iris', nClusters=4, randomState=1, algorithm='elkan')
    yield case('KMeans', 'wine', nClusters=9, randomState=2, init='random')
    yield case('KMeans', 'diabetes', nClusters=3, randomState=2, init='random', nInit=2, maxIter=4, tol={'float': 0.5})
    yield case('KMeans', 'grid', nClusters=4, init=[[0, 0], [2, 2], [6, 6], [8, 0]])
    yield case('KMeans', 'grid', nClusters=3, init=[[0, 0], [5, 2], [500, 500]])
    yield case('KMeans', 'numbers', nClusters=1, randomState=0)
    yield case('KMeans', 'frame', nClusters=6, nInit=3, randomState=7)
    yield dict(case('KMeans', 'wine', nClusters=4, randomState=3), weighted=True)
    yield dict(case('KMeans', 'iris', nClusters=5, randomState=3, algorithm='elkan'), weighted=True)
    for data in 'iris', 'wine', 'diabetes':
        yield case('PCA', data)
    # The variances of the last ones are 1e-11 of the first one's: what LAPACK finds there is rounded too much to compare.
    yield case('PCA', 'breast_cancer', nComponents=8)
    yield case('PCA', 'digits', nComponents=10, whiten=True)
    yield case('PCA', 'digits', nComponents={'float': 0.8})
    yield case('PCA', 'wine', nComponents='mle')
    yield case('PCA', 'breast_cancer', nComponents='mle', svdSolver='full')
    yield case('PCA', 'iris', nComponents=2, svdSolver='full', whiten=True)
    yield case('PCA', 'diabetes', nComponents=3, svdSolver='arpack', randomState=0)
    yield case('PCA', 'digits', nComponents=4, svdSolver='randomized', iteratedPower=7, randomState=0)
    yield case('PCA', 'flat', nComponents=4, svdSolver='randomized', iteratedPower=6, randomState=1)
    yield case('PCA', 'flat', nComponents=6)
    yield case('PCA', 'flat', nComponents=5, svdSolver='covariance_eigh')
    yield case('PCA', 'frame', nComponents=2)


LEARNED = {
    'KMeans': ('cluster_centers_', 'labels_', 'inertia_', 'n_iter_'),
    'PCA': ('_fit_svd_solver', 'mean_', 'noise_variance_', 'n_components_', 'components_', 'explained_variance_',
            'explained_variance_ratio_', 'singular_values_'),
}


def make_unsupervised():
    from .kit import plain, rows_of
    data = more()
    made = []
    for each in cases():
        source = data[each['data']]
        table = dataset(source['dataset']) if 'dataset' in source else source
        X = rows_of({'X': plain(table['X']), 'columns': table.get('columns')})
        model = class_of(each['class'])(**python_parameters(each['given']))
        if each['class'] == 'KMeans':
            # Weights are 1, 2, 3, 1, 2, 3 ...
            model.fit(X, sample_weight=np.arange(len(X)) % 3 + 1.0 if each.get('weighted') else None)
        else:
            model.fit(X)
        answers = {'transform': model.transform(X[:ROWS])}
        if each['class'] == 'KMeans':
            answers['predict'] = model.predict(X[:ROWS])
        made.append(dict(each, learned={name: getattr(model, name) for name in LEARNED[each['class']]}, answers=answers))
    return {'data': data, 'cases': made}
