"""sklearn.discriminant_analysis."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('discriminant_analysis')
da = sk.discriminant_analysis


def lda(**params):
    return lambda: da.LinearDiscriminantAnalysis(**params)


def qda(**params):
    return lambda: da.QuadraticDiscriminantAnalysis(**params)


CASES = [
    case('LinearDiscriminantAnalysis-iris', lda(), 'iris_text', core=True),
    case('LinearDiscriminantAnalysis-binary', lda(), 'binary_bool', core=True),
    case('LinearDiscriminantAnalysis-binary_lsqr', lda(solver='lsqr', shrinkage=0.2), 'binary'),
    case('LinearDiscriminantAnalysis-eigen', lda(solver='eigen', n_components=1), 'wine', since='0.19', core=True),
    case('LinearDiscriminantAnalysis-auto', lda(solver='lsqr', shrinkage='auto'), 'classes4_text'),
    case('LinearDiscriminantAnalysis-priors', lda(priors=[0.1, 0.6, 0.3], n_components=1), 'iris', core=True),
    case('LinearDiscriminantAnalysis-eigen_shrunk', lda(solver='eigen', shrinkage=0.4, priors=[0.3, 0.2, 0.4, 0.1]),
         'classes4_ints'),
    case('LinearDiscriminantAnalysis-tol', lda(tol=0.9), 'classes4', since='0.17', x=True),
    case('LinearDiscriminantAnalysis-far', lda(), 'iris_far', since='0.24'),
    case('LinearDiscriminantAnalysis-frame', lda(), 'frame_iris', since='1.0', x=True),
    case('LinearDiscriminantAnalysis-float32', lda(), 'iris32', x=True),
    case('LinearDiscriminantAnalysis-covariance', lambda: da.LinearDiscriminantAnalysis(
        solver='lsqr', covariance_estimator=sk.covariance.OAS()), 'classes4', since='0.24', x=True),
    case('QuadraticDiscriminantAnalysis-iris', qda(reg_param=0.1), 'iris', core=True),
    case('QuadraticDiscriminantAnalysis-binary', qda(), 'binary_text', core=True),
    case('QuadraticDiscriminantAnalysis-priors', qda(priors=[0.3, 0.2, 0.4, 0.1], reg_param=0.3), 'classes4_text'),
    case('QuadraticDiscriminantAnalysis-covariance', qda(store_covariance=True), 'wine', since='0.19', x=True),
    case('QuadraticDiscriminantAnalysis-eigen', qda(solver='eigen', shrinkage='auto'), 'iris_text', since='1.8',
         core=True),
    case('QuadraticDiscriminantAnalysis-frame', qda(), 'frame_iris', since='1.0', x=True),
]
