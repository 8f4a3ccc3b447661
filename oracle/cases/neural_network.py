"""sklearn.neural_network."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('neural_network')


def classifier(**params):
    params = dict(dict(hidden_layer_sizes=(5,), max_iter=25, random_state=0, solver='lbfgs'), **params)
    return lambda: sk.neural_network.MLPClassifier(**params)


def regressor(**params):
    params = dict(dict(hidden_layer_sizes=(5,), max_iter=30, random_state=0, solver='lbfgs'), **params)
    return lambda: sk.neural_network.MLPRegressor(**params)


def rbm(**params):
    params = dict(dict(n_components=3, n_iter=4, batch_size=4), **params)
    return lambda: sk.neural_network.BernoulliRBM(**params)


CASES = [
    case('MLPClassifier-relu_binary', classifier(), 'binary', core=True, since='0.18'),
    case('MLPClassifier-tanh_text', classifier(activation='tanh'), 'iris_text', core=True, since='0.18'),
    case('MLPClassifier-logistic_ints', classifier(activation='logistic', hidden_layer_sizes=(4, 3)), 'classes4_ints',
         since='0.18'),
    case('MLPClassifier-identity', classifier(activation='identity', hidden_layer_sizes=(3,)), 'binary_text',
         since='0.18', x=True),
    case('MLPClassifier-multilabel', classifier(hidden_layer_sizes=(4,)), 'multilabel', since='0.18'),
    case('MLPClassifier-adam', classifier(solver='adam', max_iter=6), 'iris', since='0.18'),
    case('MLPClassifier-early_stop', classifier(solver='adam', early_stopping=True, max_iter=8), 'binary_bool',
         since='0.18', x=True),
    case('MLPClassifier-float32', classifier(), 'iris32', since='0.24', x=True),
    case('MLPRegressor-relu', regressor(), 'regression', core=True, since='0.18'),
    case('MLPRegressor-tanh_multi_output', regressor(activation='tanh'), 'targets2', since='0.18'),
    case('MLPRegressor-logistic_deep', regressor(activation='logistic', hidden_layer_sizes=(4, 3, 2)), 'diabetes',
         since='0.18'),
    case('MLPRegressor-sgd', regressor(activation='identity', solver='sgd', max_iter=5, learning_rate_init=1e-4),
         'regression', since='0.18', x=True),
    case('BernoulliRBM-seeded', rbm(random_state=3), 'small_bits', core=True),
    case('BernoulliRBM-wide', rbm(n_components=7, random_state=2 ** 31, learning_rate=0.6), 'digits_shares'),
    case('BernoulliRBM-sparse', rbm(n_components=2, random_state=0), 'sparse_bits', x=True),
    case('BernoulliRBM-float32', rbm(random_state=1), 'small_bits32', since='1.0', x=True),
    case('MLPRegressor-poisson', regressor(loss='poisson', activation='tanh'), 'counts_target', since='1.7', x=True),
]
