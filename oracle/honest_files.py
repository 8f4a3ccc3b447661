"""Honest pickles of packages beside scikit-learn, as their users make them: what is installed writes its part.

    python honest_files.py OUT             then: curtido scan OUT
"""
import importlib.util
import os
import pickle
import sys
import warnings

import joblib
import numpy as np

X = np.abs(np.random.RandomState(0).rand(60, 3))
y = (X[:, 0] + X[:, 1] > 1).astype(int)
WRITERS = []


def of(package):
    def keep(writer):
        if importlib.util.find_spec(package) is not None:
            WRITERS.append(writer)
        return writer
    return keep


@of('pyarrow')
def arrow():
    import pandas as pd
    text = pd.Series(['a', None, 'bc'], dtype='string[pyarrow]')
    yield 'arrow_string', text
    yield 'arrow_frame', pd.DataFrame({'t': text, 'n': pd.array([1, None, 3], dtype='int64[pyarrow]'), 's': ['x', 'y', 'z']})
    yield 'arrow_index', pd.DataFrame({'n': [1, 2]}, index=pd.Index(['a', 'b'], dtype='string[pyarrow]'))
    yield 'arrow_dates', pd.Series(pd.date_range('2020', periods=3)).astype('timestamp[ns][pyarrow]')
    yield 'arrow_list', pd.array([['a'], ['b', 'c']], dtype=pd.ArrowDtype(__import__('pyarrow').list_(__import__('pyarrow').string())))


@of('pandas')
def intervals():
    import pandas as pd
    yield 'interval_index', pd.IntervalIndex.from_breaks([0, 1, 2])
    yield 'interval_column', pd.DataFrame({'a': pd.interval_range(0, 3)})
    yield 'cut', pd.cut([1, 2, 3], 2)
    yield 'date_offset', pd.offsets.DateOffset(months=1)


@of('scipy')
def interpolators():
    import scipy.interpolate
    yield 'interp1d', scipy.interpolate.interp1d([0, 1], [1, 2])


@of('dill')
def dilled():
    import dill
    yield 'dill_arrays', Raw(dill.dumps({'a': X, 'o': np.array(['a', None], object), 's': slice(1, 2), 't': slice}))
    from sklearn.linear_model import LogisticRegression
    yield 'dill_model', Raw(dill.dumps(LogisticRegression().fit(X, y)))


@of('statsmodels')
def statsmodels():
    import statsmodels.api as sm
    yield 'sm_ols', sm.OLS(y, sm.add_constant(X)).fit()
    yield 'sm_logit', sm.Logit(y, sm.add_constant(X)).fit(disp=0)
    yield 'sm_glm', sm.GLM(y, X, family=sm.families.Binomial()).fit()
    import pandas as pd
    import statsmodels.formula.api as smf
    yield 'sm_formula', smf.ols('y ~ a + b', pd.DataFrame({'y': y, 'a': X[:, 0], 'b': X[:, 1]})).fit()
    from statsmodels.tsa.arima.model import ARIMA
    yield 'sm_arima', ARIMA(X[:, 0], order=(1, 0, 0)).fit()
    from statsmodels.tsa.holtwinters import ExponentialSmoothing
    yield 'sm_smoothing', ExponentialSmoothing(X[:, 0]).fit()


@of('category_encoders')
def encoders():
    import category_encoders as ce
    import pandas as pd
    frame = pd.DataFrame({'c': list('abc') * 20, 'n': X[:, 0]})
    for name in sorted(ce.__all__):
        cls = getattr(ce, name)
        try:
            yield 'ce_' + name, cls(cols=['c']).fit(frame, y)
        except Exception as error:
            print(name, error)


@of('nltk')
def nltk():
    from nltk.stem import PorterStemmer, SnowballStemmer
    from nltk.stem.lancaster import LancasterStemmer
    from nltk.stem import RegexpStemmer, WordNetLemmatizer
    from nltk.tokenize import RegexpTokenizer, TreebankWordTokenizer, TweetTokenizer, WordPunctTokenizer
    from nltk.tokenize.punkt import PunktSentenceTokenizer
    for cls in (PorterStemmer, LancasterStemmer, WordNetLemmatizer, TreebankWordTokenizer, TweetTokenizer, WordPunctTokenizer):
        yield 'nltk_' + cls.__name__, cls()
    yield 'nltk_snowball', SnowballStemmer('spanish')
    yield 'nltk_snowball_english', SnowballStemmer('english')
    yield 'nltk_regexp', RegexpTokenizer(r'\w+')
    yield 'nltk_regexp_stemmer', RegexpStemmer('ing$')
    yield 'nltk_punkt', PunktSentenceTokenizer('A text. Another one. Mr. Smith went home.')
    from nltk.classify import NaiveBayesClassifier
    yield 'nltk_bayes', NaiveBayesClassifier.train([({'a': 1}, 'x'), ({'a': 2}, 'y')])
    from nltk.probability import FreqDist
    yield 'nltk_freq', FreqDist('abca')
    from sklearn.feature_extraction.text import CountVectorizer
    yield 'nltk_vectorizer', CountVectorizer(tokenizer=TweetTokenizer().tokenize, token_pattern=None).fit(['a b', 'c d'])


