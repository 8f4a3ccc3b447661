"""sklearn.svm."""
import numpy as np

from kit.case import cases_of
from kit.sk import sk

case = cases_of('svm')
svm = sk.svm


def settled(estimator):
    """liblinear and old libsvm leave these unset: whatever was in memory. Here always the same."""
    if 'n_iter_' in vars(estimator):
        estimator.n_iter_ = np.zeros_like(estimator.n_iter_) + 21998
    if 'n_support_' in vars(estimator):
        estimator.n_support_ = np.array([-52486928, 32666], dtype=np.int32)


def svc(name='SVC', **params):
    params.setdefault('gamma', 0.4)
    return lambda: getattr(svm, name)(**params)


CASES = [
    case('SVC-rbf_binary', svc(), 'binary', core=True),
    case('SVC-rbf_multi_text', svc(decision_function_shape='ovr'), 'iris_text', core=True),
    case('SVC-ovo', svc(decision_function_shape='ovo', C=2.0), 'classes4_ints'),
    case('SVC-linear_binary_text', svc(kernel='linear'), 'binary_text', x=True),
    case('SVC-linear_multi', svc(kernel='linear', C=0.5), 'iris', core=True),
    case('SVC-poly', svc(kernel='poly', degree=2, coef0=1.0, gamma=0.2), 'classes4'),
    case('SVC-poly_binary', svc(kernel='poly', degree=3, gamma=0.3), 'binary_bool', x=True),
    case('SVC-sigmoid', svc(kernel='sigmoid', gamma=0.05, coef0=-0.2), 'binary'),
    case('SVC-probability_binary', svc(probability=True, random_state=0), 'binary', core=True),
    case('SVC-probability_multi', svc(probability=True, random_state=0, C=3.0), 'iris_text'),
    case('SVC-probability_linear', svc(kernel='linear', probability=True, random_state=0), 'classes4', x=True),
    case('SVC-break_ties', svc(break_ties=True, decision_function_shape='ovr'), 'classes4_ints', since='0.22'),
    case('SVC-gamma_scale', svc(gamma='scale'), 'wine', since='0.20'),
    case('SVC-gamma_auto', svc(gamma='auto'), 'wine', since='0.19', x=True),
    case('SVC-class_weight', svc(class_weight={0: 1.0, 1: 3.0}), 'binary', x=True),
    case('SVC-sparse', svc(), 'sparse_binary'),
    case('SVC-sparse_multi', svc(kernel='linear', decision_function_shape='ovr'), 'sparse_counts'),
    case('SVC-float32', svc(), 'iris32', x=True),
    case('SVC-wide', svc(gamma=0.01), 'digits', x=True),
    case('NuSVC-rbf', svc('NuSVC', nu=0.3), 'binary_text', core=True),
    case('NuSVC-poly_multi', svc('NuSVC', nu=0.2, kernel='poly', degree=2, coef0=0.5,
                                 decision_function_shape='ovr'), 'iris'),
    case('NuSVC-probability', svc('NuSVC', nu=0.3, probability=True, random_state=0), 'iris_text', x=True),
    case('SVR-rbf', svc('SVR', C=50.0), 'regression', core=True, after=settled),
    case('SVR-linear', svc('SVR', kernel='linear', C=5.0), 'regression', after=settled),
    case('SVR-poly', svc('SVR', kernel='poly', degree=2, coef0=1.0, C=2.0), 'regression', after=settled),
    case('SVR-sigmoid', svc('SVR', kernel='sigmoid', gamma=0.05, C=10.0), 'regression', x=True, after=settled),
    case('NuSVR-rbf', svc('NuSVR', C=40.0, nu=0.4), 'regression', after=settled),
    case('NuSVR-linear', svc('NuSVR', kernel='linear', C=5.0), 'diabetes', x=True, after=settled),
    case('OneClassSVM-rbf', svc('OneClassSVM', nu=0.3, gamma=0.05), 'unlabelled', core=True, after=settled),
    case('OneClassSVM-poly', svc('OneClassSVM', nu=0.2, kernel='poly', degree=2, coef0=1.0, gamma=0.1), 'unlabelled',
         after=settled, x=True),
    case('LinearSVC-binary', lambda: svm.LinearSVC(random_state=0), 'binary_text', core=True),
    case('LinearSVC-multi', lambda: svm.LinearSVC(random_state=0, C=0.5), 'classes4_ints'),
    case('LinearSVC-crammer_singer', lambda: svm.LinearSVC(random_state=0, multi_class='crammer_singer'), 'iris_text',
         after=settled),
    case('LinearSVC-l1', lambda: svm.LinearSVC(random_state=0, penalty='l1', dual=False), 'cancer', x=True),
    case('LinearSVR-regression', lambda: svm.LinearSVR(random_state=0, C=4.0), 'regression', core=True),
    case('LinearSVR-no_intercept', lambda: svm.LinearSVR(
        random_state=0, fit_intercept=False, loss='squared_epsilon_insensitive'), 'regression', x=True),
]
