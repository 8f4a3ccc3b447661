"""Estimators made of estimators: voting, stacking, calibration, one against others, several outputs."""
from kit.case import cases_of
from kit.sk import VERSION, sk

case, multi, output = cases_of('ensemble'), cases_of('multiclass'), cases_of('multioutput')
calibration = cases_of('calibration')
lm, en = sk.linear_model, sk.ensemble


def logistic(**params):
    return lm.LogisticRegression(solver='lbfgs', **params)


def tree(**params):
    return sk.tree.DecisionTreeClassifier(max_depth=2, random_state=0, **params)


def stump():
    return sk.tree.DecisionTreeClassifier(max_depth=1, random_state=0)


def regression_tree():
    return sk.tree.DecisionTreeRegressor(max_depth=2, random_state=0)


def bayes():
    return sk.naive_bayes.GaussianNB()


def neighbours():
    return sk.neighbors.KNeighborsClassifier(n_neighbors=3, algorithm='kd_tree')


def vote(*models, **params):
    return lambda: en.VotingClassifier(estimators=[('m%d' % i, make()) for i, make in enumerate(models)], **params)


def stack(final, **params):
    return lambda: en.StackingClassifier(estimators=[('tree', tree()), ('bayes', bayes())], final_estimator=final(),
                                         cv=3, **params)


def calibrated(make, **params):
    return lambda: sk.calibration.CalibratedClassifierCV(estimator=make(), **params)


def prefit(make, data, **params):
    """The classifier is fitted on all rows before it is calibrated on them."""
    def build():
        from kit.data import DATA
        X, y, _ = DATA[data]()
        fitted = make().fit(X, y)
        if VERSION >= (1, 6):
            fitted, cv = sk.frozen.FrozenEstimator(estimator=fitted), 2
        else:
            cv = 'prefit'
        return sk.calibration.CalibratedClassifierCV(estimator=fitted, cv=cv, **params)
    return build


def svc():
    return sk.svm.LinearSVC(random_state=0)


