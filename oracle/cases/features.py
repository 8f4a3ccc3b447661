"""sklearn.isotonic and sklearn.dummy."""
from kit.case import cases_of
from kit.sk import sk

case, dummy = cases_of('isotonic'), cases_of('dummy')


def constant(value):
    return lambda: sk.dummy.DummyRegressor(strategy='constant', constant=value)


CASES = [
    case('IsotonicRegression-clip', lambda: sk.isotonic.IsotonicRegression(out_of_bounds='clip'), 'curve', core=True),
    case('IsotonicRegression-nan', lambda: sk.isotonic.IsotonicRegression(y_min=0.3, y_max=2.0), 'curve'),
    case('IsotonicRegression-decreasing', lambda: sk.isotonic.IsotonicRegression(increasing=False), 'curve_inside'),
    dummy('DummyClassifier-most_frequent', lambda: sk.dummy.DummyClassifier(strategy='most_frequent'), 'iris_text',
          core=True),
    dummy('DummyClassifier-prior', lambda: sk.dummy.DummyClassifier(strategy='prior'), 'classes4_ints'),
    dummy('DummyClassifier-constant', lambda: sk.dummy.DummyClassifier(strategy='constant', constant='yes'),
          'binary_text', since='0.18'),
    dummy('DummyClassifier-multi_output', lambda: sk.dummy.DummyClassifier(strategy='prior'),
          'multiclass_multioutput'),
    dummy('DummyClassifier-stratified', lambda: sk.dummy.DummyClassifier(strategy='stratified', random_state=3),
          'iris_text', core=True),
    dummy('DummyClassifier-uniform', lambda: sk.dummy.DummyClassifier(strategy='uniform', random_state=3), 'iris_text'),
    dummy('DummyClassifier-stratified_multi_output', lambda: sk.dummy.DummyClassifier(
        strategy='stratified', random_state=1), 'multiclass_multioutput', since='0.21'),
    dummy('DummyRegressor-mean', lambda: sk.dummy.DummyRegressor(), 'regression', core=True),
    dummy('DummyRegressor-median', lambda: sk.dummy.DummyRegressor(strategy='median'), 'targets2'),
    dummy('DummyRegressor-quantile', lambda: sk.dummy.DummyRegressor(strategy='quantile', quantile=0.3), 'regression'),
    dummy('DummyRegressor-constant', constant(4.25), 'regression', protocol=0),
]
