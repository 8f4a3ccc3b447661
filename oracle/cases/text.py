# coding: utf-8
"""sklearn.feature_extraction: texts and mappings to numbers, and pipelines that begin with them."""
from __future__ import unicode_literals

import numpy as np

from kit.case import cases_of
from kit.sk import sk

case, pipe = cases_of('feature_extraction'), cases_of('pipeline')
text = sk.tfidf


def count(**params):
    return lambda: text.CountVectorizer(**params)


def tfidf(**params):
    return lambda: text.TfidfVectorizer(**params)


def hashing(**params):
    params.setdefault('n_features', 64)
    return lambda: text.HashingVectorizer(**params)


def steps(*parts):
    return lambda: sk.pipeline.Pipeline(steps=[('s%d' % i, make()) for i, make in enumerate(parts)])


def columns(parts, **params):
    return lambda: sk.compose.ColumnTransformer(transformers=parts, **params)


def patches(**params):
    return lambda: sk.image.PatchExtractor(random_state=2, **params)


CASES = [
    case('PatchExtractor-all', patches(patch_size=(3, 2)), 'pictures', core=True),
    case('PatchExtractor-some', patches(patch_size=(2, 2), max_patches=4), 'pictures', since='1.5'),  # older ones keep the generator that transform used
    case('PatchExtractor-share', patches(patch_size=(4, 3), max_patches=0.4), 'pictures', since='1.5'),
    case('PatchExtractor-colours', patches(patch_size=(2, 3), max_patches=3), 'colour_pictures', since='1.5'),
    case('TfidfTransformer-counts', lambda: text.TfidfTransformer(), 'sparse_counts_plain', core=True),
    case('TfidfTransformer-sublinear', lambda: text.TfidfTransformer(
        norm='l1', sublinear_tf=True, smooth_idf=False), 'sparse_counts_plain', core=True),
    case('TfidfTransformer-plain', lambda: text.TfidfTransformer(norm=None, use_idf=False, sublinear_tf=True),
         'sparse_counts_plain'),
    case('TfidfTransformer-dense', lambda: text.TfidfTransformer(), 'counts_plain', x=True),
    case('TfidfTransformer-float32', lambda: text.TfidfTransformer(), 'sparse_counts32', since='0.20', x=True),

    case('CountVectorizer-documents', count(), 'documents', core=True),
    case('CountVectorizer-ngrams', count(ngram_range=(1, 3), max_features=60, min_df=1), 'documents'),
    case('CountVectorizer-pairs', count(ngram_range=(2, 2), stop_words='english', lowercase=False), 'documents'),
    case('CountVectorizer-char', count(analyzer='char', ngram_range=(1, 2), max_features=80), 'documents', core=True),
    case('CountVectorizer-char3', count(analyzer='char', ngram_range=(3, 3), lowercase=False, max_features=80),
         'documents', x=True),
    case('CountVectorizer-char_wb', count(analyzer='char_wb', ngram_range=(2, 5), max_features=90), 'documents',
         core=True),
    case('CountVectorizer-accents', count(strip_accents='unicode', binary=True), 'documents', core=True),
    case('CountVectorizer-ascii', count(strip_accents='ascii', stop_words=['the', 'is', 'fox'], dtype=np.float32),
         'documents'),
    case('CountVectorizer-pattern', count(token_pattern=r"[^\W\d_]+(?:['-][^\W\d_]+)*"), 'documents', since='0.19'),
    case('CountVectorizer-group', count(token_pattern=r'(?i)\b([a-zäöü]+)(?=[\s,.;:!?]|$)'), 'documents', since='0.19',
         x=True),
    case('CountVectorizer-digits', count(token_pattern=r'\d+(?:\.\d+)?|\w', vocabulary={
        '3.14': 0, 'a': 1, 'é': 4, '7': 2, '犬': 3, 'x': 5}), 'documents', since='0.19'),
    case('CountVectorizer-vocabulary', count(vocabulary=['fox', 'dog', 'café', 'spice', 'the end'],
                                             ngram_range=(1, 2)), 'documents'),
    case('CountVectorizer-split', lambda: text.CountVectorizer(tokenizer=str.split), 'documents', since='0.21', x=True),
    case('CountVectorizer-stop_set', count(stop_words=['the', 'and', 'now'], max_df=0.5, min_df=1), 'documents',
         x=True),
    case('TfidfVectorizer-documents', tfidf(), 'documents', core=True),
    case('TfidfVectorizer-sublinear', tfidf(
        sublinear_tf=True, norm='l1', smooth_idf=False, strip_accents='unicode', stop_words='english'), 'documents',
        core=True),
    case('TfidfVectorizer-raw', tfidf(use_idf=False, norm=None, ngram_range=(1, 2), max_features=50, binary=True),
         'documents'),
    case('TfidfVectorizer-float32', tfidf(dtype=np.float32, analyzer='char_wb', ngram_range=(2, 3), max_features=70),
         'documents', since='0.20'),
    case('TfidfVectorizer-array', tfidf(min_df=2), 'documents_array', x=True),
    case('HashingVectorizer-documents', hashing(), 'documents', core=True),
    case('HashingVectorizer-positive', hashing(n_features=23, alternate_sign=False, norm='l1', ngram_range=(1, 2)),
         'documents', since='0.19'),
    case('HashingVectorizer-non_negative', hashing(non_negative=True, norm=None), 'documents', until='0.20',
         core=True),
    case('HashingVectorizer-binary', hashing(n_features=16, binary=True, norm=None, stop_words='english'), 'documents'),
    case('HashingVectorizer-char', hashing(n_features=2 ** 20, analyzer='char', ngram_range=(2, 3), dtype=np.float32),
         'documents', x=True),

    case('FeatureHasher-records', lambda: sk.feature_extraction.FeatureHasher(n_features=16), 'records', since='0.18',
         core=True),
    case('FeatureHasher-pairs', lambda: sk.feature_extraction.FeatureHasher(
        n_features=7, input_type='pair', dtype=np.float32), 'pairs'),
    case('FeatureHasher-words', lambda: sk.feature_extraction.FeatureHasher(
        n_features=10, input_type='string', alternate_sign=False), 'words', since='0.19'),
    case('DictVectorizer-records', lambda: sk.feature_extraction.DictVectorizer(), 'records', core=True),
    case('DictVectorizer-dense', lambda: sk.feature_extraction.DictVectorizer(
        sparse=False, separator=': ', dtype=np.float32), 'records'),
    case('DictVectorizer-lists', lambda: sk.feature_extraction.DictVectorizer(sort=False), 'lists_in_records',
         since='0.24'),

    pipe('Pipeline-tfidf_bayes', steps(tfidf(), lambda: sk.naive_bayes.MultinomialNB()), 'documents_labelled',
         core=True),
    pipe('Pipeline-count_tfidf_svc', steps(count(ngram_range=(1, 2)), lambda: text.TfidfTransformer(),
                                           lambda: sk.svm.LinearSVC(random_state=0)), 'documents_labelled'),
    pipe('Pipeline-hashing_logistic', steps(hashing(n_features=256), lambda: sk.linear_model.LogisticRegression(
        solver='liblinear')), 'documents_labelled', core=True),
    pipe('Pipeline-tfidf_sgd', steps(tfidf(analyzer='char_wb', ngram_range=(2, 2)), lambda: sk.linear_model.SGDClassifier(
        random_state=0, max_iter=20, tol=None)), 'documents_labelled', since='0.19'),
    pipe('Pipeline-tfidf_svd_knn', steps(tfidf(), lambda: sk.decomposition.TruncatedSVD(
        n_components=3, algorithm='arpack', random_state=0), lambda: sk.neighbors.KNeighborsClassifier(n_neighbors=3)),
        'documents_labelled', x=True),
    pipe('Pipeline-tfidf_forest', steps(tfidf(), lambda: sk.ensemble.RandomForestClassifier(
        n_estimators=3, max_depth=3, random_state=0)), 'documents_labelled', x=True),
    pipe('Pipeline-tfidf_ovr', steps(tfidf(), lambda: sk.multiclass.OneVsRestClassifier(
        estimator=sk.linear_model.LogisticRegression(solver='liblinear'))), 'documents_array', since='0.19'),
    pipe('Pipeline-union_bayes', steps(lambda: sk.pipeline.FeatureUnion(transformer_list=[
        ('words', tfidf()()), ('letters', count(analyzer='char')())], transformer_weights={'letters': 0.5}),
        lambda: sk.naive_bayes.BernoulliNB()), 'documents_labelled', since='0.18'),
    pipe('Pipeline-dict_ridge', steps(lambda: sk.feature_extraction.DictVectorizer(),
                                      lambda: sk.preprocessing.MaxAbsScaler()), 'records', since='0.19'),
    pipe('Pipeline-text_columns', steps(columns([
        ('body', tfidf()(), 'body'), ('title', count(analyzer='char')(), 'title'),
        ('numbers', sk.preprocessing.StandardScaler(), ['stars', 'price'])]), lambda: sk.linear_model.LogisticRegression(
            solver='liblinear')), 'reviews', since='0.20', core=True),
    pipe('Pipeline-text_positions', steps(columns([('body', hashing(n_features=32)(), 1)], remainder='drop'),
                                          lambda: sk.svm.LinearSVC(random_state=0)), 'reviews', since='0.20', x=True),
]
