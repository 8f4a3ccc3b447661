"""Error bounds of answers that are sums of products: 8 eps times the sum of |terms|.

BLAS libraries add in different orders; no order can be off by more than this.
"""
import numpy as np
from sklearn.base import is_classifier

EPS = 2.0 ** -52


def gate(relative, absolute):
    return {'relative': relative, 'absolute': absolute}


def magnitudes(inputs):
    inputs = inputs.toarray() if hasattr(inputs, 'toarray') else inputs
    return np.abs(np.asarray(inputs, dtype=float))


def product_error(inputs, weights, offset=0.0):
    """8 eps max over rows of sum |x w| + |offset|; weights is [outputs, features]."""
    weights = np.atleast_2d(np.abs(weights.toarray() if hasattr(weights, 'toarray') else weights))
    total = magnitudes(inputs).dot(weights.T) + np.abs(offset)
    return 8 * EPS * float(total.max())


def boosted(estimator, method, inputs, value):
    """Gradient boosting starts from log(p); an estimator to start from is given float32 rows."""
    first = getattr(estimator, 'init_', None)
    if hasattr(first, 'coef_'):
        return gate(1e-6, 1e-6 * float(np.abs(value).max()))
    if is_classifier(estimator) and hasattr(first, 'fit') or type(first).__name__.endswith('Estimator'):
        return gate(4e-15, 0.0) if method == 'predict_proba' else gate(
            4 * EPS, 4 * EPS * max(1.0, float(np.abs(value).max())))
    return None


def linear(estimator, method, inputs, value):
    coef = estimator.coef_
    if method == 'transform':  # discriminant analysis
        weights = estimator.scalings_.T
        centre = getattr(estimator, 'xbar_', np.zeros(weights.shape[1]))
        return gate(1e-12, product_error(inputs, weights) + product_error(centre[None], weights))
    error = product_error(inputs, coef, getattr(estimator, 'intercept_', getattr(estimator, 'offset_', 0.0)))
    if all(getattr(a, 'dtype', None) == np.float32 for a in (inputs, coef)):
        error *= 2.0 ** 29  # the product is taken in float32, whatever the intercept is
    if method == 'predict_proba':
        absolute = error if getattr(estimator, 'loss', '') == 'modified_huber' else 0.0
        return gate(4e-15 + 2 * error, absolute)
    if type(estimator).__name__ in ('PoissonRegressor', 'GammaRegressor', 'TweedieRegressor'):
        return gate(4e-15 + 2 * error, error)
    return gate(1e-12, error)


def perceptron(estimator, method, inputs, value):
    """Carry the error through the layers; the activations' slopes are at most 1."""
    size, error = magnitudes(inputs), np.zeros(magnitudes(inputs).shape)
    for weights, offset in zip(estimator.coefs_, estimator.intercepts_):
        weights = np.abs(weights)
        error = error.dot(weights) + 8 * EPS * (size.dot(weights) + np.abs(offset))
        size = size.dot(weights) + np.abs(offset)
        if estimator.activation in ('logistic', 'tanh'):
            size = np.minimum(size, 1.0)
    worst = float(error.max())
    return gate(4e-15 + 2 * worst, 0.0) if method == 'predict_proba' else gate(1e-12, worst)


def projection(estimator, method, inputs, value):
    if method != 'transform':
        condition = float(np.linalg.cond(estimator.get_covariance()))  # of which an inverse is taken
        return gate(1e-12, 64 * EPS * condition * float(np.abs(value).max()))
    weights = estimator.components_
    mean = getattr(estimator, 'mean_', None)
    error = product_error(inputs, weights) + (0.0 if mean is None else product_error(mean[None], weights))
    if getattr(estimator, 'whiten', False):
        error = error / float(np.sqrt(estimator.explained_variance_.min()))
    return gate(1e-12, error)


def factors(estimator, method, inputs, value):
    """Factor analysis: an inverse of the covariance is taken."""
    if method != 'score_samples':
        return None
    condition = float(np.linalg.cond(estimator.get_covariance()))
    return gate(1e-12, 64 * EPS * condition * float(np.abs(value).max()))


def inverse(estimator, method, value):
    if method == 'inverse_transform' and type(estimator).__name__ in BOUNDS:
        return gate(1e-12, 1e-14 * float(np.abs(value).max()))
    return None


