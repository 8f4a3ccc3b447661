# coding: utf-8
"""sklearn-pandas: mappers of columns (made by boosters.py)."""
import numpy as np
import pandas as pd
from sklearn.feature_extraction.text import CountVectorizer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelBinarizer, LabelEncoder, OneHotEncoder, StandardScaler
from sklearn_pandas import DataFrameMapper

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-12, 'absolute': 1e-14}


def rows(count, seed):
    random = np.random.RandomState(seed)
    return pd.DataFrame({
        'pet': random.choice(['cat', 'dog', 'fish'], count), 'colour': random.choice(['red', 'blue'], count),
        'age': random.randint(1, 15, count).astype(float), 'weight': random.uniform(1, 30, count).round(2),
        'note': random.choice(['very good', 'not so good', 'bad bad'], count)}).astype(
            {'pet': object, 'colour': object, 'note': object})


def pets():
    X, test = rows(40, 0), rows(20, 1)
    X.loc[3, 'age'] = test.loc[5, 'age'] = np.nan
    return X, (X['weight'] > 15).astype(int), test


DATA['pets'] = pets


def case(label, build):
    return BoosterCase('sklearn_pandas/' + label, lambda X, y: build().fit(X, y), 'pets', meta=NEAR)


NUMBERS = (['age', 'weight'], [SimpleImputer(), StandardScaler()])
CASES = [
    case('DataFrameMapper-labels', lambda: DataFrameMapper([('pet', LabelBinarizer()), NUMBERS, ('colour', LabelEncoder())])),
    case('DataFrameMapper-text', lambda: DataFrameMapper([('note', CountVectorizer()), (['weight'], None)], sparse=True)),
    case('DataFrameMapper-dense', lambda: DataFrameMapper([('note', CountVectorizer()), (['pet'], OneHotEncoder())])),
    case('DataFrameMapper-frame', lambda: DataFrameMapper([('pet', LabelBinarizer()), (['age'], SimpleImputer(), {
        'alias': 'years'}), NUMBERS, ('weight', None)], df_out=True)),
    case('DataFrameMapper-default', lambda: DataFrameMapper([('pet', LabelEncoder()), ('note', None), (['colour'], None)],
                                                            default=SimpleImputer())),
    case('DataFrameMapper-passed', lambda: DataFrameMapper([('pet', LabelBinarizer())], default=None)),
    case('Pipeline-mapper', lambda: make_pipeline(DataFrameMapper([('pet', LabelBinarizer()), NUMBERS]),
                                                  LogisticRegression())),
]
