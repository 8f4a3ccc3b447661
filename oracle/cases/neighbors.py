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


def weighted(density):
    """Fit again, with weights."""
    X = np.array(density.tree_.data)
    density.fit(X, sample_weight=1.0 + np.arange(len(X)) % 5)


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
    case('LocalOutlierFactor-novelty', lambda: nb.LocalOutlierFactor(n_neighbors=5, novelty=True), 'unlabelled',
         since='0.20', core=True),
    case('LocalOutlierFactor-contaminated', lambda: nb.LocalOutlierFactor(
        n_neighbors=8, novelty=True, contamination=0.2, algorithm='ball_tree', leaf_size=4, p=1), 'iris_plain',
        since='0.20', core=True),
    case('LocalOutlierFactor-brute', lambda: nb.LocalOutlierFactor(
        n_neighbors=3, novelty=True, algorithm='brute', contamination=0.1), 'digits_plain', since='0.20'),
    case('LocalOutlierFactor-cosine', lambda: nb.LocalOutlierFactor(
        n_neighbors=6, novelty=True, metric='cosine'), 'regression_plain', since='0.20', x=True),
    case('LocalOutlierFactor-too_many', lambda: nb.LocalOutlierFactor(
        n_neighbors=200, novelty=True, algorithm='kd_tree', metric='chebyshev'), 'unlabelled', since='0.20'),
    case('LocalOutlierFactor-precomputed', lambda: nb.LocalOutlierFactor(
        n_neighbors=4, novelty=True, metric='precomputed'), 'distances', since='0.20', x=True),
    case('LocalOutlierFactor-float32', lambda: nb.LocalOutlierFactor(n_neighbors=5, novelty=True), 'unlabelled32',
         since='0.20', x=True),
    case('LocalOutlierFactor-labels', lambda: nb.LocalOutlierFactor(n_neighbors=5), 'unlabelled', since='0.20'),
    case('NeighborhoodComponentsAnalysis-two', lambda: nb.NeighborhoodComponentsAnalysis(
        n_components=2, max_iter=5, random_state=0), 'iris', since='0.21', core=True),
    case('NeighborhoodComponentsAnalysis-square', lambda: nb.NeighborhoodComponentsAnalysis(
        init='identity', max_iter=3, random_state=0), 'classes4_ints', since='0.21'),
    case('NeighborhoodComponentsAnalysis-float32', lambda: nb.NeighborhoodComponentsAnalysis(
        n_components=3, init='pca', max_iter=3, random_state=0), 'binary32', since='0.21', x=True),
    case('KernelDensity-gaussian', lambda: nb.KernelDensity(), 'unlabelled', core=True),
    case('KernelDensity-tophat', lambda: nb.KernelDensity(kernel='tophat', bandwidth=4.0, algorithm='ball_tree'),
         'unlabelled', core=True),
    case('KernelDensity-epanechnikov', lambda: nb.KernelDensity(kernel='epanechnikov', bandwidth=3.0, leaf_size=5),
         'unlabelled', core=True),
    case('KernelDensity-exponential', lambda: nb.KernelDensity(kernel='exponential', bandwidth=0.4,
                                                               metric='manhattan', leaf_size=3), 'iris_plain', core=True),
    case('KernelDensity-linear', lambda: nb.KernelDensity(kernel='linear', bandwidth=2.5, metric='chebyshev'),
         'unlabelled', core=True),
    case('KernelDensity-cosine', lambda: nb.KernelDensity(kernel='cosine', bandwidth=3.5, breadth_first=False),
         'iris_plain', core=True),
    case('KernelDensity-cosine_odd', lambda: nb.KernelDensity(kernel='cosine', bandwidth=5.0, leaf_size=6),
         'unlabelled', x=True),
    case('KernelDensity-haversine', lambda: nb.KernelDensity(
        bandwidth=0.2, metric='haversine', algorithm='ball_tree'), 'latitudes'),
    case('KernelDensity-minkowski', lambda: nb.KernelDensity(
        bandwidth=0.7, metric='minkowski', metric_params={'p': 3}), 'iris_plain', since='0.18'),
    case('KernelDensity-scott', lambda: nb.KernelDensity(bandwidth='scott'), 'unlabelled', since='1.2', core=True),
    case('KernelDensity-silverman', lambda: nb.KernelDensity(bandwidth='silverman', kernel='linear'), 'iris_plain',
         since='1.2'),
    case('KernelDensity-weighted', lambda: nb.KernelDensity(bandwidth=0.8), 'unlabelled', since='0.20', core=True,
         after=weighted),
    case('KernelDensity-one_feature', lambda: nb.KernelDensity(bandwidth=0.3, kernel='exponential'), 'one_feature_plain',
         x=True),
    case('KernelDensity-float32', lambda: nb.KernelDensity(bandwidth=0.9), 'unlabelled32', x=True),
]


