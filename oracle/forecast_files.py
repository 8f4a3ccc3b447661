"""Forecasts of statsmodels' time series: more of fixtures/statsmodels. Run with the environments of statsmodels_files.py."""
import os
import sys
import warnings

warnings.simplefilter('ignore')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import statsmodels  # noqa: E402
import statsmodels.api as sm  # noqa: E402
from statsmodels.tsa.arima.model import ARIMA  # noqa: E402

from kit.pairs import Pairs  # noqa: E402

random = np.random.RandomState(1)
pairs = Pairs('statsmodels', statsmodels.__version__)
ROWS = 48
months = pd.date_range('2018-01-01', periods=ROWS, freq='MS')
t = np.arange(ROWS)
y = pd.Series(20 + 0.3 * t + 3 * np.sin(t * np.pi / 2) + random.normal(size=ROWS).cumsum() * 0.3, index=months, name='sales')
known = pd.DataFrame({'price': random.normal(size=ROWS), 'promo': random.randint(0, 2, ROWS).astype(float)}, index=months)
y = y + known.price * 0.8
later = pd.DataFrame({'price': random.normal(size=5).round(4), 'promo': [0.0, 1.0, 1.0, 0.0, 1.0]})


def lean(result, path):
    """Without what forecasts have no need of, which makes nine tenths of a file: covariances, and compiled filters."""
    inner = result._results
    inner._cache.clear()
    for holder in (inner, inner.filter_results):
        for name, value in list(vars(holder).items()):
            if name == '_states' or (isinstance(value, np.ndarray) and value.ndim == 3 and 'cov' in name):
                setattr(holder, name, None)
    for name in ('_kalman_filters', '_kalman_smoothers', '_statespaces', '_representations'):
        setattr(inner.model.ssm, name, {})
    result.save(path)


def keep(name, result, save=None, exog=None, steps=7):
    if exog is None:
        answer = np.asarray(result.forecast(steps))
        return pairs.pair(name, result, [{'steps': steps}, {'steps': steps}], {'predict': np.stack([answer, answer])},
                          save=save or result.save)
    answer = result.forecast(len(exog), exog=exog)
    return pairs.pair(name, result, exog.to_dict('records'), {'predict': np.asarray(answer)}, save=save or result.save)


def space(name, model, exog=None, **options):
    result = model.fit(**options)
    keep(name, result, save=lambda path: lean(result, path), exog=exog)


quiet = dict(disp=0, maxiter=15)
short = y.iloc[-30:]
space('ARIMA-plain', ARIMA(short, order=(2, 1, 1)))
space('ARIMA-mean', ARIMA(short.values, order=(1, 0, 1)))
space('ARIMA-trend', ARIMA(short, order=(1, 1, 0), trend='t'))
space('ARIMA-curve', ARIMA(short, order=(1, 0, 0), trend='ctt'))
space('ARIMA-seasonal', ARIMA(short, order=(1, 0, 0), seasonal_order=(0, 1, 1, 4)))
space('ARIMA-exog', ARIMA(short, exog=known.iloc[-30:], order=(1, 0, 1), trend='ct'), exog=later)
space('SARIMAX-airline', sm.tsa.SARIMAX(short, order=(0, 1, 1), seasonal_order=(0, 1, 1, 4)), **quiet)
space('SARIMAX-trend', sm.tsa.SARIMAX(short, order=(1, 0, 0), trend='ct'), **quiet)
space('SARIMAX-drift', sm.tsa.SARIMAX(short, order=(1, 1, 0), trend='c'), **quiet)
space('SARIMAX-slope', sm.tsa.SARIMAX(short, order=(1, 1, 1), trend='t', simple_differencing=True), **quiet)
space('SARIMAX-exog', sm.tsa.SARIMAX(short, exog=known.iloc[-30:], order=(1, 1, 0), trend='c'), exog=later, **quiet)
space('SARIMAX-states', sm.tsa.SARIMAX(short, exog=known.iloc[-30:], order=(1, 0, 0), mle_regression=False), exog=later, **quiet)
space('SARIMAX-hamilton', sm.tsa.SARIMAX(short, order=(2, 0, 1), hamilton_representation=True), **quiet)
space('UnobservedComponents-level', sm.tsa.UnobservedComponents(short, 'local linear trend', seasonal=4), **quiet)

pair = pd.DataFrame({'a': np.diff(y), 'b': np.diff(y)[::-1] + random.normal(size=ROWS - 1)}, index=months[1:])


def vector(name, trend='c', lags=2, exog=None):
    result = sm.tsa.VAR(pair, exog=None if exog is None else exog.values).fit(lags, trend=trend)
    last = pair.values[-lags:]
    if exog is None:
        answer = result.forecast(last, 6)
        return pairs.pair('VAR-' + name, result, [{'steps': 6}], {'predict': answer[None]}, save=result.save)
    rows = [{'exog1': price, 'exog2': promo} for price, promo in later.values.tolist()]
    answer = result.forecast(last, 5, exog_future=later.values)
    return pairs.pair('VAR-' + name, result, rows, {'predict': answer}, save=result.save)


vector('constant')
vector('trend', 'ct', 1)
vector('curve', 'ctt', 3)
vector('none', 'n' if statsmodels.__version__ >= '0.13' else 'nc', 2)
vector('exog', 'c', 2, known.iloc[1:])

up = y - y.min() + 5
SMOOTHING = [
    ('simple', dict()), ('holt', dict(trend='add')), ('damped', dict(trend='add', damped_trend=True)),
    ('exponential', dict(trend='mul')), ('seasonal', dict(trend='add', seasonal='add', seasonal_periods=4)),
    ('multiplied', dict(trend='mul', seasonal='mul', seasonal_periods=4, damped_trend=True)),
    ('mixed', dict(seasonal='mul', seasonal_periods=12)), ('boxcox', dict(trend='add', use_boxcox=0.3)),
    ('estimated', dict(use_boxcox=True)),
]
for name, options in SMOOTHING:
    keep('HoltWinters-' + name, sm.tsa.ExponentialSmoothing(up, initialization_method='estimated', **options).fit(), steps=9)
keep('HoltWinters-unbiased', sm.tsa.ExponentialSmoothing(up, trend='add', initialization_method='estimated').fit(remove_bias=True))
keep('HoltWinters-class_simple', sm.tsa.SimpleExpSmoothing(up, initialization_method='heuristic').fit(smoothing_level=0.4))
keep('HoltWinters-class_holt', sm.tsa.Holt(up, exponential=True, initialization_method='estimated').fit())
