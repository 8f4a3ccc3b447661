"""Methods that are asked only where a case says so: their answers are long."""
from __future__ import unicode_literals

from collections import OrderedDict

import numpy as np

from kit.encode import array, encode
from kit.gates import EXACT, gate

STAGED = {'staged_predict': 'predict', 'staged_predict_proba': 'predict_proba',
          'staged_decision_function': 'decision_function'}
KEYS = {'decision_path': 'decisionPath', 'staged_predict': 'stagedPredict',
        'staged_predict_proba': 'stagedPredictProba', 'staged_decision_function': 'stagedDecisionFunction',
        'predict_std': 'predictStd', 'predict_cov': 'predictCov'}


def ask(estimator, method, inputs):
    """(answer as JSON, tolerance)."""
    if method in ('predict_std', 'predict_cov'):
        value = estimator.predict(inputs, **{method.replace('predict', 'return'): True})[1]
        return encode(value), gate(estimator, method, inputs, value)
    found = getattr(estimator, method)(inputs)
    if method == 'decision_path':
        indicator, ends = found if isinstance(found, tuple) else (found, [0, found.shape[1]])
        return OrderedDict([('indicator', encode(indicator)), ('nNodesPtr', array(np.asarray(ends)))]), EXACT
    stages = [np.array(stage) for stage in found]
    largest = max(stages, key=lambda stage: float(np.abs(stage).max()) if stage.dtype.kind == 'f' else 0.0)
    return OrderedDict([('list', [array(stage) for stage in stages])]), gate(
        estimator, STAGED[method], inputs, largest)