def metric_cases():
    """Every metric by comparing with all rows, and by a tree where trees know it."""
    weights = np.array([0.5, 2.0, 1.0])
    numbers = [
        ('canberra', 0.8, {}, 'brute ball_tree'), ('braycurtis', 0.4, {}, 'brute ball_tree'),
        ('chebyshev', 2.5, {}, 'brute'), ('infinity', 2.5, {}, 'kd_tree'), ('sqeuclidean', 9.0, {}, 'brute'),
        ('cityblock', 4.0, {}, 'brute kd_tree'), ('l1', 4.0, {}, 'ball_tree'), ('l2', 3.0, {}, 'kd_tree'),
        ('correlation', 0.05, {}, 'brute'), ('cosine', 0.1, {}, 'brute'), ('hamming', 0.9, {}, 'brute'),
        ('seuclidean', 2.0, {'V': np.array([1.5, 4.0, 2.5])}, 'brute ball_tree'),
        ('mahalanobis', 2.0, {'VI': np.array([[.5, .1, 0], [.1, .4, .05], [0, .05, .3]])}, 'brute ball_tree'),
        ('minkowski', 3.0, {'p': 1.5}, 'brute kd_tree ball_tree'),
    ]
    made = []
    for metric, radius, params, algorithms in numbers:
        for algorithm in algorithms.split():
            made.append(metric_case(metric, algorithm, 'unlabelled', radius, params, core=algorithm == 'brute'))
    made += [
        metric_case('minkowski', 'brute', 'unlabelled', 3.0, {'p': 3, 'w': weights}, name='minkowski_weighted',
                    since='1.1'),
        metric_case('minkowski', 'ball_tree', 'unlabelled', 3.0, {'p': 2, 'w': weights}, name='minkowski_weighted',
                    since='1.1'),
        metric_case('wminkowski', 'brute', 'unlabelled', 3.0, {'p': 3, 'w': weights}, until='1.0'),
        metric_case('wminkowski', 'ball_tree', 'unlabelled', 3.0, {'p': 3, 'w': weights}, until='1.0'),
        metric_case('haversine', 'ball_tree', 'latitudes', 0.2, {}), metric_case(
            'haversine', 'brute', 'latitudes', 0.2, {}, since='0.22'),
        metric_case('nan_euclidean', 'brute', 'missing_curved', 1.0, {}, since='1.6', core=True),
    ]
    last = {'sokalmichener': '1.7', 'matching': '1.2', 'kulsinski': '1.2'}
    for metric in 'jaccard dice rogerstanimoto russellrao sokalmichener sokalsneath yule matching kulsinski'.split():
        made.append(metric_case(metric, 'brute', 'truths', 0.4, {}, until=last.get(metric, '99'),
                                core=metric in ('jaccard', 'dice')))
        if metric != 'yule':
            made.append(metric_case(metric, 'ball_tree', 'truth_numbers', 0.4, {}, until=last.get(metric, '99')))
    return made


def metric_case(metric, algorithm, data, radius, params, name=None, **options):
    params = dict(params)
    power = {'p': params.pop('p')} if metric == 'minkowski' else {}
    more = {'metric_params': params} if params else {}
    return case('NearestNeighbors-%s_%s' % (name or metric, algorithm), lambda: nb.NearestNeighbors(
        n_neighbors=3, radius=radius, algorithm=algorithm, leaf_size=5, metric=metric, **dict(power, **more)), data,
        **options)


CASES += metric_cases()
