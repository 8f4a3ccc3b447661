"""Pickles with functions and classes of the user's own: fixtures/own_names/. Run with Python 3.11, scikit-learn 1.5.2,
numpy 2.0.2, cloudpickle 3.1.1 and dill 0.3.9."""
import json
import os
import pickle
import sys
import types

import cloudpickle
import dill
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'own_names')
SOURCE = '''
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin

def log_price(X, shift=1.0):
    """The logarithm of a price."""
    return np.log(X + shift)

def ratios(X):
    return np.column_stack([X[:, 0] / X[:, 1], X[:, 1]])

scaled_root = lambda X: np.sqrt(X) * 0.25

class Scaled(TransformerMixin, BaseEstimator):
    def __init__(self, factor=2.0):
        self.factor = factor
    def fit(self, X, y=None):
        self.mean_ = X.mean(axis=0)
        return self
    def transform(self, X):
        return (X - self.mean_) * self.factor
'''
random = np.random.RandomState(0)
X = random.uniform(1, 9, (20, 2)).round(2)
y = X[:, 0] * 2 + X[:, 1]


def module_of(name, path):
    module = types.ModuleType(name)
    sys.modules[name] = module
    exec(compile(SOURCE, path, 'exec'), module.__dict__)
    return module


def save(name, model, dump):
    with open(os.path.join(FOLDER, name + '.pkl'), 'wb') as file:
        file.write(dump(model))
    return {'predict': model.predict(X[:5]).tolist()} if hasattr(model, 'predict') else {}


def main():
    known = module_of('mymodule', 'mymodule.py')
    main_ = sys.modules['__main__']
    main_.__file__ = 'train.py'
    exec(compile(SOURCE, 'train.py', 'exec'), main_.__dict__)
    built = {
        'function': lambda m: make_pipeline(FunctionTransformer(m.log_price), LinearRegression()),
        'keywords': lambda m: make_pipeline(FunctionTransformer(m.log_price, kw_args={'shift': 0.5}),
                                            LinearRegression()),
        'table': lambda m: make_pipeline(FunctionTransformer(m.ratios), LinearRegression()),
        'class': lambda m: make_pipeline(m.Scaled(3.0), LinearRegression()),
    }
    answers = {'input': X[:5].tolist()}
    for name, build in built.items():
        answers[name] = save(name, build(known).fit(X, y), lambda model: pickle.dumps(model, 4))
        answers['cloudpickle_' + name] = save('cloudpickle_' + name, build(main_).fit(X, y), cloudpickle.dumps)
        dill.settings['recurse'] = True
        answers['dill_' + name] = save('dill_' + name, build(main_).fit(X, y), lambda model: dill.dumps(model, 4))
    anonymous = make_pipeline(FunctionTransformer(main_.scaled_root), LinearRegression()).fit(X, y)
    answers['cloudpickle_lambda'] = save('cloudpickle_lambda', anonymous, cloudpickle.dumps)
    with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
        json.dump(answers, file)


if __name__ == '__main__':
    main()
