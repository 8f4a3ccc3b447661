"""Model files of CatBoost's own that are no fixtures: fixtures/catboost/*.cbm. Run with CatBoost 1.2.10."""
import os

import numpy as np
from catboost import CatBoostClassifier, Pool

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'catboost')
BASE = dict(iterations=2, depth=2, random_seed=0, thread_count=1, verbose=0, allow_writing_files=False)
random = np.random.RandomState(0)
words = np.array(['low', 'middle', 'high', 'top'])[random.randint(0, 4, 40)]
numbers = random.normal(size=40)
labels = (words == 'high').astype(int)


def save(name, rows, **columns):
    model = CatBoostClassifier(**BASE).fit(Pool(rows, labels, **columns))
    model.save_model(os.path.join(FOLDER, name + '.cbm'))


save('texts', [[w + ' and ' + v, n] for w, v, n in zip(words, words[::-1], numbers)], text_features=[0])
save('small', [[w, n] for w, n in zip(words, numbers)], cat_features=[0], feature_names=['rank', 'size'])
