# coding: utf-8
"""nltk's classifiers of mappings (made by boosters.py)."""
import numpy as np
from nltk.classify import DecisionTreeClassifier, MaxentClassifier, NaiveBayesClassifier, SklearnClassifier
from nltk.classify.maxent import GISEncoding, TypedMaxentFeatureEncoding
from nltk.probability import LaplaceProbDist, LidstoneProbDist, MLEProbDist
from sklearn.feature_selection import SelectKBest, chi2
from sklearn.linear_model import LogisticRegression
from sklearn.naive_bayes import BernoulliNB, MultinomialNB
from sklearn.pipeline import Pipeline
from sklearn.svm import LinearSVC
from sklearn.tree import DecisionTreeClassifier as Tree

from kit.boosters import BoosterCase
from kit.data import DATA

RANKS = {}
NEAR = {'relative': 1e-13, 'absolute': 1e-16}
NAMES = ('Ana Inés Lucía María Rosa Elena Carmen Julia Laura Irene Noa Sara Alba Vera '
         'Juan Luis Pedro Hugo Mateo Iván Marcos Raúl Diego Pablo Bruno Óscar Félix Simón').split()
OTHERS = 'Aurora Nico Zoe Tomás Eva Álvaro Gema Xavi Olga Kim Lía Rita Omar Yago Unai Fe Mar Sol Quim Ada'.split()


def features(name):
    found = {'last': name[-1], 'vowels': sum(letter in 'aeiouáéíóú' for letter in name.lower()), 'long': len(name) > 4}
    if len(name) > 3:
        found['ending'] = name[-2:]
    if name[0] in 'AELN':
        found['contains(%s)' % name[0]] = True
    return found


def people():
    labels = np.array(['woman'] * 14 + ['man'] * 14, dtype=object)
    asked = [features(name) for name in OTHERS]
    asked[3]['unheard of'] = 7
    asked[4]['last'] = None
    asked[5] = {}
    return [features(name) for name in NAMES], labels, asked


def kinds():
    X, y, asked = people()
    return X, np.array([at % 3 for at in range(len(y))]), asked


DATA.update(people=people, kinds=kinds)


def answers(probabilities=True):
    def ask(model, rows):
        found = [('predict', np.array(model.classify_many(rows), dtype=object))]
        if probabilities:
            labels = list(model.labels())
            found.append(('predictProba', np.array(
                [[each.prob(label) for label in labels] for each in model.prob_classify_many(rows)])))
        return found
    return ask


def case(name, train, data='people', probabilities=True, since='0', until='99'):
    return BoosterCase('nltk/' + name, lambda X, y: train(list(zip(X, y.tolist()))), data, answers=answers(probabilities),
                       meta=NEAR, since=since, until=until)


def bayes(**params):
    return lambda rows: NaiveBayesClassifier.train(rows, **params)


def sk(make):
    return lambda rows: SklearnClassifier(make()).train(rows)


def maxent(algorithm, encoding=None, **params):
    def train(rows):
        chosen = encoding.train(rows, alwayson_features=True) if encoding else None
        return MaxentClassifier.train(rows, algorithm, trace=0, encoding=chosen, max_iter=5, **params)
    return train


CASES = [
    case('NaiveBayesClassifier-people', bayes()),
    case('NaiveBayesClassifier-kinds', bayes(), 'kinds'),
    case('NaiveBayesClassifier-laplace', bayes(estimator=LaplaceProbDist)),
    case('NaiveBayesClassifier-lidstone', bayes(estimator=lambda freqdist, bins=None: LidstoneProbDist(
        freqdist, 0.1, bins))),
    case('NaiveBayesClassifier-mle', bayes(estimator=lambda freqdist, bins=None: MLEProbDist(freqdist))),
    case('SklearnClassifier-logistic', sk(lambda: LogisticRegression(max_iter=300))),
    case('SklearnClassifier-multinomial', sk(MultinomialNB), 'kinds'),
    case('SklearnClassifier-bernoulli', sk(BernoulliNB)),
    case('SklearnClassifier-svc', sk(lambda: LinearSVC(random_state=0)), probabilities=False),
    case('SklearnClassifier-pipeline', sk(lambda: Pipeline([('best', SelectKBest(chi2, k=6)), ('tree', Tree(
        max_depth=3, random_state=0))])), 'kinds'),
    case('SklearnClassifier-dense', lambda rows: SklearnClassifier(BernoulliNB(), dtype=bool, sparse=False).train(rows)),
    case('MaxentClassifier-iis', maxent('IIS'), until='3.9'),
    case('MaxentClassifier-gis', maxent('GIS', GISEncoding), until='3.9'),
    case('MaxentClassifier-typed', maxent('IIS', TypedMaxentFeatureEncoding), until='3.9'),
    case('DecisionTreeClassifier-people', lambda rows: DecisionTreeClassifier.train(rows, entropy_cutoff=0,
                                                                                     support_cutoff=0), probabilities=False),
    case('DecisionTreeClassifier-binary', lambda rows: DecisionTreeClassifier.train(rows, binary=True, entropy_cutoff=0,
                                                                                     support_cutoff=0), probabilities=False),
]
