"""Models over columns of texts and numbers, asked with arrays of objects, in which numbers are texts too:
fixtures/mixed_columns/. Run with scikit-learn 1.9.1."""
import json
import os
import pickle
import warnings

import numpy as np
from sklearn.compose import ColumnTransformer, make_column_transformer
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor, StackingRegressor
from sklearn.impute import KNNImputer, SimpleImputer
from sklearn.linear_model import LinearRegression, Ridge
from sklearn.pipeline import make_pipeline, make_union
from sklearn.preprocessing import FunctionTransformer, MaxAbsScaler, OneHotEncoder, OrdinalEncoder, StandardScaler

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'mixed_columns')
random = np.random.RandomState(0)
brands = [f'b{at}' for at in range(12)]
X = np.array([[brands[at % 12], *random.uniform(0, 7, 2).round(3).tolist()] for at in range(48)], dtype=object)
y = np.array([len(row[0]) + row[1] * 2 - row[2] for row in X], dtype=float) + random.normal(0, .1, 48)
WHOLE = [['b1', '1.5', 2], ['b11', 2.5, '3'], ['b3', ' 4.5 ', '1e0'], ['b0', True, False]]
HOLES = [['b1', None, 2], ['b11', '2.5', None], ['b3', 4.5, 1]]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    columns = lambda **more: make_column_transformer((OneHotEncoder(), [0]), remainder='passthrough', **more)
    models = {
        'sparse': make_pipeline(columns(sparse_threshold=1.0), LinearRegression()),
        'dense': make_pipeline(columns(sparse_threshold=0), LinearRegression()),
        'weighted': make_pipeline(ColumnTransformer([('brand', OneHotEncoder(), [0]), ('rest', 'passthrough', [1, 2])],
                                                    transformer_weights={'brand': 2.0}), Ridge()),
        'scaled': make_pipeline(columns(sparse_threshold=1.0), MaxAbsScaler(), LinearRegression()),
        'standard': make_pipeline(columns(sparse_threshold=0), StandardScaler(), LinearRegression()),
        'ordinal': make_pipeline(make_column_transformer((OrdinalEncoder(), [0]), remainder='passthrough'),
                                 RandomForestRegressor(3, random_state=0)),
        'imputed': make_pipeline(make_column_transformer((OneHotEncoder(), [0]), (SimpleImputer(), [1, 2])),
                                 LinearRegression()),
        'imputed_after': make_pipeline(columns(sparse_threshold=0), SimpleImputer(add_indicator=False),
                                       LinearRegression()),
        'neighbours': make_pipeline(columns(sparse_threshold=0), KNNImputer(n_neighbors=3), LinearRegression()),
        'boosted': make_pipeline(make_column_transformer((OrdinalEncoder(), [0]), remainder='passthrough'),
                                 HistGradientBoostingRegressor(max_iter=5)),
        'union': make_pipeline(make_union(columns(sparse_threshold=0),
                                          make_column_transformer((FunctionTransformer(), [1, 2]))), Ridge()),
        'stacked': make_pipeline(columns(sparse_threshold=1.0),
                                 StackingRegressor([('ridge', Ridge())], passthrough=True)),
    }
    answers = {}
    for name, model in models.items():
        model.fit(X, y)
        with open(os.path.join(FOLDER, f'{name}.pkl'), 'wb') as file:
            pickle.dump(model, file, 4)
        answers[name] = {}
        for kind, rows in (('whole', WHOLE), ('holes', HOLES)):
            try:
                answers[name][kind] = model.predict(np.array(rows, dtype=object)).tolist()
            except (ValueError, TypeError) as error:
                answers[name][kind] = str(error).splitlines()[0]
    with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
        json.dump({'whole': WHOLE, 'holes': HOLES, 'answers': answers}, file)


if __name__ == '__main__':
    warnings.simplefilter('ignore')
    main()
