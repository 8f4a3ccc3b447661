"""Prophet models, pickled and as JSON, and what they forecast: fixtures/prophet. Run with, one environment each:

    prophet 1.1.4, Python 3.10, pandas 1.5.3, numpy 1.23.5, cmdstanpy 1.1.0, holidays 0.107
    prophet 1.5.0, Python 3.12, pandas 2.3.3, numpy 2.5.5, cmdstanpy 1.3.2, holidays 0.109
"""
import json
import logging
import os
import sys
import warnings

warnings.simplefilter('ignore')
logging.disable(logging.CRITICAL)
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import prophet  # noqa: E402
from prophet import Prophet  # noqa: E402
from prophet.serialize import model_to_json  # noqa: E402

from kit.pairs import Pairs, Table  # noqa: E402

random = np.random.RandomState(0)
pairs = Pairs('prophet', prophet.__version__)
SMALL = dict(n_changepoints=4, uncertainty_samples=0)


def history(rows, freq, start='2022-11-20'):
    t = np.arange(rows)
    frame = pd.DataFrame({'ds': pd.date_range(start, periods=rows, freq=freq), 'x': random.normal(size=rows).round(4),
                          'on': random.randint(0, 2, size=rows).astype(float)})
    frame['y'] = (5 + 0.05 * t + np.sin(t * 2 * np.pi / 7) + 0.5 * frame.x + random.normal(size=rows) * 0.1).round(5)
    frame['weekend'] = frame.ds.dt.dayofweek >= 5
    return frame


def keep(name, model, asked, columns=(), document=False, twice=False):
    found = model.predict(asked)
    parts = found[['trend'] + list(model.train_component_cols.columns)]
    names = None
    if model.country_holidays is not None:
        known = model.construct_holiday_dataframe(asked.ds).dropna(subset=['ds'])
        own = set() if model.holidays is None else set(model.holidays.holiday)
        names = {row.ds.date(): row.holiday for row in known.itertuples() if row.holiday not in own}
    rows = []
    for row in asked[['ds'] + list(columns)].to_dict('records'):
        ds = row['ds']
        row['ds'] = ds.strftime('%Y-%m-%d' if ds == ds.normalize() else '%Y-%m-%d %H:%M:%S')
        row = {key: value.item() if hasattr(value, 'item') else value for key, value in row.items()}
        if names is not None:
            row['holiday'] = names.get(ds.date())
        rows.append(row)
    answers = {'predict': found.yhat.values, 'predictComponents': Table(parts)}
    stem = 'Prophet-' + name
    if not document and not twice:
        return pairs.pair(stem, model, rows, answers)

    def save(path):
        with open(path, 'w') as out:
            json.dump(model_to_json(model), out) if twice else out.write(model_to_json(model))
    return pairs.pair(stem, model, rows, answers, save=save, ending='.txt')


def later(frame, rows, freq):
    """Some rows of training, and some behind it."""
    dates = pd.date_range(frame.ds.iloc[len(frame) // 2], periods=rows, freq=freq)
    dates = dates.append(pd.date_range(frame.ds.iloc[-1], periods=rows, freq=freq)[1:])
    asked = pd.DataFrame({'ds': dates})
    asked['x'] = random.normal(size=len(asked)).round(4)
    asked['on'] = random.randint(0, 2, size=len(asked)).astype(float)
    asked['weekend'] = asked.ds.dt.dayofweek >= 5
    return asked


days = history(90, 'D')
asked = later(days, 9, '3D')
birthdays = pd.DataFrame({'holiday': ['party', 'party', 'Quiet day', 'quiet'],
                          'ds': pd.to_datetime(['2022-12-24', '2023-02-19', '2023-01-10', '2023-01-11']),
                          'lower_window': [-1, -1, 0, 0], 'upper_window': [2, 2, 0, 1]})

model = Prophet(holidays=birthdays, **SMALL)
model.add_regressor('x')
model.add_regressor('on', standardize=False, mode='multiplicative')
model.fit(days)
dense = later(days, 30, 'D')
keep('linear', model, dense, ['x', 'on'])
keep('json', model, dense, ['x', 'on'], document=True)
keep('json_twice', model, dense.iloc[:6], ['x', 'on'], twice=True)

keep('flat', Prophet(growth='flat', **SMALL).fit(days), asked)
keep('nothing', Prophet(weekly_seasonality=False, **SMALL).fit(days), asked)

hours = history(24 * 5, 'h')
model = Prophet(seasonality_mode='multiplicative', **SMALL)
model.add_seasonality('shift', period=1 / 3, fourier_order=2, condition_name='weekend')
model.add_seasonality('monthly', period=30.5, fourier_order=3, mode='additive')
keep('hours', model.fit(hours), later(hours, 8, '5h'), ['weekend'])

grown = days.assign(cap=20.0, floor=1.5)
curve = Prophet(growth='logistic', **SMALL).fit(grown)
keep('logistic', curve, asked.assign(cap=np.linspace(18, 25, len(asked)), floor=1.5), ['cap', 'floor'])
keep('logistic_json', curve, asked.assign(cap=20.0, floor=1.0), ['cap', 'floor'], document=True)
keep('cap', Prophet(growth='logistic', **SMALL).fit(days.assign(cap=20.0)), asked.assign(cap=21.0), ['cap'])

model = Prophet(holidays=birthdays[['holiday', 'ds']], **SMALL)
model.add_country_holidays('US')
keep('country', model.fit(days), dense)
keep('country_json', model, dense, document=True)

years = history(400, '2D', '2020-01-01')
keep('yearly', Prophet(yearly_seasonality=4, n_changepoints=3, uncertainty_samples=20).fit(years), later(years, 8, '40D'))
keep('few_points', Prophet(changepoints=['2022-12-20'], uncertainty_samples=0).fit(days), asked)
if 'scaling' in Prophet.__init__.__code__.co_varnames:
    keep('minmax', Prophet(scaling='minmax', holidays_mode='multiplicative', holidays=birthdays, **SMALL).fit(days), dense)
