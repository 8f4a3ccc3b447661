"""Forecasts of ARMA and ARIMA as statsmodels had them before 0.13: more of fixtures/statsmodels. Run with 0.12.2, Python 3.8."""
import os
import sys
import warnings

warnings.simplefilter('ignore')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import statsmodels  # noqa: E402
from statsmodels.tsa.arima_model import ARIMA, ARMA  # noqa: E402

from kit.pairs import Pairs  # noqa: E402

random = np.random.RandomState(3)
pairs = Pairs('statsmodels', statsmodels.__version__)
noise = random.normal(size=61)
calm = 4 + np.convolve(noise, [1, 0.5], 'valid') + 0.3 * np.sin(np.arange(60))
walk = pd.Series(np.cumsum(calm - 3.6) + 20, index=pd.date_range('2019-01-01', periods=60, freq='MS'))

for name, model, options in [
        ('ARMA-one', ARMA(calm, (1, 1)), {}), ('ARMA-two', ARMA(pd.Series(calm), (2, 2)), {}), ('ARMA-ar', ARMA(calm, (3, 0)), {}),
        ('ARMA-ma', ARMA(calm, (0, 2)), {'trend': 'nc'}), ('ARMA-css', ARMA(calm, (1, 2)), {'method': 'css'}),
        ('ARIMA_before-once', ARIMA(walk, (1, 1, 1)), {}), ('ARIMA_before-twice', ARIMA(walk, (1, 2, 1)), {}),
        ('ARIMA_before-drift', ARIMA(walk.values, (2, 1, 0)), {'trend': 'c'}),
        ('ARIMA_before-css', ARIMA(walk, (1, 1, 2)), {'method': 'css', 'trend': 'nc'})]:
    result = model.fit(disp=0, **options)
    answer = result.forecast(8)[0]
    result._results._cache.clear()
    pairs.pair(name, result, [{'steps': 8}], {'predict': answer[None]}, save=result.save)
