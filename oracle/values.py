"""What recommenders keep beside no model: a frame, a matrix, a dict, a list: fixtures/values/, and what they hold as JSON.
Run with pandas 3.1.1."""
import json
import os
import pickle

import numpy as np
import pandas as pd
from scipy import sparse

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'values')
os.makedirs(FOLDER, exist_ok=True)
years = [1999, 2010, 2014, 1972, 2010]
movies = pd.DataFrame({'title': ['The Matrix', 'Inception', 'Interstellar', 'The Godfather', None],
                       'year': years, 'score': [8.7, 8.8, np.nan, 9.2, 5.5],
                       'seen': pd.to_datetime(['2024-01-02', '2024-02-03 10:30', None, '2024-03-04', '2024-05-06'], format='ISO8601'),
                       'tags': [['scifi'], ['scifi', 'heist'], [], ['crime'], None]})
values = {
    'movies': movies,
    'by_id': movies.drop(columns='tags').set_axis(['tt1', 'tt2', 'tt3', 'tt4', 'tt2'], axis=0),
    'similarity': np.round(np.outer(np.arange(5), np.arange(5)) / 16, 4),
    'ratings': {'ana': {'tt1': 5, 'tt2': 4.5}, 'luis': {}, 7: [1, 2]},
    'titles': pd.Series(movies['title'].to_numpy(), index=['tt1', 'tt2', 'tt3', 'tt4', 'tt5'], name='title'),
    'names': ('age', 'fare'),
    'counts': sparse.csr_matrix(np.eye(3)),
}
for name, value in values.items():
    with open(os.path.join(FOLDER, name + '.pkl'), 'wb') as file:
        pickle.dump(value, file, protocol=4)
with open(os.path.join(FOLDER, 'movies.json'), 'w') as file:
    json.dump(json.loads(movies.to_json(orient='records', date_format='iso')), file)
