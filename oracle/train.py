"""What the pipelines of `curtido train` learn in scikit-learn 1.9.1, for packages/curtido/test/train.

    python oracle/train.py            # writes fixtures/train/expected.json

The same split, the same pipeline, the same seed: the score on the rows that were held back, and predictions of all rows.
"""
import json
import pathlib
import warnings

import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler
from sklearn.utils import all_estimators

ROOT = pathlib.Path(__file__).parent.parent

CASES = [
    ('penguins', 'species', 'RandomForestClassifier', {'n_estimators': 20}, 0),
    ('penguins', 'species', 'KNeighborsClassifier', {'n_neighbors': 3}, 1),
    ('penguins', 'species', 'GaussianNB', {}, 2),
    ('penguins', 'body_mass_g', 'LinearRegression', {}, 3),
    ('penguins', 'sex', 'DecisionTreeClassifier', {'max_depth': 4}, 4),
    ('diabetes', 'progression', 'Ridge', {'alpha': 10}, 0),
    ('diabetes', 'progression', 'RandomForestRegressor', {'n_estimators': 10, 'max_features': 0.5}, 7),
    ('diabetes', 'progression', 'ExtraTreesRegressor', {'n_estimators': 5}, 8),
]


def fitted(name, target, estimator, parameters, seed):
    table = pd.read_csv(ROOT / 'examples' / 'train' / (name + '.csv'))
    table = table.dropna(subset=[target])
    y, X = table[target], table.drop(columns=target)
    labels = y.dtype.kind not in 'if'
    numbers = [column for column in X if X[column].dtype.kind in 'if']
    texts = [column for column in X if column not in numbers]
    transformers = [('numeric', Pipeline([('impute', SimpleImputer(strategy='median')), ('scale', StandardScaler())]), numbers)]
    if texts:
        transformers.append(('categorical', OneHotEncoder(handle_unknown='ignore', sparse_output=False), texts))
    Class = dict(all_estimators())[estimator]
    if 'random_state' in Class().get_params():
        parameters = dict(parameters, random_state=seed)
    model = Pipeline([('columns', ColumnTransformer(transformers)), ('model', Class(**parameters))])
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=seed, stratify=y if labels else None)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        model.fit(X_train, y_train)
    return model.score(X_test, y_test), model.predict(X[::5]).tolist()


def main():
    cases = []
    for name, target, estimator, parameters, seed in CASES:
        score, predict = fitted(name, target, estimator, parameters, seed)
        given = ['%s=%r' % item for item in parameters.items()]
        cases.append({'data': name, 'target': target, 'estimator': estimator, 'set': given, 'seed': seed, 'score': score, 'predict': predict})
    with open(ROOT / 'fixtures' / 'train' / 'expected.json', 'w') as file:
        json.dump(cases, file, separators=(',', ':'))
        file.write('\n')


if __name__ == '__main__':
    main()
