"""sklearn.manifold: embeddings that take new rows."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('manifold')
ma = sk.manifold


def isomap(**params):
    return lambda: ma.Isomap(**dict(dict(n_neighbors=5, n_components=2), **params))


def linear(**params):
    params = dict(dict(n_neighbors=5, n_components=2, random_state=0, eigen_solver='dense'), **params)
    return lambda: ma.LocallyLinearEmbedding(**params)


CASES = [
    case('Isomap-spiral', isomap(), 'spiral', core=True),
    case('Isomap-three', isomap(n_neighbors=4, n_components=3, neighbors_algorithm='brute'), 'small_plain'),
    case('Isomap-kd_tree', isomap(n_neighbors=6, path_method='FW', neighbors_algorithm='kd_tree'), 'spiral'),
    case('Isomap-manhattan', isomap(n_components=1, metric='manhattan'), 'spiral', since='0.22', core=True),
    case('Isomap-minkowski', isomap(p=3), 'spiral', since='0.22', x=True),
    case('Isomap-radius', isomap(n_neighbors=None, radius=2.6), 'small_plain', since='1.1', core=True),
    case('Isomap-float32', isomap(n_neighbors=4), 'small_plain32', since='1.1', x=True),
    case('Isomap-sparse', isomap(n_neighbors=4), 'sparse_small', since='1.0', x=True),
    case('LocallyLinearEmbedding-standard', linear(), 'spiral', core=True),
    case('LocallyLinearEmbedding-regularized', linear(n_neighbors=7, n_components=3, reg=0.1), 'small_plain',
         core=True),
    case('LocallyLinearEmbedding-two_neighbours', linear(n_neighbors=2, n_components=1), 'small_plain'),
    case('LocallyLinearEmbedding-hessian', linear(n_neighbors=7, method='hessian'), 'spiral'),
    case('LocallyLinearEmbedding-modified', linear(method='modified'), 'spiral'),
    case('LocallyLinearEmbedding-ltsa', linear(method='ltsa', neighbors_algorithm='brute'), 'spiral'),
    case('LocallyLinearEmbedding-arpack', linear(eigen_solver='arpack'), 'spiral', x=True),
]
