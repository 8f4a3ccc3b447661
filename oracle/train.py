"""What the pipelines of `curtido train` learn in scikit-learn 1.9.1, for packages/curtido/test/train.

    python oracle/train.py            # writes fixtures/train/{expected,score}.json and houses.csv

The same split, the same pipeline, the same seed: the score on the rows that were held back, and predictions of all rows.
"""
import json
import pathlib
import warnings

import numpy as np
import pandas as pd
from sklearn import metrics
from sklearn.compose import ColumnTransformer
from sklearn.dummy import DummyClassifier
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler
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
    ('houses', 'price', 'HistGradientBoostingRegressor', {'max_iter': 60}, 0),
    ('penguins', 'species', 'HistGradientBoostingClassifier', {'max_iter': 10}, 0),
]

FOLDERS = {'houses': ROOT / 'fixtures' / 'train'}


def houses():
    """Prices that go by the neighborhood and the quality, which are words, as those of Ames do."""
    random = np.random.RandomState(0)
    rows = 900
    names = np.array(['barrio %02d' % at for at in range(40)])
    barrio = random.randint(0, 40, rows)
    estado = random.randint(0, 6, rows)
    words = np.array(['regular', 'excelente', 'malo', 'bueno', 'ruina', 'obra'])
    area = random.randint(40, 260, rows)
    antiguedad = random.randint(0, 90, rows).astype(float)
    levels = random.uniform(600, 3400, 40)
    factor = np.array([1.0, 1.5, .75, 1.2, .45, .6])
    price = area * levels[barrio] * factor[estado] * (1 - antiguedad / 300) * np.exp(random.normal(0, .08, rows))
    antiguedad[random.rand(rows) < .08] = np.nan
    texts = pd.Series(words[estado]).mask(random.rand(rows) < .04)
    table = pd.DataFrame({'barrio': names[barrio], 'estado': texts, 'area': area, 'antiguedad': antiguedad, 'price': price.round(-2) + .5})
    table.to_csv(FOLDERS['houses'] / 'houses.csv', index=False, lineterminator='\n')


def encoded(numbers, texts):
    transformers = [('numeric', Pipeline([('impute', SimpleImputer(strategy='median')), ('scale', StandardScaler())]), numbers)]
    if texts:
        transformers.append(('categorical', OneHotEncoder(handle_unknown='ignore', sparse_output=False), texts))
    return transformers


def fitted(name, target, estimator, parameters, seed, one_hot=False):
    table = pd.read_csv(FOLDERS.get(name, ROOT / 'examples' / 'train') / (name + '.csv'))
    table = table.dropna(subset=[target])
    y, X = table[target], table.drop(columns=target)
    labels = y.dtype.kind not in 'if'
    numbers = [column for column in X if X[column].dtype.kind in 'if']
    texts = [column for column in X if column not in numbers]
    Class = dict(all_estimators())[estimator]
    if 'random_state' in Class().get_params():
        parameters = dict(parameters, random_state=seed)
    transformers = encoded(numbers, texts)
    if 'categorical_features' in Class().get_params() and texts and not one_hot:
        # What knows categories itself is given them.
        codes = OrdinalEncoder(handle_unknown='use_encoded_value', unknown_value=np.nan, encoded_missing_value=np.nan)
        transformers = [('numeric', 'passthrough', numbers), ('categorical', codes, texts)]
        parameters = dict(parameters, categorical_features=[len(numbers) + at for at in range(len(texts))])
    model = Pipeline([('columns', ColumnTransformer(transformers)), ('model', Class(**parameters))])
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2, random_state=seed, stratify=y if labels else None)
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        model.fit(X_train, y_train)
    return model.score(X_test, y_test), model.predict(X[::5]).tolist(), (model, X, y)


def figures_of(model, X, y):
    """What `curtido score` says of all rows."""
    predicted = model.predict(X)
    if y.dtype.kind in 'if':
        return {'r2': metrics.r2_score(y, predicted), 'mean_absolute_error': metrics.mean_absolute_error(y, predicted),
                'root_mean_squared_error': metrics.root_mean_squared_error(y, predicted)}
    shares = model.predict_proba(X)
    labels = list(model.classes_)
    binary = len(labels) == 2
    report = metrics.classification_report(y, predicted, output_dict=True)
    dummy = DummyClassifier(strategy='prior').fit(X, y)
    return {
        'accuracy': metrics.accuracy_score(y, predicted),
        'balanced_accuracy': metrics.balanced_accuracy_score(y, predicted),
        'f1': metrics.f1_score(y, predicted, pos_label=labels[1]) if binary else metrics.f1_score(y, predicted, average='macro'),
        'roc_auc': metrics.roc_auc_score(y, shares[:, 1]) if binary else metrics.roc_auc_score(y, shares, multi_class='ovr'),
        'log_loss': metrics.log_loss(y, shares),
        'baseline': {'accuracy': dummy.score(X, y), 'log_loss': metrics.log_loss(y, dummy.predict_proba(X))},
        'perLabel': [{'label': label, 'rows': report[label]['support'], 'precision': report[label]['precision'],
                      'recall': report[label]['recall'], 'f1': report[label]['f1-score']} for label in labels],
        'confusion': metrics.confusion_matrix(y, predicted).tolist(),
    }


def main():
    houses()
    cases, figures = [], []
    for name, target, estimator, parameters, seed in CASES:
        score, predict, rest = fitted(name, target, estimator, parameters, seed)
        figures.append(figures_of(*rest))
        given = ['%s=%r' % item for item in parameters.items()]
        if name == 'houses':
            print('houses: R2 %.3f, with a column for each category %.3f' % (score, fitted(name, target, estimator, parameters, seed, True)[0]))
        cases.append({'data': name, 'target': target, 'estimator': estimator, 'set': given, 'seed': seed, 'score': score, 'predict': predict})
    with open(ROOT / 'fixtures' / 'train' / 'expected.json', 'w') as file:
        json.dump(cases, file, separators=(',', ':'))
        file.write('\n')
    with open(ROOT / 'fixtures' / 'train' / 'score.json', 'w') as file:
        json.dump(figures, file, separators=(',', ':'), default=float)
        file.write('\n')


if __name__ == '__main__':
    main()
