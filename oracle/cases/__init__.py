"""The cases, one module per family; `load()` joins them."""
import importlib

MODULES = ['linear_model', 'discriminant', 'tree', 'ensemble', 'boosting', 'hist_boosting', 'neighbors', 'svm',
           'naive_bayes', 'neural_network', 'cluster', 'decomposition', 'scaling', 'encoding', 'imputation',
           'features', 'text', 'selection', 'compose', 'search', 'meta', 'covariance', 'semi_supervised', 'mixture', 'kernels', 'gaussian_process', 'cross_decomposition', 'manifold', 'staged', 'few_rows']


def load():
    cases = []
    for name in MODULES:
        cases.extend(importlib.import_module('cases.' + name).CASES)
    names = [case.name for case in cases]
    twice = sorted(set(name for name in names if names.count(name) > 1))
    if twice:
        raise SystemExit('named twice: ' + ', '.join(twice))
    return cases
