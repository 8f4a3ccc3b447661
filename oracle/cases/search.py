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


CASES = [
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
