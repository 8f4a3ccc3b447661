"""sklearn.cluster and sklearn.mixture."""
import numpy as np

from kit.case import cases_of
from kit.sk import VERSION, sk

case = cases_of('cluster')


embedding = cases_of('manifold')


def copied(**params):
    return dict(params, copy=True) if VERSION >= (1, 8) else params


def bicluster():
    return sk.cluster if VERSION >= (0, 22) else getattr(sk, 'cluster.bicluster')


def affinity(**params):
    return dict(params, random_state=0) if VERSION >= (0, 23) else params


CASES = [
    case('KMeans-blobs', lambda: sk.cluster.KMeans(n_clusters=4, n_init=2, random_state=0), 'unlabelled', core=True),
    case('KMeans-iris', lambda: sk.cluster.KMeans(n_clusters=3, n_init=1, random_state=0), 'iris_plain', x=True),
    case('KMeans-float32', lambda: sk.cluster.KMeans(n_clusters=3, n_init=1, random_state=0), 'unlabelled32',
         since='0.20'),
    case('KMeans-sparse', lambda: sk.cluster.KMeans(n_clusters=2, n_init=1, random_state=0), 'sparse_plain'),
    case('KMeans-frame', lambda: sk.cluster.KMeans(n_clusters=3, n_init=1, random_state=0), 'frame_plain', x=True),
    case('KMeans-one_feature', lambda: sk.cluster.KMeans(n_clusters=2, n_init=1, random_state=0), 'one_feature',
         x=True),
    case('MiniBatchKMeans-blobs', lambda: sk.cluster.MiniBatchKMeans(
        n_clusters=4, n_init=2, batch_size=20, random_state=0), 'unlabelled', core=True),
    case('BisectingKMeans-blobs', lambda: sk.cluster.BisectingKMeans(n_clusters=3, random_state=0), 'unlabelled',
         since='1.1', core=True),
    case('BisectingKMeans-largest', lambda: sk.cluster.BisectingKMeans(
        n_clusters=6, bisecting_strategy='largest_cluster', random_state=2), 'blobs', since='1.1'),
    case('BisectingKMeans-sparse', lambda: sk.cluster.BisectingKMeans(n_clusters=4, random_state=0), 'sparse_plain',
         since='1.1'),
    case('BisectingKMeans-one', lambda: sk.cluster.BisectingKMeans(n_clusters=1, random_state=0), 'unlabelled',
         since='1.1', x=True),
    case('BisectingKMeans-float32', lambda: sk.cluster.BisectingKMeans(n_clusters=4, random_state=1), 'unlabelled32',
         since='1.1', x=True),
    case('Birch-blobs', lambda: sk.cluster.Birch(n_clusters=4, threshold=1.5, branching_factor=4), 'unlabelled',
         core=True),
    case('Birch-none', lambda: sk.cluster.Birch(n_clusters=None, threshold=2.5), 'unlabelled', core=True),
    case('Birch-few', lambda: sk.cluster.Birch(n_clusters=9, threshold=4.0), 'iris_plain'),
    case('Birch-sparse', lambda: sk.cluster.Birch(n_clusters=2, threshold=0.9), 'sparse_plain'),
    case('Birch-float32', lambda: sk.cluster.Birch(n_clusters=3, threshold=2.0), 'unlabelled32', x=True),
    case('MeanShift-blobs', lambda: sk.cluster.MeanShift(bandwidth=4.0), 'unlabelled', core=True),
    case('MeanShift-bins', lambda: sk.cluster.MeanShift(bandwidth=1.0, bin_seeding=True, cluster_all=False),
         'iris_plain', core=True),
    case('AffinityPropagation-blobs', lambda: sk.cluster.AffinityPropagation(**affinity(preference=-60)), 'few_plain',
         core=True),
    case('AffinityPropagation-damped', lambda: sk.cluster.AffinityPropagation(**affinity(damping=0.8)), 'iris_plain',
         core=True),
    case('AffinityPropagation-unconverged', lambda: sk.cluster.AffinityPropagation(
        **affinity(max_iter=1, convergence_iter=1)), 'few_plain', since='0.20'),
    case('FeatureAgglomeration-mean', lambda: sk.cluster.FeatureAgglomeration(n_clusters=4), 'digits_plain', core=True),
    case('FeatureAgglomeration-max', lambda: sk.cluster.FeatureAgglomeration(n_clusters=3, pooling_func=np.max),
         'digits_plain', core=True),
    case('FeatureAgglomeration-median', lambda: sk.cluster.FeatureAgglomeration(n_clusters=2, pooling_func=np.median),
         'digits_plain', core=True),
    case('FeatureAgglomeration-min', lambda: sk.cluster.FeatureAgglomeration(n_clusters=5, pooling_func=np.amin),
         'digits_plain'),
    case('FeatureAgglomeration-sum', lambda: sk.cluster.FeatureAgglomeration(
        n_clusters=2, pooling_func=np.sum, linkage='average'), 'digits_plain'),
    case('FeatureAgglomeration-threshold', lambda: sk.cluster.FeatureAgglomeration(
        n_clusters=None, distance_threshold=30.0), 'digits_plain', since='0.21'),
    case('FeatureAgglomeration-frame', lambda: sk.cluster.FeatureAgglomeration(n_clusters=2), 'frame_plain', x=True),
    case('FeatureAgglomeration-float32', lambda: sk.cluster.FeatureAgglomeration(
        n_clusters=2, pooling_func=np.median), 'regression32_plain', x=True),
    # Without a method for new rows: what they found is all there is.
    case('DBSCAN-blobs', lambda: sk.cluster.DBSCAN(eps=2.0, min_samples=4), 'unlabelled', core=True),
    case('HDBSCAN-blobs', lambda: sk.cluster.HDBSCAN(**copied(min_cluster_size=4)), 'unlabelled', since='1.3', core=True),
    case('OPTICS-blobs', lambda: sk.cluster.OPTICS(min_samples=4), 'unlabelled', since='0.21', core=True),
    case('AgglomerativeClustering-ward', lambda: sk.cluster.AgglomerativeClustering(n_clusters=3), 'unlabelled', core=True),
    case('AgglomerativeClustering-distances', lambda: sk.cluster.AgglomerativeClustering(
        n_clusters=None, distance_threshold=4.0, linkage='average'), 'unlabelled', since='0.21'),
    case('SpectralClustering-rbf', lambda: sk.cluster.SpectralClustering(n_clusters=3, random_state=0), 'few_plain',
         core=True),
    case('SpectralBiclustering-counts', lambda: bicluster().SpectralBiclustering(n_clusters=2, random_state=0),
         'counts_ones', core=True),
    case('SpectralCoclustering-counts', lambda: bicluster().SpectralCoclustering(n_clusters=2, random_state=0),
         'counts_ones', core=True),
    embedding('TSNE-blobs', lambda: sk.manifold.TSNE(n_components=2, perplexity=5.0, random_state=0), 'unlabelled',
              core=True),
    embedding('MDS-blobs', lambda: sk.manifold.MDS(random_state=0, n_init=1, max_iter=20), 'few_plain', core=True),
    embedding('SpectralEmbedding-blobs', lambda: sk.manifold.SpectralEmbedding(random_state=0), 'few_plain', core=True),
    embedding('ClassicalMDS-blobs', lambda: sk.manifold.ClassicalMDS(), 'few_plain', since='1.8', core=True),
]
