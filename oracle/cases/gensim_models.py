# coding: utf-8
"""gensim: dictionaries, tf-idf and vectors of words (made by boosters.py)."""
import warnings

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import TfidfModel, Word2Vec

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
TEXTS = [text.split() for text in ['human machine interface for lab computer', 'user opinion of computer system response',
                                   'the user interface management system', 'system and human system testing of user']]
ASKED = [['human', 'computer', 'human', 'unknown'], ['system'], ['nothing'], ['the', 'user', 'of', 'system', 'of']]
WORDS = np.array([['user'], ['system'], ['human']], dtype=object)
DATA.update(tokens=lambda: (TEXTS, None, ASKED), words_known=lambda: (TEXTS, None, WORDS),
            bags=lambda: (TEXTS, None, [[list(pair) for pair in Dictionary(TEXTS).doc2bow(text)] for text in ASKED]))


def case(label, build, data, ask):
    def answers(model, rows):
        return [('transform', ask(model, rows))]
    return BoosterCase('gensim/' + label, lambda X, _: build(X), data, answers=answers, meta={'relative': 1e-13})


def lists(rows):
    return [np.array(row, dtype=float) for row in rows]


def bags(model, rows):
    return lists(model.doc2bow(row) for row in rows)


def weighed(model, rows):
    return lists(model[[tuple(pair) for pair in row]] for row in rows)


def vectors(model, rows):
    found = getattr(model, 'wv', model)
    return np.array([found[word] for word, in rows])


def word2vec(X):
    size = {'vector_size': 5} if hasattr(Word2Vec, 'init_weights') else {'size': 5}
    with warnings.catch_warnings():
        warnings.simplefilter('ignore')
        return Word2Vec(X, min_count=1, workers=1, seed=1, **size)


def tfidf(**params):
    return lambda X: TfidfModel([Dictionary(X).doc2bow(text) for text in X], **params)


CASES = [case('Dictionary-tokens', Dictionary, 'tokens', bags),
         case('TfidfModel-plain', tfidf(), 'bags', weighed),
         case('TfidfModel-long', tfidf(normalize=False), 'bags', weighed),
         case('Word2Vec-words', word2vec, 'words_known', vectors),
         case('KeyedVectors-words', lambda X: word2vec(X).wv, 'words_known', vectors)]
