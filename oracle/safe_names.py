"""The names of scikit-learn, and scipy's distributions, that a pickle of a model may hold, over all releases.

    python safe_names.py list FILE             with one environment's Python: its classes and functions, as JSON
    python safe_names.py join FILE ...         with any Python: packages/pickle/src/generated/sklearn_names.ts

Estimators are taken wholesale: constructors store parameters, and BaseEstimator.__setstate__ stores attributes. Other
classes and functions are taken by the module that they stand in. scipy's distributions execute a text of their state: the
scanner looks at it.
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
    'sklearn.covariance._shrunk_covariance': ['ledoit_wolf'], 'sklearn.neighbors._graph': ['kneighbors_graph'],
}
MORE_CALLED = {'sklearn.utils': ['Bunch'], 'sklearn.datasets.base': ['Bunch'], 'sklearn.utils._bunch': ['Bunch']}


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
    for name in ('_continuous_distns', '_discrete_distns', '_distn_infrastructure'):
        module = getattr(scipy.stats, name, None)
        for key in dir(module):
            if re.match(r'^\w+_gen$|^rv_\w*frozen$', key) and inspect.isclass(getattr(module, key)) and key != 'rv_generic':
                found[getattr(module, key).__module__].add(key)
    return found


def listed():
    from sklearn.base import BaseEstimator
    called, named = collections.defaultdict(set), collections.defaultdict(set)
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
                    called[home].add(key)
            elif REBUILDING.match(key) and FAMILIES.match(home):
                called[home].add(key)
            elif inspect.isroutine(value) and NAMED.match(home) and not key.startswith('_'):
                named[home].add(key)
    called.update(distributions())
    return {'called': {key: sorted(names) for key, names in called.items()}, 'named': {key: sorted(names) for key, names in named.items()}}


def lines(table):
    for module in sorted(table):
        names = sorted(table[module])
        line = module + ':'
        for name in names:
            if len(line) + len(name) > 118:
                yield line
                line = module + ':'
            line += ' ' + name
        yield line


def join(files):
    joined = {'called': collections.defaultdict(set), 'named': collections.defaultdict(set)}
    for file in files:
        with io.open(file, encoding='ascii') as source:
            found = json.load(source)
        for kind in joined:
            for module, names in found[kind].items():
                joined[kind][module].update(names)
    for kind, more in (('called', MORE_CALLED), ('named', MORE_NAMED)):
        for module, names in more.items():
            joined[kind][module].update(names)
    with io.open(OUT, 'w', encoding='ascii', newline='\n') as target:
        target.write('// Made by oracle/safe_names.py from scikit-learn 0.17.1 to 1.9.1 and scipy 0.18.1 to 1.18.1.\n')
        for kind, name, words in (('called', 'SKLEARN_CALLABLE', 'Classes, and functions that put them back together.'),
                                  ('named', 'SKLEARN_MENTIONED', 'Functions that are parameters of models.')):
            target.write('\n/** %s */\nexport const %s = `\n%s\n`;\n' % (words, name, '\n'.join(lines(joined[kind]))))
    print({kind: sum(map(len, table.values())) for kind, table in joined.items()})


def main():
    warnings.simplefilter('ignore')
    if sys.argv[1] == 'join':
        return join(sys.argv[2:])
    with io.open(sys.argv[2], 'w', encoding='ascii') as target:
        target.write(u'' + json.dumps(listed(), sort_keys=True))


if __name__ == '__main__':
    main()