@of('gensim')
def gensim():
    from gensim.corpora import Dictionary
    from gensim.models import Doc2Vec, FastText, KeyedVectors, LdaModel, LsiModel, Phrases, TfidfModel, Word2Vec
    from gensim.models.doc2vec import TaggedDocument
    words = [['red', 'house'], ['green', 'tree'], ['red', 'tree']] * 5
    yield 'gensim_word2vec', Word2Vec(words, vector_size=4, min_count=1, workers=1)
    yield 'gensim_vectors', Word2Vec(words, vector_size=4, min_count=1, workers=1).wv
    yield 'gensim_fasttext', FastText(words, vector_size=4, min_count=1, workers=1, bucket=10)
    yield 'gensim_doc2vec', Doc2Vec([TaggedDocument(w, [i]) for i, w in enumerate(words)], vector_size=4, min_count=1, workers=1)
    dictionary = Dictionary(words)
    corpus = [dictionary.doc2bow(each) for each in words]
    yield 'gensim_dictionary', dictionary
    yield 'gensim_tfidf', TfidfModel(corpus)
    yield 'gensim_lda', LdaModel(corpus, num_topics=2, id2word=dictionary)
    yield 'gensim_lsi', LsiModel(corpus, num_topics=2, id2word=dictionary)
    yield 'gensim_phrases', Phrases(words)


@of('lifelines')
def lifelines():
    import pandas as pd
    from lifelines import CoxPHFitter, KaplanMeierFitter, NelsonAalenFitter, WeibullAFTFitter, WeibullFitter
    frame = pd.DataFrame({'t': X[:, 0] * 10 + 1, 'e': y, 'x': X[:, 1]})
    yield 'lifelines_km', KaplanMeierFitter().fit(frame.t, frame.e)
    yield 'lifelines_na', NelsonAalenFitter().fit(frame.t, frame.e)
    yield 'lifelines_weibull', WeibullFitter().fit(frame.t, frame.e)
    yield 'lifelines_cox', CoxPHFitter(penalizer=0.1).fit(frame, 't', 'e')
    yield 'lifelines_aft', WeibullAFTFitter(penalizer=0.1).fit(frame, 't', 'e')


@of('mlxtend')
def mlxtend():
    from mlxtend.classifier import EnsembleVoteClassifier, StackingClassifier
    from mlxtend.feature_selection import ColumnSelector, SequentialFeatureSelector
    from mlxtend.preprocessing import DenseTransformer, TransactionEncoder
    from sklearn.linear_model import LogisticRegression
    yield 'mlxtend_transactions', TransactionEncoder().fit([['a', 'b'], ['b']])
    yield 'mlxtend_dense', DenseTransformer().fit(X)
    yield 'mlxtend_columns', ColumnSelector(cols=(0, 1)).fit(X)
    yield 'mlxtend_vote', EnsembleVoteClassifier([LogisticRegression(), LogisticRegression()]).fit(X, y)
    yield 'mlxtend_stack', StackingClassifier([LogisticRegression()], LogisticRegression()).fit(X, y)
    yield 'mlxtend_select', SequentialFeatureSelector(LogisticRegression(), k_features=2).fit(X, y)


@of('shap')
def shap():
    import shap
    from sklearn.ensemble import RandomForestRegressor
    from sklearn.linear_model import LinearRegression
    yield 'shap_tree', shap.TreeExplainer(RandomForestRegressor(3).fit(X, y))
    yield 'shap_linear', shap.LinearExplainer(LinearRegression().fit(X, y), X)
    yield 'shap_values', shap.TreeExplainer(RandomForestRegressor(3).fit(X, y))(X[:3])


