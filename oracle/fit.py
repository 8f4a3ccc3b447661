# coding: utf-8
"""What scikit-learn learns, for packages/estimators/src/fit, and whether Python reads what was fitted without it.

    python oracle/fit.py make fixtures/fit [SUBJECT]  # with scikit-learn 1.9.1; writes the expected values
    npx tsx --conditions=curtido-source packages/estimators/test/fit/write.ts FOLDER [RELEASE]
    python oracle/fit.py check FOLDER                 # with every release that is to read the pickles

A case names a class, its parameters in TypeScript's case ({"float": 1} is a float of Python), and its data: rows and
targets, or {"dataset": NAME} for a table of fixtures/fit/data. The release that a pickle was written for reads it without
a warning; others with none but that of scikit-learn about versions.
"""
import copy
import json
import os
import pickle
import re
import sys
import warnings

import numpy as np

from fitting import growth, histogram_boosting, linear, metrics, naive_bayes, neighbors, parts, search, splits, svm, trees, unsupervised
from fitting.data import DATASETS, dataset
from fitting.kit import class_of, plain, python_name, python_parameters, rows_of

SUBJECTS = {'unsupervised': unsupervised.make_unsupervised, 'linear': linear.make_linear, 'networks': linear.make_networks,
            'growth': growth.make_growth, 'gradient_boosting': growth.make_gradient_boosting, 'histogram_boosting': histogram_boosting.make_histogram_boosting, 'trees': trees.make_trees, 'parts': parts.make_parts, 'splits': splits.make_splits,
            'metrics': metrics.make_metrics, 'naive_bayes': naive_bayes.make_naive_bayes, 'random': metrics.make_random, 'search': search.make_search, 'neighbors': neighbors.make_neighbors, 'svm': svm.make_svm}


def make(folder, *only):
    import sklearn
    if sklearn.__version__ != '1.9.1':
        sys.exit('expected values come from scikit-learn 1.9.1, this is ' + sklearn.__version__)
    os.makedirs(os.path.join(folder, 'data'), exist_ok=True)
    for name in DATASETS:
        with open(os.path.join(folder, 'data', name + '.json'), 'w') as file:
            json.dump(plain(dataset(name)), file, separators=(',', ':'))
            file.write('\n')
    for name in only or SUBJECTS:
        maker = SUBJECTS[name]
        made = dict({'sklearn': sklearn.__version__, 'numpy': np.__version__}, **maker())
        with open(os.path.join(folder, name + '.json'), 'w') as file:
            json.dump(plain(made), file, separators=(',', ':'))
            file.write('\n')




def shown(model):
    """The defaults of these changed between 1.5 and 1.7; they have no effect once a model is fitted."""
    return re.sub(r"force_int_remainder_cols=\w+,|categorical_features='from_dtype',?|multi_class='multinomial',?|\s", '', repr(model))


def same_parameters(model, case, version):
    """Releases before 1.4 have parameters of their own that scikit-learn 1.9 does not know: there only given ones are compared."""
    if version >= (1, 4):
        expected = shown(class_of(case['class'])(**python_parameters(case['given'])))
        if shown(model) != expected:
            raise AssertionError('%s is not %s' % (shown(model), expected))
        return
    repr(model)
    known = model.get_params(deep=False)
    for name, value in case['given'].items():
        if name in ('loss', 'criterion') and version < (1, 1):
            continue  # They had other names.
        # Releases that knew neither None nor this solver.
        older = {('penalty', None): 'none', ('solver', 'newton-cholesky'): 'lbfgs'}.get((name, value if value is None or isinstance(value, str) else 0), value)
        if python_name(name) in known and not isinstance(value, (list, dict)) and known[python_name(name)] not in (value, older):
            raise AssertionError('%s: %r is not %r' % (name, known[python_name(name)], value))


