"""sklearn.decomposition."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('decomposition')
de = sk.decomposition

CASES = [
    case('PCA-two', lambda: de.PCA(n_components=2), 'iris_plain', core=True),
    case('PCA-whiten', lambda: de.PCA(n_components=3, whiten=True), 'cancer_plain', core=True),
    case('PCA-share', lambda: de.PCA(n_components=0.9, svd_solver='full'), 'digits_plain', since='0.18'),
    case('PCA-all', lambda: de.PCA(), 'regression_plain', x=True),
    case('PCA-covariance_eigh', lambda: de.PCA(n_components=2, svd_solver='covariance_eigh'), 'iris_plain',
         since='1.5'),
    case('PCA-randomized', lambda: de.PCA(n_components=3, svd_solver='randomized', random_state=0), 'digits_plain',
         since='0.18'),
    case('PCA-arpack', lambda: de.PCA(n_components=2, svd_solver='arpack', random_state=0, whiten=True),
         'digits_plain', since='0.18', x=True),
    case('PCA-float32', lambda: de.PCA(n_components=2), 'regression32_plain', since='0.18'),
    case('PCA-frame', lambda: de.PCA(n_components=2), 'frame_plain', x=True),
    case('PCA-sparse', lambda: de.PCA(n_components=2, svd_solver='arpack', random_state=0), 'sparse_plain',
         since='1.4', x=True),
    case('IncrementalPCA-two', lambda: de.IncrementalPCA(n_components=2, batch_size=20), 'regression_plain', x=True),
    case('TruncatedSVD-sparse', lambda: de.TruncatedSVD(n_components=2, random_state=0), 'sparse_plain', core=True),
    case('TruncatedSVD-arpack', lambda: de.TruncatedSVD(n_components=3, algorithm='arpack', random_state=0),
         'digits_plain', x=True),
]
