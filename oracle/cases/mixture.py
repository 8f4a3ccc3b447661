"""sklearn.mixture."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('mixture')
mi = sk.mixture


def gaussian(kind, components=3, **params):
    return lambda: mi.GaussianMixture(n_components=components, covariance_type=kind, random_state=0, **params)


def bayesian(kind, components=3, **params):
    return lambda: mi.BayesianGaussianMixture(n_components=components, covariance_type=kind, random_state=0,
                                              max_iter=20, **params)


def old(name, kind):
    return lambda: getattr(mi, name)(n_components=3, covariance_type=kind, random_state=0)


DIRICHLET = dict(weight_concentration_prior_type='dirichlet_distribution')
KINDS = ['full', 'tied', 'diag', 'spherical']
CASES = [
    case('GaussianMixture-full', gaussian('full'), 'unlabelled', since='0.18', core=True),
    case('GaussianMixture-tied', gaussian('tied', 2), 'iris_plain', since='0.18', core=True),
    case('GaussianMixture-diag', gaussian('diag', 4), 'unlabelled', since='0.18', core=True),
    case('GaussianMixture-spherical', gaussian('spherical'), 'iris_plain', since='0.18', core=True),
    case('GaussianMixture-one', gaussian('full', 1), 'iris_plain', since='0.18', x=True),
    case('GaussianMixture-float32', gaussian('full'), 'unlabelled32', since='0.18', core=True),
    case('GaussianMixture-float32_diag', gaussian('diag'), 'unlabelled32', since='0.18', x=True),
    case('GaussianMixture-frame', gaussian('diag', 2), 'frame_plain', since='1.0', x=True),
    case('BayesianGaussianMixture-full', bayesian('full'), 'unlabelled', since='0.18', core=True),
    case('BayesianGaussianMixture-tied', bayesian('tied', 2, **DIRICHLET), 'iris_plain', since='0.18', core=True),
    case('BayesianGaussianMixture-diag', bayesian('diag', 4, **DIRICHLET), 'unlabelled', since='0.18', core=True),
    case('BayesianGaussianMixture-spherical', bayesian('spherical', 5, weight_concentration_prior=0.01), 'iris_plain',
         since='0.18', core=True),
] + [case('%s-%s' % (name, kind), old(name, kind), 'unlabelled', until='0.19', core=True)
     for name in ('GMM', 'DPGMM', 'VBGMM') for kind in KINDS]
