"""sklearn.naive_bayes."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('naive_bayes')
nb = sk.naive_bayes

CASES = [
    case('GaussianNB-iris_text', lambda: nb.GaussianNB(), 'iris_text', core=True),
    case('GaussianNB-binary', lambda: nb.GaussianNB(), 'binary_bool', x=True),
    case('GaussianNB-priors', lambda: nb.GaussianNB(priors=[0.1, 0.2, 0.3, 0.4]), 'classes4_ints', since='0.18'),
    case('GaussianNB-smoothing', lambda: nb.GaussianNB(var_smoothing=1e-2), 'wine', since='0.20'),
    case('GaussianNB-float32', lambda: nb.GaussianNB(), 'iris32', x=True),
    case('GaussianNB-one_feature', lambda: nb.GaussianNB(), 'one_feature_classes', protocol=0),
    case('MultinomialNB-counts', lambda: nb.MultinomialNB(), 'counts', core=True),
    case('MultinomialNB-sparse', lambda: nb.MultinomialNB(alpha=0.3), 'sparse_counts'),
    case('MultinomialNB-uniform_prior', lambda: nb.MultinomialNB(fit_prior=False), 'counts_binary', x=True),
    case('BernoulliNB-binarize', lambda: nb.BernoulliNB(binarize=1.0), 'counts', core=True),
    case('BernoulliNB-binary', lambda: nb.BernoulliNB(alpha=0.5), 'binary_text'),
    case('ComplementNB-counts', lambda: nb.ComplementNB(), 'counts', core=True, since='0.20'),
    case('ComplementNB-norm', lambda: nb.ComplementNB(norm=True, alpha=0.5), 'counts', since='0.20'),
    case('CategoricalNB-codes', lambda: nb.CategoricalNB(), 'counts_codes', since='0.22', core=True),
    case('CategoricalNB-min_categories', lambda: nb.CategoricalNB(alpha=0.25, fit_prior=False, min_categories=[
        6, 5, 5, 5, 9]), 'codes_unseen', since='0.24'),
    case('CategoricalNB-text', lambda: nb.CategoricalNB(class_prior=[0.2, 0.8]), 'codes_text', since='0.22', x=True),
]
