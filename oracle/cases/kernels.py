"""sklearn.kernel_ridge, sklearn.kernel_approximation and sklearn.random_projection."""
from kit.case import cases_of
from kit.sk import sk

ridge_case, case, projection_case = [cases_of(m) for m in ('kernel_ridge', 'kernel_approximation', 'random_projection')]
ka = sk.kernel_approximation
gp = getattr(sk, 'gaussian_process.kernels')


def ridge(kernel, **params):
    return lambda: sk.kernel_ridge.KernelRidge(kernel=kernel, **params)


def nystroem(kernel, components=5, **params):
    return lambda: ka.Nystroem(kernel=kernel, n_components=components, random_state=0, **params)


def projection(kind, **params):
    return lambda: getattr(sk.random_projection, kind + 'RandomProjection')(random_state=0, **params)


CASES = [
    ridge_case('KernelRidge-linear', ridge('linear', alpha=0.5), 'regression', core=True),
    ridge_case('KernelRidge-rbf', ridge('rbf', gamma=0.2), 'regression', core=True),
    ridge_case('KernelRidge-rbf_default', ridge('rbf'), 'targets2', core=True),
    ridge_case('KernelRidge-poly', ridge('poly', degree=2, coef0=0.5, gamma=0.3), 'regression'),
    ridge_case('KernelRidge-polynomial', ridge('polynomial', degree=3), 'targets2'),
    ridge_case('KernelRidge-sigmoid', ridge('sigmoid', gamma=0.05, coef0=-0.2, alpha=5.0), 'regression'),
    ridge_case('KernelRidge-laplacian', ridge('laplacian', gamma=0.4), 'regression', since='0.18', core=True),
    ridge_case('KernelRidge-cosine', ridge('cosine'), 'regression'),
    ridge_case('KernelRidge-chi2', ridge('chi2', gamma=0.7), 'counts'),
    ridge_case('KernelRidge-additive_chi2', ridge('additive_chi2', alpha=100.0), 'counts'),
    ridge_case('KernelRidge-precomputed', ridge('precomputed'), 'kernel_regression', core=True),
    ridge_case('KernelRidge-sparse', ridge('rbf', gamma=0.3), 'sparse_regression'),
    ridge_case('KernelRidge-frame', ridge('laplacian'), 'frame_regression', since='0.18', x=True),
    ridge_case('KernelRidge-float32', ridge('rbf', gamma=0.1), 'regression32', x=True),
    ridge_case('KernelRidge-object', lambda: sk.kernel_ridge.KernelRidge(
        kernel=gp.RBF(length_scale=1.7) * gp.ConstantKernel(2.0) + gp.WhiteKernel(0.1)), 'regression', since='0.18',
        core=True),
    case('Nystroem-object', lambda: ka.Nystroem(kernel=gp.Matern(nu=1.5, length_scale=3.0), n_components=4, random_state=0),
         'unlabelled', since='0.18'),
    case('Nystroem-rbf', nystroem('rbf', gamma=0.2), 'regression_plain', core=True),
    case('Nystroem-default', nystroem('rbf', 7), 'iris_plain'),
    case('Nystroem-linear', nystroem('linear', 3), 'regression_plain'),
    case('Nystroem-poly', nystroem('poly', 4, degree=2, coef0=1.5), 'regression_plain', core=True),
    case('Nystroem-poly_default', nystroem('polynomial', 4), 'unlabelled'),
    case('Nystroem-laplacian', nystroem('laplacian', 6, gamma=0.5), 'unlabelled', since='0.18'),
    case('Nystroem-sigmoid', nystroem('sigmoid', 3, gamma=0.01, coef0=0.1), 'regression_plain', core=True),
    case('Nystroem-cosine', nystroem('cosine', 3), 'regression_plain'),
    case('Nystroem-chi2', nystroem('chi2', gamma=0.6), 'counts_plain', core=True),
    case('Nystroem-chi2_default', nystroem('chi2', 4), 'counts_plain', since='0.20'),
    case('Nystroem-additive_chi2', nystroem('additive_chi2', 4), 'counts_plain', since='0.20'),
    case('Nystroem-params', nystroem('rbf', 4, kernel_params={'gamma': 0.35}), 'unlabelled', since='0.20', x=True),
    case('Nystroem-sparse', nystroem('rbf', 4, gamma=0.1), 'sparse_plain'),
    case('Nystroem-float32', nystroem('rbf', 4, gamma=0.1), 'regression32_plain', since='1.0', x=True),
    case('Nystroem-precomputed', nystroem('precomputed', 99), 'kernel_plain', since='0.20', x=True),
    case('RBFSampler-default', lambda: ka.RBFSampler(n_components=6, random_state=0), 'regression_plain', core=True),
    case('RBFSampler-gamma', lambda: ka.RBFSampler(gamma=0.1, n_components=9, random_state=0), 'iris_plain',
         core=True),
    case('RBFSampler-scale', lambda: ka.RBFSampler(gamma='scale', n_components=5, random_state=0), 'unlabelled',
         since='1.2'),
    case('RBFSampler-sparse', lambda: ka.RBFSampler(n_components=4, random_state=0), 'sparse_plain'),
    case('RBFSampler-float32', lambda: ka.RBFSampler(n_components=4, random_state=0), 'regression32_plain', x=True),
    case('SkewedChi2Sampler-default', lambda: ka.SkewedChi2Sampler(n_components=6, random_state=0), 'counts_plain',
         core=True),
    case('SkewedChi2Sampler-skewed', lambda: ka.SkewedChi2Sampler(skewedness=0.05, n_components=4, random_state=0),
         'iris_plain', core=True),
    case('SkewedChi2Sampler-negative', lambda: ka.SkewedChi2Sampler(skewedness=9.0, n_components=4, random_state=0),
         'regression_plain', since='0.20'),
    case('AdditiveChi2Sampler-default', lambda: ka.AdditiveChi2Sampler(), 'counts_plain', core=True),
    case('AdditiveChi2Sampler-one', lambda: ka.AdditiveChi2Sampler(sample_steps=1), 'iris_plain', core=True),
    case('AdditiveChi2Sampler-three', lambda: ka.AdditiveChi2Sampler(sample_steps=3), 'iris_plain'),
    case('AdditiveChi2Sampler-interval', lambda: ka.AdditiveChi2Sampler(sample_steps=4, sample_interval=0.3),
         'counts_plain', core=True),
    case('AdditiveChi2Sampler-sparse', lambda: ka.AdditiveChi2Sampler(), 'sparse_counts_plain', core=True),
    case('AdditiveChi2Sampler-float32', lambda: ka.AdditiveChi2Sampler(), 'counts32_plain', x=True),
    case('PolynomialCountSketch-default', lambda: ka.PolynomialCountSketch(n_components=8, random_state=0),
         'regression_plain', since='0.24', core=True),
    case('PolynomialCountSketch-cubic', lambda: ka.PolynomialCountSketch(
        degree=3, gamma=0.4, coef0=2, n_components=11, random_state=0), 'iris_plain', since='0.24', core=True),
    case('PolynomialCountSketch-one', lambda: ka.PolynomialCountSketch(
        degree=1, coef0=0.5, n_components=3, random_state=0), 'iris_plain', since='0.24', x=True),
    case('PolynomialCountSketch-sparse', lambda: ka.PolynomialCountSketch(
        coef0=1, n_components=7, random_state=0), 'sparse_plain', since='0.24', x=True),
    projection_case('GaussianRandomProjection-three', projection('Gaussian', n_components=3), 'digits_plain',
                    core=True),
    projection_case('GaussianRandomProjection-inverse', projection(
        'Gaussian', n_components=2, compute_inverse_components=True), 'iris_plain', since='1.1', core=True),
    projection_case('GaussianRandomProjection-sparse', projection('Gaussian', n_components=2), 'sparse_plain'),
    projection_case('GaussianRandomProjection-more', projection('Gaussian', n_components=6), 'iris_plain', x=True),
    projection_case('GaussianRandomProjection-float32', projection('Gaussian', n_components=2), 'regression32_plain',
                    x=True),
    projection_case('SparseRandomProjection-three', projection('Sparse', n_components=3), 'digits_plain', core=True),
    projection_case('SparseRandomProjection-density', projection('Sparse', n_components=4, density=1.0),
                    'digits_plain'),
    projection_case('SparseRandomProjection-sparse', projection('Sparse', n_components=2), 'sparse_plain', core=True),
    projection_case('SparseRandomProjection-dense', projection('Sparse', n_components=2, dense_output=True),
                    'sparse_plain'),
    projection_case('SparseRandomProjection-inverse', projection(
        'Sparse', n_components=3, compute_inverse_components=True), 'digits_plain', since='1.1', x=True),
]
