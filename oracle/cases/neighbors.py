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


def radius(kind='Classifier', **params):
    return lambda: getattr(nb, 'RadiusNeighbors' + kind)(**params)


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
    case('RadiusNeighborsRegressor-regression', radius('Regressor', radius=2.5, algorithm='kd_tree', leaf_size=5),
         'regression', core=True),
    case('RadiusNeighborsRegressor-distance', radius('Regressor', radius=2.0, algorithm='ball_tree', leaf_size=4,
                                                     weights='distance', metric='chebyshev'), 'regression'),
    case('RadiusNeighborsRegressor-multi_output', radius('Regressor', radius=1.5, algorithm='brute'), 'targets2'),
    case('RadiusNeighborsRegressor-empty', radius('Regressor', radius=0.7, algorithm='brute', weights='distance'),
         'regression', since='0.20'),
    case('RadiusNeighborsRegressor-empty_ints', radius('Regressor', radius=0.1, algorithm='kd_tree', p=3), 'counts',
         since='0.20', x=True),
    case('RadiusNeighborsClassifier-blobs', radius(radius=6.0, weights='distance', algorithm='brute'), 'blobs_text',
         core=True),
    case('RadiusNeighborsClassifier-outliers', radius(radius=1.5, outlier_label='w', algorithm='kd_tree', leaf_size=4,
                                                      metric='manhattan'), 'blobs_text', core=True),
    case('RadiusNeighborsClassifier-most_frequent', radius(radius=1.0, outlier_label='most_frequent'), 'blobs',
         since='0.22'),
    case('RadiusNeighborsClassifier-unknown_label', radius(radius=1.0, outlier_label=90, algorithm='ball_tree', p=3,
                                                           leaf_size=6), 'blobs'),
    case('RadiusNeighborsClassifier-counted', radius(radius=2.5, outlier_label=2, algorithm='brute',
                                                     metric='manhattan'), 'blobs', core=True),
    case('RadiusNeighborsClassifier-counted_unknown', radius(radius=2.5, outlier_label=7, algorithm='brute',
                                                             metric='manhattan'), 'classes4_ints', x=True),
    case('RadiusNeighborsClassifier-multi_output', radius(radius=2.0, outlier_label=[2, 5], weights='distance'),
         'blobs_multioutput', since='0.22'),
    case('RadiusNeighborsClassifier-sparse', radius(radius=1.8, outlier_label=1, algorithm='brute'),
         'sparse_regression_classes', x=True),
    case('RadiusNeighborsClassifier-float32', radius(radius=0.9, outlier_label=-1, algorithm='brute'), 'binary32',
         x=True),
    case('NearestCentroid-iris', lambda: nb.NearestCentroid(), 'iris_text', core=True),
    case('NearestCentroid-shrink', lambda: nb.NearestCentroid(shrink_threshold=0.3), 'classes4_ints', core=True),
    case('NearestCentroid-manhattan', lambda: nb.NearestCentroid(metric='manhattan'), 'iris_float_labels'),
    case('NearestCentroid-cosine', lambda: nb.NearestCentroid(metric='cosine'), 'binary_text', until='1.4'),
    case('NearestCentroid-sparse', lambda: nb.NearestCentroid(), 'sparse_binary', x=True),
    case('NearestCentroid-empirical', lambda: nb.NearestCentroid(priors='empirical'), 'classes4_text', since='1.6'),
    case('NearestCentroid-priors', lambda: nb.NearestCentroid(
        priors=[0.2, 0.8], metric='manhattan', shrink_threshold=0.2), 'binary_text', since='1.6', core=True),
    case('NearestNeighbors-ball_tree', lambda: nb.NearestNeighbors(n_neighbors=3, algorithm='ball_tree'),
         'unlabelled'),
    case('NearestNeighbors-kd_tree', lambda: nb.NearestNeighbors(
        n_neighbors=2, radius=3.5, algorithm='kd_tree', leaf_size=3, p=1), 'unlabelled', core=True),
    case('NearestNeighbors-brute', lambda: nb.NearestNeighbors(n_neighbors=4, radius=3.0, algorithm='brute'),
         'unlabelled'),
    case('NearestNeighbors-precomputed', lambda: nb.NearestNeighbors(n_neighbors=3, radius=4.0, metric='precomputed'),
         'distances', core=True),
    case('NearestNeighbors-graph', lambda: nb.NearestNeighbors(n_neighbors=3, radius=4.0, metric='precomputed'),
         'sparse_distances', since='0.22'),
    case('KNeighborsTransformer-distance', lambda: nb.KNeighborsTransformer(
        n_neighbors=3, algorithm='kd_tree', leaf_size=5), 'unlabelled', since='0.22', core=True),
    case('KNeighborsTransformer-connectivity', lambda: nb.KNeighborsTransformer(
        n_neighbors=2, mode='connectivity', algorithm='brute'), 'unlabelled', since='0.22'),
    case('RadiusNeighborsTransformer-distance', lambda: nb.RadiusNeighborsTransformer(
        radius=4.0, algorithm='ball_tree', leaf_size=4), 'unlabelled', since='0.22', core=True),
    case('RadiusNeighborsTransformer-connectivity', lambda: nb.RadiusNeighborsTransformer(
        radius=3.0, mode='connectivity', algorithm='brute', p=1), 'unlabelled', since='0.22'),
]
