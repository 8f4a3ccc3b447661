"""The names of scikit-learn, and scipy's distributions, that a pickle of a model may hold, over all releases.

    python safe_names.py list FILE             with one environment's Python: its classes and functions, as JSON
    python safe_names.py join FILE ...         with any Python: packages/pickle/src/generated/sklearn_names.ts

Estimators are taken wholesale: constructors store parameters, and BaseEstimator.__setstate__ stores attributes. Other
classes and functions are taken by the module that they stand in. What a class does beyond that stands with its name: those
with `__call__` are told apart, and one that defines `__setstate__` may be given data only, unless STATES has a reason for
more. Names that no file has any more are kept from the list that is there, by the same rules.
"""
from __future__ import print_function

import collections
import importlib
import inspect
import io
import json
import os
import pkgutil
import re
import sys
import warnings

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), '..', 'packages', 'pickle', 'src', 'generated', 'sklearn_names.ts')
SKIPPED = {'tests', 'conftest', 'setup', 'externals', 'datasets', '_build_utils', 'experimental', '_testing', 'testing', '_mocking', 'mocking',
           'estimator_checks', 'callback', '_joblib', 'parallel', 'inspection', '_plot'}
# Modules whose classes hold nothing but numbers, texts and each other.
FAMILIES = re.compile(r'^(?:_loss|sklearn\.(?:_loss\..*|calibration|cluster\.(?:_birch|birch|_bisect_k_means)|compose\._column_transformer|cross_validation'
                      r'|ensemble\.(?:_gb|_gb_losses|gradient_boosting)|ensemble\._hist_gradient_boosting\.(?:loss|predictor|common|binning)'
                      r'|gaussian_process\.kernels|grid_search|impute\._iterative|linear_model\._glm\.link|linear_model\._linear_loss'
                      r'|linear_model\.(?:_sgd_fast|sgd_fast|_sag_fast|sag_fast)|metrics\.(?:_dist_metrics|_scorer|scorer)'
                      r'|model_selection\.(?:_search|_split|_classification_threshold)'
                      r'|neighbors\.(?:_ball_tree|_kd_tree|_dist_metrics|_quad_tree|ball_tree|kd_tree|dist_metrics|quad_tree)'
                      r'|neural_network\._stochastic_optimizers|tree\.(?:_criterion|_splitter|_tree)|utils\._bunch|utils\._tags|utils\._metadata_requests'
                      r'|utils\._encode|exceptions))$')
