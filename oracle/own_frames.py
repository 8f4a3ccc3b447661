"""Pickles whose functions and classes of the user's own get data frames, texts, dates and bound arguments:
fixtures/own_frames/. Run with scikit-learn 1.9.1 and pandas 3.1.1."""
import json
import os
import pickle
import sys
import types
from functools import partial

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.metrics import make_scorer
from sklearn.model_selection import GridSearchCV
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'own_frames')
SOURCE = '''
import numpy as np
import pandas as pd
from sklearn.base import BaseEstimator, TransformerMixin
from sklearn.impute import SimpleImputer

def with_family(X):
    return X.assign(family=X["sib"] + X["parch"]).drop(columns=["sib", "parch"])

def lower(X):
    return X.apply(lambda column: column.str.lower())

def day_parts(X):
    return np.column_stack([X["when"].dt.month, X["when"].dt.day])

def scaled(factor, X, shift=0.0, power=1):
    return factor * X ** power + shift

def words(text, separator=" "):
    return text.split(separator)

def my_score(y, predicted):
    return -abs(y - predicted).mean()

class Dropper(TransformerMixin, BaseEstimator):
    def fit(self, X, y=None):
        return self
    def transform(self, X):
        return X.iloc[:, 1:]

class CustomImputer(SimpleImputer):
    pass

class Capped(TransformerMixin, BaseEstimator):
    def __init__(self, factor=2.0, label="capped", strict=True):
        self.factor = factor
        self.label = label
        self.strict = strict
    def fit(self, X, y=None):
        self.most_ = np.asarray(X).max(axis=0)
        return self
    def transform(self, X):
        return np.minimum(X, self.most_ * self.factor)
'''
module = types.ModuleType('mymodule')
sys.modules['mymodule'] = module
exec(compile(SOURCE, 'mymodule.py', 'exec'), module.__dict__)

random = np.random.RandomState(0)
people = pd.DataFrame({
    'id': np.arange(24),
    'sex': random.choice(['f', 'm'], 24),
    'sib': random.randint(0, 4, 24),
    'parch': random.randint(0, 4, 24),
    'fare': random.uniform(5, 60, 24).round(2),
})
y = people['fare'] * 0.3 + people['sib'] - (people['sex'] == 'm') * 2.5
towns = pd.DataFrame({'town': random.choice(['Roma', 'ROMA', 'Bari', 'bari'], 24),
                      'side': random.choice(['N', 'S', 'n'], 24)})
days = pd.DataFrame({'when': pd.date_range('2024-01-03', periods=24, freq='19D'), 'n': np.arange(24.0)})
numbers = random.uniform(0.5, 4, (24, 2)).round(2)
holes = pd.DataFrame({'a': random.uniform(0, 9, 24).round(1), 'b': random.uniform(0, 9, 24).round(1)})
holes.loc[3, 'a'] = np.nan
texts = ['red|green', 'green|blue|blue', 'red', 'blue|red'] * 6


def rows_of(X):
    """Rows as JSON has them."""
    if isinstance(X, pd.DataFrame):
        return json.loads(X.to_json(orient='records', date_format='iso'))
    return [list(map(float, row)) if isinstance(row, np.ndarray) else row for row in X]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    m = module
    search = GridSearchCV(make_pipeline(FunctionTransformer(partial(m.scaled, 2.0)), m.Capped(), LinearRegression()),
                          {'linearregression__fit_intercept': [True]}, scoring=make_scorer(m.my_score), cv=2)
    models = {
        'frame_to_frame': (make_pipeline(
            FunctionTransformer(m.with_family),
            make_column_transformer((OneHotEncoder(), ['sex']), remainder='passthrough'),
            LinearRegression()), people.drop(columns='id'), y),
        'class_of_frame': (make_pipeline(
            m.Dropper(), make_column_transformer((OneHotEncoder(), ['sex']), remainder='passthrough'),
            LinearRegression()), people, y),
        'texts': (make_pipeline(FunctionTransformer(m.lower), OneHotEncoder(), LinearRegression()), towns, y),
        'dates': (make_pipeline(FunctionTransformer(m.day_parts), LinearRegression()), days, y),
        'partial': (make_pipeline(FunctionTransformer(partial(m.scaled, 3.0, power=2), kw_args={'shift': 0.5}),
                                  LinearRegression()), numbers, y),
        'partial_wins': (make_pipeline(FunctionTransformer(partial(partial(m.scaled, 3.0, power=2), power=3),
                                                           kw_args={'shift': 0.5}),
                                       LinearRegression()), numbers, y),
        'tokenizer': (make_pipeline(CountVectorizer(tokenizer=partial(m.words, separator='|'), token_pattern=None),
                                    LinearRegression()), texts, y),
        'subclass': (make_pipeline(m.CustomImputer(), LinearRegression()), holes, y),
        'subclass_inside': (make_pipeline(
            make_column_transformer((m.CustomImputer(strategy='median'), ['a']), remainder='passthrough'),
            StandardScaler()).set_output(transform='pandas'), holes, y),
        'unknown': (search, numbers, y),
    }
    answers = {}
    for name, (model, X, target) in models.items():
        model.fit(X, target)
        with open(os.path.join(FOLDER, f'{name}.pkl'), 'wb') as file:
            pickle.dump(model, file, 4)
        some = X[:6]
        answers[name] = {'rows': rows_of(some)}
        if hasattr(model, 'predict'):
            answers[name]['predict'] = model.predict(some).tolist()
        else:
            out = model.transform(some)
            answers[name]['transform'] = out.to_numpy().tolist()
            answers[name]['columns'] = list(out.columns)
    functions = {
        'power': partial(np.power, 2), 'add': partial(np.add, 1.5), 'subtract': partial(np.subtract, 1.5),
        'multiply': partial(np.multiply, -2.0), 'divide': partial(np.divide, 3.0),
        'floor_divide': partial(np.floor_divide, 3.0), 'remainder': partial(np.remainder, -3.0),
        'fmod': partial(np.fmod, -3.0), 'maximum': partial(np.maximum, 1.25), 'minimum': partial(np.minimum, 1.25),
        'fmax': partial(np.fmax, 1.25), 'hypot': partial(np.hypot, 2.0), 'arctan2': partial(np.arctan2, 2.0),
        'greater': partial(np.greater, 1.5),
        'clip': partial(np.clip, a_min=0, a_max=1.5), 'clip_low': partial(np.clip, a_min=1, a_max=None),
        'round': partial(np.round, decimals=1), 'nan_to_num': partial(np.nan_to_num, nan=-1.0),
    }
    sample = np.array([[0.5, -1.25], [3.75, 2.0], [-7.5, 0.26], [np.nan, 1e3]])
    answers['functions'] = {'rows': [[None if np.isnan(x) else x for x in row] for row in sample.tolist()]}
    with np.errstate(all='ignore'):
        for name, function in functions.items():
            model = FunctionTransformer(function).fit(sample)
            with open(os.path.join(FOLDER, f'np_{name}.pkl'), 'wb') as file:
                pickle.dump(model, file, 4)
            values = np.asarray(model.transform(sample), dtype=float).tolist()
            answers['functions'][name] = [['nan' if np.isnan(x) else x for x in row] for row in values]
    with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
        json.dump(answers, file)


if __name__ == '__main__':
    main()
