# coding: utf-8
"""CatBoost: its classifier, regressor, ranker and plain class (made by boosters.py)."""
import io
import os
import shutil
import tempfile

import numpy as np
import pandas as pd
from catboost import CatBoost, CatBoostClassifier, CatBoostRanker, CatBoostRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from kit.boosters import BoosterCase
from kit.data import DATA

BASE = dict(iterations=4, depth=3, learning_rate=0.5, random_seed=0, thread_count=1, verbose=0,
            allow_writing_files=False)
RANKS = {}
COLOURS = ['red', 'grün', 'blue', '', 'a colour of seventeen', 'one whose name has more than thirty-two bytes',
           'and one more whose name is so long that it fills more than one block of sixty-four bytes, twice over: '
           'there is a loop in the hash, and every text of this length goes through it', 'tan', 'mint-8 b']


def coloured():
    """Texts of every length that the hash treats in its own way, integers and truths; the last rows have new ones."""
    random = np.random.RandomState(3)
    frame = pd.DataFrame({
        'size': random.normal(size=72).round(3), 'colour': np.array(COLOURS, dtype=object)[np.arange(72) % 9],
        'level': np.arange(72) // 9 % 5 - 2, 'price': random.normal(size=72).round(3)})
    y = 1.5 * frame['size'] + np.arange(72) % 9 * 0.7 + (frame['level'] == 1) * 3 - (frame['level'] == -2) * 2
    test = frame.iloc[::5].reset_index(drop=True).astype(object)
    test['size'], test['price'] = test['size'].astype(float), test['price'].astype(float)
    test.loc[3, 'colour'], test.loc[4, 'level'] = 'never seen', 77
    return frame, y, test


def coloured_classes():
    X, y, test = coloured()
    return X, (y > np.median(y)).astype(int), test


def towns():
    """Categories that are counted: more of them than are asked for one by one, alone and in combinations, some few too."""
    random = np.random.RandomState(5)
    n = 90
    frame = pd.DataFrame({
        'size': random.normal(size=n).round(2), 'town': np.array(['town %d' % k for k in random.randint(0, 14, n)], dtype=object),
        'level': random.randint(-2, 4, n), 'side': np.array(['l', 'r'], dtype=object)[random.randint(0, 2, n)],
        'shade': np.array(COLOURS, dtype=object)[random.randint(0, 9, n)]})
    frame.loc[::11, 'size'] = np.nan
    number = frame['town'].str.slice(5).astype(int)
    y = (number % 5) * 1.1 + frame['level'] * (frame['side'] == 'l') + frame['size'].fillna(2) + random.normal(size=n) / 3
    test = frame.iloc[::4].reset_index(drop=True).astype(object)
    test['size'] = test['size'].astype(float)
    test.loc[1, 'town'], test.loc[2, 'level'], test.loc[3, 'side'], test.loc[4, 'shade'] = 'nowhere', 77, '', 'Ωmega'
    test.loc[5, 'level'] = str(test.loc[5, 'level'])
    return frame, y.to_numpy(), test


def cut(*borders):
    def made():
        X, y, test = towns()
        return X, np.searchsorted(np.quantile(y, borders), y), test
    return made


def towns_labels():
    X, y, test = towns()
    return X, np.column_stack([y > 1, X['level'] > 0]).astype(int), test


def towns_positive():
    X, y, test = towns()
    return X, np.round(y - y.min()), test


def towns_targets():
    X, y, test = towns()
    return X, np.column_stack([y, X['level'] + y / 3]), test


def not_numbers():
    X, y, test = DATA['missing_regression']()
    return X, y, np.vstack([test, [[np.inf] * X.shape[1], [-np.inf] * X.shape[1]]])


def unseen_missing():
    """Missing values where training had none."""
    X, y, test = DATA['regression']()
    test = test.copy()
    test[::2, 0] = np.nan
    return X, y, test


DATA.update(towns=towns, towns2=cut(0.5), towns3=cut(0.3, 0.6), towns_labels=towns_labels, towns_targets=towns_targets,
            towns_positive=towns_positive)
DATA.update(unseen_missing=unseen_missing, coloured=coloured, coloured_classes=coloured_classes, not_numbers=not_numbers)


def of(cls, **params):
    return lambda X, y: cls(**dict(BASE, **params)).fit(X, y)


def classifier(**params):
    return of(CatBoostClassifier, **params)


def regressor(**params):
    return of(CatBoostRegressor, **params)


def plain(**params):
    return lambda X, y: CatBoost(dict(BASE, **params)).fit(X, y)


def ranker(**params):
    def build(X, y):
        levels = np.clip(np.floor(y - y.min()), 0, 4) / 4
        return CatBoostRanker(**dict(BASE, **params)).fit(X, levels, group_id=np.arange(len(X)) // (len(X) // 2))
    return build


def early(cls, **params):
    def build(X, y):
        model = cls(**dict(BASE, iterations=20, learning_rate=1.5, early_stopping_rounds=2, **params))
        return model.fit(X[::2], y[::2], eval_set=(X[1::2], y[1::2]))
    return build


def rescaled(X, y):
    model = regressor()(X, y)
    model.set_scale_and_bias(0.1, 3.7)
    return model


def threshold(X, y):
    model = classifier()(X, y)
    model.set_probability_threshold(0.7)
    return model


def share(cls, loss):
    return lambda X, y: cls(**dict(BASE, loss_function=loss)).fit(X, (y - y.min()) / (y.max() - y.min()))


def no_trees(X, y):
    model = regressor()(X, y)
    model.shrink(ntree_end=1)
    return model


def answers(model, X):
    last = model.steps[-1][1] if hasattr(model, 'steps') else model
    found = [('predict', model.predict(X))]
    if isinstance(last, CatBoostClassifier):
        found += [('predictProba', model.predict_proba(X)), ('predictLogProba', model.predict_log_proba(X))]
    if hasattr(model, 'steps'):
        return found
    return found + [('decisionFunction', last.predict(X, prediction_type='RawFormulaVal')
                     if not isinstance(last, CatBoostRanker) else last.predict(X)),
                    ('apply', last.calc_leaf_indexes(X))]


def case(name, build, data, **options):
    return BoosterCase('catboost/' + name, build, data, **dict(dict(ulp=8, answers=answers), **options))


def counted(cls, **params):
    return of(cls, **dict(dict(cat_features=['town', 'level', 'side', 'shade'], iterations=8), **params))


def reloaded(cls, change=lambda text: text, **params):
    """Written as JSON and read again, which numbers the leaves of trees that are not symmetric anew."""
    def build(X, y):
        model = counted(cls, **params)(X, y)
        folder = tempfile.mkdtemp()
        path = os.path.join(folder, 'model.json')
        model.save_model(path, format='json')
        with io.open(path, encoding='utf-8') as file:
            text = file.read()
        with io.open(path, 'w', encoding='utf-8') as file:
            file.write(change(text))
        other = cls(**model.get_params())
        other.load_model(path, format='json')
        shutil.rmtree(folder)
        return other
    return build


def renamed(was, now, cls, **params):
    """What only a GPU counts: it is counted as `was` is, and told apart by its name alone."""
    def change(text):
        assert was in text
        return text.replace(was, now)
    return reloaded(cls, change, **params)


JSON = dict(format='json')
ONE_HOT = dict(cat_features=['colour', 'level'], one_hot_max_size=20)
CASES = [
    case('CatBoostClassifier-binary', classifier(), 'binary'),
    case('CatBoostClassifier-multi', classifier(), 'iris'),
    case('CatBoostClassifier-text', classifier(), 'iris_text'),
    case('CatBoostClassifier-text_binary', classifier(), 'binary_text'),
    case('CatBoostClassifier-bool', classifier(), 'binary_bool'),
    case('CatBoostClassifier-signed', classifier(), 'binary_signed'),
    case('CatBoostClassifier-float', classifier(), 'iris_float_labels'),
    case('CatBoostClassifier-unicode', classifier(iterations=2), 'classes4_text'),
    case('CatBoostClassifier-one_vs_all', classifier(loss_function='MultiClassOneVsAll'), 'iris'),
    case('CatBoostClassifier-depthwise', classifier(grow_policy='Depthwise', min_data_in_leaf=3), 'iris'),
    case('CatBoostClassifier-lossguide', classifier(grow_policy='Lossguide', max_leaves=5), 'binary'),
    case('CatBoostClassifier-missing', classifier(), 'missing_binary'),
    case('CatBoostClassifier-weights', classifier(auto_class_weights='Balanced', l2_leaf_reg=9), 'binary'),
    case('CatBoostClassifier-early_stop', early(CatBoostClassifier), 'iris'),
    case('CatBoostClassifier-threshold', threshold, 'binary', since='0.26'),
    case('CatBoostClassifier-cross_entropy', share(CatBoostClassifier, 'CrossEntropy'), 'regression'),
    case('CatBoostClassifier-categories', classifier(**ONE_HOT), 'coloured_classes'),
    case('CatBoostClassifier-multilabel', classifier(loss_function='MultiLogloss'), 'multilabel', since='1.0'),
    case('CatBoostClassifier-ordered', classifier(boosting_type='Ordered', iterations=6), 'binary32'),
    case('CatBoostRegressor-diabetes', regressor(), 'diabetes'),
    case('CatBoostRegressor-frame', regressor(), 'frame_diabetes'),
    case('CatBoostRegressor-deep', regressor(depth=9, iterations=2), 'regression'),
    case('CatBoostRegressor-depthwise', regressor(grow_policy='Depthwise'), 'regression'),
    case('CatBoostRegressor-lossguide', regressor(grow_policy='Lossguide', max_leaves=9, depth=6), 'not_numbers'),
    case('CatBoostRegressor-missing', regressor(iterations=8), 'not_numbers'),
    case('CatBoostRegressor-missing_max', regressor(iterations=8, nan_mode='Max'), 'not_numbers'),
    case('CatBoostRegressor-unseen_missing', regressor(), 'unseen_missing'),
    case('CatBoostRegressor-categories', regressor(**ONE_HOT), 'coloured'),
    case('CatBoostRegressor-categories_lossguide', regressor(grow_policy='Lossguide', max_leaves=8, **ONE_HOT),
         'coloured'),
    case('CatBoostClassifier-counters', counted(CatBoostClassifier), 'towns2'),
    case('CatBoostClassifier-counters_multi', counted(CatBoostClassifier, iterations=4), 'towns3'),
    case('CatBoostClassifier-counters_one_vs_all', counted(CatBoostClassifier, loss_function='MultiClassOneVsAll',
         iterations=4, simple_ctr=['Borders', 'Buckets'], max_ctr_complexity=2), 'towns3'),
    case('CatBoostClassifier-counters_labels', counted(CatBoostClassifier, loss_function='MultiLogloss', iterations=4,
         max_ctr_complexity=1), 'towns_labels', since='1.0'),
    case('CatBoostRegressor-counters', counted(CatBoostRegressor), 'towns'),
    case('CatBoostRegressor-counters_deep', counted(CatBoostRegressor, depth=6, iterations=3, one_hot_max_size=2,
         max_ctr_complexity=6, combinations_ctr=['Borders:Prior=0.3/1', 'Counter']), 'towns'),
    case('CatBoostRegressor-counters_buckets', counted(CatBoostRegressor, simple_ctr=['Buckets:TargetBorderCount=3'],
         combinations_ctr=['Borders:TargetBorderCount=3:TargetBorderType=Median'], max_ctr_complexity=2), 'towns'),
    case('CatBoostRegressor-counters_means', counted(CatBoostRegressor, simple_ctr=['BinarizedTargetMeanValue'],
         combinations_ctr=['BinarizedTargetMeanValue:TargetBorderCount=4', 'Counter'], max_ctr_complexity=2), 'towns'),
    case('CatBoostRegressor-counters_per_feature', counted(CatBoostRegressor, per_feature_ctr=['1:Counter:Prior=0.7/1',
         '2:Buckets:Prior=0.2/1:Prior=3/1'], counter_calc_method='Full', max_ctr_complexity=1), 'towns'),
    case('CatBoostRegressor-counters_depthwise', counted(CatBoostRegressor, grow_policy='Depthwise', one_hot_max_size=2),
         'towns'),
    case('CatBoostRegressor-counters_lossguide', counted(CatBoostRegressor, grow_policy='Lossguide', max_leaves=6,
         one_hot_max_size=6), 'towns'),
    case('CatBoostRegressor-counters_plain', counted(CatBoostRegressor, boosting_type='Plain', loss_function='Poisson',
         nan_mode='Max'), 'towns_positive', link=True),
    case('CatBoostRegressor-counters_targets', counted(CatBoostRegressor, loss_function='MultiRMSE', iterations=4,
         max_ctr_complexity=1), 'towns_targets'),
    case('CatBoostRegressor-counters_freq', renamed('Counter', 'FeatureFreq', CatBoostRegressor, simple_ctr=['Counter'],
         combinations_ctr=['Counter'], max_ctr_complexity=2), 'towns'),
    case('CatBoostRegressor-counters_float_means', renamed('BinarizedTargetMeanValue', 'FloatTargetMeanValue',
         CatBoostRegressor, simple_ctr=['BinarizedTargetMeanValue'], max_ctr_complexity=1), 'towns'),
    case('CatBoostRanker-counters', lambda X, y: ranker(loss_function='YetiRank', cat_features=[1, 2, 3, 4])(X, y), 'towns'),
    case('CatBoost-counters', plain(loss_function='RMSE', cat_features=['town', 'level', 'side', 'shade']), 'towns'),
    case('Pipeline-counters', lambda X, y: make_pipeline('passthrough', counted(CatBoostClassifier, iterations=3)(X, y)),
         'towns2'),
    case('CatBoostClassifier-json', counted(CatBoostClassifier, iterations=3), 'towns3', file=JSON),
    case('CatBoostRegressor-json', regressor(), 'not_numbers', file=JSON),
    case('CatBoostRegressor-json_means', counted(CatBoostRegressor, simple_ctr=['BinarizedTargetMeanValue'],
         combinations_ctr=['Counter'], iterations=3, one_hot_max_size=2), 'towns', file=JSON),
    case('CatBoostRegressor-json_lossguide', reloaded(CatBoostRegressor, grow_policy='Lossguide', max_leaves=6, iterations=3,
         one_hot_max_size=6), 'towns', file=JSON),
    case('CatBoostRegressor-quantile', regressor(loss_function='Quantile:alpha=0.7'), 'regression'),
    case('CatBoostRegressor-quantiles', regressor(loss_function='MultiQuantile:alpha=0.1,0.5,0.9'), 'regression',
         since='1.1'),
    case('CatBoostRegressor-absolute', regressor(loss_function='MAE'), 'regression'),
    case('CatBoostRegressor-huber', regressor(loss_function='Huber:delta=2'), 'regression'),
    case('CatBoostRegressor-poisson', regressor(loss_function='Poisson'), 'counts_target', link=True),
    case('CatBoostRegressor-tweedie', regressor(objective='Tweedie:variance_power=1.4'), 'counts_target', link=True),
    case('CatBoostRegressor-uncertainty', regressor(loss_function='RMSEWithUncertainty'), 'regression', link=True),
    case('CatBoostRegressor-targets', regressor(loss_function='MultiRMSE'), 'targets2'),
    case('CatBoostRegressor-scaled', rescaled, 'regression'),
    case('CatBoostRegressor-one_tree', no_trees, 'regression'),
    case('CatBoostRegressor-early_stop', early(CatBoostRegressor), 'regression'),
    case('CatBoostRegressor-sparse', regressor(), 'sparse_regression'),
    case('CatBoostRanker-yeti', ranker(loss_function='YetiRank'), 'regression'),
    case('CatBoostRanker-query', ranker(loss_function='QueryRMSE'), 'regression'),
    case('CatBoost-regression', plain(loss_function='RMSE'), 'regression'),
    case('CatBoost-poisson', plain(loss_function='Poisson'), 'counts_target'),
    case('CatBoost-multi', plain(loss_function='MultiClass'), 'iris'),
    case('Pipeline-scaled', lambda X, y: make_pipeline(StandardScaler(), CatBoostClassifier(**BASE)).fit(X, y), 'iris'),
]
