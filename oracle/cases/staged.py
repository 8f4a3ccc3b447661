"""Decision paths, and boosting step by step."""
from kit.case import cases_of
from kit.sk import VERSION, sk

tree = cases_of('tree')
ensemble = cases_of('ensemble')
PATH = ('decision_path',)
STAGES = ('staged_predict', 'staged_predict_proba', 'staged_decision_function')


def made(module, cls, **params):
    params = dict(dict(random_state=0), **params)
    if VERSION >= (1, 6):
        params.pop('algorithm', None)
    return lambda: getattr(getattr(sk, module), cls)(**params)


def path(cls, data, **params):
    module = 'tree' if cls.endswith(('TreeClassifier', 'TreeRegressor')) else 'ensemble'
    if module == 'ensemble':
        params.setdefault('n_estimators', 3)
    make = tree if module == 'tree' else ensemble
    return make(cls + '-path', made(module, cls, **params), data, core=True, since='0.18', ask=PATH)


def staged(name, data, cls, asked=STAGES, since='0.17', core=True, **params):
    if cls.startswith('Hist'):
        params = dict(dict(max_iter=3, min_samples_leaf=2, max_leaf_nodes=4), **params)
        params.pop('n_estimators', None)
        since = max(since, '0.24')
    else:
        params.setdefault('n_estimators', 3)
    return ensemble(cls + '-' + name, made('ensemble', cls, **params), data, core=core, since=since, ask=asked)


CASES = [
    path('DecisionTreeClassifier', 'small_classes3', max_depth=3),
    path('DecisionTreeRegressor', 'small_targets2', max_depth=4),
    path('ExtraTreeClassifier', 'small_binary', max_depth=3),
    path('ExtraTreeRegressor', 'small', max_depth=2),
    path('RandomForestClassifier', 'small_classes3', max_depth=3),
    path('RandomForestRegressor', 'small', max_depth=2, n_estimators=2),
    path('ExtraTreesClassifier', 'small_binary', max_depth=2),
    path('ExtraTreesRegressor', 'small_targets2', max_depth=3),
    path('RandomTreesEmbedding', 'small_plain', max_depth=2),
    staged('staged_binary', 'small_binary', 'AdaBoostClassifier'),
    staged('staged_multi', 'small_classes3', 'AdaBoostClassifier', n_estimators=4),
    staged('staged_samme', 'small_classes3', 'AdaBoostClassifier', algorithm='SAMME'),
    staged('staged_samme_binary', 'small_binary', 'AdaBoostClassifier', algorithm='SAMME', n_estimators=2),
    staged('staged', 'small', 'AdaBoostRegressor', STAGES[:1], n_estimators=4),
    staged('staged_binary', 'small_binary', 'GradientBoostingClassifier', max_depth=2),
    staged('staged_multi', 'small_classes3', 'GradientBoostingClassifier', n_estimators=2, max_depth=2),
    staged('staged_exponential', 'small_binary', 'GradientBoostingClassifier', loss='exponential', max_depth=1),
    staged('staged', 'small', 'GradientBoostingRegressor', STAGES[:1], max_depth=2),
    staged('staged_binary', 'small_binary', 'HistGradientBoostingClassifier'),
    staged('staged_multi', 'small_classes3', 'HistGradientBoostingClassifier', max_iter=2),
    staged('staged', 'small', 'HistGradientBoostingRegressor', STAGES[:1]),
    staged('staged_poisson', 'small_positive', 'HistGradientBoostingRegressor', STAGES[:1], loss='poisson'),
    staged('staged_categorical', 'small_counts', 'HistGradientBoostingRegressor', STAGES[:1],
           categorical_features=[0, 2]),
]
