# coding: utf-8
"""What scikit-learn learns, for packages/estimators/src/fit, and whether Python reads what was fitted without it.

    python oracle/fit.py make fixtures/fit            # with scikit-learn 1.9.1; writes the expected values
    npx tsx --conditions=curtido-source packages/estimators/test/fit/write.ts FOLDER
    python oracle/fit.py check FOLDER                 # with every release that is to read the pickles

A case names a class, its parameters in TypeScript's case ({"float": 1} is a float of Python), and its data.
"""
import json
import os
import pickle
import re
import sys
import warnings

import numpy as np


def plain(value):
    """Arrays as lists, NaN as null."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.dtype) or isinstance(value, type):
        return str(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, float) and value != value:
        return None
    return 'inf' if value == float('inf') else value


def python_name(name):
    if name == 'copyX':
        return 'copy_X'
    return re.sub('[A-Z]', lambda letter: '_' + letter.group().lower(), name)


def python_value(value):
    if isinstance(value, dict) and set(value) == {'float'}:
        return float(value['float'])
    if isinstance(value, dict) and 'class' in value:
        return class_of(value['class'])(**python_parameters(value['given']))
    if isinstance(value, list):
        items = [python_value(item) for item in value]
        # Steps and transformers are tuples: a name, and an estimator or a word for one.
        named = len(items) > 1 and isinstance(items[0], str)
        return tuple(items) if named and (hasattr(items[1], 'get_params') or items[1] in ('drop', 'passthrough')) else items
    return value


def python_parameters(given):
    return {python_name(name): python_value(value) for name, value in given.items()}


def class_of(name):
    from sklearn.utils import all_estimators
    return dict(all_estimators())[name]


def make_data():
    random = np.random.RandomState(7)

    X = np.round(random.standard_normal((90, 5)), 3)
    X[:, 3] = np.round(X[:, 3]) + 0.0  # ties, and no negative zeros, whose order a sort leaves open
    X[:, 4] = 1.0
    X[:4, 4] = 2.0
    gaps = X.copy()
    gaps[random.uniform(size=gaps.shape) < 0.15] = np.nan
    score = X[:, 0] - X[:, 1] * X[:, 2] + 0.3 * np.round(random.standard_normal(90), 3)
    labels = np.digitize(score, [-0.6, 0.7])
    words, score = np.array(['low', 'middle', 'high'])[labels], np.round(score, 3)
    return {
        'numbers': {'X': X, 'y': score},
        'three': {'X': X, 'y': labels},
        'two': {'X': X, 'y': score > 0},
        'words': {'X': X, 'y': words},
        'gaps': {'X': gaps, 'y': words},
        'gap_numbers': {'X': gaps, 'y': score},
        'wide': {'X': np.round(random.uniform(-50, 50, size=(200, 3)) ** 3), 'y': random.randint(0, 4, 200)},
    }


def tree_of(model):
    tree = model.tree_
    return {'depth': tree.max_depth, 'left': tree.children_left, 'right': tree.children_right, 'feature': tree.feature,
            'threshold': tree.threshold, 'impurity': tree.impurity, 'samples': tree.n_node_samples,
            'weight': tree.weighted_n_node_samples, 'missingLeft': tree.missing_go_to_left, 'values': tree.value.ravel()}


def trees_of(model):
    return [tree_of(tree) for tree in getattr(model, 'estimators_', [model])]


def case(name, data, **given):
    return {'class': name, 'data': data, 'given': given}


def tree_cases():
    for data in 'three', 'two', 'words', 'gaps', 'wide':
        yield case('DecisionTreeClassifier', data, randomState=0)
    yield case('DecisionTreeClassifier', 'three', randomState=3, maxDepth=4, maxFeatures=2, minSamplesLeaf=3)
    yield case('DecisionTreeClassifier', 'wide', randomState=4294967295, minSamplesSplit={'float': 0.1}, maxFeatures='log2')
    yield case('DecisionTreeClassifier', 'gaps', randomState=5, splitter='random')
    yield case('DecisionTreeClassifier', 'wide', randomState=1, criterion='entropy', minImpurityDecrease={'float': 0.01})
    yield case('DecisionTreeClassifier', 'three', randomState=2, criterion='log_loss', minWeightFractionLeaf=0.05)
    yield case('DecisionTreeRegressor', 'numbers', randomState=0)
    yield case('DecisionTreeRegressor', 'gap_numbers', randomState=0, maxDepth=5)
    yield case('DecisionTreeRegressor', 'numbers', randomState=9, splitter='random', maxFeatures={'float': 0.5})
    yield case('ExtraTreeClassifier', 'words', randomState=0)
    yield case('ExtraTreeRegressor', 'gap_numbers', randomState=0)
    yield case('RandomForestClassifier', 'words', nEstimators=4, randomState=0)
    yield case('RandomForestClassifier', 'gaps', nEstimators=3, randomState=1, maxSamples=0.5)
    yield case('RandomForestClassifier', 'two', nEstimators=2, randomState=2, bootstrap=False, criterion='entropy')
    yield case('RandomForestRegressor', 'numbers', nEstimators=3, randomState=0)
    yield case('RandomForestRegressor', 'gap_numbers', nEstimators=2, randomState=0, maxFeatures='sqrt', maxSamples=40)
    yield case('ExtraTreesClassifier', 'three', nEstimators=3, randomState=0)
    yield case('ExtraTreesClassifier', 'gaps', nEstimators=2, randomState=0, bootstrap=True)
    yield case('ExtraTreesRegressor', 'numbers', nEstimators=2, randomState=11, minSamplesLeaf=2)


def make_trees():
    data = make_data()
    cases = []
    for case in tree_cases():
        X, y = data[case['data']]['X'], data[case['data']]['y']
        model = class_of(case['class'])(**python_parameters(case['given'])).fit(X, y)
        cases.append(dict(case, trees=trees_of(model), predict=model.predict(X[:30])))
    return {'data': data, 'cases': cases}


def learned(model):
    """Numbers and labels among the attributes that were learned."""
    state = model.__getstate__()
    names = [name for name in state if name.endswith('_') or name in ('_y', '_n_features_outs', '_missing_indices')]
    # What LAPACK says beside the coefficients, and parts, which have their own cases.
    left_out = 'rank_', 'singular_', 'transformers_', 'output_indices_', 'indicator_'
    return {name: state[name] for name in names if name not in left_out}


def more_data():
    random = np.random.RandomState(3)
    base = make_data()
    numbers, gaps = base['numbers']['X'], base['gaps']['X'].copy()
    price = numbers @ np.array([1.5, -2, 0.25, 3, 0]) + 0.1 * random.standard_normal(90)
    city = random.choice(['Oslo', 'Wien', 'Z\u00fcrich'], 90).astype(object)
    size = random.randint(20, 90, 90)
    age = np.round(random.uniform(0, 80, 90), 2)
    age[::7] = np.nan
    table = np.array(list(zip(age.tolist(), size.tolist(), city, base['two']['y'].tolist())), dtype=object)
    columns = ['age', 'size', 'city', 'new']
    wide = np.round(random.standard_normal((12, 20)), 2)
    return {
        'numbers': {'X': numbers, 'y': price}, 'gaps': {'X': gaps, 'y': price},
        'words': {'X': numbers + 100, 'y': base['words']['y']}, 'one': {'X': numbers[:, :1] * 1e3, 'y': price},
        'frame': {'X': numbers, 'y': price, 'columns': list('abcde')},
        'gap_frame': {'X': gaps, 'y': price, 'columns': list('abcde')},
        'texts': {'X': table[:, 2:3], 'y': price},
        'codes': {'X': np.array([[3, 1.5], [1, 1.5], [2, -1], [3, 0]]), 'y': np.arange(4)},
        'mixed': {'X': table, 'y': price, 'columns': columns},
        'mixed_labels': {'X': table, 'y': base['words']['y'], 'columns': columns},
        'wide': {'X': wide, 'y': wide[:, 0] + 1},
        'constant': {'X': np.array([[0.1, 5], [0.1, 5], [0.1, 6.]]), 'y': np.arange(3)},
    }


def part_cases():
    def part(name, **given):
        return {'class': name, 'given': given}

    for data in 'numbers', 'gaps', 'words', 'one', 'frame', 'gap_frame', 'constant':
        yield case('StandardScaler', data)
        yield case('MinMaxScaler', data)
        yield case('SimpleImputer', data)
    for given in {'withMean': False}, {'withStd': False}, {'withMean': False, 'withStd': False}:
        yield case('StandardScaler', 'numbers', **given)
    yield case('MinMaxScaler', 'numbers', clip=True)
    for strategy in 'median', 'most_frequent':
        yield case('SimpleImputer', 'gaps', strategy=strategy)
    yield case('SimpleImputer', 'gaps', strategy='constant', fillValue=7)
    yield case('SimpleImputer', 'texts', strategy='most_frequent')
    for data in 'texts', 'codes':
        yield case('OneHotEncoder', data)
        yield case('OrdinalEncoder', data)
    yield case('OneHotEncoder', 'texts', handleUnknown='ignore', sparseOutput=False)
    yield case('OrdinalEncoder', 'texts', handleUnknown='use_encoded_value', unknownValue=-1)
    for data in 'numbers', 'frame', 'one', 'wide':
        yield case('LinearRegression', data)
        yield case('Ridge', data)
        yield case('KNeighborsRegressor', data)
    yield case('LinearRegression', 'numbers', fitIntercept=False)
    yield case('Ridge', 'numbers', alpha=0.01, fitIntercept=False)
    for name in 'GaussianNB', 'KNeighborsClassifier':
        yield case(name, 'words')
    yield case('KNeighborsClassifier', 'words', nNeighbors=3, weights='distance', p=1)
    filled = part('Pipeline', steps=[['fill', part('SimpleImputer')], ['scale', part('StandardScaler')]])
    columns = {'class': 'ColumnTransformer', 'given': {'transformers': [
        ['numbers', filled, ['age', 'size']],
        ['texts', part('OneHotEncoder', sparseOutput=False), ['city']]], 'remainder': 'passthrough'}}
    yield dict(columns, data='mixed')
    yield case('ColumnTransformer', 'mixed', transformers=[['c', part('OneHotEncoder'), ['city', 'new']], ['d', 'drop', ['age']]])
    yield case('ColumnTransformer', 'numbers', transformers=[['a', part('MinMaxScaler'), [2, 0]], ['b', 'passthrough', [1]]])
    yield case('Pipeline', 'mixed', steps=[['columns', columns], ['model', part('LinearRegression')]])
    yield case('Pipeline', 'mixed_labels', steps=[['columns', columns], ['model', part('GaussianNB')]])
    yield case('Pipeline', 'mixed_labels', steps=[
        ['columns', columns], ['skip', 'passthrough'], ['model', part('RandomForestClassifier', nEstimators=5, randomState=0)]])


def make_parts():
    import pandas as pd
    data = more_data()
    cases = []
    for case in part_cases():
        source = data[case['data']]
        X = rows_of({'X': plain(source['X']), 'columns': source.get('columns')})
        model = class_of(case['class'])(**python_parameters(case['given'])).fit(X, source['y'])
        answers = {}
        for method in 'predict', 'predict_proba', 'transform':
            if hasattr(model, method):
                got = getattr(model, method)(X[:30])
                answers[method] = got.toarray() if hasattr(got, 'toarray') else got
        cases.append(dict(case, learned=learned(model), answers=answers))
    return {'pandas': pd.__version__, 'data': data, 'cases': cases}


def make_splits():
    from sklearn.model_selection import KFold, StratifiedKFold, train_test_split
    labels = make_data()['words']['y'][:40]
    few = [1, 0, 1, 2, 2, 1, 0, 0, 2, 1, 1, 1]
    halves, folds = [], []
    for options in ({'randomState': 0}, {'randomState': 1, 'testSize': 0.3}, {'randomState': 2, 'testSize': 7, 'trainSize': 0.5},
                    {'shuffle': False, 'testSize': 0.2}, {'randomState': 3, 'trainSize': 11}):
        train, test = train_test_split(np.arange(40), **python_parameters(options))
        halves.append({'rows': 40, 'options': options, 'train': train, 'test': test})
    for y in labels, few:
        for seed in range(4):
            train, test = train_test_split(np.arange(len(y)), random_state=seed, stratify=y, test_size=0.31)
            options = {'randomState': seed, 'testSize': 0.31, 'stratify': y}
            halves.append({'rows': len(y), 'options': options, 'train': train, 'test': test})
    for name, Class in ('KFold', KFold), ('StratifiedKFold', StratifiedKFold):
        for options in ({}, {'nSplits': 3}, {'nSplits': 4, 'shuffle': True, 'randomState': 5}):
            for y in labels, few:
                made = Class(**python_parameters(options)).split(np.zeros(len(y)), y)
                splits = [{'train': train, 'test': test} for train, test in made]
                folds.append({'class': name, 'options': options, 'y': y, 'splits': splits})
    return {'halves': halves, 'folds': folds, 'scores': cross_scores()}


def cross_scores():
    from sklearn.model_selection import KFold, StratifiedKFold, cross_val_score
    data = more_data()
    made = []
    for case, folds in (({'class': 'DecisionTreeClassifier', 'data': 'words', 'given': {'randomState': 0}}, StratifiedKFold()),
                        ({'class': 'RandomForestRegressor', 'data': 'numbers', 'given': {'randomState': 0, 'nEstimators': 4}}, KFold()),
                        ({'class': 'GaussianNB', 'data': 'words', 'given': {}}, StratifiedKFold())):
        named = case['class'] == 'GaussianNB'
        source, columns = data[case['data']], list('abcde') if named else None
        X = rows_of({'X': plain(source['X']), 'columns': columns})
        model = class_of(case['class'])(**python_parameters(case['given']))
        made.append({'class': case['class'], 'given': case['given'], 'X': source['X'], 'y': source['y'], 'columns': columns,
                     'scores': cross_val_score(model, X, source['y'], cv=folds)})
    return made


def make_metrics():
    from sklearn import metrics
    random = np.random.RandomState(5)
    y = np.round(random.standard_normal(300), 3)
    p = y + np.round(random.standard_normal(300), 2)
    labels = random.choice(['a', 'b', 'c'], 200)
    guesses = np.where(random.uniform(size=200) < 0.6, labels, 'b')
    two, scores = random.randint(0, 2, 150), np.round(random.uniform(size=150), 2)
    shares = random.dirichlet([1, 1, 1], 200)
    shares[0] = [0, 0, 1]
    return {
        'regression': {'y': y, 'p': p, 'r2Score': metrics.r2_score(y, p), 'meanAbsoluteError': metrics.mean_absolute_error(y, p),
                       'meanSquaredError': metrics.mean_squared_error(y, p),
                       'rootMeanSquaredError': metrics.root_mean_squared_error(y, p)},
        'labels': {'y': labels, 'p': guesses, 'accuracyScore': metrics.accuracy_score(labels, guesses),
                   'confusionMatrix': metrics.confusion_matrix(labels, guesses),
                   'f1': {average: metrics.f1_score(labels, guesses, average=average) for average in ('macro', 'micro', 'weighted')}},
        'two': {'y': two, 'scores': scores, 'rocAucScore': metrics.roc_auc_score(two, scores),
                'f1': metrics.f1_score(two, scores > 0.4)},
        'shares': {'y': labels, 'p': shares, 'logLoss': metrics.log_loss(labels, shares)},
    }


def make_random():
    def draws(seed, get):
        return plain(get(np.random.RandomState(seed)))

    weights = np.array([0.1, 0.4, 0, 0.5])
    return {'draws': [{
        'seed': seed, 'shuffle': draws(seed, lambda r: r.permutation(9)), 'integers': draws(seed, lambda r: r.randint(0, 90, 12)),
        'seeds': draws(seed, lambda r: r.randint(np.iinfo(np.int32).max, size=5)),
        'choice': draws(seed, lambda r: r.choice(20, 6, replace=False)),
        'weighted': draws(seed, lambda r: r.choice(4, 15, p=weights)),
        'normal': draws(seed, lambda r: r.standard_normal(7)),
    } for seed in (0, 1, 4294967295)], 'weights': weights}


SUBJECTS = {'trees': make_trees, 'parts': make_parts, 'splits': make_splits, 'metrics': make_metrics, 'random': make_random}


def make(folder):
    import sklearn
    if sklearn.__version__ != '1.9.1':
        sys.exit('expected values come from scikit-learn 1.9.1, this is ' + sklearn.__version__)
    for name, maker in SUBJECTS.items():
        made = dict({'sklearn': sklearn.__version__, 'numpy': np.__version__}, **maker())
        with open(os.path.join(folder, name + '.json'), 'w') as file:
            json.dump(plain(made), file, separators=(',', ':'))
            file.write('\n')


def rows_of(case):
    if case.get('columns'):
        import pandas as pd
        return pd.DataFrame({name: [row[at] for row in case['X']] for at, name in enumerate(case['columns'])})
    return np.array([[np.nan if value is None else value for value in row] for row in case['X']],
                    dtype=object if any(isinstance(v, str) for row in case['X'] for v in row) else float)


def shown(model):
    """The default of this one changed between 1.6 and 1.7; it has no effect once a model is fitted."""
    return re.sub(r'force_int_remainder_cols=\w+,|\s', '', repr(model))


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
        if python_name(name) in known and not isinstance(value, (list, dict)) and known[python_name(name)] != value:
            raise AssertionError('%s: %r is not %r' % (name, known[python_name(name)], value))


def check_case(folder, name, version):
    """Python reads the pickle; it answers what TypeScript answered, and is a whole estimator."""
    from sklearn.base import clone
    with open(os.path.join(folder, name + '.json')) as file:
        case = json.load(file)
    with open(os.path.join(folder, name + '.pkl'), 'rb') as file:
        model = pickle.load(file)
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
    return model


def check(folder):
    import sklearn
    version = tuple(int(part) for part in sklearn.__version__.split('.')[:2])
    done = failed = left_out = 0
    for name in sorted(name[:-4] for name in os.listdir(folder) if name.endswith('.pkl')):
        with open(os.path.join(folder, name + '.json')) as file:
            has_trees = re.search(r'"class":"\w*(Tree|Forest)', file.read())
        if version < (1, 3) and has_trees:
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
    {'make': make, 'check': check}[sys.argv[1]](sys.argv[2])
