"""sklearn.discriminant_analysis."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('discriminant_analysis')
da = sk.discriminant_analysis

CASES = [
    case('LinearDiscriminantAnalysis-iris', lambda: da.LinearDiscriminantAnalysis(), 'iris_text', core=True),
    case('LinearDiscriminantAnalysis-binary_lsqr', lambda: da.LinearDiscriminantAnalysis(solver='lsqr', shrinkage=0.2),
         'binary'),
    case('LinearDiscriminantAnalysis-eigen', lambda: da.LinearDiscriminantAnalysis(solver='eigen', n_components=1),
         'wine', since='0.19'),
    case('QuadraticDiscriminantAnalysis-iris', lambda: da.QuadraticDiscriminantAnalysis(reg_param=0.1), 'iris',
         core=True),
    case('QuadraticDiscriminantAnalysis-binary', lambda: da.QuadraticDiscriminantAnalysis(), 'binary_text'),
]