# They call a function of the user's own, or are no part of a model.
NEVER = re.compile(r'^(?:PyFuncDistance\d*|CalibrationDisplay|BaseEstimator|_CallbackSupport\w*)$')
# Modules whose public functions are parameters of models: they are named, not called.
NAMED = re.compile(r'^sklearn\.(?:metrics|feature_selection)(?:\.|$)')
REBUILDING = re.compile(r'^(?:__pyx_unpickle_\w+|newObj)$')
# What models were seen to name beside.
MORE_NAMED = {
    'sklearn.cluster._kmeans': ['_kmeans_single_lloyd', '_kmeans_single_elkan', 'lloyd_iter_chunked_dense', 'elkan_iter_chunked_dense'],
    'sklearn.metrics._scorer': ['_passthrough_scorer'], 'sklearn.metrics.scorer': ['_passthrough_scorer'],
    'sklearn.utils.validation': ['check_array'], 'sklearn.utils': ['check_array'],
    'sklearn.preprocessing._data': ['scale', 'normalize', 'binarize', 'minmax_scale', 'robust_scale'],
    'sklearn.ensemble._hist_gradient_boosting.gradient_boosting': [
        # A fitted model with early stopping keeps its own method.
        'HistGradientBoostingClassifier._raw_predict', 'HistGradientBoostingRegressor._raw_predict'],
    'sklearn.covariance._shrunk_covariance': ['ledoit_wolf'], 'sklearn.neighbors._graph': ['kneighbors_graph'],
}
MORE_CALLED = {'sklearn.utils': ['Bunch'], 'sklearn.datasets.base': ['Bunch'], 'sklearn.utils._bunch': ['Bunch']}
# How functions that put objects back are called.
CALLS = [
    (re.compile(r'\.newObj$'), 'newOf'),
    # Compiled without a look at bounds: as many parts as there are fields.
    (re.compile(r'\.__pyx_unpickle_(?:CyHalfTweedieLoss\w*|CyHuberLoss|CyPinballLoss)$'), 'cythonOne'), (re.compile(r'\.__pyx_unpickle_'), 'cython'),
    # They reduce themselves to newObj.
    (re.compile(r'^sklearn\.neighbors\._?(?:ball|kd)_tree\.|\.\w*Distance\w*$|\.DistanceMetric\w*$'), 'bare'),
    # Named tuples only hold their operands.
    (re.compile(r'\.(?:_ImputerTriplet|DistributionBoundary|_CVScoreTuple|Hyperparameter)$'), 'stores'),
    (re.compile(r'^sklearn\.exceptions\.'), 'data'),
    # What reduces itself to a call, where an older release is not at hand.
    (re.compile(r'^sklearn\.tree\._tree\.Tree$|^sklearn\.tree\._(?:criterion|splitter)\.|\.(?:_?sgd_fast|quad_tree|_quad_tree)\.|^(?:sklearn\._loss\.)?_loss\.Cy'), 'data'),
]
# What a state may be, or has to be; the first one decides. Compiled code takes the parts of a tuple without a look at its length.
STATES = [
    # They give a text of their state to exec().
    (re.compile(r'^scipy\.stats\._(?:continuous_distns|discrete_distns|levy_stable)\.\w+_gen$'), 'distribution'),
    # They hold their metric.
    (re.compile(r'^sklearn\.neighbors\._?(?:ball|kd)_tree\.(?:BallTree|KDTree|BinaryTree)(?:32|64)?$'), 'tree'),
    (re.compile(r'^sklearn\.neighbors\._?(?:ball|kd)_tree\.'), 'none'),
    (re.compile(r'\.\w*Distance\w*$|\.DistanceMetric\w*$'), 'metric'),
    (re.compile(r'^(?:sklearn\._loss\.)?_loss\..*(?:CyHalfTweedieLoss\w*|CyHuberLoss|CyPinballLoss)$'), 'one'),
    (re.compile(r'\._?sgd_fast\.|^(?:sklearn\._loss\.)?_loss\.'), 'empty'),
    # IsotonicRegression calls self._build_f, which an entry of its state may stand before.
    (re.compile(r'\.IsotonicRegression$|\._QuadTree$|\.TreePredictor$|^sklearn\.tree\._(?:tree|criterion|splitter)\.'), 'entries'),
    (re.compile(r'^sklearn\.exceptions\.'), 'data'),
]
# Modules of older releases whose classes have __call__.
CALLING = re.compile(r'^sklearn\.(?:_loss\.(?:loss|link)|compose\._column_transformer\.make_column_selector|gaussian_process\.kernels|metrics\._?scorer'
                     r'|ensemble\.(?:_gb_losses|gradient_boosting\.\w*(?:LossFunction|Error|Deviance|Loss)\w*)'
                     r'|ensemble\._hist_gradient_boosting\.loss|linear_model\._glm\.link)\b|^scipy\.stats\._(?:continuous_distns|discrete_distns|levy_stable)\.\w+_gen')
ENTRY = re.compile(r'^([^=/@]+)')


def modules():
    import sklearn
    for _, name, _ in pkgutil.walk_packages(sklearn.__path__, 'sklearn.', onerror=lambda name: None):
        if SKIPPED.isdisjoint(name.split('.')):
            try:
                importlib.import_module(name)
            except BaseException:
                continue
    return [(name, module) for name, module in sorted(sys.modules.items()) if module is not None and (name == '_loss' or name.startswith('sklearn'))]


def distributions():
    """The classes of scipy.stats that are pickled with a search over a distribution."""
    import scipy.stats
    found = collections.defaultdict(set)
    for name in ('_continuous_distns', '_discrete_distns', '_distn_infrastructure', '_levy_stable'):
        module = getattr(scipy.stats, name, None)
        for key in dir(module):
            if re.match(r'^\w+_gen$|^(?:rv|levy_stable)_\w*frozen$', key) and inspect.isclass(getattr(module, key)) and key != 'rv_generic':
                found[getattr(module, key).__module__].add(key)
    return found


def own_state(cls, base):
    """Whether a class defines how it takes its state."""
    for each in cls.__mro__:
        if '__setstate__' in each.__dict__:
            return each not in (base, BaseException)
    return False


