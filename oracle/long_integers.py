"""Categories that are integers beyond 2^53, which one double stands for: fixtures/long_integers/. Run with scikit-learn 1.9.1 and
pandas 3.1.1."""
import json
import os
import pickle

import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'long_integers')
FIRST = 2 ** 60
FITTED = pd.DataFrame({'id': [FIRST, FIRST + 1, FIRST + 2, 7], 'age': [1.0, 5.0, 3.0, 2.0]})
ASKED = pd.DataFrame({'id': [FIRST, FIRST + 1, FIRST + 2, FIRST + 3, 7], 'age': [2.0, 2.0, 2.0, 2.0, 4.0]})


def main():
    os.makedirs(FOLDER, exist_ok=True)
    answers = {'rows': [{'id': str(row.id), 'age': row.age} for row in ASKED.itertuples()]}
    for name, unknown in [('ignore', 'ignore'), ('error', 'error')]:
        encode = make_column_transformer((OneHotEncoder(handle_unknown=unknown), ['id']), remainder='passthrough')
        model = make_pipeline(encode, LinearRegression(fit_intercept=False)).fit(FITTED, [1.0, 8.0, 5.0, 40.0])
        with open(os.path.join(FOLDER, f'{name}.pkl'), 'wb') as file:
            pickle.dump(model, file, 4)
        answers[name] = model.predict(ASKED if name == 'ignore' else ASKED.drop(3)).tolist()
    with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
        json.dump(answers, file)


if __name__ == '__main__':
    main()