CASES = [
    case('VotingClassifier-hard_text', vote(logistic, tree, bayes), 'iris_text', core=True),
    case('VotingClassifier-soft', vote(tree, bayes, voting='soft'), 'iris', core=True),
    case('VotingClassifier-soft_weights', vote(tree, neighbours, voting='soft', weights=[2, 1]), 'classes4_ints'),
    case('VotingClassifier-hard_weights', vote(logistic, tree, neighbours, weights=[1, 2.5, 1]), 'classes4_ints',
         x=True),
    case('VotingClassifier-drop', lambda: vote(tree, bayes, logistic, voting='soft')().set_params(m1='drop'), 'iris',
         since='0.21'),
    case('VotingClassifier-unflattened', vote(tree, bayes, voting='soft', flatten_transform=False), 'binary',
         since='0.19', x=True),
    case('VotingRegressor-two', lambda: en.VotingRegressor(
        estimators=[('a', lm.LinearRegression()), ('b', regression_tree())]), 'regression', since='0.21', core=True),
    case('VotingRegressor-weights', lambda: en.VotingRegressor(
        estimators=[('a', lm.Ridge()), ('b', regression_tree())], weights=[0.3, 0.9]), 'regression', since='0.21'),
    case('StackingClassifier-logistic', stack(logistic), 'iris_text', since='0.22', core=True),
    case('StackingClassifier-binary', stack(logistic), 'binary', since='0.22'),
    case('StackingClassifier-passthrough', stack(tree, passthrough=True), 'classes4_ints', since='0.22'),
    case('StackingClassifier-predict', stack(tree, stack_method='predict'), 'iris', since='0.22', x=True),
    case('StackingClassifier-decision', lambda: en.StackingClassifier(
        estimators=[('svc', svc()), ('tree', tree())], final_estimator=tree(), cv=3), 'iris', since='0.22'),
    case('StackingRegressor-ridge', lambda: en.StackingRegressor(
        estimators=[('a', lm.LinearRegression()), ('b', regression_tree())], final_estimator=lm.Ridge(), cv=3),
        'regression', since='0.22', core=True),
    case('StackingRegressor-passthrough', lambda: en.StackingRegressor(
        estimators=[('b', regression_tree())], final_estimator=regression_tree(), cv=3, passthrough=True),
        'regression', since='0.22'),

    calibration('CalibratedClassifierCV-sigmoid', calibrated(svc, cv=2), 'binary_text', core=True),
    calibration('CalibratedClassifierCV-sigmoid_multi', calibrated(svc, cv=2), 'iris_text'),
    calibration('CalibratedClassifierCV-isotonic', calibrated(tree, method='isotonic', cv=2), 'binary', core=True),
    calibration('CalibratedClassifierCV-isotonic_multi', calibrated(bayes, method='isotonic', cv=2), 'classes4_ints'),
    calibration('CalibratedClassifierCV-no_ensemble', calibrated(tree, cv=3, ensemble=False), 'iris', since='0.24'),
    calibration('CalibratedClassifierCV-prefit', prefit(tree, 'binary'), 'binary'),
    calibration('CalibratedClassifierCV-prefit_isotonic', prefit(bayes, 'iris_text', method='isotonic'), 'iris_text'),
    calibration('CalibratedClassifierCV-temperature', calibrated(logistic, method='temperature', cv=2), 'iris_text',
                since='1.8'),
    calibration('CalibratedClassifierCV-temperature_binary', calibrated(tree, method='temperature', ensemble=False),
                'binary', since='1.8'),

    multi('OneVsRestClassifier-logistic', lambda: sk.multiclass.OneVsRestClassifier(estimator=logistic()), 'iris_text',
          core=True),
    multi('OneVsRestClassifier-tree', lambda: sk.multiclass.OneVsRestClassifier(estimator=tree()), 'classes4_ints'),
    multi('OneVsRestClassifier-svc', lambda: sk.multiclass.OneVsRestClassifier(estimator=svc()), 'classes4'),
    multi('OneVsRestClassifier-ties', lambda: sk.multiclass.OneVsRestClassifier(estimator=stump()), 'classes4_text',
          core=True),
    multi('OneVsRestClassifier-multilabel', lambda: sk.multiclass.OneVsRestClassifier(estimator=bayes()),
          'multilabel', core=True),
    multi('OneVsRestClassifier-multilabel_decision', lambda: sk.multiclass.OneVsRestClassifier(estimator=logistic()),
          'multilabel_constant'),
    multi('OneVsRestClassifier-regressor', lambda: sk.multiclass.OneVsRestClassifier(estimator=lm.LinearRegression()),
          'multilabel', x=True),
    multi('OneVsRestClassifier-regressor_text', lambda: sk.multiclass.OneVsRestClassifier(
        estimator=lm.LinearRegression()), 'iris_text'),
    multi('OneVsRestClassifier-sparse', lambda: sk.multiclass.OneVsRestClassifier(
        estimator=sk.naive_bayes.MultinomialNB()), 'sparse_counts'),
    multi('OneVsRestClassifier-binary', lambda: sk.multiclass.OneVsRestClassifier(estimator=bayes()), 'binary_text'),
    multi('OneVsRestClassifier-binary_svc', lambda: sk.multiclass.OneVsRestClassifier(estimator=svc()), 'binary_text',
          x=True),
    multi('OneVsRestClassifier-pipeline', lambda: sk.multiclass.OneVsRestClassifier(estimator=sk.pipeline.Pipeline(
        steps=[('scale', sk.preprocessing.StandardScaler()), ('model', logistic())])), 'frame_iris', since='1.0',
        x=True),
    multi('OneVsOneClassifier-svc', lambda: sk.multiclass.OneVsOneClassifier(estimator=svc()), 'iris_text', core=True),
    multi('OneVsOneClassifier-tree', lambda: sk.multiclass.OneVsOneClassifier(estimator=tree()), 'classes4_ints'),
    multi('OneVsOneClassifier-binary', lambda: sk.multiclass.OneVsOneClassifier(estimator=tree()), 'binary_text',
          core=True),
    multi('OutputCodeClassifier-tree', lambda: sk.multiclass.OutputCodeClassifier(
        estimator=tree(), code_size=2.0, random_state=0), 'classes4_ints', core=True),
    multi('OutputCodeClassifier-svc', lambda: sk.multiclass.OutputCodeClassifier(
        estimator=svc(), code_size=1.5, random_state=1), 'iris_text'),

    output('MultiOutputRegressor-ridge', lambda: sk.multioutput.MultiOutputRegressor(estimator=lm.Ridge()),
           'targets2', since='0.18', core=True),
    output('MultiOutputRegressor-boosting', lambda: sk.multioutput.MultiOutputRegressor(
        estimator=en.GradientBoostingRegressor(n_estimators=3, max_depth=2, random_state=0)), 'targets2',
        since='0.18', x=True),
    output('MultiOutputRegressor-sparse', lambda: sk.multioutput.MultiOutputRegressor(estimator=lm.Ridge()),
           'sparse_targets2', since='0.18', x=True),
    output('MultiOutputClassifier-tree', lambda: sk.multioutput.MultiOutputClassifier(estimator=tree()),
           'multiclass_multioutput', since='0.18', core=True),
    output('MultiOutputClassifier-alike', lambda: sk.multioutput.MultiOutputClassifier(estimator=tree()),
           'multilabel', since='0.18', core=True),
    output('MultiOutputClassifier-svc', lambda: sk.multioutput.MultiOutputClassifier(estimator=svc()),
           'multilabel', since='0.18', x=True),
    output('MultiOutputClassifier-logistic', lambda: sk.multioutput.MultiOutputClassifier(estimator=logistic()),
           'text_multioutput', since='0.22'),
    output('RegressorChain-ridge', lambda: sk.multioutput.RegressorChain(estimator=lm.Ridge(), order=[1, 0]),
           'targets2', since='0.20', core=True),
    output('RegressorChain-cv', lambda: sk.multioutput.RegressorChain(
        estimator=regression_tree(), order='random', random_state=1, cv=3), 'targets2', since='0.20'),
    output('ClassifierChain-tree', lambda: sk.multioutput.ClassifierChain(estimator=tree(), random_state=0),
           'multilabel', since='0.19', core=True),
    output('ClassifierChain-order', lambda: sk.multioutput.ClassifierChain(estimator=logistic(), order=[2, 0, 1]),
           'multilabel', since='0.19', core=True),
    output('ClassifierChain-sparse', lambda: sk.multioutput.ClassifierChain(estimator=logistic(), order=[1, 2, 0]),
           'sparse_multilabel', since='0.19'),
    output('ClassifierChain-multiclass', lambda: sk.multioutput.ClassifierChain(estimator=tree(), order=[1, 0]),
           'multiclass_multioutput', since='0.19', x=True),
    output('ClassifierChain-method', lambda: sk.multioutput.ClassifierChain(
        estimator=logistic(), order=[1, 0, 2], chain_method='predict_proba'), 'multilabel', since='1.5'),
    output('ClassifierChain-decisions', lambda: sk.multioutput.ClassifierChain(
        estimator=svc(), order=[1, 0, 2], chain_method=['predict_proba', 'decision_function'], cv=3), 'multilabel',
        since='1.5', x=True),
]
