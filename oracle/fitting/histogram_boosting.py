"""HistGradientBoosting*: every node of every tree, scores of early stopping, answers."""
import numpy as np

from .data import dataset, make_data
from .kit import case, class_of, python_parameters

CLASSIFIER, REGRESSOR = 'HistGradientBoostingClassifier', 'HistGradientBoostingRegressor'
FIELDS = {'value': 'value', 'feature': 'feature_idx', 'threshold': 'num_threshold', 'bin': 'bin_threshold', 'gain': 'gain',
          'count': 'count', 'missingLeft': 'missing_go_to_left', 'left': 'left', 'right': 'right', 'set': 'bitset_idx'}
# The rows that answers are compared for.
ROWS = 30


def more():
    base = make_data()
    numbers, random = base['numbers']['X'], np.random.RandomState(11)
    codes = np.column_stack([numbers[:, 0], random.randint(0, 7, 90), random.choice([-3, 0, 5], 90)])
    codes[::6, 1] = np.nan
    score = codes[:, 0] + np.sin(3 * np.nan_to_num(codes[:, 1])) + codes[:, 2]
    city = random.choice(['Oslo', 'Wien', 'Z\u00fcrich'], 90).astype(object)
    mixed = np.array(list(zip(numbers[:, 0].tolist(), city, numbers[:, 1].tolist())), dtype=object)
    return {
        'numbers': base['numbers'], 'gaps': base['gaps'], 'gap_numbers': base['gap_numbers'], 'wide': base['wide'],
        'counts': {'X': numbers, 'y': np.round(np.exp(numbers[:, 0])).astype(int)},
        'positive': {'X': numbers, 'y': np.round(np.exp(numbers[:, 0]), 3)},
        'codes': {'X': codes, 'y': np.round(score, 3)}, 'code_labels': {'X': codes, 'y': score > 0},
        'mixed': {'X': mixed, 'y': np.round(numbers[:, 0] + (city == 'Oslo'), 3), 'columns': ['a', 'city', 'b']},
        'iris': {'dataset': 'iris'}, 'wine': {'dataset': 'wine'}, 'breast_cancer': {'dataset': 'breast_cancer'},
        'diabetes': {'dataset': 'diabetes'}, 'digits': {'dataset': 'digits'},
    }


def cases():
    few = dict(maxIter=3, maxLeafNodes=6, randomState=0)
    for data in 'iris', 'wine', 'breast_cancer':
        yield case(CLASSIFIER, data, **few)
    yield case(CLASSIFIER, 'digits', maxIter=1, maxLeafNodes=5, randomState=0)
    yield case(CLASSIFIER, 'gaps', **dict(few, minSamplesLeaf=4))
    yield case(CLASSIFIER, 'wide', maxIter=2, maxBins=7, minSamplesLeaf=3, maxDepth=3, classWeight='balanced')
    yield case(CLASSIFIER, 'breast_cancer', maxIter=30, maxLeafNodes=4, randomState=3, earlyStopping=True, nIterNoChange=2,
               tol=0.01)
    yield case(CLASSIFIER, 'iris', maxIter=4, maxLeafNodes=4, randomState=5, earlyStopping=True, scoring=None,
               validationFraction=0.3)
    yield case(CLASSIFIER, 'wine', maxIter=3, maxLeafNodes=4, earlyStopping=True, scoring='neg_log_loss',
               validationFraction=None)
    yield case(CLASSIFIER, 'breast_cancer', **dict(few, maxFeatures=0.2, l2Regularization=1.5, learningRate=0.5))
    yield case(CLASSIFIER, 'code_labels', **dict(few, categoricalFeatures=[1, 2], minSamplesLeaf=2))
    yield case(REGRESSOR, 'diabetes', **few)
    yield case(REGRESSOR, 'gap_numbers', **dict(few, minSamplesLeaf=5))
    yield case(REGRESSOR, 'numbers', **dict(few, minSamplesLeaf=1, maxLeafNodes=None, maxDepth=3))
    yield case(REGRESSOR, 'diabetes', **dict(few, loss='absolute_error'))
    yield case(REGRESSOR, 'diabetes', **dict(few, loss='quantile', quantile=0.8))
    yield case(REGRESSOR, 'counts', **dict(few, loss='poisson'))
    yield case(REGRESSOR, 'positive', **dict(few, loss='gamma', minSamplesLeaf=4))
    yield case(REGRESSOR, 'diabetes', **dict(few, monotonicCst=[0, 0, 1, 1, 0, -1, 0, 0, 1, 0]))
    yield case(REGRESSOR, 'diabetes', **dict(few, interactionCst=[[2, 8], [3, 0]]))
    yield case(REGRESSOR, 'numbers', **dict(few, interactionCst='pairwise', minSamplesLeaf=4))
    yield case(REGRESSOR, 'numbers', **dict(few, interactionCst='no_interactions', maxFeatures=0.5))
    yield case(REGRESSOR, 'codes', **dict(few, categoricalFeatures=[False, True, True], minSamplesLeaf=3))
    yield case(REGRESSOR, 'mixed', **dict(few, categoricalFeatures=['city']))
    yield case(REGRESSOR, 'diabetes', maxIter=20, maxLeafNodes=4, randomState=9, earlyStopping=True, nIterNoChange=1,
               scoring='neg_mean_squared_error', learningRate=0.6, validationFraction=50)
    for each in (case(CLASSIFIER, 'wine', **dict(few, classWeight='balanced')), case(REGRESSOR, 'diabetes', **few),
                 case(REGRESSOR, 'numbers', **dict(few, loss='absolute_error', minSamplesLeaf=4, maxBins=12))):
        yield dict(each, weighted=True)


def tree_of(tree):
    made = {name: tree.nodes[field] for name, field in FIELDS.items()}
    return dict(made, sets=tree.raw_left_cat_bitsets)


def make_histogram_boosting():
    from .kit import plain, rows_of
    data = more()
    made = []
    for each in cases():
        source = data[each['data']]
        table = dataset(source['dataset']) if 'dataset' in source else source
        X = rows_of({'X': plain(table['X']), 'columns': table.get('columns')})
        model = class_of(each['class'])(**python_parameters(each['given']))
        # Weights are 0, 1, 2, 0, 1, 2 ...
        model.fit(X, table['y'], sample_weight=np.arange(len(X)) % 3.0 if each.get('weighted') else None)
        made.append(dict(
            each, trees=[[tree_of(tree) for tree in stage] for stage in model._predictors], baseline=model._baseline_prediction,
            train=model.train_score_, validation=model.validation_score_,
            answers=(model.predict_proba if each['class'] == CLASSIFIER else model.predict)(X[:ROWS])))
    return {'data': data, 'cases': made}
