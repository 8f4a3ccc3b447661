"""Results of statsmodels' regressions and what they predict: fixtures/statsmodels. Run with, one environment each:

    statsmodels 0.12.2, Python 3.8, pandas 1.2.5, numpy 1.20.3, scipy 1.6.3, patsy 1.0.3
    statsmodels 0.13.5, Python 3.10, pandas 1.5.3, numpy 1.23.5, scipy 1.9.3, patsy 1.0.3
    statsmodels 0.15.0, Python 3.12, pandas 3.1.1, numpy 2.5.5, scipy 1.18.1, patsy 1.0.3, formulaic 1.2.2
"""
import os
import sys
import warnings

warnings.simplefilter('ignore')
sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))

import numpy as np  # noqa: E402
import pandas as pd  # noqa: E402
import statsmodels  # noqa: E402
import statsmodels.api as sm  # noqa: E402
import statsmodels.formula.api as smf  # noqa: E402

from kit.pairs import Pairs  # noqa: E402

random = np.random.RandomState(0)
ROWS = 28
NEW = tuple(int(part) for part in statsmodels.__version__.split('.')[:2]) >= (0, 15)


def table(rows):
    frame = pd.DataFrame({
        'x': random.normal(size=rows).round(6), 'z': random.uniform(1, 3, size=rows).round(6),
        'n': random.randint(1, 5, size=rows), 'g': random.choice(['a', 'b', 'c: d', "o'e"], rows),
        'yes': random.uniform(size=rows) > 0.5, 'two words': random.uniform(size=rows).round(6)})
    eta = 0.4 + 0.8 * frame.x - 0.3 * frame.z + (frame.g == 'b') * 0.5
    frame['y'] = eta + random.normal(size=rows) * 0.2
    frame['p'] = np.exp(frame.y)
    frame['b'] = (frame.y + random.normal(size=rows) > frame.y.median()).astype(int)
    frame['count'] = random.poisson(np.exp(eta))
    frame['kind'] = random.randint(0, 3, size=rows)
    return frame


data = table(ROWS)
asked = table(8)
gaps = asked.copy()
gaps.loc[1, 'x'] = np.nan
gaps['g'] = gaps['g'].astype(object)
gaps.loc[3, 'g'] = None
X = sm.add_constant(data[['x', 'z']])
X_asked = sm.add_constant(asked[['x', 'z']], has_constant='add')
pairs = Pairs('statsmodels', statsmodels.__version__)


def keep(name, result, rows, **save):
    given = rows
    if list(rows) == ['const', 'x', 'z']:
        given = rows[['const', 'x', 'z']]
    if hasattr(result, '_cache'):
        result._results._cache.clear()
    answer = result.predict(rows)
    pairs.pair(name, result, given, {'predict': answer}, save=lambda path: result.save(path, **save))


FORMULAS = [
    ('plain', 'y ~ x + z', ['x', 'z']),
    ('category', 'y ~ x + C(g) + np.log(z)', ['g', 'x', 'z']),
    ('interaction', 'p ~ g * x + z:n - 1', ['g', 'x', 'z', 'n']),
    ('powers', 'y ~ (x + z + n)**2 + I(x**2) + I(x / z) + np.sqrt(z) + np.power(z, 3)', ['x', 'z', 'n']),
    ('nested', 'y ~ g / x', ['g', 'x']),
    ('reference', "y ~ C(g, Treatment('b')) + C(n, Treatment(reference=2)) * x", ['g', 'n', 'x']),
    ('sum', 'y ~ C(g, Sum) + x', ['g', 'x']),
    ('helmert', 'y ~ C(g, Helmert) + x', ['g', 'x']),
    ('poly', 'y ~ C(n, Poly) + x', ['n', 'x']),
    ('diff', 'y ~ C(n, Diff) * yes', ['n', 'yes']),
    ('scaled', 'y ~ center(x) + standardize(z) + scale(n) + np.log1p(np.abs(x))', ['x', 'z', 'n']),
    ('splines', 'y ~ bs(x, df=5) + bs(z, df=4, degree=2)', ['x', 'z']),
    ('truth', 'y ~ yes + I(x > 0) + np.where(z > 2, 1, 0)', ['yes', 'x', 'z']),
    ('quoted', "y ~ Q('two words') + x", ['two words', 'x']),
]
inside = asked.copy()
inside['x'] = inside['x'].clip(data.x.min(), data.x.max())
inside['z'] = inside['z'].clip(data.z.min(), data.z.max())
for name, text, columns in FORMULAS:
    keep('OLS-' + name, smf.ols(text, data[columns + [text.split()[0]]]).fit(), inside[columns])
keep('OLS-gaps', smf.ols('y ~ x * g', data).fit(), gaps[['x', 'g']])
incomplete = data.copy()
incomplete.loc[2, 'x'] = np.nan
incomplete.loc[5, 'y'] = np.nan
keep('OLS-incomplete', smf.ols('y ~ x + center(z)', incomplete).fit(), asked[['x', 'z']])
ordered = data.assign(g=pd.Categorical(data.g, ["o'e", 'c: d', 'b', 'a'], ordered=True))
keep('OLS-ordered', smf.ols('y ~ g + x', ordered).fit(), asked[['g', 'x']])
keep('WLS-formula', smf.wls('y ~ x + g', data, weights=data.z).fit(), asked[['x', 'g']])
keep('OLS-removed', smf.ols('y ~ x + C(g)', data).fit(), asked[['x', 'g']], remove_data=True)

