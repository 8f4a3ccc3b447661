"""Metrics, and draws of numpy's RandomState."""
import numpy as np

from .kit import plain


def make_metrics():
    from sklearn import metrics
    random = np.random.RandomState(5)
    y = np.round(random.standard_normal(300), 3)
    p = y + np.round(random.standard_normal(300), 2)
    labels = random.choice(['a', 'b', 'c'], 200)
    guesses = np.where(random.uniform(size=200) < 0.6, labels, 'b')
    two, scores = random.randint(0, 2, 150), np.round(random.uniform(size=150), 2)
    shares = random.dirichlet([1, 1, 1], 200)
    shares[0] = [0, 0, 1]
    return {
        'regression': {'y': y, 'p': p, 'r2Score': metrics.r2_score(y, p), 'meanAbsoluteError': metrics.mean_absolute_error(y, p),
                       'meanSquaredError': metrics.mean_squared_error(y, p),
                       'rootMeanSquaredError': metrics.root_mean_squared_error(y, p)},
        'labels': {'y': labels, 'p': guesses, 'accuracyScore': metrics.accuracy_score(labels, guesses),
                   'confusionMatrix': metrics.confusion_matrix(labels, guesses),
                   'f1': {average: metrics.f1_score(labels, guesses, average=average) for average in ('macro', 'micro', 'weighted')}},
        'two': {'y': two, 'scores': scores, 'rocAucScore': metrics.roc_auc_score(two, scores),
                'f1': metrics.f1_score(two, scores > 0.4)},
        'shares': {'y': labels, 'p': shares, 'logLoss': metrics.log_loss(labels, shares)},
    }


def make_random():
    def draws(seed, get):
        return plain(get(np.random.RandomState(seed)))

    weights = np.array([0.1, 0.4, 0, 0.5])
    return {'draws': [{
        'seed': seed, 'shuffle': draws(seed, lambda r: r.permutation(9)), 'integers': draws(seed, lambda r: r.randint(0, 90, 12)),
        'seeds': draws(seed, lambda r: r.randint(np.iinfo(np.int32).max, size=5)),
        'choice': draws(seed, lambda r: r.choice(20, 6, replace=False)),
        'weighted': draws(seed, lambda r: r.choice(4, 15, p=weights)),
        'normal': draws(seed, lambda r: r.standard_normal(7)),
    } for seed in (0, 1, 4294967295)], 'weights': weights}
