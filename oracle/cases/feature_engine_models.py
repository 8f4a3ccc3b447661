# coding: utf-8
"""feature-engine: what does not draw, and does not drop rows (made by boosters.py)."""
import inspect

import numpy as np
import pandas as pd
from feature_engine import creation, discretisation, encoding, imputation, outliers, selection, transformation
from feature_engine.datetime import DatetimeFeatures
from feature_engine.wrappers import SklearnTransformerWrapper
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-11, 'absolute': 1e-13}
BACK = ('inverse_transform',)


def rows(count, seed):
    random = np.random.RandomState(seed)
    return pd.DataFrame({
        'city': random.choice(['Lima', 'Quito', 'Cusco', 'Ica'], count, p=[.5, .3, .15, .05]),
        'size': random.choice(['s', 'm'], count), 'area': random.uniform(20, 90, count).round(1),
        'rooms': random.randint(1, 7, count), 'share': random.uniform(0, 1, count).round(3)})


def homes(missing=False, unknown=True):
    def make():
        X, test = rows(80, 3), rows(20, 8)
        y = pd.Series((X['area'] + 9 * X['rooms'] + np.random.RandomState(0).normal(0, 9, 80) > 85).astype(int))
        if unknown:
            test.loc[3, 'city'] = 'Tacna'
        if missing:
            for frame in (X, test):
                frame.loc[[1, 7], 'area'] = np.nan
                frame.loc[[4], 'city'] = np.nan
        return X, y, test
    return make


def dates():
    X, y, test = homes()()
    for frame in (X, test):
        frame['day'] = pd.date_range('2023-12-28 05:30', periods=len(frame), freq='61h').strftime('%Y-%m-%dT%H:%M:%S')
    return X, y, test


DATA.update(fe_homes=homes(), fe_known=homes(unknown=False), fe_missing=homes(True), fe_dates=dates)
NUMBERS = ['area', 'share']


def case(label, cls, data='fe_homes', since='0', **params):
    def build(X, y):
        known = inspect.signature(cls).parameters
        return cls(**{name: value for name, value in params.items() if name in known}).fit(X, y)
    return BoosterCase('feature_engine/%s-%s' % (cls.__name__, label), build, data, meta=NEAR, skip=BACK, since=since)


def piped():
    return make_pipeline(imputation.MeanMedianImputer(variables=['area']), imputation.CategoricalImputer(variables=['city', 'size']),
                         encoding.OneHotEncoder(variables=['city', 'size']),
                         SklearnTransformerWrapper(StandardScaler(), variables=NUMBERS), LogisticRegression())


CASES = [
    case('median', imputation.MeanMedianImputer, 'fe_missing', imputation_method='median'),
    case('tail', imputation.EndTailImputer, 'fe_missing'),
    case('number', imputation.ArbitraryNumberImputer, 'fe_missing', arbitrary_number=-7),
    case('missing', imputation.CategoricalImputer, 'fe_missing'),
    case('frequent', imputation.CategoricalImputer, 'fe_missing', imputation_method='frequent'),
    case('ordered', encoding.OrdinalEncoder, 'fe_known', encoding_method='ordered', unseen='raise', errors='raise'),
    case('arbitrary', encoding.OrdinalEncoder, encoding_method='arbitrary', unseen='encode', since='1.4'),
    case('mean', encoding.MeanEncoder),
    case('smooth', encoding.MeanEncoder, smoothing='auto', unseen='encode', since='1.4'),
    case('count', encoding.CountFrequencyEncoder, encoding_method='count'),
    case('share', encoding.CountFrequencyEncoder, encoding_method='frequency', unseen='encode', since='1.4'),
    case('known', encoding.WoEEncoder, 'fe_known', variables=['size']),
    case('rare', encoding.RareLabelEncoder, tol=0.1, n_categories=2),
    case('all', encoding.OneHotEncoder),
    case('top', encoding.OneHotEncoder, top_categories=2, drop_last=False),
    case('width', discretisation.EqualWidthDiscretiser, bins=4, variables=['area', 'rooms']),
    case('frequency', discretisation.EqualFrequencyDiscretiser, q=4, variables=NUMBERS),
    case('object', discretisation.EqualFrequencyDiscretiser, q=3, variables=NUMBERS, return_object=True),
    case('bins', discretisation.ArbitraryDiscretiser, binning_dict={'area': [0, 30, 50, 100]}),
    case('tree', discretisation.DecisionTreeDiscretiser, variables=['area', 'rooms'], regression=False, cv=2, random_state=0),
    case('both', outliers.Winsorizer, tail='both', fold=1, capping_method='gaussian', variables=['area', 'rooms']),
    case('indicators', outliers.Winsorizer, tail='both', fold=0.5, capping_method='iqr', variables=NUMBERS,
         add_indicators=True),
    case('caps', outliers.ArbitraryOutlierCapper, max_capping_dict={'area': 60}, min_capping_dict={'rooms': 2}),
    case('e', transformation.LogTransformer, variables=['area', 'rooms']),
    case('ten', transformation.LogTransformer, variables=['area'], base='10'),
    case('auto', transformation.LogCpTransformer, variables=NUMBERS),
    case('all', transformation.ReciprocalTransformer, variables=['area', 'rooms']),
    case('third', transformation.PowerTransformer, variables=NUMBERS, exp=1 / 3.),
    case('area', transformation.BoxCoxTransformer, variables=['area', 'rooms']),
    case('area', transformation.YeoJohnsonTransformer, variables=NUMBERS),
    case('drop', selection.DropFeatures, features_to_drop=['share', 'city']),
    case('constant', selection.DropConstantFeatures, tol=0.4),
    case('correlated', selection.DropCorrelatedFeatures, threshold=0.05),
    case('circle', creation.CyclicalFeatures, variables=['rooms'], drop_original=True),
    case('parts', DatetimeFeatures, 'fe_dates', variables=['day'], features_to_extract='all', since='1.6'),
    case('math', creation.MathFeatures, variables=['area', 'rooms', 'share'], func=['sum', 'mean', 'std', 'max'], since='1.3'),
    case('one', creation.MathFeatures, variables=['area', 'share'], func='prod', drop_original=True, since='1.3'),
    case('relative', creation.RelativeFeatures, variables=['area', 'rooms'], reference=['rooms', 'share'],
         func=['sub', 'div', 'pow'], since='1.3'),
    BoosterCase('feature_engine/SklearnTransformerWrapper-scaler', lambda X, y: SklearnTransformerWrapper(
        StandardScaler(), variables=NUMBERS).fit(X), 'fe_homes', meta=NEAR, skip=BACK),
    BoosterCase('feature_engine/Pipeline-homes', lambda X, y: piped().fit(X, y), 'fe_missing', meta=NEAR, skip=BACK),
]
if hasattr(imputation, 'AddMissingIndicator'):
    CASES.append(case('added', imputation.AddMissingIndicator, 'fe_missing', missing_only=True, since='1.9'))
if hasattr(transformation, 'ArcsinTransformer'):
    CASES.append(case('share', transformation.ArcsinTransformer, variables=['share']))
