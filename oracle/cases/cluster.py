"""sklearn.cluster and sklearn.mixture."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('cluster')

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
]
