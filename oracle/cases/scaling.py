"""sklearn.preprocessing: numbers to numbers."""
import numpy as np

from kit.case import cases_of
from kit.sk import sk

case = cases_of('preprocessing')
pp = sk.preprocessing

CASES = [
    case('StandardScaler-scales', lambda: pp.StandardScaler(), 'scales', core=True),
    case('StandardScaler-no_mean', lambda: pp.StandardScaler(with_mean=False), 'regression_plain'),
    case('StandardScaler-no_std', lambda: pp.StandardScaler(with_std=False), 'regression_plain'),
    case('StandardScaler-neither', lambda: pp.StandardScaler(with_mean=False, with_std=False), 'regression_plain',
         x=True),
    case('StandardScaler-float32', lambda: pp.StandardScaler(), 'regression32_plain', core=True),
    case('StandardScaler-constant', lambda: pp.StandardScaler(), 'constant'),
    case('StandardScaler-sparse', lambda: pp.StandardScaler(with_mean=False), 'sparse_plain'),
    case('StandardScaler-missing', lambda: pp.StandardScaler(), 'missing', since='0.20'),
    case('StandardScaler-frame', lambda: pp.StandardScaler(), 'frame_plain'),
    case('MinMaxScaler-scales', lambda: pp.MinMaxScaler(), 'scales', core=True),
    case('MinMaxScaler-range', lambda: pp.MinMaxScaler(feature_range=(-1, 3)), 'regression_plain'),
    case('MinMaxScaler-clip', lambda: pp.MinMaxScaler(clip=True), 'regression_plain', since='0.24'),
    case('MinMaxScaler-constant', lambda: pp.MinMaxScaler(), 'constant', protocol=0),
    case('MinMaxScaler-float32', lambda: pp.MinMaxScaler(), 'regression32_plain'),
    case('MinMaxScaler-missing', lambda: pp.MinMaxScaler(), 'missing', since='0.20', x=True),
    case('MaxAbsScaler-scales', lambda: pp.MaxAbsScaler(), 'scales', core=True),
    case('MaxAbsScaler-sparse', lambda: pp.MaxAbsScaler(), 'sparse_plain'),
    case('RobustScaler-scales', lambda: pp.RobustScaler(), 'scales', core=True),
    case('RobustScaler-no_centre', lambda: pp.RobustScaler(with_centering=False, quantile_range=(10.0, 80.0)),
         'regression_plain', since='0.18'),
    case('RobustScaler-no_scale', lambda: pp.RobustScaler(with_scaling=False), 'regression_plain'),
    case('RobustScaler-unit_variance', lambda: pp.RobustScaler(unit_variance=True), 'regression_plain', since='0.24'),
    case('Normalizer-l2', lambda: pp.Normalizer(), 'regression_plain', core=True),
    case('Normalizer-l1', lambda: pp.Normalizer(norm='l1'), 'regression_plain'),
    case('Normalizer-max', lambda: pp.Normalizer(norm='max'), 'regression_plain'),
    case('Normalizer-sparse', lambda: pp.Normalizer(), 'sparse_plain'),
    case('Normalizer-float32', lambda: pp.Normalizer(), 'regression32_plain', x=True),
    case('Binarizer-threshold', lambda: pp.Binarizer(threshold=0.25), 'regression_plain', core=True),
    case('Binarizer-sparse', lambda: pp.Binarizer(threshold=0.6), 'sparse_plain'),
    case('PolynomialFeatures-degree2', lambda: pp.PolynomialFeatures(), 'regression_plain', core=True),
    case('PolynomialFeatures-degree3_interaction', lambda: pp.PolynomialFeatures(degree=3, interaction_only=True),
         'regression_plain'),
    case('PolynomialFeatures-no_bias', lambda: pp.PolynomialFeatures(degree=3, include_bias=False), 'three_plain'),
    case('PolynomialFeatures-degree_range', lambda: pp.PolynomialFeatures(degree=(2, 3)), 'three_plain',
         since='1.0'),
    case('PolynomialFeatures-order_f', lambda: pp.PolynomialFeatures(order='F'), 'regression_plain', since='0.21'),
    case('PolynomialFeatures-sparse', lambda: pp.PolynomialFeatures(include_bias=False), 'sparse_plain',
         since='0.20'),
    case('FunctionTransformer-log1p', lambda: pp.FunctionTransformer(func=np.log1p, inverse_func=np.expm1),
         'counts_plain', core=True, since='0.18'),
    case('FunctionTransformer-sqrt', lambda: pp.FunctionTransformer(func=np.sqrt), 'counts_plain', since='0.18'),
    case('FunctionTransformer-identity', lambda: pp.FunctionTransformer(func=None), 'regression_plain', since='0.18'),
    case('FunctionTransformer-kwargs', lambda: pp.FunctionTransformer(
        func=np.clip, kw_args={'a_min': -0.5, 'a_max': 0.75}), 'regression_plain', since='0.18', x=True),
    case('KBinsDiscretizer-onehot', lambda: pp.KBinsDiscretizer(n_bins=3, quantile_method='averaged_inverted_cdf'),
         'regression_plain', since='0.20', core=True),
    case('KBinsDiscretizer-ordinal_uniform', lambda: pp.KBinsDiscretizer(
        n_bins=[2, 3, 4, 5], encode='ordinal', strategy='uniform'), 'regression_plain', since='0.20'),
    case('KBinsDiscretizer-kmeans_dense', lambda: pp.KBinsDiscretizer(
        n_bins=3, encode='onehot-dense', strategy='kmeans'), 'regression_plain', since='0.20'),
    case('PowerTransformer-yeo_johnson', lambda: pp.PowerTransformer(), 'regression_plain', since='0.20', core=True),
    case('PowerTransformer-box_cox', lambda: pp.PowerTransformer(method='box-cox', standardize=False), 'iris_plain',
         since='0.20'),
    case('PowerTransformer-missing', lambda: pp.PowerTransformer(), 'missing', since='0.20', x=True),
    case('QuantileTransformer-uniform', lambda: pp.QuantileTransformer(n_quantiles=12, random_state=0),
         'regression_plain', since='0.19', core=True),
    case('QuantileTransformer-normal', lambda: pp.QuantileTransformer(
        n_quantiles=10, output_distribution='normal', random_state=0), 'regression_plain', since='0.19'),
    case('QuantileTransformer-ties', lambda: pp.QuantileTransformer(n_quantiles=9, random_state=0), 'counts_plain',
         since='0.19', x=True),
    case('SplineTransformer-cubic', lambda: pp.SplineTransformer(n_knots=4, degree=3), 'diabetes_plain', since='1.0'),
    case('SplineTransformer-periodic', lambda: pp.SplineTransformer(
        n_knots=4, degree=2, extrapolation='periodic', include_bias=False), 'diabetes_plain', since='1.0', x=True),
    case('SplineTransformer-linear', lambda: pp.SplineTransformer(
        n_knots=3, degree=1, knots='quantile', extrapolation='linear'), 'diabetes_plain', since='1.0', x=True),
]
