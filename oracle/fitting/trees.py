"""Trees and forests: every node."""
from .data import make_data
from .kit import case, class_of, python_parameters


def tree_of(model):
    tree = model.tree_
    return {'depth': tree.max_depth, 'left': tree.children_left, 'right': tree.children_right, 'feature': tree.feature,
            'threshold': tree.threshold, 'impurity': tree.impurity, 'samples': tree.n_node_samples,
            'weight': tree.weighted_n_node_samples, 'missingLeft': tree.missing_go_to_left, 'values': tree.value.ravel()}


def trees_of(model):
    return [tree_of(tree) for tree in getattr(model, 'estimators_', [model])]


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
