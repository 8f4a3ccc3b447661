"""Models that lie with a description, as the libraries write them: fixtures/described/.

    python -P oracle/described.py

with mlflow-skinny beside scikit-learn: 2.22.0 beside 1.5.2, 3.17.2 beside 1.7.2. What each answers stands in answers.json.
"""
import json
import os
import shutil

import mlflow
import mlflow.sklearn
import pandas as pd
import sklearn
from mlflow.models import infer_signature
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

TARGET = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'described')

frame = pd.DataFrame({
    'a long name of a column, that it takes more than a line': [1.0, 2.5, 3.5, 4.0, 7.25, 6.0],
    'colour: of "it"': ['red', 'blue', 'red', "dark 'green'", 'blue', 'red'],
    'rooms': [1, 2, 3, 4, 5, 6],
})
price = [10.0, 20.5, 31.0, 42.5, 55.0, 61.5]


def plain(folder, files):
    """Only what the model is: environments name machines and times."""
    for name in os.listdir(folder):
        path = os.path.join(folder, name)
        if name not in files:
            shutil.rmtree(path) if os.path.isdir(path) else os.unlink(path)


def main():
    stem = 'mlflow-%s' % mlflow.__version__
    os.makedirs(TARGET, exist_ok=True)
    model = make_pipeline(
        make_column_transformer((OneHotEncoder(handle_unknown='ignore'), ['colour: of "it"']), remainder=StandardScaler()),
        LinearRegression()).fit(frame, price)
    folder = os.path.join(TARGET, stem)
    shutil.rmtree(folder, ignore_errors=True)
    options = {'serialization_format': 'cloudpickle'}
    mlflow.sklearn.save_model(model, folder, signature=infer_signature(frame, model.predict(frame)), input_example=frame.head(2), **options)
    plain(folder, {'MLmodel', 'model.pkl', 'conda.yaml', 'input_example.json', 'serving_input_example.json'})
    array = LogisticRegression().fit(frame[['rooms']].to_numpy(), [0, 0, 0, 1, 1, 1])
    unnamed = os.path.join(TARGET, stem + '-array')
    shutil.rmtree(unnamed, ignore_errors=True)
    mlflow.sklearn.save_model(array, unnamed, signature=infer_signature(frame[['rooms']], array.predict(frame[['rooms']].to_numpy())), **options)
    plain(unnamed, {'MLmodel', 'model.pkl', 'conda.yaml'})
    path = os.path.join(TARGET, 'answers.json')
    answers = {}
    if os.path.exists(path):
        with open(path) as file:
            answers = json.load(file)
    answers[stem] = {'rows': frame.to_dict('records'), 'predict': model.predict(frame).tolist()}
    answers[stem + '-array'] = {'rows': frame[['rooms']].to_dict('records'), 'predict': array.predict(frame[['rooms']].to_numpy()).tolist()}
    with open(path, 'w') as file:
        json.dump(answers, file, indent=1, sort_keys=True)


if __name__ == '__main__':
    main()
