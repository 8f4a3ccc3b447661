"""Ask a fitted estimator for everything it offers."""
from __future__ import unicode_literals

from collections import OrderedDict

import numpy as np

from kit.encode import array, encode
from kit.gates import EXACT, gate
from kit.more_methods import KEYS, ask
from kit.sk import VERSION

METHODS = [('predict', 'predict'), ('predict_proba', 'predictProba'), ('predict_log_proba', 'predictLogProba'),
           ('decision_function', 'decisionFunction'), ('transform', 'transform'),
           ('inverse_transform', 'inverseTransform'), ('score_samples', 'scoreSamples'),
           ('kneighbors', 'kneighbors'), ('radius_neighbors', 'radiusNeighbors'), ('apply', 'apply'), ('mahalanobis', 'mahalanobis')]
# Before 0.19 every model with weights could "transform" by selecting features.
HAVE_TRANSFORM = ('KMeans', 'MiniBatchKMeans', 'Birch', 'VotingClassifier', 'RFE', 'LinearDiscriminantAnalysis',
                  'PLSRegression', 'PLSCanonical', 'CCA', 'RFECV')


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


def record(estimator, inputs, skip=(), more=()):
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
        if method == 'score_samples' and isinstance(value, tuple):  # releases before 0.20 gave the shares too
            value = value[0]
        if isinstance(value, list) and value and all(isinstance(v, tuple) for v in value):  # labels of each row
            value = [np.array(v) for v in value]
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
    for method in more:
        try:
            expected[KEYS[method]], tolerance[KEYS[method]] = ask(estimator, method, inputs)
        except Exception as error:
            raised[KEYS[method]] = '%s: %s' % (type(error).__name__, error)
    return expected, tolerance, raised


MOST_ELEMENTS = 200


def attributes(estimator):
    """What one without methods learned: its small arrays and its numbers."""
    found = OrderedDict()
    for name, value in sorted(vars(estimator).items()):
        small = isinstance(value, (np.ndarray, np.number, int, float)) and np.size(value) <= MOST_ELEMENTS
        if small and name.endswith('_') and not name.startswith('_') and np.asarray(value).dtype.kind in 'biuf':
            found[name] = array(value)
    return found
