"""Models that protocols of other servers ask: fixtures/protocols/. Run with scikit-learn 1.9.1 and pandas 3.1.1."""
import json
import os
import pickle

import numpy as np
import pandas as pd
from sklearn.compose import make_column_transformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'protocols')
random = np.random.RandomState(0)
frame = pd.DataFrame({'age': random.randint(18, 70, 40).astype(float), 'vip': random.rand(40) > .5,
                      'sex': random.choice(['f', 'm'], 40).astype(object)})
frame.loc[4, 'sex'] = np.nan
y = np.where(frame['age'] + 20 * frame['vip'] > 50, 1, -1)
ASKED = pd.DataFrame({'age': [22.0, 61.0, 44.0], 'vip': [True, False, True],
                      'sex': np.array(['m', np.nan, 'f'], dtype=object)})


def main():
    os.makedirs(FOLDER, exist_ok=True)
    model = make_pipeline(make_column_transformer(
        (make_pipeline(SimpleImputer(strategy='most_frequent'), OneHotEncoder()), ['sex']),
        remainder='passthrough'), LogisticRegression()).fit(frame, y)
    with open(os.path.join(FOLDER, 'clients.pkl'), 'wb') as file:
        pickle.dump(model, file, 4)
    with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
        json.dump({'rows': json.loads(ASKED.to_json(orient='records')),
                   'predict': model.predict(ASKED).tolist(),
                   'predict_proba': model.predict_proba(ASKED).tolist(),
                   'decision_function': model.decision_function(ASKED).tolist()}, file)


if __name__ == '__main__':
    main()
