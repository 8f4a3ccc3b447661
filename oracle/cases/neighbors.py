"""sklearn.neighbors."""
import numpy as np

from kit.case import cases_of
from kit.sk import sk

case = cases_of('neighbors')
nb = sk.neighbors


def classifier(**params):
    params.setdefault('n_neighbors', 5)
    return lambda: nb.KNeighborsClassifier(**params)


def regressor(**params):
    params.setdefault('n_neighbors', 4)
    return lambda: nb.KNeighborsRegressor(**params)


CASES = [
    case('KNeighborsClassifier-brute_text', classifier(algorithm='brute'), 'blobs_text', core=True),
    case('KNeighborsClassifier-auto', classifier(n_neighbors=3), 'wine', since='0.19', core=True),
    case('KNeighborsClassifier-kd_tree_distance', classifier(algorithm='kd_tree', weights='distance', leaf_size=7),
         'classes4_ints', core=True),
    case('KNeighborsClassifier-ball_tree_manhattan', classifier(
        algorithm='ball_tree', metric='manhattan', leaf_size=9), 'blobs_text'),
    case('KNeighborsClassifier-kd_tree_p3', classifier(algorithm='kd_tree', p=3, leaf_size=10), 'binary'),
    case('KNeighborsClassifier-ball_tree_chebyshev', classifier(
        algorithm='ball_tree', metric='chebyshev', weights='distance', leaf_size=8), 'classes4', x=True),
    case('KNeighborsClassifier-brute_distance', classifier(algorithm='brute', weights='distance'), 'binary_bool'),
    case('KNeighborsClassifier-brute_manhattan', classifier(algorithm='brute', metric='manhattan'), 'binary_text'),
    case('KNeighborsClassifier-brute_chebyshev', classifier(algorithm='brute', metric='chebyshev'), 'binary_signed',
         x=True),
    case('KNeighborsClassifier-brute_cosine', classifier(algorithm='brute', metric='cosine'), 'blobs', x=True),
    case('KNeighborsClassifier-one_neighbour', classifier(n_neighbors=1, algorithm='ball_tree'), 'binary',
         protocol=0),
    case('KNeighborsClassifier-multi_output', classifier(n_neighbors=3, algorithm='kd_tree'),
         'blobs_multioutput'),
    case('KNeighborsClassifier-text_multi_output', classifier(n_neighbors=3, algorithm='brute'),
         'blobs_text_multioutput', x=True),
    case('KNeighborsClassifier-multilabel', classifier(n_neighbors=4, algorithm='kd_tree', weights='distance'),
         'multilabel'),
    case('KNeighborsClassifier-float32', classifier(algorithm='kd_tree'), 'binary32', x=True),
    case('KNeighborsClassifier-brute_float32', classifier(algorithm='brute'), 'binary32', x=True),
    case('KNeighborsClassifier-sparse', classifier(algorithm='brute', n_neighbors=3), 'sparse_regression_classes'),
    case('KNeighborsClassifier-frame', classifier(n_neighbors=3), 'frame_blobs', x=True),
    case('KNeighborsClassifier-kd_tree_ties', classifier(algorithm='kd_tree', leaf_size=4), 'counts', core=True),
    case('KNeighborsClassifier-ball_tree_ties', classifier(algorithm='ball_tree', leaf_size=3, n_neighbors=17), 'counts',
         core=True),
    case('KNeighborsClassifier-brute_ties', classifier(algorithm='brute', n_neighbors=6), 'counts', until='1.7',
         core=True),
    case('KNeighborsClassifier-hamming', classifier(algorithm='ball_tree', metric='hamming'), 'counts', x=True),
    case('KNeighborsClassifier-mahalanobis', classifier(algorithm='ball_tree', metric='mahalanobis', metric_params={
        'V': np.diag([0.5, 1.0, 2.0])}), 'blobs', since='1.0', x=True),
    case('KNeighborsRegressor-float32_target', regressor(algorithm='kd_tree'), 'counts32', x=True),
    case('KNeighborsRegressor-kd_tree', regressor(algorithm='kd_tree', leaf_size=6), 'regression', core=True),
    case('KNeighborsRegressor-distance', regressor(algorithm='ball_tree', weights='distance', leaf_size=10),
         'regression', core=True),
    case('KNeighborsRegressor-brute', regressor(algorithm='brute', n_neighbors=9), 'regression'),
    case('KNeighborsRegressor-minkowski1', regressor(p=1, algorithm='ball_tree'), 'regression', x=True),
    case('KNeighborsRegressor-minkowski3_brute', regressor(p=3, algorithm='brute', weights='distance'), 'regression'),
    case('KNeighborsRegressor-multi_output', regressor(n_neighbors=3, weights='distance'), 'targets2'),
    case('KNeighborsRegressor-seuclidean', regressor(algorithm='ball_tree', metric='seuclidean',
                                                     metric_params={'V': np.array([0.5, 1.0, 2.0, 1.5])}), 'regression',
         x=True),
    case('KNeighborsRegressor-one_feature', regressor(n_neighbors=2), 'one_feature', x=True),
    case('RadiusNeighborsRegressor-regression', lambda: nb.RadiusNeighborsRegressor(radius=2.5, algorithm='kd_tree'),
         'regression', x=True),
    case('RadiusNeighborsClassifier-blobs', lambda: nb.RadiusNeighborsClassifier(
        radius=6.0, weights='distance', algorithm='brute'), 'blobs_text', since='0.22', x=True),
    case('NearestCentroid-iris', lambda: nb.NearestCentroid(), 'iris_text'),
    case('NearestCentroid-shrink', lambda: nb.NearestCentroid(shrink_threshold=0.3), 'classes4_ints', x=True),
    case('NearestNeighbors-ball_tree', lambda: nb.NearestNeighbors(n_neighbors=3, algorithm='ball_tree'),
         'unlabelled'),
]