def support_vectors(estimator, method, inputs, value):
    """sum alpha K(x, v) with K from a BLAS dot; the probabilities iterate on it."""
    vectors = magnitudes(estimator.support_vectors_)
    alpha = estimator._dual_coef_ if hasattr(estimator, '_dual_coef_') else estimator.dual_coef_
    alpha = np.abs(alpha.toarray() if hasattr(alpha, 'toarray') else alpha).sum(axis=0)
    dots = magnitudes(inputs).dot(vectors.T)
    gamma = getattr(estimator, '_gamma', 1.0)
    if estimator.kernel == 'rbf':  # exp(-u) with an error of eps u: at most e^-1, where u is 1
        dots = np.ones(dots.shape)
    elif estimator.kernel == 'poly':
        dots = estimator.degree * (gamma * dots + abs(estimator.coef0)) ** estimator.degree
    elif estimator.kernel == 'sigmoid':
        dots = 1.0 + gamma * dots + abs(estimator.coef0)
    error = 8 * EPS * float((dots.dot(alpha)).max() + np.abs(estimator.intercept_).max())
    slope = float(np.abs(getattr(estimator, 'probA_', [1.0])).max()) if method == 'predict_proba' else 1.0
    if method == 'predict_proba':
        return gate(1e-12 + 4 * slope * error, 4 * slope * error)
    return gate(1e-12, error * (2 if is_classifier(estimator) and len(estimator.classes_) > 2 else 1))


def distances(inputs, others, value):
    """sqrt(|x|^2 - 2 x y + |y|^2): cancellation divides by the distance."""
    squares = (magnitudes(inputs) ** 2).sum(axis=1).max() + (magnitudes(others) ** 2).sum(axis=1).max()
    nearest = float(np.min(value[value > 0])) if (value > 0).any() else 1.0
    return gate(1e-12, 8 * EPS * squares / nearest)


def centroids(estimator, method, inputs, value):
    return distances(inputs, estimator.cluster_centers_, np.asarray(value, dtype=float))


def subclusters(estimator, method, inputs, value):
    return distances(inputs, estimator.subcluster_centers_, np.asarray(value, dtype=float))


def neighbours(estimator, method, inputs, value):
    if method not in ('kneighbors', 'radius_neighbors', 'transform'):
        return None
    value = value.data if hasattr(value, 'tocsr') else value
    metric = estimator.effective_metric_
    if metric in ('minkowski', 'wminkowski', 'haversine'):
        return {'ulp': 4}
    if metric in ('cosine', 'correlation'):
        return gate(1e-12, 16 * EPS)
    if metric == 'nan_euclidean':
        return distances(np.nan_to_num(inputs), np.nan_to_num(estimator._fit_X), value)
    if metric == 'sqeuclidean':
        return gate(1e-12, distances(inputs, estimator._fit_X, np.sqrt(value))['absolute'] * float(np.sqrt(value).max()))
    if estimator._fit_method == 'brute':
        return distances(inputs, estimator._fit_X, value) if metric == 'euclidean' else {'ulp': 4}
    return {'ulp': 0}


def counted(estimator, method, inputs, value):
    """Naive Bayes by products with log probabilities."""
    weights = estimator.feature_log_prob_
    prior = getattr(estimator, 'class_log_prior_', 0.0)
    error = product_error(inputs, weights, np.where(np.isfinite(prior), prior, 0.0))
    if type(estimator).__name__ == 'BernoulliNB':
        error = 4 * error + 16 * EPS * float(np.abs(np.log1p(-np.exp(weights))).sum(axis=1).max())
    return gate(1e-13 + 2 * error, 0.0)



def process(estimator, method, inputs, value):
    """Gaussian processes: sums of covariances; what training explains cancels most of a variance."""
    if method == 'predict_proba':  # 8 eps of the shares of five error functions, which nearly cancel
        return gate(1e-12, 8 * EPS * 7732)
    kernel = getattr(estimator, 'kernel_', estimator.kernel)
    scale = float(np.max(getattr(estimator, '_y_train_std', 1.0)))
    if not hasattr(estimator, 'X_train_'):
        return gate(1e-12, 0.0)
    condition = np.linalg.cond(kernel(estimator.X_train_) + np.diag(np.ones(len(estimator.X_train_)) * estimator.alpha))
    if method == 'predict':
        weights = np.abs(estimator.alpha_)
        total = np.abs(kernel(inputs, estimator.X_train_)).dot(weights)
        return gate(1e-12, 16 * EPS * scale * float(total.max()))
    lost = 16 * EPS * float(kernel.diag(inputs).max()) * condition
    return gate(1e-12, lost * scale ** 2 if method == 'predict_cov' else lost * scale ** 2 / float(np.min(value)))


def mixture(estimator, method, inputs, value):
    """Logarithms of densities: (x - m) P (x - m), some of them expanded; shares are their exponentials."""
    means = np.abs(estimator.means_)
    chol = np.abs(estimator.precisions_cholesky_)
    kind = estimator.covariance_type
    rows, worst = magnitudes(inputs), 0.0
    for k, mean in enumerate(means):
        part = chol if kind == 'tied' else chol[k]
        if part.ndim < 2:
            part = np.diag(part * np.ones(len(mean)))
        worst = max(worst, float(((rows + mean).dot(part) ** 2).sum(axis=1).max()))
    error = 8 * EPS * worst
    return gate(1e-12, error) if method == 'score_samples' else gate(1e-12 + 4 * error, 0.0)


