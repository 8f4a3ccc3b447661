"""Models of a dozen rows, in every version: classes whose other cases only some versions make."""
from kit.case import cases_of
from kit.sk import sk

linear_case = cases_of('linear_model')
ensemble_case = cases_of('ensemble')
selection_case = cases_of('feature_selection')
frozen_case = cases_of('frozen')
pipeline_case = cases_of('pipeline')
encoder_case = cases_of('preprocessing')
search_case = cases_of('model_selection')
li = sk.linear_model
fs = sk.feature_selection


def frozen():
    from kit.data import DATA
    X, y, _ = DATA['small_classes3']()
    return sk.frozen.FrozenEstimator(estimator=li.LogisticRegression().fit(X, y))


def linear(cls, data='small', since='0.17', ask=(), **params):
    return linear_case(cls + '-few_rows', lambda: getattr(li, cls)(**params), data, since=since, core=True, ask=ask)


def selector(cls, data='small_binary', suffix='few_rows', **params):
    return selection_case('%s-%s' % (cls, suffix), lambda: getattr(fs, cls)(**params), data, core=True)


def searched(name, cls, estimator, data, **options):
    """A search over one value of one parameter."""
    grid = options.pop('grid')

    def build():
        params = {'param_grid' if cls == 'GridSearchCV' else 'param_distributions': grid, 'cv': 2}
        if cls == 'RandomizedSearchCV':
            params.update(n_iter=1, random_state=0)
        return getattr(sk.model_selection, cls)(estimator=estimator(), **params)
    return search_case('%s-%s' % (cls, name), build, data, **options)


def numbers(name, data='small_zeros', until='0.21', **params):
    """Encoders of whole numbers, before text was taken too."""
    return encoder_case('OneHotEncoder-' + name, lambda: sk.preprocessing.OneHotEncoder(**params), data, until=until,
                   core=True)


SEARCHES = ('GridSearchCV', 'RandomizedSearchCV')
CASES = [
    frozen_case('FrozenEstimator-few_rows', frozen, 'small_classes3', since='1.6', core=True),
    pipeline_case('Pipeline-gaussian_process', lambda: sk.pipeline.Pipeline(steps=[
        ('scale', sk.preprocessing.StandardScaler()),
        ('model', sk.gaussian_process.GaussianProcessRegressor(alpha=0.2, optimizer=None))]), 'small', since='0.20',
                  core=True, ask=('predict_std', 'predict_cov')),
    linear('ARDRegression', ask=('predict_std',), max_iter=20, threshold_lambda=4.0),
    linear('BayesianRidge', ask=('predict_std',), alpha_1=1e-3),
    linear_case('BayesianRidge-through_zero', lambda: li.BayesianRidge(fit_intercept=False), 'regression',
                ask=('predict_std',)),
    linear_case('BayesianRidge-normalized', lambda: li.BayesianRidge(normalize=True), 'diabetes', since='0.19',
                until='1.1', ask=('predict_std',)),
    linear_case('ARDRegression-normalized', lambda: li.ARDRegression(normalize=True, threshold_lambda=40.0), 'diabetes',
                since='0.19', until='1.1', core=True, ask=('predict_std',)),
    linear('ElasticNetCV', alphas=[0.1, 0.5], l1_ratio=0.3, cv=3),
    linear('GammaRegressor', 'small_positive', since='0.23', alpha=0.3),
    linear('HuberRegressor', since='0.18', epsilon=1.2, max_iter=50),
    linear('Lars', n_nonzero_coefs=2),
    linear('LarsCV', cv=3),
    linear('LassoCV', alphas=[0.05, 0.2], cv=3),
    linear('LassoLars', alpha=0.05),
    linear('LassoLarsCV', cv=3),
    linear('LassoLarsIC', criterion='bic'),
    linear('LogisticRegressionCV', 'small_binary', Cs=[0.1, 1.0], cv=2),
    linear('MultiTaskElasticNet', 'small_targets2', alpha=0.2, l1_ratio=0.6),
    linear('MultiTaskElasticNetCV', 'small_targets2', alphas=[0.1, 0.4], cv=3),
    linear('MultiTaskLasso', 'small_targets3', alpha=0.2),
    linear('MultiTaskLassoCV', 'small_targets2', alphas=[0.1, 0.3], cv=3),
    linear('OrthogonalMatchingPursuit', 'small_targets2', n_nonzero_coefs=2),
    linear('OrthogonalMatchingPursuitCV', cv=3),
    linear('PassiveAggressiveClassifier', 'small_classes3', random_state=0, max_iter=5),
    linear('PassiveAggressiveRegressor', random_state=0, max_iter=5, C=0.3),
    linear('Perceptron', 'small_classes3', random_state=0, max_iter=5),
    linear('PoissonRegressor', 'small_positive', since='0.23', alpha=0.1),
    linear('QuantileRegressor', since='1.0', quantile=0.7, alpha=0.01, solver='highs'),
    linear('RidgeCV', 'small_targets2', alphas=(0.1, 10.0)),
    linear('RidgeClassifierCV', 'small_classes3', alphas=(0.1, 10.0)),
    linear('TheilSenRegressor', random_state=0, max_subpopulation=20),
    linear('TweedieRegressor', 'small_positive', since='0.23', power=1.5, alpha=0.2),
    ensemble_case('BaggingClassifier-few_rows', lambda: sk.ensemble.BaggingClassifier(
        estimator=li.RidgeClassifier(), n_estimators=2, random_state=0), 'small_classes3', core=True),
    numbers('numbers', handle_unknown='ignore'),
    numbers('numbers_limit', n_values=9),
    numbers('numbers_limits', n_values=[7, 8, 9, 9, 8, 7], sparse=False),
    numbers('numbers_some', handle_unknown='ignore', categorical_features=[0, 4], sparse=False),
    numbers('numbers_mask', 'small_counts', n_values=9, categorical_features=[True, False, True, True, False, False]),
    selector('GenericUnivariateSelect', mode='k_best', param=1),
    selector('GenericUnivariateSelect', suffix='percentile', mode='percentile', param=60),
    selector('SelectFdr', 'binary', alpha=0.2),
    selector('SelectFpr', 'binary', alpha=0.3),
    selector('SelectFwe', 'binary', alpha=0.4),
    selection_case('RFECV-few_rows', lambda: fs.RFECV(estimator=li.RidgeClassifier(), cv=2), 'small_classes3',
                   core=True),
    selection_case('RFE-decision', lambda: fs.RFE(estimator=li.LogisticRegression(), n_features_to_select=2),
                   'small_classes3'),
    selection_case('SequentialFeatureSelector-few_rows', lambda: fs.SequentialFeatureSelector(
        estimator=li.Ridge(), n_features_to_select=2, cv=2), 'small', since='0.24', core=True),
] + [
    searched('transforms', cls, lambda: sk.decomposition.PCA(), 'small_plain', grid={'n_components': [2]},
             since='0.18', x=cls == 'RandomizedSearchCV') for cls in SEARCHES
] + [
    searched('decides', cls, lambda: li.LogisticRegression(), 'small_binary', grid={'C': [0.5]}, since='0.18',
             x=cls == 'RandomizedSearchCV') for cls in SEARCHES
]
