"""sklearn.model_selection (sklearn.grid_search before 0.18)."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('model_selection')


def untimed(search):
    """Times differ in every run; forget them."""
    search.refit_time_ = 0.0
    for name, values in getattr(search, 'cv_results_', {}).items():
        if name.endswith('_time'):
            values[:] = 0.0


def grid(make, grid, **params):
    return lambda: sk.model_selection.GridSearchCV(estimator=make(), param_grid=grid, cv=3, **params)


def pipeline():
    return sk.pipeline.Pipeline(steps=[('scale', sk.preprocessing.StandardScaler()),
                                       ('model', sk.linear_model.LogisticRegression(solver='liblinear'))])


def fixed(make, **params):
    return lambda: sk.model_selection.FixedThresholdClassifier(estimator=make(), **params)


def tuned(make, scoring, **params):
    return lambda: sk.model_selection.TunedThresholdClassifierCV(
        estimator=make(), scoring=scoring, cv=3, random_state=0, **params)


def logistic():
    return sk.linear_model.LogisticRegression(solver='liblinear')


def scorer(name, **params):
    return sk.metrics.make_scorer(getattr(sk.metrics, name), **params)


CASES = [
    case('FixedThresholdClassifier-text', fixed(logistic, threshold=0.7, pos_label='no'), 'binary_text', since='1.5',
         core=True),
    case('FixedThresholdClassifier-auto', fixed(pipeline), 'binary', since='1.5'),
    case('FixedThresholdClassifier-decision', fixed(
        lambda: sk.svm.SVC(gamma=0.3), threshold=-0.4, response_method='decision_function'), 'binary_text',
        since='1.5', core=True),
    case('FixedThresholdClassifier-signed', fixed(
        lambda: sk.linear_model.RidgeClassifier(), threshold=0.1, pos_label=-1), 'binary_signed', since='1.5', x=True),
    case('FixedThresholdClassifier-frame', fixed(
        lambda: sk.neighbors.KNeighborsClassifier(), threshold=0.3, response_method='predict_proba'), 'binary_bool',
        since='1.5'),
    case('TunedThresholdClassifierCV-f1', tuned(logistic, 'f1'), 'binary', since='1.5', core=True, after=untimed),
    case('TunedThresholdClassifierCV-text', tuned(logistic, 'balanced_accuracy'), 'binary_text', since='1.5',
         core=True),
    case('TunedThresholdClassifierCV-pos_label', lambda: tuned(logistic, scorer('f1_score', pos_label='no'))(),
         'binary_text', since='1.5'),
    case('TunedThresholdClassifierCV-recall_zero', lambda: tuned(logistic, scorer(
        'fbeta_score', beta=0.5, pos_label=0))(), 'binary', since='1.5', x=True),
    case('TunedThresholdClassifierCV-decision', tuned(
        lambda: sk.svm.SVC(gamma=0.2), 'accuracy', response_method='decision_function', thresholds=30),
        'binary_signed', since='1.5'),
    case('GridSearchCV-ridge', grid(lambda: sk.linear_model.Ridge(), {'alpha': [0.1, 10.0]}), 'regression', core=True,
         after=untimed),
    case('GridSearchCV-pipeline', grid(pipeline, {'model__C': [0.1, 1.0]}), 'binary_text', after=untimed),
    case('GridSearchCV-svc', grid(lambda: sk.svm.SVC(gamma=0.3), {'kernel': ['linear', 'rbf']}), 'iris_text',
         after=untimed, x=True),
    case('GridSearchCV-forest', grid(lambda: sk.ensemble.RandomForestClassifier(n_estimators=3, random_state=0),
                                     {'max_depth': [1, 2]}), 'iris', after=untimed),
    case('GridSearchCV-scorers', grid(lambda: sk.tree.DecisionTreeClassifier(random_state=0), {'max_depth': [1, 3]},
                                      scoring=['accuracy', 'f1_macro'], refit='accuracy'), 'iris', since='0.19',
         after=untimed, x=True),
    case('RandomizedSearchCV-tree', lambda: sk.model_selection.RandomizedSearchCV(
        estimator=sk.tree.DecisionTreeRegressor(random_state=0),
        param_distributions={'max_depth': [2, 3, 4], 'min_samples_leaf': [1, 3]}, n_iter=2, cv=3, random_state=0),
        'regression', core=True, after=untimed),
]
