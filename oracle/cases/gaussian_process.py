"""sklearn.gaussian_process."""
import numpy as np

from kit.case import cases_of
from kit.sk import VERSION, sk

case = cases_of('gaussian_process')
FIXED = 'fixed' if VERSION >= (0, 19) else (1e-5, 1e5)


def kernels():
    from sklearn.gaussian_process import kernels
    return kernels


def regressor(kernel=None, optimizer=None, **params):
    """`kernel` takes the module of kernels; without it the default is used."""
    return lambda: sk.gaussian_process.GaussianProcessRegressor(
        kernel=None if kernel is None else kernel(kernels()), optimizer=optimizer, **params)


def classifier(kernel=None, optimizer=None, **params):
    return lambda: sk.gaussian_process.GaussianProcessClassifier(
        kernel=None if kernel is None else kernel(kernels()), optimizer=optimizer, **params)


def unfitted(estimator):
    for name in list(vars(estimator)):
        if name.endswith('_') or name.startswith('_'):
            delattr(estimator, name)


def one(name, kernel, data='small', **options):
    params = options.pop('params', {})
    params.setdefault('alpha', 0.1)
    return case('GaussianProcessRegressor-' + name, regressor(kernel, **params), data,
                since=options.pop('since', '0.18'), ask=('predict_std', 'predict_cov'), **options)


def two(name, kernel, data='small_binary', **options):
    return case('GaussianProcessClassifier-' + name, classifier(kernel, **options.pop('params', {})), data,
                since='0.18', **options)


def old(name, data='small', **params):
    params = dict(dict(theta0=0.4, nugget=0.01, random_state=0), **params)
    return case('GaussianProcess-' + name, lambda: sk.gaussian_process.GaussianProcess(**params), data, core=True,
                until='0.19')


CASES = [
    old('default'),
    old('linear_trend', regr='linear', corr='absolute_exponential', theta0=[0.2, 0.5, 0.9]),
    old('quadratic_trend', regr='quadratic', corr='linear', theta0=0.1),
    old('cubic', corr='cubic', theta0=[0.1, 0.2, 0.05], normalize=False),
    old('generalized', corr='generalized_exponential', theta0=[0.3, 0.2, 0.1, 1.7]),
    old('two_targets', 'small_targets2', regr='linear', thetaL=0.1, thetaU=1.0),
    old('column', 'small_column', beta0=[4.0]),
    one('default', None, core=True),
    one('optimised', lambda k: 2.0 * k.RBF(1.5) + k.WhiteKernel(0.2), params={'optimizer': 'fmin_l_bfgs_b'}, core=True),
    one('normalised', lambda k: k.RBF(0.8), params={'normalize_y': True}, core=True),
    one('noise_by_row', lambda k: k.RBF([1.0, 0.5, 2.0]), params={'alpha': np.linspace(0.1, 0.9, 14)}, core=True),
    one('two_targets', lambda k: k.RBF(1.2), 'small_targets2', core=True),
    one('two_targets_normalised', lambda k: k.RBF(1.2), 'small_targets2', params={'normalize_y': True}, core=True),
    one('column', lambda k: k.RBF(1.2), 'small_column', core=True),
    one('unfitted', None, after=unfitted, since='1.4'),
    one('unfitted_targets', lambda k: 3.0 * k.RBF(2.0), 'small_targets2', params={'n_targets': 2}, after=unfitted, since='1.4'),
    one('unfitted_old', lambda k: 3.0 * k.RBF(2.0), after=unfitted, until='1.2'),
    one('matern_half', lambda k: k.Matern(0.9, nu=0.5), core=True),
    one('matern_three_halves', lambda k: k.Matern([0.7, 1.1, 2.0], nu=1.5)),
    one('matern_five_halves', lambda k: 1.5 * k.Matern(1.3, nu=2.5)),
    one('matern_infinite', lambda k: k.Matern(1.3, nu=np.inf), since='0.24'),
    one('matern_general', lambda k: k.Matern(1.1, nu=0.8), core=True),
    one('matern_general_large', lambda k: k.Matern([2.0, 3.0, 1.0], nu=4.3)),
    one('rational_quadratic', lambda k: k.RationalQuadratic(1.4, 0.6), core=True),
    one('exp_sine_squared', lambda k: k.ExpSineSquared(2.1, 9.0), core=True),
    one('dot_product', lambda k: k.DotProduct(0.7) ** 2, core=True),
    one('cubed', lambda k: (0.5 * k.DotProduct(1.2)) ** 3),
    one('pairwise_linear', lambda k: k.PairwiseKernel(metric='linear') + k.WhiteKernel(0.5), core=True),
    one('pairwise_rbf', lambda k: k.PairwiseKernel(gamma=0.4, metric='rbf')),
    one('pairwise_poly', lambda k: k.PairwiseKernel(gamma=0.3, metric='poly', pairwise_kernels_kwargs={
        'degree': 2, 'coef0': 0.5})),
    one('pairwise_polynomial', lambda k: k.PairwiseKernel(gamma=0.3, metric='polynomial')),
    one('pairwise_laplacian', lambda k: k.PairwiseKernel(gamma=0.4, metric='laplacian')),
    one('pairwise_sigmoid', lambda k: k.PairwiseKernel(gamma=0.01, metric='sigmoid'), params={'alpha': 1.0}, x=True),
    one('pairwise_cosine', lambda k: k.PairwiseKernel(metric='cosine')),
    one('pairwise_chi2', lambda k: k.PairwiseKernel(gamma=0.5, metric='chi2'), 'small_positive'),
    one('pairwise_additive_chi2', lambda k: 9.0 + k.PairwiseKernel(metric='additive_chi2'), 'small_positive',
        params={'alpha': 20.0}, x=True),
    one('composed', lambda k: k.ConstantKernel(2.0) * k.RBF(0.6) * k.ExpSineSquared(1.0, 2.0)
        + k.RationalQuadratic(0.8, 2.0) ** 1.5 + k.WhiteKernel(0.05)),
    one('frame', lambda k: k.RBF(1.0), 'frame_small', x=True),
    two('default', None, core=True),
    two('optimised', lambda k: 4.0 * k.RBF([1.0, 2.0]), params={'optimizer': 'fmin_l_bfgs_b'}, core=True),
    two('matern', lambda k: 20.0 * k.Matern(0.5, nu=2.5) + k.WhiteKernel(0.1)),
    two('dot_product', lambda k: k.DotProduct(1.0) ** 2),
    two('one_vs_rest', lambda k: 9.0 * k.RBF(1.0), 'small_classes3', core=True),
    two('one_vs_one', lambda k: 9.0 * k.RBF(1.0), 'small_classes3', params={'multi_class': 'one_vs_one'}, core=True),
]
