"""sklearn.compose and sklearn.pipeline."""
import numpy as np

from kit.case import cases_of
from kit.sk import VERSION, sk

case, pipe = cases_of('compose'), cases_of('pipeline')
pp, lm, im = sk.preprocessing, sk.linear_model, sk.impute


def columns(transformers, **params):
    return sk.compose.ColumnTransformer(transformers=transformers, **params)


def steps(*parts):
    return sk.pipeline.Pipeline(steps=[(type(p).__name__.lower() + str(i) if not isinstance(p,
         str) else 'skip%d' % i, p)
                                       for i, p in enumerate(parts)])


def imputed_scaled():
    return steps(im.SimpleImputer(strategy='median'), pp.StandardScaler())


def onehot(**params):
    return pp.OneHotEncoder(handle_unknown='ignore', **params)


def mixed(**params):
    """Numbers imputed and scaled, text one-hot encoded."""
    return columns([('numbers', imputed_scaled(), ['age', 'rooms', 'income']),
                    ('words', onehot(), ['colour', 'size'])], **params)


def model(name, **params):
    return getattr(sk.ensemble, name)(random_state=0, **params)


def logistic():
    return lm.LogisticRegression(solver='lbfgs')


CASES = [
    case('ColumnTransformer-mixed', lambda: mixed(), 'mixed_plain', since='0.20', core=True),
    case('ColumnTransformer-passthrough', lambda: mixed(remainder='passthrough', sparse_threshold=0), 'mixed_plain',
         since='0.20', core=True),
    case('ColumnTransformer-unseen', lambda: mixed(sparse_threshold=1.0), 'mixed_unseen', since='0.20'),
    case('ColumnTransformer-ints', lambda: columns([
        ('a', pp.StandardScaler(), [0, 2]), ('b', pp.MinMaxScaler(), [1]), ('c', 'passthrough', [3])]),
        'regression_plain', since='0.20', core=True),
    case('ColumnTransformer-slices', lambda: columns([
        ('a', pp.StandardScaler(), slice(0, 2)), ('b', pp.MaxAbsScaler(), slice(-1, None))], remainder='passthrough'),
        'regression_plain', since='0.20'),
    case('ColumnTransformer-masks', lambda: columns([
        ('a', pp.RobustScaler(), [True, False, True, False]), ('b', 'drop', np.array([False, True, False, False]))],
        remainder=pp.MinMaxScaler()), 'regression_plain', since='0.20'),
    case('ColumnTransformer-remainder_estimator', lambda: columns([
        ('words', pp.OrdinalEncoder(), ['colour', 'size'])], remainder=im.SimpleImputer()), 'mixed_plain',
        since='0.20'),
    case('ColumnTransformer-weights', lambda: columns([
        ('a', pp.StandardScaler(), [0, 1]), ('b', pp.Normalizer(), [2, 3])], transformer_weights={'a': 0.5, 'b': 3.0}),
        'regression_plain', since='0.20'),
    case('ColumnTransformer-name_slice', lambda: columns([
        ('a', pp.StandardScaler(), slice('a', 'c'))], remainder='passthrough'), 'frame_plain', since='0.20'),
    case('ColumnTransformer-selector', lambda: columns([
        ('numbers', imputed_scaled(), sk.compose.make_column_selector(dtype_include=np.number)),
        ('words', onehot(), sk.compose.make_column_selector(pattern='colour|size'))]), 'mixed_plain', since='0.22'),
    case('ColumnTransformer-empty', lambda: columns([
        ('none', pp.StandardScaler(), []), ('rest', pp.MinMaxScaler(), ['b', 'd'])], verbose_feature_names_out=False),
        'frame_plain', since='1.0', x=True),
    case('ColumnTransformer-sparse_input', lambda: columns([
        ('a', pp.MaxAbsScaler(), [0, 3])], remainder='passthrough'), 'sparse_plain', since='0.20'),
    case('ColumnTransformer-nested', lambda: columns([
        ('inner', columns([('x', pp.StandardScaler(), [0]), ('y', pp.PolynomialFeatures(), [1])]), ['a', 'b']),
        ('union', sk.pipeline.FeatureUnion(transformer_list=[('m', pp.MinMaxScaler()), ('q', pp.MaxAbsScaler())]),
         ['c', 'd'])]), 'frame_plain', since='0.20'),
    case('ColumnTransformer-function', lambda: columns([
        ('log', pp.FunctionTransformer(func=np.log1p), ['income'])], remainder='drop'), 'mixed_plain', since='0.20'),
    case('TransformedTargetRegressor-log', lambda: sk.compose.TransformedTargetRegressor(
        regressor=lm.LinearRegression(), func=np.log1p, inverse_func=np.expm1), 'positive_target', since='0.20',
        core=True),
    case('TransformedTargetRegressor-transformer', lambda: sk.compose.TransformedTargetRegressor(
        regressor=sk.tree.DecisionTreeRegressor(max_depth=3, random_state=0), transformer=pp.StandardScaler()),
        'regression', since='0.20'),
    case('TransformedTargetRegressor-multi_output', lambda: sk.compose.TransformedTargetRegressor(
        regressor=lm.Ridge(), transformer=pp.MinMaxScaler()), 'targets2', since='0.20', x=True),

    pipe('Pipeline-scaler_logistic', lambda: steps(pp.StandardScaler(), logistic()), 'iris', core=True),
    pipe('Pipeline-scaler_svc', lambda: steps(pp.MinMaxScaler(), sk.svm.SVC(gamma=1.5)), 'iris_text'),
    pipe('Pipeline-columns_forest', lambda: steps(mixed(), model(
        'RandomForestClassifier', n_estimators=3, max_depth=3)), 'mixed_classes', since='0.20', core=True),
    pipe('Pipeline-columns_boosting', lambda: steps(mixed(), model(
        'GradientBoostingRegressor', n_estimators=4, max_depth=2)), 'mixed', since='0.20'),
    pipe('Pipeline-columns_ridge', lambda: steps(mixed(), lm.Ridge()), 'mixed', since='0.20', x=True),
    pipe('Pipeline-encoder_hist', lambda: steps(columns([
        ('words', pp.OrdinalEncoder(), ['colour', 'size'])], remainder='passthrough'), model(
        'HistGradientBoostingRegressor', max_iter=3, max_leaf_nodes=5, categorical_features=[0, 1])), 'mixed',
        since='0.24'),
    pipe('Pipeline-passthrough', lambda: steps('passthrough', pp.RobustScaler(), 'passthrough', lm.Lasso(alpha=0.3)),
         'regression', since='0.21'),
    pipe('Pipeline-transformers_only', lambda: steps(pp.StandardScaler(), pp.MinMaxScaler()), 'regression_plain'),
    pipe('Pipeline-last_passthrough', lambda: steps(pp.MaxAbsScaler(), 'passthrough'), 'regression_plain',
         since='0.21'),
    pipe('Pipeline-pca_knn', lambda: steps(pp.StandardScaler(), sk.decomposition.PCA(n_components=2),
                                           sk.neighbors.KNeighborsClassifier(n_neighbors=3)), 'wine', since='0.19'),
    pipe('Pipeline-pca_svc', lambda: steps(pp.StandardScaler(), sk.decomposition.PCA(n_components=3),
                                           sk.svm.SVC(gamma=0.3)), 'wine', since='0.19', x=True),
    pipe('Pipeline-select_tree', lambda: steps(sk.feature_selection.SelectKBest(k=2), sk.tree.DecisionTreeClassifier(
        max_depth=3, random_state=0)), 'iris_text'),
    pipe('Pipeline-poly_linear', lambda: steps(pp.PolynomialFeatures(), pp.StandardScaler(), lm.Ridge()), 'diabetes',
         core=True),
    pipe('Pipeline-isolation', lambda: steps(pp.StandardScaler(), model('IsolationForest', n_estimators=3,
                                                                         max_samples=16)), 'unlabelled', since='0.20'),
    pipe('Pipeline-kmeans', lambda: steps(pp.StandardScaler(), sk.cluster.KMeans(
        n_clusters=3, n_init=1, random_state=0)), 'unlabelled', x=True),
    pipe('Pipeline-mlp', lambda: steps(pp.StandardScaler(), sk.neural_network.MLPClassifier(
        hidden_layer_sizes=(4,), solver='lbfgs', max_iter=20, random_state=0)), 'wine', since='0.19'),
    pipe('Pipeline-imputer_extra', lambda: steps(im.SimpleImputer(add_indicator=True), model(
        'ExtraTreesRegressor', n_estimators=3, max_depth=3)), 'missing_regression', since='0.21'),
    pipe('Pipeline-none_passes', lambda: steps(im.SimpleImputer(strategy='most_frequent'), onehot()), 'text_none',
         since='1.0', until='1.8'),
    pipe('Pipeline-pandas_inverse', lambda: steps(pp.MinMaxScaler(), sk.feature_selection.VarianceThreshold()
                                                  ).set_output(transform='pandas'), 'frame_plain', since='1.2', x=True),
    pipe('Pipeline-pandas_output', lambda: steps(pp.StandardScaler(), lm.LinearRegression()).set_output(
        transform='pandas'), 'frame_diabetes', since='1.2', x=True),
    pipe('FeatureUnion-weights', lambda: sk.pipeline.FeatureUnion(transformer_list=[
        ('scaled', pp.StandardScaler()), ('range', pp.MinMaxScaler())],
        transformer_weights={'scaled': 2.0, 'range': 0.25}), 'regression_plain', core=True),
    pipe('FeatureUnion-drop', lambda: sk.pipeline.FeatureUnion(transformer_list=[
        ('scaled', pp.StandardScaler()), ('gone', 'drop' if VERSION >= (0, 20) else None),
        ('pca', sk.decomposition.PCA(n_components=2))]), 'regression_plain', since='0.18'),
    pipe('FeatureUnion-passthrough', lambda: sk.pipeline.FeatureUnion(transformer_list=[
        ('raw', 'passthrough'), ('max', pp.MaxAbsScaler())]), 'regression_plain', since='1.1'),
    pipe('FeatureUnion-sparse', lambda: sk.pipeline.FeatureUnion(transformer_list=[
        ('words', onehot()), ('codes', pp.OrdinalEncoder())]), 'text_columns', since='0.20'),
]