def listed():
    from sklearn.base import BaseEstimator
    called, named = collections.defaultdict(dict), collections.defaultdict(dict)
    for _, module in modules():
        for key in dir(module):
            try:
                value = getattr(module, key)
                home = value.__module__
            except Exception:
                continue
            if not isinstance(home, str) or not (home == '_loss' or home.startswith('sklearn')) or not SKIPPED.isdisjoint(home.split('.')):
                continue
            if getattr(value, '__name__', None) != key or NEVER.match(key):
                continue
            if inspect.isclass(value):
                if issubclass(value, BaseEstimator) or FAMILIES.match(home):
                    called[home][key] = about(value, BaseEstimator)
            elif REBUILDING.match(key) and FAMILIES.match(home):
                called[home][key] = {}
            elif inspect.isroutine(value) and NAMED.match(home) and not key.startswith('_'):
                named[home][key] = {}
    for home, keys in distributions().items():
        module = importlib.import_module(home)
        for key in keys:
            called[home][key] = about(getattr(module, key), BaseEstimator)
    return {'called': called, 'named': named}


def about(cls, base):
    reduces = any('__reduce__' in each.__dict__ for each in cls.__mro__ if each not in (object, BaseException))
    return {'reduces': reduces, 'calls': any('__call__' in each.__dict__ for each in cls.__mro__ if each is not object), 'state': own_state(cls, base)}


def lines(table):
    for module in sorted(table):
        line = module + ':'
        for name in sorted(table[module]):
            if len(line) + len(name) > 118:
                yield line
                line = module + ':'
            line += ' ' + name
        yield line


def before():
    """The names of the list that is there, for releases that are not at hand."""
    found = {'called': collections.defaultdict(dict), 'named': collections.defaultdict(dict)}
    with io.open(OUT, encoding='ascii') as source:
        text = source.read()
    for part, names in re.findall(r'(\w+)(?:: | = )`\n(.*?)`', text, re.S):
        kind = 'named' if part in ('named', 'SKLEARN_MENTIONED') else 'called'
        for line in names.strip().split('\n'):
            module, entries = line.split(': ')
            for entry in entries.split(' '):
                found[kind][module][ENTRY.match(entry).group(1)] = {}
    return found


def rules(module, name, facts):
    """The part of the table that a name belongs to, and the name with its rules."""
    full = module + '.' + name
    if name == 'Bunch':
        return 'values', name + '=attributes/keeps@dict'
    call = next((check for pattern, check in CALLS if pattern.search(full)), 'data' if facts.get('reduces') else None)
    state = next((rule for pattern, rule in STATES if pattern.search(full)), 'entries' if facts.get('state') else None)
    part = 'callables' if facts.get('calls') or (CALLING.match(full) and not facts) else 'objects'
    return part, name + ('=' + call if call else '') + ('/' + state if state else '')


def join(files):
    found = [before()]
    for file in files:
        with io.open(file, encoding='ascii') as source:
            found.append(json.load(source))
    found.append({'called': {module: {name: {} for name in names} for module, names in MORE_CALLED.items()},
                  'named': {module: {name: {} for name in names} for module, names in MORE_NAMED.items()}})
    table = {part: collections.defaultdict(set) for part in ('objects', 'callables', 'values', 'named')}
    facts = collections.defaultdict(dict)
    for each in found:
        for module, names in each['called'].items():
            for name, said in names.items():
                known = facts[module].setdefault(name, {})
                for fact, value in said.items():
                    known[fact] = known.get(fact, False) or value
        for module, names in each['named'].items():
            table['named'][module].update(names)
    for module, names in facts.items():
        for name, said in names.items():
            part, entry = rules(module, name, said)
            table[part][module].add(entry)
            # Older releases keep it, vectorized, in the state of a discrete distribution.
            if module == 'scipy.stats._discrete_distns':
                table['named'][module].add(name + '._entropy')
    with io.open(OUT, 'w', encoding='ascii', newline='\n') as target:
        target.write('// Made by oracle/safe_names.py from scikit-learn 0.17.1 to 1.9.1 and scipy 0.18.1 to 1.18.1.\n')
        target.write('import type { Table } from "../scan/table/format.ts";\n\n')
        target.write('/** Classes, functions that put them back together, and functions that are parameters of models. */\n')
        target.write('export const SKLEARN: Table = {\n  made: "bare",\n')
        for part in ('objects', 'callables', 'values', 'named'):
            target.write('  %s: `\n%s\n`,\n' % (part, '\n'.join(lines(table[part]))))
        target.write('};\n')
    print({part: sum(map(len, names.values())) for part, names in table.items()})


def main():
    warnings.simplefilter('ignore')
    if sys.argv[1] == 'join':
        return join(sys.argv[2:])
    with io.open(sys.argv[2], 'w', encoding='ascii') as target:
        target.write(u'' + json.dumps(listed(), sort_keys=True))


if __name__ == '__main__':
    main()
