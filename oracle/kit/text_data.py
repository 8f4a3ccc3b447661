# coding: utf-8
"""Documents, mappings and lists of features: rows that are no tables."""
from __future__ import unicode_literals

import sys

import numpy as np
import pandas as pd

SISYPHUS = 'ΣΊΣΥΦΟΣ' if sys.version_info[0] > 2 else 'ΣΊΣΥΦΟ'  # Python 2 knows no final sigma
DOCUMENTS = [
    'The quick brown fox jumps over the lazy dog.',
    'A dog is not a fox: a fox is quicker, I think!',
    'Le café est très fort -- ça va de soi, n\'est-ce pas?',
    'Größere Straßen führen über ÄCKER und Brücken_7 ins Tal.',
    'Brown bread and butter; brown   sugar\tand spice\n\nand more spice.',
    '今日は寒い。 犬と狐、 犬と 猫',
    'Обед в полдень, ужин вечером; ПОЛДЕНЬ жаркий',
    'e-mail me at fox_42@example.org or call 555-0100 now now now',
    'naïve re\u0301sume\u0301 co\u00f6perate caf\u00e9 cafe\u0301 ﬁne ½ ②',
    'THE END IS NEAR, the end is here, fifty fify times',
    'हिन्दी भाषा और ' + SISYPHUS + ' ὀδυσσεύς Ὀδυσσεύς',
    'x y z a_b __init__ 3.14 1_000 \U0001f98a\U0001f415 \U00010410\U00010438 word',
]
ASKED = [
    'Is the fox quicker than a dog? The FOX thinks so, so so.',
    'Café, cafe\u0301, CAFÉ: naïve résumés über alles -- Brücken_7!',
    '犬と 狐は 寒い。 ПОЛДЕНЬ и ужин',
    '',
    SISYPHUS + ' हिन्दी \U0001f98a \U00010410\U00010438 ﬁne 3.14 a_b e-mail\u00a0fox_42\u2003now\x1cnow',
    'unknown words only: zzz qqq 777',
    '   spice \t\t and   sugar and the end   ',
    'I a x y the of fifty fify',
]


def documents():
    return list(DOCUMENTS), None, list(ASKED)


def labelled():
    return list(DOCUMENTS), np.array(['beast', 'other', 'other', 'other'] * 3), list(ASKED)


def array_of_documents():
    return np.array(DOCUMENTS, dtype=object), np.arange(12) % 3, np.array(ASKED, dtype=object)


def frame(texts, seed):
    random = np.random.RandomState(seed)
    return pd.DataFrame({'title': [t[:12] for t in texts], 'body': texts, 'stars': random.randint(1, 6, len(texts)),
                         'price': np.round(random.rand(len(texts)) * 90, 2)},
                        columns=['stars', 'body', 'price', 'title'])


def reviews():
    return frame(DOCUMENTS, 1), np.array([1, 0, 1] * 4), frame(ASKED, 2)


def records():
    X = [{'city': 'London', 'temp': 12.5, 'wet': True}, {'city': 'Genève', 'temp': -3.0}, {'temp': 20, 'a': 1.0},
         {'city': 'London', 'day': 'a=b', 'a': 0}, {'city': '東京', 'wet': False, 'temp': 7}]
    test = [{'city': '東京', 'temp': 1.25}, {'city': 'Paris', 'temp': 4, 'day': 'a=b', 'new': 3.5}, {},
            {'wet': True, 'a': 2}, {'city': 'Genève', 'temp': 0.0}]
    return X, None, test


def lists_in_records():
    X = [{'tags': ['x', 'y'], 'n': 1.0}, {'tags': ['y', 'z', 'é'], 'n': 2}, {'tags': [], 'city': 'Rome'}]
    return X, None, [{'tags': ['z', 'x', 'q']}, {'tags': ['y', 'y'], 'n': 4.5, 'city': 'Rome'}]


def pairs():
    X = [[('dog', 1), ('cat', 2.5)], [('fox', -1), ('größe', 3)], [('犬', 0), ('cat', 1), ('cat', 4)]]
    return X, None, X[::-1] + [[]]


def words():
    X = [text.split() for text in DOCUMENTS[:6]]
    return X, None, [text.split() for text in ASKED]


DATA = {
    'documents': documents, 'documents_labelled': labelled, 'documents_array': array_of_documents,
    'reviews': reviews, 'records': records, 'lists_in_records': lists_in_records, 'pairs': pairs, 'words': words,
}
