"""Ask a fitted estimator for everything it offers."""
from __future__ import unicode_literals

from collections import OrderedDict

import numpy as np

from kit.encode import array, encode
from kit.gates import EXACT, gate
from kit.sk import VERSION

METHODS = [('predict', 'predict'), ('predict_proba', 'predictProba'), ('predict_log_proba', 'predictLogProba'),
           ('decision_function', 'decisionFunction'), ('transform', 'transform'),
           ('inverse_transform', 'inverseTransform'), ('score_samples', 'scoreSamples'),
           ('kneighbors', 'kneighbors'), ('radius_neighbors', 'radiusNeighbors'), ('apply', 'apply')]
# Before 0.19 every model with weights could "transform" by selecting features.
HAVE_TRANSFORM = ('KMeans', 'MiniBatchKMeans', 'VotingClassifier', 'RFE', 'LinearDiscriminantAnalysis')


def offers(estimator, method):
    try:
        if not callable(getattr(estimator, method, None)):
            return False
    except Exception:
        return False
    last = getattr(estimator, 'best_estimator_', estimator)
    last = last.steps[-1][1] if hasattr(last, 'steps') else last
    legacy = VERSION < (0, 19) and method == 'transform' and hasattr(last, 'predict')
    return not (legacy and type(last).__name__ not in HAVE_TRANSFORM)


def usable(value):
    if isinstance(value, tuple):
        return False
    if isinstance(value, list):
        return all(isinstance(v, (np.ndarray, dict)) for v in value)
    return True


def record(estimator, inputs, skip=()):
    """(expected, tolerance, why), all keyed by method in the JSON's spelling."""
    expected, tolerance, raised = OrderedDict(), OrderedDict(), OrderedDict()
    transformed = None
    for method, key in METHODS:
        if method in skip or not offers(estimator, method):
            continue
        given = inputs
        if method == 'inverse_transform':
            if transformed is None:
                continue
            given = transformed
        try:
            value = getattr(estimator, method)(given)
        except Exception as error:
            raised[key] = '%s: %s' % (type(error).__name__, error)
            continue
        if method == 'kneighbors':
            distances, indices = value
            expected[key] = OrderedDict([('distances', array(distances)), ('indices', array(indices))])
            tolerance[key] = gate(estimator, method, inputs, distances)
            continue
        if method == 'radius_neighbors':
            distances, indices = value
            expected[key] = OrderedDict([('distances', OrderedDict([('list', [array(d) for d in distances])])),
                                         ('indices', OrderedDict([('list', [array(i) for i in indices])]))])
            tolerance[key] = gate(estimator, method, inputs, np.concatenate(list(distances)))
            continue
        if not usable(value):
            continue
        if method == 'transform':
            transformed = value
            if hasattr(value, 'tocsr'):  # in the order in which it is written down
                transformed = value.tocsr().copy()
                transformed.sort_indices()
        if method == 'inverse_transform':
            expected[key] = OrderedDict([('input', encode(given)), ('output', encode(value))])
        else:
            expected[key] = encode(value)
        tolerance[key] = EXACT if method == 'apply' else gate(estimator, method, inputs, value)
    return expected, tolerance, raised