@of('prophet')
def prophet():
    import pandas as pd
    from prophet import Prophet
    yield 'prophet', Prophet().fit(pd.DataFrame({'ds': pd.date_range('2020', periods=60), 'y': X[:, 0]}))
    yield 'prophet_new', Prophet()


@of('optuna')
def optuna():
    import optuna
    optuna.logging.set_verbosity(optuna.logging.ERROR)
    study = optuna.create_study(sampler=optuna.samplers.TPESampler(seed=0))
    study.optimize(lambda trial: trial.suggest_float('x', 0, 1) + trial.suggest_int('n', 1, 3) + trial.suggest_categorical('c', [0, 1]), n_trials=3)
    yield 'optuna_study', study
    yield 'optuna_best', study.best_trial
    for cls in (optuna.samplers.RandomSampler, optuna.samplers.TPESampler, optuna.pruners.MedianPruner):
        yield 'optuna_' + cls.__name__, cls()


@of('xgboost')
def xgboost():
    import xgboost
    for cls in (xgboost.XGBClassifier, xgboost.XGBRegressor, xgboost.XGBRFClassifier):
        yield 'xgb_' + cls.__name__, cls(n_estimators=2, max_depth=2).fit(X, y)
    model = xgboost.XGBRegressor(n_estimators=2, max_depth=2).fit(X, y)
    yield 'xgb_booster', model.get_booster()
    for ending in ('json', 'ubj', 'bin', 'model'):
        yield 'xgb.' + ending, Saved(lambda path: model.save_model(path))


@of('lightgbm')
def lightgbm():
    import lightgbm
    for cls in (lightgbm.LGBMClassifier, lightgbm.LGBMRegressor):
        yield 'lgb_' + cls.__name__, cls(n_estimators=2, verbose=-1, min_child_samples=2).fit(X, y)
    booster = lightgbm.LGBMRegressor(n_estimators=2, verbose=-1, min_child_samples=2).fit(X, y).booster_
    yield 'lgb_booster', booster
    yield 'lgb.txt', Saved(lambda path: booster.save_model(path))


@of('catboost')
def catboost():
    import catboost
    for cls in (catboost.CatBoostClassifier, catboost.CatBoostRegressor):
        yield 'cat_' + cls.__name__, cls(iterations=2, depth=2, verbose=0, allow_writing_files=False).fit(X, y)
    model = catboost.CatBoostRegressor(iterations=2, depth=2, verbose=0, allow_writing_files=False).fit(X, y)
    for ending in ('cbm', 'json'):
        yield 'cat.' + ending, Saved(lambda path: model.save_model(path, format=ending))


@of('imblearn')
def imblearn():
    from imblearn.ensemble import BalancedBaggingClassifier, BalancedRandomForestClassifier, EasyEnsembleClassifier, RUSBoostClassifier
    from imblearn.over_sampling import ADASYN, SMOTE, BorderlineSMOTE
    from imblearn.pipeline import make_pipeline
    from imblearn.under_sampling import NearMiss, TomekLinks
    from sklearn.linear_model import LogisticRegression
    for cls in (BalancedBaggingClassifier, BalancedRandomForestClassifier, EasyEnsembleClassifier, RUSBoostClassifier):
        yield 'imb_' + cls.__name__, cls(n_estimators=3).fit(X, y)
    for cls in (SMOTE, BorderlineSMOTE, ADASYN, NearMiss, TomekLinks):
        yield 'imb_' + cls.__name__, make_pipeline(cls(), LogisticRegression()).fit(X, y)


class Raw(bytes):
    """A pickle as another pickler wrote it."""


class Saved:
    """A file as the package itself writes it."""

    def __init__(self, save):
        self.save = save


def write(out, name, value):
    path = os.path.join(out, name)
    if isinstance(value, Saved):
        value.save(path)
    elif isinstance(value, Raw):
        with open(path + '.pkl', 'wb') as file:
            file.write(value)
    else:
        for protocol in (2, 5):
            with open('%s.p%d.pkl' % (path, protocol), 'wb') as file:
                pickle.dump(value, file, protocol)
        joblib.dump(value, path + '.joblib', compress=3)


def main():
    warnings.simplefilter('ignore')
    out = sys.argv[1]
    os.makedirs(out, exist_ok=True)
    for writer in WRITERS:
        made = writer()
        while True:
            try:
                name, value = next(made)
                write(out, name, value)
            except StopIteration:
                break
            except Exception as error:
                print(writer.__name__, type(error).__name__, str(error)[:200])
                continue


if __name__ == '__main__':
    main()
