"""sklearn.linear_model."""
from kit.case import cases_of
from kit.sk import VERSION, sk

case = cases_of('linear_model')
lm = sk.linear_model


def logistic(**params):
    """liblinear was the default solver before 0.22, and wants to be named."""
    if VERSION < (0, 22):
        params.setdefault('solver', 'lbfgs')
    return lm.LogisticRegression(**params)


CASES = [
    case('LinearRegression-diabetes', lambda: lm.LinearRegression(), 'diabetes', core=True),
    case('LinearRegression-no_intercept', lambda: lm.LinearRegression(fit_intercept=False), 'regression'),
    case('LinearRegression-multi_output', lambda: lm.LinearRegression(), 'targets2'),
    case('LinearRegression-one_feature', lambda: lm.LinearRegression(), 'one_feature', protocol=0),
    case('LinearRegression-frame', lambda: lm.LinearRegression(), 'frame_diabetes', core=True),
    case('LinearRegression-float32', lambda: lm.LinearRegression(), 'regression32'),
    case('LinearRegression-positive', lambda: lm.LinearRegression(positive=True), 'regression', since='0.24'),
    case('LinearRegression-sparse', lambda: lm.LinearRegression(), 'sparse_regression', x=True),
    case('Ridge-alpha', lambda: lm.Ridge(alpha=2.5), 'regression', core=True),
    case('Ridge-multi_output', lambda: lm.Ridge(alpha=0.5), 'targets2', x=True),
    case('Ridge-sparse_cg', lambda: lm.Ridge(solver='sparse_cg'), 'sparse_regression', x=True),
    case('Ridge-float32', lambda: lm.Ridge(), 'targets2_32', x=True),
    case('RidgeCV-diabetes', lambda: lm.RidgeCV(alphas=[0.01, 0.1, 1.0]), 'diabetes', x=True),
    case('RidgeClassifier-multi', lambda: lm.RidgeClassifier(), 'wine', since='0.18'),
    case('RidgeClassifier-multilabel', lambda: lm.RidgeClassifier(), 'multilabel'),
    case('RidgeClassifier-binary_text', lambda: lm.RidgeClassifier(), 'binary_text', core=True),
    case('RidgeClassifierCV-iris', lambda: lm.RidgeClassifierCV(alphas=[0.1, 1.0]), 'iris', x=True),
    case('Lasso-diabetes', lambda: lm.Lasso(alpha=0.5), 'diabetes', core=True),
    case('Lasso-sparse_input', lambda: lm.Lasso(alpha=0.3), 'sparse_regression', x=True),
    case('LassoCV-regression', lambda: lm.LassoCV(n_alphas=5, cv=3) if VERSION < (1, 7) else lm.LassoCV(alphas=5, cv=3),
         'regression'),
    case('ElasticNet-diabetes', lambda: lm.ElasticNet(alpha=0.02, l1_ratio=0.3), 'diabetes', core=True),
    case('ElasticNetCV-regression', lambda: lm.ElasticNetCV(alphas=[0.1, 1.0], l1_ratio=[0.2, 0.8], cv=3),
         'regression', x=True),
    case('MultiTaskLasso-two', lambda: lm.MultiTaskLasso(alpha=0.4), 'targets2'),
    case('MultiTaskElasticNet-two', lambda: lm.MultiTaskElasticNet(alpha=0.2, l1_ratio=0.6), 'targets2', x=True),
    case('MultiTaskLassoCV-two', lambda: lm.MultiTaskLassoCV(alphas=[0.1, 1.0], cv=3), 'targets2', x=True),
    case('Lars-diabetes', lambda: lm.Lars(n_nonzero_coefs=3), 'diabetes', x=True),
    case('LassoLars-diabetes', lambda: lm.LassoLars(alpha=0.05), 'diabetes', x=True),
    case('OrthogonalMatchingPursuit-diabetes', lambda: lm.OrthogonalMatchingPursuit(n_nonzero_coefs=2), 'diabetes',
         x=True),
    case('BayesianRidge-diabetes', lambda: lm.BayesianRidge(), 'diabetes'),
    case('ARDRegression-regression', lambda: lm.ARDRegression(), 'regression', x=True),
    case('HuberRegressor-regression', lambda: lm.HuberRegressor(), 'regression', since='0.18', x=True),
    case('TheilSenRegressor-regression', lambda: lm.TheilSenRegressor(random_state=0, max_subpopulation=60),
         'regression', x=True),
    case('RANSACRegressor-regression', lambda: lm.RANSACRegressor(random_state=0), 'regression', core=True),
    case('RANSACRegressor-tree', lambda: lm.RANSACRegressor(estimator=sk.tree.DecisionTreeRegressor(
        max_depth=3, random_state=0), min_samples=20, random_state=1), 'frame_regression', since='0.24'),
    case('RANSACRegressor-multi_output', lambda: lm.RANSACRegressor(
        estimator=lm.Ridge(), min_samples=15, random_state=0), 'targets2', since='0.18', x=True),
    case('QuantileRegressor-regression', lambda: lm.QuantileRegressor(quantile=0.7, alpha=0.01, solver='highs'),
         'regression', since='1.0', x=True),
    case('PoissonRegressor-counts', lambda: lm.PoissonRegressor(alpha=0.1), 'counts_target', since='0.23'),
    case('GammaRegressor-positive', lambda: lm.GammaRegressor(alpha=0.1), 'positive_target', since='0.23'),
    case('TweedieRegressor-power', lambda: lm.TweedieRegressor(power=1.5, alpha=0.1), 'positive_target', since='0.23'),
    case('TweedieRegressor-identity', lambda: lm.TweedieRegressor(power=0, link='identity'), 'positive_target',
         since='0.23', x=True),

    case('LogisticRegression-binary', lambda: logistic(), 'binary', core=True),
    case('LogisticRegression-multi_text', lambda: logistic(multi_class='multinomial') if VERSION < (0, 22)
         else logistic(max_iter=300), 'iris_text', core=True, since='0.18'),
    case('LogisticRegression-liblinear_binary', lambda: logistic(solver='liblinear', C=0.5), 'binary_text'),
    case('LogisticRegression-liblinear_multi', lambda: logistic(solver='liblinear'), 'classes4_ints', core=True,
         until='1.7'),
    case('LogisticRegression-ovr', lambda: logistic(multi_class='ovr'), 'wine', until='1.7', since='0.19'),
    case('LogisticRegression-ovr_saga', lambda: logistic(multi_class='ovr', solver='saga', max_iter=60), 'classes4',
         until='1.7', since='0.19', x=True),
    case('LogisticRegression-multinomial_binary', lambda: logistic(multi_class='multinomial'), 'binary', until='1.7',
         since='0.18'),
    case('LogisticRegression-object_labels', lambda: logistic(C=3.0), 'iris_object'),
    case('LogisticRegression-bool', lambda: logistic(), 'binary_bool', x=True),
    case('LogisticRegression-float_labels', lambda: logistic(), 'iris_float_labels', x=True),
    case('LogisticRegression-unicode_labels', lambda: logistic(), 'classes4_text'),
    case('LogisticRegression-l1_saga', lambda: logistic(solver='saga', C=0.2, max_iter=80, l1_ratio=1.0), 'cancer',
         since='1.8', x=True),
    case('LogisticRegression-elasticnet', lambda: logistic(penalty='elasticnet', solver='saga', l1_ratio=0.5,
                                                           max_iter=80), 'wine', since='0.21', until='1.7'),
    case('LogisticRegression-sparse', lambda: logistic(), 'sparse_iris'),
    case('LogisticRegression-float32', lambda: logistic(), 'iris32'),
    case('LogisticRegression-no_intercept', lambda: logistic(fit_intercept=False), 'classes4', x=True),
    case('LogisticRegression-frame', lambda: logistic(max_iter=200), 'frame_iris', x=True),
    case('LogisticRegression-bytes_labels', lambda: lm.LogisticRegression(C=2.0),
         'iris_bytes', until='0.18', core=True),
    case('LogisticRegression-class_weight', lambda: logistic(class_weight='balanced'), 'classes4_ints', x=True),
    case('LogisticRegressionCV-binary', lambda: lm.LogisticRegressionCV(Cs=3, cv=3), 'binary', until='1.7'),
    case('LogisticRegressionCV-multi', lambda: lm.LogisticRegressionCV(
        Cs=3, cv=3, use_legacy_attributes=False, scoring='accuracy', l1_ratios=(0.0,)), 'iris', since='1.9', x=True),

    case('SGDClassifier-hinge_binary', lambda: lm.SGDClassifier(random_state=0, max_iter=30, tol=None), 'binary',
         core=True, since='0.19'),
    case('SGDClassifier-hinge_multi', lambda: lm.SGDClassifier(random_state=0, max_iter=30, tol=None), 'iris_text',
         since='0.19', x=True),
    case('SGDClassifier-log_binary', lambda: lm.SGDClassifier(loss='log_loss', random_state=0, max_iter=30, tol=None),
         'binary_text', core=True),
    case('SGDClassifier-log_multi', lambda: lm.SGDClassifier(loss='log_loss', random_state=0, max_iter=40, alpha=0.01),
         'classes4_ints', x=True),
    case('SGDClassifier-modified_huber_binary', lambda: lm.SGDClassifier(
        loss='modified_huber', random_state=0, max_iter=40, alpha=0.02), 'binary'),
    case('SGDClassifier-modified_huber_multi', lambda: lm.SGDClassifier(
        loss='modified_huber', random_state=0, max_iter=40, alpha=0.05), 'iris', core=True),
    case('SGDClassifier-squared_hinge', lambda: lm.SGDClassifier(
        loss='squared_hinge', random_state=0, max_iter=30, alpha=0.1), 'classes4', x=True),
    case('SGDClassifier-perceptron', lambda: lm.SGDClassifier(loss='perceptron', random_state=0, max_iter=30),
         'iris_text', x=True),
    case('SGDClassifier-average', lambda: lm.SGDClassifier(loss='log_loss', average=True, random_state=0, max_iter=20),
         'iris'),
    case('SGDClassifier-float32', lambda: lm.SGDClassifier(loss='log_loss', random_state=0, max_iter=20), 'binary32',
         x=True),
    case('Perceptron-binary', lambda: lm.Perceptron(random_state=0, max_iter=20), 'binary'),
    case('PassiveAggressiveClassifier-multi', lambda: lm.PassiveAggressiveClassifier(random_state=0, max_iter=20),
         'iris_text'),
    case('SGDRegressor-regression', lambda: lm.SGDRegressor(random_state=0, max_iter=50), 'regression', core=True),
    case('SGDRegressor-huber', lambda: lm.SGDRegressor(loss='huber', random_state=0, max_iter=50, epsilon=0.5),
         'regression', x=True),
    case('SGDRegressor-average', lambda: lm.SGDRegressor(average=10, random_state=0, max_iter=20), 'regression',
         x=True),
    case('PassiveAggressiveRegressor-regression', lambda: lm.PassiveAggressiveRegressor(random_state=0, max_iter=20),
         'regression', x=True),
    case('SGDOneClassSVM-blobs', lambda: lm.SGDOneClassSVM(nu=0.2, random_state=0), 'unlabelled', since='1.0',
         core=True),
    case('RandomizedLasso-regression', lambda: lm.RandomizedLasso(alpha=0.5, n_resampling=20, random_state=0),
         'regression', until='0.20', core=True),
    case('RandomizedLogisticRegression-threshold', lambda: lm.RandomizedLogisticRegression(
        C=8.0, n_resampling=20, selection_threshold=0.9, random_state=0), 'classes4', until='0.20', core=True),
]
