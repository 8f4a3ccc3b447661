"""sklearn.covariance."""
from kit.case import cases_of
from kit.sk import VERSION, sk

case = cases_of('covariance')
co = sk.covariance


def lasso(suffix='', **params):
    name = ('GraphicalLasso' if VERSION >= (0, 20) else 'GraphLasso') + suffix
    return lambda: getattr(co, name)(**params)


def envelope(**params):
    return lambda: co.EllipticEnvelope(random_state=0, **params)


CASES = [
    case('EmpiricalCovariance-regression', lambda: co.EmpiricalCovariance(), 'regression_plain', core=True),
    case('EmpiricalCovariance-no_precision', lambda: co.EmpiricalCovariance(store_precision=False), 'iris_plain',
         core=True),
    case('EmpiricalCovariance-centred', lambda: co.EmpiricalCovariance(assume_centered=True), 'unlabelled'),
    case('EmpiricalCovariance-singular', lambda: co.EmpiricalCovariance(store_precision=False), 'repeated_column',
         x=True),
    case('EmpiricalCovariance-frame', lambda: co.EmpiricalCovariance(), 'frame_plain', x=True),
    case('EmpiricalCovariance-float32', lambda: co.EmpiricalCovariance(), 'regression32_plain', x=True),
    case('ShrunkCovariance-regression', lambda: co.ShrunkCovariance(shrinkage=0.3), 'regression_plain', core=True),
    case('LedoitWolf-iris', lambda: co.LedoitWolf(), 'iris_plain'),
    case('OAS-blobs', lambda: co.OAS(), 'unlabelled'),
    case('MinCovDet-iris', lambda: co.MinCovDet(random_state=0), 'iris_plain', core=True),
    case('GraphicalLasso-regression', lasso(alpha=0.05), 'regression_plain', core=True),
    case('GraphicalLassoCV-blobs', lasso('CV', alphas=2, cv=3), 'unlabelled', since='0.22'),
    case('EllipticEnvelope-iris', envelope(), 'iris_plain', core=True),
    case('EllipticEnvelope-contaminated', envelope(contamination=0.3, support_fraction=0.8), 'unlabelled', core=True),
    case('EllipticEnvelope-centred', envelope(assume_centered=True, store_precision=False), 'regression_plain'),
]