keep('OLS-const', sm.OLS(data.y, X).fit(), X_asked)
keep('OLS-arrays', sm.OLS(data.y.values, X.values).fit(), X_asked.values)
keep('OLS-removed_const', sm.OLS(data.y, X).fit(), X_asked.values, remove_data=True)
keep('WLS-const', sm.WLS(data.y, X, weights=data.z).fit(), X_asked)
keep('GLS-const', sm.GLS(data.y, X, sigma=data.z).fit(), X_asked)
keep('RLM-huber', sm.RLM(data.y, X, M=sm.robust.norms.HuberT()).fit(), X_asked)
keep('RLM-formula', smf.rlm('y ~ x + g', data).fit(), asked[['x', 'g']])
keep('QuantReg-upper', smf.quantreg('y ~ x + z', data).fit(q=0.75), asked[['x', 'z']])
keep('Logit-const', sm.Logit(data.b, X).fit(disp=0), X_asked)
keep('Logit-formula', smf.logit('b ~ x + yes', data).fit(disp=0), asked[['x', 'yes']])
keep('Logit-regularized', sm.Logit(data.b, X).fit_regularized(disp=0, alpha=0.5), X_asked)
keep('Probit-formula', smf.probit('b ~ x', data).fit(disp=0), asked[['x']])
keep('MNLogit-const', sm.MNLogit(data.kind, X).fit(disp=0), X_asked)
keep('MNLogit-formula', smf.mnlogit('kind ~ x', data).fit(disp=0), asked[['x']])
keep('Poisson-formula', smf.poisson('count ~ x + z', data).fit(disp=0), asked[['x', 'z']])
keep('Poisson-offset', sm.Poisson(data['count'], X, exposure=data.z).fit(disp=0), X_asked)
keep('NegativeBinomial-const', sm.NegativeBinomial(data['count'], X).fit(disp=0), X_asked)
keep('NegativeBinomial-formula', smf.negativebinomial('count ~ x', data).fit(disp=0), asked[['x']])
keep('NegativeBinomialP-const', sm.NegativeBinomialP(data['count'], X).fit(disp=0), X_asked)
keep('GeneralizedPoisson-const', sm.GeneralizedPoisson(data['count'], X).fit(disp=0), X_asked)

families, links = sm.families, sm.families.links
INVERSE = links.InversePower() if NEW else links.inverse_power()
GLMS = [
    ('binomial', 'b', families.Binomial()), ('probit', 'b', families.Binomial(links.probit())),
    ('cloglog', 'b', families.Binomial(links.cloglog())), ('cauchy', 'b', families.Binomial(links.cauchy())),
    ('poisson', 'count', families.Poisson()), ('poisson_sqrt', 'count', families.Poisson(links.sqrt())),
    ('gaussian', 'y', families.Gaussian()), ('gaussian_log', 'p', families.Gaussian(links.log())),
    ('gamma', 'p', families.Gamma(links.log())), ('gamma_inverse', 'p', families.Gamma()),
    ('inverse_gaussian', 'p', families.InverseGaussian(links.log())),
    ('negative_binomial', 'count', families.NegativeBinomial(alpha=0.7)),
    ('tweedie', 'p', families.Tweedie(var_power=1.5)), ('inverse', 'p', families.Gaussian(INVERSE)),
] if not NEW else [
    ('binomial', 'b', families.Binomial()), ('probit', 'b', families.Binomial(links.Probit())),
    ('cloglog', 'b', families.Binomial(links.CLogLog())), ('loglog', 'b', families.Binomial(links.LogLog())),
    ('cauchy', 'b', families.Binomial(links.Cauchy())), ('poisson', 'count', families.Poisson()),
    ('poisson_sqrt', 'count', families.Poisson(links.Sqrt())), ('gaussian', 'y', families.Gaussian()),
    ('gaussian_log', 'p', families.Gaussian(links.Log())), ('gamma', 'p', families.Gamma(links.Log())),
    ('gamma_inverse', 'p', families.Gamma()), ('inverse_gaussian', 'p', families.InverseGaussian(links.Log())),
    ('negative_binomial', 'count', families.NegativeBinomial(alpha=0.7)),
    ('tweedie', 'p', families.Tweedie(var_power=1.5)), ('inverse', 'p', families.Gaussian(INVERSE)),
]
for name, outcome, family in GLMS:
    keep('GLM-' + name, sm.GLM(data[outcome], X, family=family).fit(), X_asked)
keep('GLM-formula', smf.glm('b ~ x * g', data, family=families.Binomial()).fit(), asked[['x', 'g']])
keep('GLM-exposure', smf.glm('count ~ x', data, family=families.Poisson(), exposure=data.z).fit(), asked[['x']])
keep('GEE-formula', smf.gee('y ~ x + z', 'n', data).fit(), asked[['x', 'z']])
if NEW:
    import statsmodels.formula
    statsmodels.formula.options.formula_engine = 'patsy' if statsmodels.formula.options.formula_engine == 'formulaic' else 'formulaic'
    for name, text, columns in FORMULAS:
        keep('OLS-other_' + name, smf.ols(text, data[columns + [text.split()[0]]]).fit(), inside[columns])
