"""Models of lifelines and what they predict: fixtures/lifelines. Run with, one environment each:

    lifelines 0.27.8, Python 3.10, pandas 1.5.3, numpy 1.23.5, formulaic 1.2.2
    lifelines 0.30.3, Python 3.12, pandas 2.3.3, numpy 2.5.5, formulaic 1.2.2
"""
import os
import sys
import warnings

warnings.simplefilter('ignore')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import lifelines  # noqa: E402
import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402

from kit.pairs import Pairs, Table  # noqa: E402

random = np.random.RandomState(0)
pairs = Pairs('lifelines', lifelines.__version__)


def table(rows):
    frame = pd.DataFrame({
        'age': random.randint(17, 45, rows), 'prio': random.randint(0, 9, rows), 'fin': random.randint(0, 2, rows),
        'dose': random.normal(size=rows).round(4), 'sex': random.choice(['f', 'm', 'x'], rows), 'site': random.randint(1, 4, rows)})
    scale = np.exp(3 - 0.05 * frame.prio + 0.02 * frame.age - 0.3 * frame.dose)
    frame['week'] = np.ceil(random.weibull(1.4, rows) * scale)
    frame['arrest'] = (random.uniform(size=rows) > 0.25).astype(int)
    return frame


data, asked = table(45), table(7)
NUMBERS = ['age', 'prio', 'fin', 'dose']
ends = dict(duration_col='week', event_col='arrest')


def keep(name, model, rows, predict):
    survival = model.predict_survival_function(rows).T.loc[rows.index]  # Python has them by stratum
    survival.columns = ['%g' % time for time in survival.columns]
    survival = survival.reset_index(drop=True)
    answers = {'predict': np.asarray(predict(rows), dtype=float), 'survivalFunction': Table(survival)}
    pairs.pair(name, model, rows, answers)


def cox(name, columns, formula=None, strata=None, **options):
    model = lifelines.CoxPHFitter(**dict(dict(penalizer=0.1), **options))
    model.fit(data[columns + ['week', 'arrest']], strata=strata, formula=formula, **ends)
    keep('CoxPHFitter-' + name, model, asked[columns], model.predict_partial_hazard)


cox('plain', NUMBERS)
cox('unpenalised', ['age', 'dose'], penalizer=0.0)
cox('lasso', NUMBERS, l1_ratio=1.0)
cox('strata', ['site'] + NUMBERS, strata=['site'])
cox('strata_two', ['sex', 'site', 'age', 'dose'], strata=['sex', 'site'])
cox('strata_text', ['sex', 'age', 'dose'], strata='sex')
cox('formula', ['age', 'prio', 'fin', 'dose'], formula='age + prio * fin + np.exp(dose) + I(dose ** 2)')
cox('category', ['sex', 'site', 'age'], formula='sex + C(site) + age')
cox('contrast', ['sex', 'site', 'age'], formula='C(sex, contr.sum) * age + C(site, contr.treatment(2))')
cox('formula_strata', ['fin', 'sex', 'age'], formula='sex + age', strata=['fin'])

for cls in (lifelines.WeibullAFTFitter, lifelines.LogNormalAFTFitter, lifelines.LogLogisticAFTFitter):
    model = cls(penalizer=0.05).fit(data[NUMBERS + ['week', 'arrest']], **ends)
    keep(cls.__name__ + '-plain', model, asked[NUMBERS], model.predict_median)
    model = cls(penalizer=0.05).fit(data[['age', 'sex', 'dose', 'week', 'arrest']], formula='sex + age', ancillary='dose', **ends)
    keep(cls.__name__ + '-ancillary', model, asked[['sex', 'age', 'dose']], model.predict_median)
model = lifelines.WeibullAFTFitter().fit(data[['age', 'week', 'arrest']], ancillary=True, **ends)
keep('WeibullAFTFitter-both', model, asked[['age']], model.predict_median)

times = [0.0, 1.0, 3.5, float(data.week.median()), float(data.week.max()), 500.0]
for cls in (lifelines.KaplanMeierFitter, lifelines.NelsonAalenFitter, lifelines.WeibullFitter, lifelines.ExponentialFitter,
            lifelines.LogNormalFitter, lifelines.LogLogisticFitter):
    model = cls().fit(data.week, data.arrest)
    asked_times = times if cls.__name__ not in ('LogNormalFitter',) else times[1:]
    pairs.pair(cls.__name__ + '-plain', model, [{'time': time} for time in asked_times],
               {'predict': np.asarray(model.predict(asked_times), dtype=float)})
