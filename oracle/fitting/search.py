"""Grid searches: what every combination scores, and which one is the best."""
from .data import dataset
from .kit import case, class_of, plain, python_parameters


def part(name, **given):
    return {'class': name, 'given': given}


def search_cases():
    trees = part('DecisionTreeClassifier', randomState=0)
    yield case('GridSearchCV', 'iris', estimator=trees, paramGrid={'maxDepth': [1, 2, 3, None], 'criterion': ['gini', 'entropy']})
    for scoring in 'accuracy', 'f1_macro', 'f1_weighted', 'neg_log_loss':
        yield case('GridSearchCV', 'wine', estimator=part('GaussianNB'), paramGrid={'varSmoothing': [1e-9, 1e-3]}, scoring=scoring, cv=3)
    steps = [['scale', part('StandardScaler')], ['model', part('KNeighborsClassifier')]]
    yield case('GridSearchCV', 'breast_cancer', estimator=part('Pipeline', steps=steps), scoring='roc_auc',
               paramGrid={'model__nNeighbors': [1, 5], 'model__weights': ['uniform', 'distance'], 'scale__withMean': [True, False]})
    for scoring in 'r2', 'neg_mean_squared_error', 'neg_root_mean_squared_error', 'neg_mean_absolute_error':
        yield case('GridSearchCV', 'diabetes', estimator=part('DecisionTreeRegressor', randomState=1), scoring=scoring,
                   paramGrid=[{'maxDepth': [2, 4]}, {'minSamplesLeaf': [5, 20], 'maxDepth': [5]}])


def make_search():
    cases = []
    for each in search_cases():
        source = dataset(each['data'])
        model = class_of(each['class'])(**python_parameters(each['given'])).fit(source['X'], source['y'])
        results = {name: model.cv_results_[name] for name in ('mean_test_score', 'std_test_score', 'rank_test_score', 'params')}
        cases.append(dict(each, results=plain(results), best=plain(model.best_params_), score=model.best_score_,
                          answers={'predict': model.predict(source['X'][::7])}))
    return {'data': {name: {'dataset': name} for name in ('iris', 'wine', 'breast_cancer', 'diabetes')}, 'cases': cases}