def kernel_error(inputs, others, kernel, gamma, degree, coef0):
    """Sizes of kernels, and how far off they may be: of a sum of products, then of what is made of it."""
    if callable(kernel):
        size = np.abs(kernel(inputs, others))
        return size, 64 * EPS * size
    rows, others = magnitudes(inputs), magnitudes(others)
    gamma = gamma or 1.0 / rows.shape[1]
    dots = rows.dot(others.T)
    squares = (rows ** 2).sum(axis=1)[:, None] + (others ** 2).sum(axis=1)[None]
    if kernel == 'rbf':
        return np.ones(dots.shape), 8 * EPS * gamma * squares + 4 * EPS
    if kernel == 'linear':
        return dots, 8 * EPS * dots
    if kernel in ('poly', 'polynomial'):
        base = gamma * dots + abs(coef0)
        return base ** degree, 8 * EPS * degree * base ** degree
    if kernel == 'sigmoid':
        return np.ones(dots.shape), 8 * EPS * (gamma * dots + abs(coef0))
    if kernel == 'additive_chi2':
        return squares, 16 * EPS * squares
    if kernel == 'precomputed':
        return rows, EPS * rows
    return np.ones(dots.shape), np.full(dots.shape, 32 * EPS * rows.shape[1])


def kernel_weights(estimator, method, inputs, value):
    name = 'X_fit_' if hasattr(estimator, 'X_fit_') else 'components_'
    weights = np.abs(estimator.dual_coef_ if name == 'X_fit_' else estimator.normalization_.T)
    more = dict(estimator.kernel_params or {})
    asked = [v if v is not None else more.get(k, default) for k, v, default in (
        ('gamma', estimator.gamma, None), ('degree', estimator.degree, 3), ('coef0', estimator.coef0, 1))]
    size, error = kernel_error(inputs, getattr(estimator, name), estimator.kernel, *asked)
    return gate(1e-12, float((error.dot(weights) + 8 * EPS * size.dot(weights)).max()))


def cosines(estimator, method, inputs, value):
    rows = magnitudes(inputs)
    if hasattr(estimator, 'skewedness'):
        rows = np.abs(np.log(np.asarray(inputs) + estimator.skewedness))
    return gate(1e-12, product_error(rows, estimator.random_weights_.T, 7.0))


def random_products(estimator, method, inputs, value):
    return gate(1e-12, product_error(inputs, estimator.components_))


LINEAR = '''LinearRegression Ridge RidgeCV Lasso LassoCV ElasticNet ElasticNetCV MultiTaskLasso MultiTaskElasticNet
    MultiTaskLassoCV MultiTaskElasticNetCV Lars LassoLars LassoLarsCV LassoLarsIC OrthogonalMatchingPursuit
    BayesianRidge ARDRegression HuberRegressor TheilSenRegressor QuantileRegressor PoissonRegressor GammaRegressor
    TweedieRegressor LogisticRegression LogisticRegressionCV SGDClassifier SGDRegressor SGDOneClassSVM Perceptron
    PassiveAggressiveClassifier PassiveAggressiveRegressor RidgeClassifier RidgeClassifierCV LinearSVC LinearSVR
    LinearDiscriminantAnalysis'''
NEIGHBOURS = '''KNeighborsClassifier KNeighborsRegressor NearestNeighbors KNeighborsTransformer RadiusNeighborsClassifier
    RadiusNeighborsRegressor RadiusNeighborsTransformer'''
BOUNDS = {'GradientBoostingClassifier': boosted, 'GradientBoostingRegressor': boosted}
BOUNDS.update({name: linear for name in LINEAR.split()})
BOUNDS.update({name: support_vectors for name in ('SVC', 'NuSVC', 'SVR', 'NuSVR', 'OneClassSVM')})
BOUNDS.update({name: perceptron for name in ('MLPClassifier', 'MLPRegressor')})
BOUNDS.update({name: projection for name in ('PCA', 'IncrementalPCA', 'TruncatedSVD', 'RandomizedPCA')})
BOUNDS['Birch'] = subclusters
BOUNDS.update({name: centroids for name in ('KMeans', 'MiniBatchKMeans', 'BisectingKMeans')})
BOUNDS.update({name: neighbours for name in NEIGHBOURS.split()})
BOUNDS.update({name: kernel_weights for name in ('KernelRidge', 'Nystroem')})
BOUNDS.update({name: cosines for name in ('RBFSampler', 'SkewedChi2Sampler')})
BOUNDS.update({name: random_products for name in ('GaussianRandomProjection', 'SparseRandomProjection')})
BOUNDS.update({name: mixture for name in ('GaussianMixture', 'BayesianGaussianMixture')})
BOUNDS.update({name: counted for name in ('MultinomialNB', 'BernoulliNB', 'ComplementNB')})
BOUNDS.update({name: process for name in ('GaussianProcessRegressor', 'GaussianProcessClassifier')})
BOUNDS['FactorAnalysis'] = factors
