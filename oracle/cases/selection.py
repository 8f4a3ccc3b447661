"""sklearn.feature_selection."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('feature_selection')
fs = sk.feature_selection

CASES = [
    case('SelectKBest-f_classif', lambda: fs.SelectKBest(k=2), 'iris', core=True),
    case('SelectKBest-chi2', lambda: fs.SelectKBest(score_func=fs.chi2, k=3), 'counts'),
    case('SelectKBest-f_regression', lambda: fs.SelectKBest(score_func=fs.f_regression, k=1), 'regression'),
    case('SelectKBest-sparse', lambda: fs.SelectKBest(score_func=fs.chi2, k=2), 'sparse_counts'),
    case('SelectPercentile-half', lambda: fs.SelectPercentile(percentile=50), 'classes4', core=True),
    case('VarianceThreshold-constant', lambda: fs.VarianceThreshold(), 'constant', core=True),
    case('VarianceThreshold-frame', lambda: fs.VarianceThreshold(threshold=0.9), 'frame_plain'),
    case('SelectFromModel-forest', lambda: fs.SelectFromModel(
        estimator=sk.ensemble.RandomForestClassifier(n_estimators=3, max_depth=2, random_state=0)), 'classes4',
        core=True),
    case('SelectFromModel-lasso', lambda: fs.SelectFromModel(
        estimator=sk.linear_model.Lasso(alpha=20.0), threshold=1e-3), 'regression'),
    case('SelectFromModel-max_features', lambda: fs.SelectFromModel(
        estimator=sk.linear_model.Ridge(), threshold=-float('inf'), max_features=2), 'frame_regression', since='0.20'),
    case('RFE-linear', lambda: fs.RFE(estimator=sk.linear_model.LinearRegression(), n_features_to_select=2),
         'regression', core=True),
    case('RFE-tree', lambda: fs.RFE(estimator=sk.tree.DecisionTreeClassifier(max_depth=2, random_state=0),
                                    n_features_to_select=2), 'iris_text'),
    case('RFECV-logistic', lambda: fs.RFECV(estimator=sk.linear_model.LogisticRegression(solver='liblinear'), cv=3),
         'binary', since='0.18', x=True),
    case('SequentialFeatureSelector-knn', lambda: fs.SequentialFeatureSelector(
        estimator=sk.linear_model.Ridge(), n_features_to_select=2, cv=2), 'regression', since='0.24', x=True),
]
