"""Neighbors found by trees: the order of the rows in the tree, its boxes, and predictions where distances are tied."""
import numpy as np

from .data import dataset
from .kit import case, class_of, plain, python_parameters


def neighbor_cases():
    for data in 'iris', 'wine', 'ties':
        yield case('KNeighborsClassifier', data)
        yield case('KNeighborsClassifier', data, algorithm='ball_tree', leafSize=7)
    yield case('KNeighborsClassifier', 'digits', nNeighbors=4)
    yield case('KNeighborsClassifier', 'breast_cancer', algorithm='kd_tree', nNeighbors=1)
    for p in 1, 3, {'float': 1.5}:
        yield case('KNeighborsRegressor', 'diabetes', p=p, weights='distance')
        yield case('KNeighborsRegressor', 'ties', p=p, leafSize=1, nNeighbors=3)
    for metric in 'chebyshev', 'manhattan', 'euclidean':
        yield case('KNeighborsRegressor', 'ties', metric=metric, algorithm='ball_tree', leafSize=2)
        yield case('KNeighborsRegressor', 'diabetes', metric=metric, algorithm='kd_tree', leafSize=5)


def make_neighbors():
    random = np.random.RandomState(11)
    X = random.randint(0, 4, size=(120, 3))
    data = {name: {'dataset': name} for name in ('iris', 'wine', 'breast_cancer', 'diabetes', 'digits')}
    data['ties'] = {'X': X.astype(float), 'y': (X.sum(axis=1) + random.randint(0, 3, 120)).tolist()}
    cases = []
    for each in neighbor_cases():
        source = data[each['data']] if each['data'] == 'ties' else dataset(each['data'])
        model = class_of(each['class'])(**python_parameters(each['given'])).fit(source['X'], source['y'])
        tree = model._tree
        learned = None
        if tree is not None:
            nodes = tree.node_data.base
            learned = {'order': tree.idx_array.base, 'starts': nodes['idx_start'], 'ends': nodes['idx_end'],
                       'leaves': nodes['is_leaf'], 'radii': nodes['radius']}
        cases.append(dict(each, tree=plain(learned), predict=model.predict(source['X'][::3])))
    return {'data': data, 'cases': cases}
