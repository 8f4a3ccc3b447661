# coding: utf-8
"""Keras' Tokenizer, of Keras 3 (with KERAS_BACKEND=jax) or of keras-preprocessing (made by boosters.py)."""
import numpy as np

try:
    from keras import __version__ as RELEASE
    from keras.src.legacy.preprocessing.text import Tokenizer
except ImportError:
    from keras_preprocessing import __version__ as RELEASE
    from keras_preprocessing.text import Tokenizer

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
TEXTS = ['The movie was good, really GOOD!', "I didn't like the movie", 'good acting; bad ending - so bad', 'The end?']
ASKED = np.array([['A good ending'], ['the THE unknown words'], [''], ["didn't... like\tit, the movie"], ['Ñandú Ça The']],
                 dtype=object)
DATA['opinions'] = lambda: (TEXTS, None, ASKED)


def case(label, **params):
    def build(X, _):
        tokenizer = Tokenizer(**params)
        tokenizer.fit_on_texts(X)
        return tokenizer

    def answers(model, rows):
        return [('transform', [np.array(row) for row in model.texts_to_sequences([text for text, in rows])])]
    made = BoosterCase('keras/Tokenizer-' + label, build, 'opinions', answers=answers, meta={'relative': 0})
    return made


CASES = [case('plain'), case('few', num_words=4), case('unknown', oov_token='<OOV>'),
         case('few_unknown', num_words=5, oov_token='<OOV>'), case('characters', char_level=True, lower=False),
         case('filters', filters='!?', split=' ', lower=False)]
