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
    case('PowerTransformer-box_cox_standard', lambda: pp.PowerTransformer(method='box-cox'), 'cancer_plain',
         since='0.20', core=True),
    case('PowerTransformer-raw', lambda: pp.PowerTransformer(standardize=False), 'frame_plain', since='1.0', x=True),
    case('PowerTransformer-float32', lambda: pp.PowerTransformer(), 'regression32_plain', since='0.20', x=True),
    case('QuantileTransformer-uniform', lambda: pp.QuantileTransformer(n_quantiles=12, random_state=0),
         'regression_plain', since='0.19', core=True),
    case('QuantileTransformer-normal', lambda: pp.QuantileTransformer(
        n_quantiles=10, output_distribution='normal', random_state=0), 'regression_plain', since='0.19', core=True),
    case('QuantileTransformer-ties', lambda: pp.QuantileTransformer(n_quantiles=9, random_state=0), 'counts_plain',
         since='0.19', core=True),
    case('QuantileTransformer-ties_normal', lambda: pp.QuantileTransformer(
        n_quantiles=30, output_distribution='normal', random_state=0), 'counts_plain', since='0.19', x=True),
    case('QuantileTransformer-missing', lambda: pp.QuantileTransformer(n_quantiles=8, random_state=0), 'missing',
         since='0.20'),
    case('QuantileTransformer-sparse', lambda: pp.QuantileTransformer(n_quantiles=6, random_state=0),
         'sparse_counts_plain', since='0.19'),
    case('QuantileTransformer-sparse_explicit', lambda: pp.QuantileTransformer(
        n_quantiles=7, ignore_implicit_zeros=True, output_distribution='normal', random_state=0), 'sparse_plain',
        since='0.19', x=True),
    case('QuantileTransformer-float32', lambda: pp.QuantileTransformer(n_quantiles=8, random_state=0),
         'regression32_plain', since='0.19', x=True),
    case('SplineTransformer-cubic', lambda: pp.SplineTransformer(n_knots=4, degree=3), 'diabetes_plain', since='1.0',
         core=True),
    case('SplineTransformer-periodic', lambda: pp.SplineTransformer(
        n_knots=4, degree=2, extrapolation='periodic', include_bias=False), 'diabetes_plain', since='1.0', core=True),
    case('SplineTransformer-linear', lambda: pp.SplineTransformer(
        n_knots=3, degree=1, knots='quantile', extrapolation='linear'), 'diabetes_plain', since='1.0', core=True),
    case('SplineTransformer-linear3', lambda: pp.SplineTransformer(
        n_knots=3, degree=3, knots='quantile', extrapolation='linear', include_bias=False), 'spline_outside',
        since='1.0'),
    case('SplineTransformer-continue', lambda: pp.SplineTransformer(
        n_knots=5, degree=2, extrapolation='continue'), 'spline_outside', since='1.0', x=True),
    case('SplineTransformer-constant2', lambda: pp.SplineTransformer(n_knots=4, degree=2), 'spline_outside',
         since='1.0', x=True),
    case('SplineTransformer-steps', lambda: pp.SplineTransformer(n_knots=4, degree=0, extrapolation='error'),
         'spline_inside', since='1.0', x=True),
    case('SplineTransformer-steps_linear', lambda: pp.SplineTransformer(n_knots=4, degree=0, extrapolation='linear'),
         'spline_inside', since='1.0', x=True),
    case('SplineTransformer-knots', lambda: pp.SplineTransformer(
        knots=np.array([[-0.2] * 4, [0.0, 0.01, 0.02, -0.02], [0.03, 0.05, 0.1, 0.1], [0.2] * 4]),
        extrapolation='error'), 'spline_inside', since='1.0', x=True),
    case('SplineTransformer-periodic_outside', lambda: pp.SplineTransformer(
        n_knots=5, degree=3, extrapolation='periodic'), 'spline_outside', since='1.0'),
    case('SplineTransformer-sparse', lambda: pp.SplineTransformer(
        n_knots=4, extrapolation='linear', sparse_output=True), 'spline_outside', since='1.3'),
    case('SplineTransformer-sparse_periodic', lambda: pp.SplineTransformer(
        n_knots=5, degree=2, extrapolation='periodic', sparse_output=True, include_bias=False), 'spline_outside',
        since='1.2', x=True),
    case('SplineTransformer-missing', lambda: pp.SplineTransformer(n_knots=4, handle_missing='zeros'), 'missing',
         since='1.8', core=True),
    case('SplineTransformer-missing_continue', lambda: pp.SplineTransformer(
        n_knots=4, extrapolation='continue', handle_missing='zeros'), 'missing', since='1.8', x=True),
    case('SplineTransformer-float32', lambda: pp.SplineTransformer(n_knots=3), 'regression32_plain', since='1.0',
         x=True),
]
