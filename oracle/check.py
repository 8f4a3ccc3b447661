"""Load every fixture of this scikit-learn version again and compare it with its JSON.

    python check.py FOLDER

Shows what the tolerances mean, and that they hold on another processor's code path
(set OPENBLAS_CORETYPE, unset NPY_DISABLE_CPU_FEATURES).
"""
from __future__ import print_function, unicode_literals

import io
import json
import os
import re
import sys
import warnings

import joblib
import numpy as np
import pandas as pd
import scipy.sparse
import sklearn

warnings.simplefilter('ignore')
METHODS = {'predict': 'predict', 'predictProba': 'predict_proba', 'predictLogProba': 'predict_log_proba',
           'decisionFunction': 'decision_function', 'transform': 'transform', 'inverseTransform': 'inverse_transform',
           'scoreSamples': 'score_samples', 'kneighbors': 'kneighbors', 'apply': 'apply',
           'radiusNeighbors': 'radius_neighbors', 'mahalanobis': 'mahalanobis', 'decisionPath': 'decision_path'}
DTYPES = {'str': 'U', 'bytes': 'S', 'object': object}


def item(value):
    if isinstance(value, dict):
        return float(value['$float']) if '$float' in value else int(value['$int'])
    return value


def values(data, dtype):
    made = np.empty(len(data), dtype=object)
    made[:] = [item(v) for v in data]
    return made.astype(DTYPES.get(dtype, dtype))


def sample(value):
    """Numbers that JSON has no place for are tagged; a pair is as good as a list."""
    if isinstance(value, dict):
        return item(value) if any(key.startswith('$') for key in value) else {k: sample(v) for k, v in value.items()}
    return [sample(v) for v in value] if isinstance(value, list) else value


def decode(value):
    if 'samples' in value:
        return [sample(v) for v in value['samples']]
    if 'list' in value:
        return [decode(v) for v in value['list']]
    if value.get('csr'):
        return scipy.sparse.csr_matrix((values(value['data'], value['dtype']), value['indices'], value['indptr']),
                                       shape=value['shape'])
    if 'columns' in value:
        columns = list(zip(*value['data']))
        frame = pd.DataFrame(dict(enumerate([[item(v) for v in column] for column in columns])))
        for i, dtype in enumerate(value['dtypes']):
            frame[i] = frame[i].astype('category' if dtype == 'category' else dtype)
        frame.columns = value['columns']
        return frame
    return values(value['data'], value['dtype']).reshape(value['shape'])


def off(got, expected, tolerance):
    """How far beyond its tolerance the worst value is; 0 when all are within."""
    if isinstance(expected, list):
        return max(off(g, e, tolerance) for g, e in zip(got, expected))
    got = got.toarray() if hasattr(got, 'toarray') else np.asarray(got)
    expected = expected.toarray() if hasattr(expected, 'toarray') else np.asarray(expected)
    if expected.dtype.kind != 'f':
        same = (got == expected) | ((got != got) & (expected != expected))
        return 0 if got.shape == expected.shape and np.all(same) else np.inf
    got, expected = got.astype(expected.dtype), expected
    same = (got == expected) | (np.isnan(got) & np.isnan(expected))
    with np.errstate(all='ignore'):
        room = tolerance['ulp'] * np.spacing(np.abs(expected)) if 'ulp' in tolerance else \
            tolerance['absolute'] + tolerance['relative'] * np.abs(expected)
        beyond = np.where(same, 0, np.abs(got - expected) / np.where(room > 0, room, 1e-300))
    return 0 if np.all(beyond <= 1) else float(np.nanmax(beyond))


def answer(estimator, key, given):
    if key in ('predictStd', 'predictCov'):
        return estimator.predict(given, **{{'predictStd': 'return_std', 'predictCov': 'return_cov'}[key]: True})[1]
    if key.startswith('staged'):
        return [np.array(stage) for stage in getattr(estimator, re.sub('([A-Z])', '_\\1', key).lower())(given)]
    got = getattr(estimator, METHODS[key])(given)
    return got[0] if key == 'decisionPath' and isinstance(got, tuple) else got


def check(path):
    with io.open(path, encoding='ascii') as file:
        fixture = json.load(file)
    elsewhere = str(fixture.get('case', '')).split('/')[0] in ('lightgbm', 'xgboost')  # other environments, see boosters.py
    if elsewhere or 'tolerance' not in fixture or fixture['versions']['scikit-learn'] != sklearn.__version__:
        return None
    estimator = joblib.load(os.path.join(os.path.dirname(path), fixture['file']))
    wrong = []
    for key, expected in fixture['expected'].items():
        given = decode(expected['input'] if key == 'inverseTransform' else fixture['input'])
        got = answer(estimator, key, given)
        if key == 'inverseTransform':
            expected = expected['output']
        elif key == 'decisionPath':
            expected = expected['indicator']
        elif key in ('kneighbors', 'radiusNeighbors'):
            got, expected = got[0], expected['distances']
        elif key == 'scoreSamples' and isinstance(got, tuple):
            got = got[0]
        if isinstance(got, list) and got and isinstance(got[0], tuple):
            got = [np.array(v) for v in got]
        got = got.values if isinstance(got, pd.DataFrame) else got
        expected = decode(expected)
        expected = expected.values if isinstance(expected, pd.DataFrame) else expected
        factor = off(got, expected, fixture['tolerance'][key])
        if factor:
            wrong.append('%s %s: %.3g times its tolerance' % (fixture['case'], key, factor))
    return wrong


def main():
    passed, failed = 0, 0
    for folder, _, names in sorted(os.walk(sys.argv[1])):
        for name in sorted(names):
            wrong = check(os.path.join(folder, name)) if name.endswith('.json') else None
            if wrong is None:
                continue
            passed, failed = passed + (not wrong), failed + bool(wrong)
            for line in wrong:
                print(line)
    print('%d passed, %d failed' % (passed, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
