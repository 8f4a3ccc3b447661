"""Every parameter of trees, forests and gradient boosting, also on real tables: the bits of every node, and answers."""
import hashlib

import numpy as np

from .data import dataset, make_data
from .kit import case, class_of, python_parameters

# The rows that answers are compared for.
ROWS = 20
ATTRIBUTES = ('oob_score_', 'oob_prediction_', 'oob_decision_function_', 'train_score_', 'oob_improvement_', 'oob_scores_',
              'n_estimators_')


def half(value):
    return {'float': value}


def tree_cases():
    trees, forests = 'DecisionTree', 'RandomForest'
    yield case(trees + 'Classifier', 'iris', randomState=0, classWeight='balanced', maxLeafNodes=6)
    yield case(trees + 'Classifier', 'wine', randomState=1, ccpAlpha=half(0.02), criterion='entropy')
    yield case(trees + 'Classifier', 'breast_cancer', randomState=2, monotonicCst=[1, -1, 0] * 10, maxDepth=4)
    yield case(trees + 'Classifier', 'digits', randomState=3, maxLeafNodes=40, minSamplesLeaf=half(0.004))
    yield case(trees + 'Classifier', 'words', randomState=4, classWeight={'low': 2.5, 'high': 0.3}, weighted=True)
    yield case(trees + 'Classifier', 'gaps', randomState=5, maxLeafNodes=9, weighted=True)
    yield case(trees + 'Regressor', 'diabetes', randomState=0, criterion='absolute_error', maxDepth=4)
    yield case(trees + 'Regressor', 'diabetes', randomState=0, criterion='poisson', maxLeafNodes=20, weighted=True)
    yield case(trees + 'Regressor', 'diabetes', randomState=1, ccpAlpha=half(30.0), weighted=True)
    yield case(trees + 'Regressor', 'gap_numbers', randomState=2, criterion='absolute_error', splitter='random')
    yield case(trees + 'Regressor', 'numbers', randomState=3, monotonicCst=[1, -1, 0, 0, 1], maxLeafNodes=8)
    yield case('ExtraTreeClassifier', 'wine', randomState=4, classWeight='balanced', minImpurityDecrease=half(0.01))
    yield case('ExtraTreeRegressor', 'diabetes', randomState=5, criterion='poisson', minSamplesLeaf=5)
    yield case(forests + 'Classifier', 'iris', nEstimators=8, randomState=0, oobScore=True)
    yield case(forests + 'Classifier', 'wine', nEstimators=4, randomState=1, classWeight='balanced_subsample', maxDepth=4)
    yield case(forests + 'Classifier', 'breast_cancer', nEstimators=4, randomState=2, classWeight='balanced', weighted=True,
               maxLeafNodes=10, oobScore=True)
    yield case(forests + 'Classifier', 'digits', nEstimators=4, randomState=3, maxDepth=6)
    yield case(forests + 'Regressor', 'diabetes', nEstimators=8, randomState=4, oobScore=True, ccpAlpha=half(10.0))
    yield case(forests + 'Regressor', 'diabetes', nEstimators=3, randomState=5, weighted=True, maxSamples=half(0.5))
    yield case('ExtraTreesClassifier', 'digits', nEstimators=3, randomState=6, bootstrap=True, classWeight='balanced')
    yield case('ExtraTreesRegressor', 'diabetes', nEstimators=3, randomState=7, criterion='absolute_error', maxDepth=4)
    yield case('ExtraTreesRegressor', 'numbers', nEstimators=3, randomState=8, bootstrap=True, oobScore=True, weighted=True,
               monotonicCst=[1, 0, 0, 0, 0])


def boosting_cases():
    classifier, regressor = 'GradientBoostingClassifier', 'GradientBoostingRegressor'
    yield case(classifier, 'iris', nEstimators=5, randomState=0)
    yield case(classifier, 'wine', nEstimators=4, randomState=1, subsample=half(0.6), maxFeatures='sqrt', weighted=True)
    yield case(classifier, 'breast_cancer', nEstimators=6, randomState=2)
    yield case(classifier, 'breast_cancer', nEstimators=6, randomState=3, loss='exponential', maxLeafNodes=5, maxDepth=None)
    yield case(classifier, 'breast_cancer', nEstimators=60, randomState=4, nIterNoChange=2, tol=half(0.03), maxDepth=2,
               learningRate=half(0.4))
    yield case(classifier, 'digits', nEstimators=2, randomState=5, maxDepth=2, init='zero')
    yield case(classifier, 'two', nEstimators=4, randomState=6, loss='exponential', subsample=half(0.5), weighted=True)
    for loss in 'squared_error', 'absolute_error', 'huber', 'quantile':
        yield case(regressor, 'diabetes', nEstimators=5, randomState=7, loss=loss)
        yield case(regressor, 'numbers', nEstimators=4, randomState=8, loss=loss, alpha=half(0.3), weighted=True,
                   subsample=half(0.7), ccpAlpha=half(0.001))
    yield case(regressor, 'diabetes', nEstimators=50, randomState=9, nIterNoChange=3, learningRate=half(0.5),
               validationFraction=half(0.2), criterion='squared_error')
    yield case(regressor, 'diabetes', nEstimators=4, randomState=10, init='zero', minWeightFractionLeaf=half(0.05))
    yield case(regressor, 'diabetes', nEstimators=4, randomState=11,
               init={'class': 'DecisionTreeRegressor', 'given': {'maxDepth': 2, 'randomState': 0}})


def digest(trees):
    """Of all nodes, tree after tree, array after array, little-endian; zeros without a sign."""
    found = hashlib.sha256()
    for tree in trees:
        for name in 'children_left', 'children_right', 'feature', 'n_node_samples':
            found.update(np.asarray(getattr(tree, name), '<i8').tobytes())
        for name in 'threshold', 'impurity', 'weighted_n_node_samples', 'value':
            found.update((np.asarray(getattr(tree, name), '<f8') + 0.0).tobytes())
        found.update(np.asarray(tree.missing_go_to_left, 'u1').tobytes())
    return found.hexdigest()


def sources():
    base = make_data()
    own = {name: base[name] for name in ('numbers', 'words', 'two', 'gaps', 'gap_numbers')}
    real = {name: {'dataset': name} for name in ('iris', 'wine', 'breast_cancer', 'diabetes', 'digits')}
    return dict(own, **real)


def make(cases):
    data, done = sources(), []
    for each in cases:
        weighted = each['given'].pop('weighted', False)
        source = data[each['data']]
        table = dataset(source['dataset']) if 'dataset' in source else source
        X, y = np.asarray(table['X']), table['y']
        model = class_of(each['class'])(**python_parameters(each['given']))
        model.fit(X, y, sample_weight=np.arange(len(X)) % 3.5 if weighted else None)
        trees = [tree.tree_ for tree in np.ravel(getattr(model, 'estimators_', [model]))]
        made = dict(each, nodes=[tree.node_count for tree in trees], digest=digest(trees), predict=model.predict(X[:ROWS]))
        if hasattr(model, 'predict_proba'):
            made['predict_proba'] = model.predict_proba(X[:ROWS])
        made['attributes'] = {name: np.asarray(getattr(model, name)).ravel()[:60] for name in ATTRIBUTES if hasattr(model, name)}
        done.append(dict(made, weighted=3.5) if weighted else made)
    used = {each['data'] for each in done}
    return {'data': {name: data[name] for name in data if name in used}, 'cases': done}


def make_growth():
    return make(tree_cases())


def make_gradient_boosting():
    return make(boosting_cases())
