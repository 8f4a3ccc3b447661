# coding: utf-8
"""Surprise: ratings of users and items, by every algorithm that does not draw (made by boosters.py)."""
import numpy as np
import pandas as pd
import surprise
from surprise import Dataset, Reader

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-12, 'absolute': 1e-14}


def ratings(users, items, scale):
    def make():
        random = np.random.RandomState(4)
        frame = pd.DataFrame({'user': random.choice(users, 90), 'item': random.choice(items, 90),
                              'rating': random.randint(scale[0], scale[1] + 1, 90)})
        frame = frame.drop_duplicates(['user', 'item']).reset_index(drop=True)
        asked = pd.DataFrame({'user': random.choice(users, 20), 'item': random.choice(items, 20)})
        unknown = ('nobody', 'nothing') if isinstance(users[0], str) else (991, 992)
        asked.loc[[2, 5], 'user'] = unknown[0]
        asked.loc[[5, 9], 'item'] = unknown[1]
        return (frame, scale), None, asked
    return make


DATA.update(
    people=ratings(['ana', 'bo', 'cy', 'di', 'eva', 'flo', 'gil', 'hugo', 'iris', 'jo'], ['m%d' % at for at in range(14)],
                   (1, 5)),
    numbers=ratings(list(range(100, 110)), list(range(14)), (1, 10)))


def answers(model, asked):
    return [('predict', np.array([model.predict(user, item).est for user, item in asked[['user', 'item']].values.tolist()],
                                 dtype=float))]


def case(label, data='people', **params):
    name = label.split('-')[0]

    def build(given, _):
        frame, scale = given
        trainset = Dataset.load_from_df(frame, Reader(rating_scale=scale)).build_full_trainset()
        np.random.seed(0)
        return getattr(surprise, name)(**params).fit(trainset)
    return BoosterCase('surprise/' + label, build, data, answers=answers, meta=NEAR)


ITEMS = {'user_based': False, 'name': 'cosine'}
CASES = [
    case('SVD-people', n_factors=6, random_state=0),
    case('SVD-numbers', 'numbers', n_factors=4, n_epochs=5, random_state=0),
    case('SVD-unbiased', n_factors=5, biased=False, random_state=0),
    case('SVDpp-people', n_factors=4, n_epochs=5, random_state=0),
    case('NMF-people', n_factors=4, n_epochs=10, random_state=0),
    case('NMF-biased', 'numbers', n_factors=4, n_epochs=10, biased=True, random_state=0),
    case('BaselineOnly-people'),
    case('BaselineOnly-sgd', 'numbers', bsl_options={'method': 'sgd', 'n_epochs': 5}),
    case('KNNBasic-people', k=3),
    case('KNNBasic-items', sim_options=ITEMS, min_k=2),
    case('KNNBasic-numbers', 'numbers', k=2, sim_options={'name': 'pearson'}),
    case('KNNWithMeans-people', k=3, min_k=2),
    case('KNNWithMeans-items', 'numbers', sim_options=ITEMS),
    case('KNNWithZScore-people', k=4),
    case('KNNBaseline-people', k=4, sim_options={'name': 'pearson_baseline', 'shrinkage': 10}),
    case('KNNBaseline-items', 'numbers', k=4, min_k=2, sim_options=ITEMS),
    case('SlopeOne-people'),
    case('SlopeOne-numbers', 'numbers'),
    case('CoClustering-people', random_state=0),
]