def check_case(folder, name, version):
    """Python reads the pickle; it answers what TypeScript answered, and is a whole estimator."""
    from sklearn.base import clone
    with open(os.path.join(folder, name + '.json')) as file:
        case = json.load(file)
    import sklearn
    with open(os.path.join(folder, name + '.pkl'), 'rb') as file, warnings.catch_warnings(record=True) as said:
        warnings.simplefilter('always')
        model = pickle.load(file)
    allowed = () if case['written'] == sklearn.__version__ else ('InconsistentVersionWarning', 'UserWarning')
    # Old builds say this of newer numpy when a module is imported first.
    said = [each for each in said if 'size changed' not in str(each.message)]
    for each in said:
        if each.category.__name__ not in allowed:
            raise AssertionError('%s: %s' % (each.category.__name__, each.message))
    if case['written'] == sklearn.__version__:
        same_parameters(model, case, version)
    repr(clone(model))
    model.set_params(**model.get_params(deep=False))
    X = rows_of(case)
    for method, wanted in case['answers'].items():
        try:
            got = getattr(model, method)(X)
        except ValueError as error:
            if 'NaN' not in str(error):
                raise
            whole = ~np.isnan(X).any(axis=1)  # This release refuses missing values here.
            got = getattr(model, method)(X[whole])
            wanted = [answer for answer, kept in zip(wanted, whole) if kept]
        got = got.toarray() if hasattr(got, 'toarray') else np.asarray(got)
        wanted = np.array(wanted)
        if got.dtype.kind in 'fiub' and wanted.dtype.kind in 'fiubO':
            np.testing.assert_allclose(got.astype(float), wanted.astype(float), rtol=1e-9, atol=1e-12)
        elif got.tolist() != wanted.tolist():
            raise AssertionError('%s: %r is not %r' % (method, got, wanted))
    goes_on.rows = X[:0] if len(X) == 0 else X
    goes_on(model)
    return model


def targets_for(model, X):
    """Targets that the model itself gives: enough to learn from once more."""
    if not hasattr(model, 'predict') or not (hasattr(model, 'classes_') or hasattr(model, 'score')):
        return None
    y = model.predict(X)
    classes = getattr(model, 'classes_', None)
    if classes is None or isinstance(classes, list):
        return y
    return np.asarray(classes)[np.arange(len(X)) % len(classes)]


def goes_on(model):
    """What a data scientist does with a model that was trained elsewhere: fits it again, as it is and as a clone, looks into it.
    What a clone of it can't do either is no fault of the file."""
    from sklearn.base import clone
    X = goes_on.rows
    y = targets_for(model, X)
    arguments = (X,) if y is None else (X, y)
    try:
        fresh = clone(model).fit(*arguments)
    except Exception:
        return
    again = copy.deepcopy(model).fit(*arguments)
    lost = lost_attributes(fresh, again)
    if lost:
        raise AssertionError('lacks %s once it is fitted again' % ', '.join(sorted(lost)))
    if hasattr(model, 'tree_'):
        from sklearn.tree import export_text
        export_text(model)
    if y is not None and hasattr(model, 'score'):
        from sklearn.inspection import permutation_importance
        permutation_importance(model, X, y, n_repeats=1, random_state=0)


def lost_attributes(fresh, again, path='', seen=None):
    """Parameters and attributes that a model has that was made here, and the other has not, in its parts too."""
    seen = set() if seen is None else seen
    if not hasattr(fresh, 'get_params') or id(fresh) in seen:
        return set()
    seen.add(id(fresh))
    lost = {path + name for name in vars(fresh) if name not in vars(again)}
    for name, value in vars(fresh).items():
        other = vars(again).get(name)
        values = value if isinstance(value, (list, np.ndarray)) else [value]
        others = other if isinstance(other, (list, np.ndarray)) else [other]
        for one, two in list(zip(values, others))[:3]:
            if hasattr(one, 'get_params') and hasattr(two, 'get_params'):
                lost |= lost_attributes(one, two, path + name + '.', seen)
    return lost


def check(folder):
    import sklearn
    version = tuple(int(part) for part in sklearn.__version__.split('.')[:2])
    done = failed = left_out = 0
    for name in sorted(name[:-4] for name in os.listdir(folder) if name.endswith('.pkl')):
        with open(os.path.join(folder, name + '.json')) as file:
            text = file.read()
        written = tuple(int(part) for part in json.loads(text)['written'].split('.')[:2])
        # Trees have two layouts that do not read each other.
        if re.search(r'"class":"(\w*Tree|\w*Forest|GradientBoosting)', text) and (version < (1, 3)) != (written < (1, 3)):
            left_out += 1
            continue
        try:
            with warnings.catch_warnings():
                warnings.simplefilter('ignore')
                check_case(folder, name, version)
            done += 1
        except Exception as error:
            failed += 1
            print('%s: %s: %.300s' % (name, type(error).__name__, error))
    print('scikit-learn %s: %d read, %d failed, %d left out' % (sklearn.__version__, done, failed, left_out))
    sys.exit(1 if failed or done == 0 else 0)


if __name__ == '__main__':
    {'make': make, 'check': check}[sys.argv[1]](*sys.argv[2:])
