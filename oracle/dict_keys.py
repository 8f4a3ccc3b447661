"""DictVectorizer asked with keys and kinds of values that training has not seen: fixtures/dict_keys/. Run with scikit-learn
1.9.1."""
import json
import os
import pickle

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'dict_keys')
RECORDS = [
    {'city': 'Dubai', 'temperature': 33.0, 'tags': ['hot', 'dry'], 'old': True, 'year': '3'},
    {'city': 'London', 'temperature': 12.0, 'tags': ['wet'], 'old': False, 'year': '4'},
    {'city': 'San Francisco', 'temperature': 18.0, 'tags': [], 'year': '3'},
    {'city': 'London', 'temperature': 9.5, 'year': '5'},
]
ASKED = [
    {'city': 'Paris', 'temperature': 20.0},
    {'city': 'London', 'temperature': 20.0, 'wind': 7.0, 'sky': 'grey'},
    {'city': 3, 'temperature': 20.0},
    {'temperature': 'warm', 'city': 'Dubai'},
    {'city': 'Dubai', 'temperature': 20, 'tags': ['hot', 'cold']},
    {'tags': 'wet', 'old': 1},
    {'old': False, 'city': None, 'temperature': 1.5},
    {'year': 3, 'temperature': 2.0},
    {'year': '3', 'temperature': 2.0},
    {},
]


def main():
    os.makedirs(FOLDER, exist_ok=True)
    model = make_pipeline(DictVectorizer(), LinearRegression()).fit(RECORDS, [5.0, 2.0, 4.0, 1.0])
    with open(os.path.join(FOLDER, 'linear.pkl'), 'wb') as file:
        pickle.dump(model, file, 4)
    vectorizer = DictVectorizer(sparse=False).fit(RECORDS)
    with open(os.path.join(FOLDER, 'vectorizer.pkl'), 'wb') as file:
        pickle.dump(vectorizer, file, 4)
    refused = []
    for value in [{'a': 1}, {'a': [1]}]:
        try:
            model.predict([{'city': value.get('a')} if isinstance(value['a'], list) else {'city': value}])
        except TypeError as error:
            refused.append(str(error).split('.')[0])
    with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
        json.dump({'rows': ASKED, 'predict': model.predict(ASKED).tolist(), 'refused': refused,
                   'transform': np.nan_to_num(vectorizer.transform(ASKED)).tolist()}, file)


if __name__ == '__main__':
    main()
