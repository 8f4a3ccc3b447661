"""sklearn.semi_supervised."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('semi_supervised')
ss = sk.semi_supervised


def self_training(make, **params):
    return lambda: ss.SelfTrainingClassifier(estimator=make(), **params)


CASES = [
    case('LabelPropagation-rbf', lambda: ss.LabelPropagation(gamma=1.5), 'partly', core=True),
    case('LabelPropagation-knn', lambda: ss.LabelPropagation(kernel='knn', n_neighbors=4), 'partly_blobs', core=True),
    case('LabelPropagation-default', lambda: ss.LabelPropagation(), 'partly_binary'),
    case('LabelSpreading-rbf', lambda: ss.LabelSpreading(gamma=0.7, alpha=0.4), 'partly', core=True),
    case('LabelSpreading-knn', lambda: ss.LabelSpreading(kernel='knn', n_neighbors=5, alpha=0.8), 'partly_blobs',
         core=True),
    case('LabelSpreading-frame', lambda: ss.LabelSpreading(gamma=0.2), 'partly_frame', since='1.0', x=True),
    case('LabelPropagation-float32', lambda: ss.LabelPropagation(gamma=0.3), 'partly32', x=True),
    case('SelfTrainingClassifier-logistic', self_training(lambda: sk.linear_model.LogisticRegression(), threshold=0.6),
         'partly_blobs', since='0.24', core=True),
    case('SelfTrainingClassifier-tree', self_training(
        lambda: sk.tree.DecisionTreeClassifier(max_depth=2, random_state=0), criterion='k_best', k_best=6),
        'partly', since='0.24', core=True),
    case('SelfTrainingClassifier-svc', self_training(lambda: sk.naive_bayes.GaussianNB(), max_iter=2),
         'partly_binary', since='0.24'),
]
