"""Scalers, encoders, linear models, neighbors, naive Bayes, and pipelines of them."""
from .data import more_data
from .kit import case, class_of, learned, plain, python_parameters, rows_of


def part_cases():
    def part(name, **given):
        return {'class': name, 'given': given}

    for data in 'numbers', 'gaps', 'words', 'one', 'frame', 'gap_frame', 'constant':
        yield case('StandardScaler', data)
        yield case('MinMaxScaler', data)
        yield case('SimpleImputer', data)
    for given in {'withMean': False}, {'withStd': False}, {'withMean': False, 'withStd': False}:
        yield case('StandardScaler', 'numbers', **given)
    yield case('MinMaxScaler', 'numbers', clip=True)
    for strategy in 'median', 'most_frequent':
        yield case('SimpleImputer', 'gaps', strategy=strategy)
    yield case('SimpleImputer', 'gaps', strategy='constant', fillValue=7)
    yield case('SimpleImputer', 'texts', strategy='most_frequent')
    yield case('SimpleImputer', 'gaps', addIndicator=True)
    yield case('SimpleImputer', 'numbers', addIndicator=True)
    yield case('SimpleImputer', 'codes', missingValues=3)
    yield case('SimpleImputer', 'holes', keepEmptyFeatures=True)
    yield case('SimpleImputer', 'holes', strategy='median')
    yield case('SimpleImputer', 'holes', strategy='constant', keepEmptyFeatures=True)
    yield case('SimpleImputer', 'holes', strategy='constant', fillValue={'float': 2.5})
    yield case('OneHotEncoder', 'texts', drop='first')
    yield case('OneHotEncoder', 'mixed', drop='if_binary', sparseOutput=False)
    yield case('OneHotEncoder', 'texts', drop=['Wien'], sparseOutput=False)
    yield case('OneHotEncoder', 'letters', minFrequency=8, sparseOutput=False)
    yield case('OneHotEncoder', 'letters', minFrequency={'float': 0.1}, handleUnknown='infrequent_if_exist', sparseOutput=False)
    yield case('OneHotEncoder', 'letters', maxCategories=3, drop='first', sparseOutput=False)
    yield case('OneHotEncoder', 'letters', maxCategories=1, handleUnknown='ignore', sparseOutput=False)
    yield case('OneHotEncoder', 'texts', categories=[['Wien', 'Oslo', 'Bern']], handleUnknown='ignore', sparseOutput=False)
    yield case('OneHotEncoder', 'codes', categories=[[1, 2, 3, 9], [-1, 0, 1.5]], sparseOutput=False)
    yield case('OrdinalEncoder', 'letters', minFrequency=8)
    yield case('OrdinalEncoder', 'letters', maxCategories=2, handleUnknown='use_encoded_value', unknownValue=-2)
    yield case('OrdinalEncoder', 'mixed', encodedMissingValue=-1)
    yield case('OrdinalEncoder', 'texts', categories=[['Wien', 'Oslo', 'Bern', 'Z\u00fcrich']])
    for data in 'texts', 'codes':
        yield case('OneHotEncoder', data)
        yield case('OrdinalEncoder', data)
    yield case('OneHotEncoder', 'texts', handleUnknown='ignore', sparseOutput=False)
    yield case('OrdinalEncoder', 'texts', handleUnknown='use_encoded_value', unknownValue=-1)
    for data in 'numbers', 'frame', 'one', 'wide':
        yield case('LinearRegression', data)
        yield case('Ridge', data)
        yield case('KNeighborsRegressor', data)
    yield case('LinearRegression', 'numbers', fitIntercept=False)
    yield case('Ridge', 'numbers', alpha=0.01, fitIntercept=False)
    for name in 'GaussianNB', 'KNeighborsClassifier':
        yield case(name, 'words')
    yield case('KNeighborsClassifier', 'words', nNeighbors=3, weights='distance', p=1)
    filled = part('Pipeline', steps=[['fill', part('SimpleImputer')], ['scale', part('StandardScaler')]])
    columns = {'class': 'ColumnTransformer', 'given': {'transformers': [
        ['numbers', filled, ['age', 'size']],
        ['texts', part('OneHotEncoder', sparseOutput=False), ['city']]], 'remainder': 'passthrough'}}
    yield dict(columns, data='mixed')
    yield case('ColumnTransformer', 'mixed', transformers=[['c', part('OneHotEncoder'), ['city', 'new']], ['d', 'drop', ['age']]])
    yield case('ColumnTransformer', 'numbers', transformers=[['a', part('MinMaxScaler'), [2, 0]], ['b', 'passthrough', [1]]])
    yield case('ColumnTransformer', 'numbers', transformers=[['a', part('MinMaxScaler'), [2, 0]]], remainder=part('StandardScaler'),
               transformerWeights={'a': 0.5})
    yield case('ColumnTransformer', 'frame', transformers=[['a', part('StandardScaler'), [True, False, True, False, False]], ['b', 'passthrough', [-1]]],
               verboseFeatureNamesOut=False)
    yield case('Pipeline', 'mixed', steps=[['columns', columns], ['model', part('LinearRegression')]])
    yield case('Pipeline', 'mixed_labels', steps=[['columns', columns], ['model', part('GaussianNB')]])
    yield case('Pipeline', 'mixed_labels', steps=[
        ['columns', columns], ['skip', 'passthrough'], ['model', part('RandomForestClassifier', nEstimators=5, randomState=0)]])


def make_parts():
    import pandas as pd
    data = more_data()
    cases = []
    for case in part_cases():
        source = data[case['data']]
        X = rows_of({'X': plain(source['X']), 'columns': source.get('columns')})
        model = class_of(case['class'])(**python_parameters(case['given'])).fit(X, source['y'])
        answers = {}
        for method in 'predict', 'predict_proba', 'transform':
            if hasattr(model, method):
                got = getattr(model, method)(X[:30])
                answers[method] = got.toarray() if hasattr(got, 'toarray') else got
        cases.append(dict(case, learned=learned(model), answers=answers))
    return {'pandas': pd.__version__, 'data': data, 'cases': cases}
