"""sklearn.ensemble: averages of trees, and other averages."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('ensemble')
en, tree = sk.ensemble, sk.tree


def forest(name, **params):
    params.setdefault('n_estimators', 4)
    params.setdefault('random_state', 0)
    return lambda: getattr(en, name)(**params)


CASES = [
    case('RandomForestClassifier-iris', forest('RandomForestClassifier'), 'iris', core=True),
    case('RandomForestClassifier-text', forest('RandomForestClassifier', max_depth=3), 'iris_text', core=True),
    case('RandomForestClassifier-binary', forest('RandomForestClassifier', max_depth=3, criterion='entropy'), 'binary'),
    case('RandomForestClassifier-ints_weighted', forest(
        'RandomForestClassifier', max_depth=3, class_weight='balanced_subsample'), 'classes4_ints'),
    case('RandomForestClassifier-no_bootstrap', forest(
        'RandomForestClassifier', bootstrap=False, max_leaf_nodes=6), 'wine', since='0.19'),
    case('RandomForestClassifier-oob', forest('RandomForestClassifier', n_estimators=12, max_depth=2, oob_score=True),
         'binary_bool', x=True),
    case('RandomForestClassifier-multi_output', forest('RandomForestClassifier', n_estimators=3, max_depth=3),
         'multiclass_multioutput'),
    case('RandomForestClassifier-multilabel', forest('RandomForestClassifier', n_estimators=3, max_depth=3),
         'multilabel', x=True),
    case('RandomForestClassifier-float32', forest('RandomForestClassifier', n_estimators=3, max_depth=3), 'iris32',
         x=True),
    case('RandomForestClassifier-missing', forest('RandomForestClassifier', max_depth=3), 'missing_classes',
         since='1.4'),
    case('RandomForestClassifier-frame', forest('RandomForestClassifier', n_estimators=3, max_depth=3), 'frame_iris',
         x=True),
    case('RandomForestClassifier-sparse', forest('RandomForestClassifier', n_estimators=3, max_depth=3),
         'sparse_counts', x=True),
    case('RandomForestRegressor-diabetes', forest('RandomForestRegressor', n_estimators=5, max_depth=3,
                                                  max_features=1.0), 'diabetes', core=True),
    case('RandomForestRegressor-full', forest('RandomForestRegressor', n_estimators=3, min_samples_leaf=2),
         'regression', x=True),
    case('RandomForestRegressor-absolute_error', forest(
        'RandomForestRegressor', n_estimators=3, max_depth=3, criterion='absolute_error'), 'regression', since='0.18',
        x=True),
    case('RandomForestRegressor-multi_output', forest('RandomForestRegressor', n_estimators=3, max_depth=3),
         'targets2'),
    case('RandomForestRegressor-missing', forest('RandomForestRegressor', n_estimators=3, max_depth=3),
         'missing_regression', since='1.4'),
    case('RandomForestRegressor-one_feature', forest('RandomForestRegressor', n_estimators=3, max_depth=2),
         'one_feature', x=True),
    case('ExtraTreesClassifier-iris', forest('ExtraTreesClassifier', max_depth=3), 'iris_text', core=True),
    case('ExtraTreesClassifier-multi_output', forest('ExtraTreesClassifier', n_estimators=3, max_depth=3),
         'text_multioutput', x=True),
    case('ExtraTreesClassifier-bootstrap', forest('ExtraTreesClassifier', n_estimators=3, max_depth=4, bootstrap=True),
         'classes4_ints', x=True),
    case('ExtraTreesRegressor-regression', forest('ExtraTreesRegressor', max_depth=3), 'regression', core=True),
    case('ExtraTreesRegressor-multi_output', forest('ExtraTreesRegressor', n_estimators=3, max_depth=3), 'targets2',
         x=True),
    case('RandomTreesEmbedding-blobs', forest('RandomTreesEmbedding', n_estimators=3, max_depth=2), 'unlabelled',
         since='0.18'),
    case('BaggingClassifier-trees', lambda: en.BaggingClassifier(
        estimator=tree.DecisionTreeClassifier(max_depth=3), n_estimators=3, random_state=0), 'iris_text'),
    case('BaggingClassifier-features', lambda: en.BaggingClassifier(
        estimator=tree.DecisionTreeClassifier(max_depth=2), n_estimators=4, max_features=0.5, max_samples=0.7,
        random_state=0), 'wine', since='0.19'),
    case('BaggingClassifier-decision', lambda: en.BaggingClassifier(
        estimator=sk.linear_model.LogisticRegression(solver='liblinear'), n_estimators=3, random_state=0), 'binary'),
    case('BaggingClassifier-log_proba', lambda: en.BaggingClassifier(
        estimator=sk.naive_bayes.GaussianNB(), n_estimators=3, random_state=0), 'classes4'),
    case('BaggingClassifier-voting', lambda: en.BaggingClassifier(
        estimator=sk.svm.LinearSVC(random_state=0), n_estimators=3, random_state=0), 'classes4_ints', x=True),
    case('BaggingRegressor-trees', lambda: en.BaggingRegressor(
        estimator=tree.DecisionTreeRegressor(max_depth=3), n_estimators=3, random_state=0), 'regression', core=True),
    case('BaggingRegressor-knn_features', lambda: en.BaggingRegressor(
        estimator=sk.neighbors.KNeighborsRegressor(n_neighbors=3, algorithm='kd_tree'), n_estimators=2,
        max_features=3, bootstrap_features=True, random_state=0), 'diabetes'),
    case('IsolationForest-blobs', lambda: en.IsolationForest(n_estimators=5, max_samples=24, random_state=0),
         'unlabelled', core=True, since='0.18'),
    case('IsolationForest-contamination', lambda: en.IsolationForest(
        n_estimators=4, max_samples=20, contamination=0.2, random_state=0), 'cancer_plain', since='0.18', core=True),
    case('IsolationForest-behaviour', lambda: en.IsolationForest(
        n_estimators=4, max_samples=0.4, contamination='auto', behaviour='new', random_state=0), 'unlabelled',
        since='0.20', until='0.21', core=True),
    case('IsolationForest-features', lambda: en.IsolationForest(
        n_estimators=4, max_samples=20, max_features=2, bootstrap=True, random_state=0), 'digits_plain', since='0.19',
        core=True),
    case('IsolationForest-one_sample', lambda: en.IsolationForest(n_estimators=3, max_samples=1, random_state=0),
         'unlabelled', since='1.0'),
    case('IsolationForest-two_samples', lambda: en.IsolationForest(n_estimators=3, max_samples=2, random_state=0),
         'unlabelled', since='0.18'),
    case('IsolationForest-float32', lambda: en.IsolationForest(n_estimators=4, max_samples=20, random_state=0),
         'unlabelled32', since='0.18', x=True),
    case('IsolationForest-sparse', lambda: en.IsolationForest(n_estimators=4, max_samples=20, random_state=0),
         'sparse_plain', since='0.18', x=True),
    case('IsolationForest-frame', lambda: en.IsolationForest(n_estimators=4, max_samples=20, random_state=0),
         'frame_plain', since='1.0', x=True),
    case('IsolationForest-missing', lambda: en.IsolationForest(n_estimators=4, max_samples=20, random_state=0),
         'missing', since='1.6', core=True),
    case('AdaBoostClassifier-default', lambda: en.AdaBoostClassifier(n_estimators=4, random_state=0), 'iris_text',
         core=True),
    case('AdaBoostClassifier-binary', lambda: en.AdaBoostClassifier(n_estimators=5, random_state=0), 'binary', x=True),
    case('AdaBoostClassifier-reversed_names', lambda: en.AdaBoostClassifier(
        estimator=sk.naive_bayes.GaussianNB(), n_estimators=3, random_state=0), 'frame_reversed', since='1.0', x=True),
    case('AdaBoostClassifier-samme', lambda: en.AdaBoostClassifier(
        n_estimators=4, algorithm='SAMME', estimator=tree.DecisionTreeClassifier(max_depth=2), random_state=0),
        'classes4_ints', until='1.7', core=True),
    case('AdaBoostClassifier-depth2', lambda: en.AdaBoostClassifier(
        n_estimators=4, estimator=tree.DecisionTreeClassifier(max_depth=2), learning_rate=0.5, random_state=0),
        'classes4_ints'),
    case('AdaBoostClassifier-samme_binary', lambda: en.AdaBoostClassifier(
        n_estimators=5, algorithm='SAMME', random_state=0), 'binary_text', until='1.7'),
    case('AdaBoostRegressor-linear', lambda: en.AdaBoostRegressor(
        n_estimators=4, estimator=tree.DecisionTreeRegressor(max_depth=2), random_state=0), 'regression'),
    case('AdaBoostRegressor-square', lambda: en.AdaBoostRegressor(
        n_estimators=5, loss='square', estimator=tree.DecisionTreeRegressor(max_depth=2), random_state=0), 'diabetes',
         x=True),
    case('AdaBoostRegressor-exponential', lambda: en.AdaBoostRegressor(
        n_estimators=4, loss='exponential', learning_rate=0.7,
        estimator=tree.DecisionTreeRegressor(max_depth=2), random_state=0), 'one_feature', x=True),
]
