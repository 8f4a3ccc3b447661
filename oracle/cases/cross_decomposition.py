"""sklearn.cross_decomposition."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('cross_decomposition')
cd = sk.cross_decomposition


def made(cls, **params):
    return lambda: getattr(cd, cls)(**params)


CASES = [
    case('PLSRegression-one_target', made('PLSRegression', n_components=2), 'regression', core=True),
    case('PLSRegression-column', made('PLSRegression', n_components=1), 'small_column', core=True),
    case('PLSRegression-two_targets', made('PLSRegression', n_components=3), 'targets2', core=True),
    case('PLSRegression-three_targets', made('PLSRegression', n_components=2), 'small_targets3'),
    case('PLSRegression-unscaled', made('PLSRegression', n_components=2, scale=False), 'targets2'),
    case('PLSRegression-constant', made('PLSRegression', n_components=2), 'constant_feature'),
    case('PLSRegression-float32', made('PLSRegression', n_components=2), 'regression32', x=True),
    case('PLSRegression-frame', made('PLSRegression', n_components=2), 'frame_regression', x=True),
    case('PLSCanonical-two_targets', made('PLSCanonical', n_components=2), 'targets2', core=True),
    case('PLSCanonical-one_component', made('PLSCanonical', n_components=1, algorithm='svd'), 'small_targets3'),
    case('PLSCanonical-unscaled', made('PLSCanonical', n_components=2, scale=False), 'small_targets3'),
    case('CCA-two_targets', made('CCA', n_components=2), 'targets2', core=True),
    case('CCA-one_component', made('CCA', n_components=1), 'small_targets3'),
    case('CCA-unscaled', made('CCA', n_components=2, scale=False), 'small_targets3'),
    case('PLSSVD-two_targets', made('PLSSVD', n_components=2), 'targets2', core=True),
    case('PLSSVD-unscaled', made('PLSSVD', n_components=2, scale=False), 'small_targets3'),
]
