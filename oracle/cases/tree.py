"""sklearn.tree."""
from kit.case import cases_of
from kit.sk import sk

case = cases_of('tree')
tree = sk.tree

CASES = [
    case('DecisionTreeClassifier-iris', lambda: tree.DecisionTreeClassifier(random_state=0), 'iris', core=True),
    case('DecisionTreeClassifier-depth2_text', lambda: tree.DecisionTreeClassifier(max_depth=2, random_state=0),
         'iris_text', core=True),
    case('DecisionTreeClassifier-entropy_ints', lambda: tree.DecisionTreeClassifier(
        criterion='entropy', max_depth=4, random_state=0), 'classes4_ints'),
    case('DecisionTreeClassifier-class_weight', lambda: tree.DecisionTreeClassifier(
        class_weight='balanced', max_depth=3, random_state=0), 'classes4', x=True),
    case('DecisionTreeClassifier-binary_bool', lambda: tree.DecisionTreeClassifier(
        min_samples_leaf=4, random_state=0), 'binary_bool'),
    case('DecisionTreeClassifier-object_labels', lambda: tree.DecisionTreeClassifier(
        max_leaf_nodes=5, random_state=0), 'iris_object', x=True),
    case('DecisionTreeClassifier-multi_output', lambda: tree.DecisionTreeClassifier(max_depth=3, random_state=0),
         'multiclass_multioutput', core=True),
    case('DecisionTreeClassifier-text_multi_output', lambda: tree.DecisionTreeClassifier(max_depth=2, random_state=0),
         'text_multioutput'),
    case('DecisionTreeClassifier-multilabel', lambda: tree.DecisionTreeClassifier(max_depth=3, random_state=0),
         'multilabel'),
    case('DecisionTreeClassifier-float32', lambda: tree.DecisionTreeClassifier(max_depth=3, random_state=0), 'iris32',
         x=True),
    case('DecisionTreeClassifier-missing', lambda: tree.DecisionTreeClassifier(max_depth=4, random_state=0),
         'missing_classes', since='1.3', core=True),
    case('DecisionTreeClassifier-hidden_split', lambda: tree.DecisionTreeClassifier(max_features=2, random_state=2153),
         'hidden_split', since='1.3', until='1.7', core=True),
    case('DecisionTreeClassifier-bool_multi_output', lambda: tree.DecisionTreeClassifier(max_depth=2, random_state=0),
         'bool_multioutput'),
    case('DecisionTreeRegressor-absolute_error_missing', lambda: tree.DecisionTreeRegressor(
        criterion='absolute_error', max_depth=3, random_state=0), 'missing_regression', since='1.9'),
    case('DecisionTreeClassifier-monotonic', lambda: tree.DecisionTreeClassifier(
        max_depth=4, monotonic_cst=[1, 0, -1, 0], random_state=0), 'binary', since='1.4'),
    case('DecisionTreeClassifier-pruned', lambda: tree.DecisionTreeClassifier(ccp_alpha=0.02, random_state=0),
         'classes4', since='0.22'),
    case('DecisionTreeClassifier-sparse', lambda: tree.DecisionTreeClassifier(max_depth=3, random_state=0),
         'sparse_counts'),
    case('DecisionTreeClassifier-frame', lambda: tree.DecisionTreeClassifier(max_depth=3, random_state=0),
         'frame_iris', x=True),
    case('DecisionTreeClassifier-one_feature', lambda: tree.DecisionTreeClassifier(max_depth=3, random_state=0),
         'one_feature_classes', protocol=0),
    case('DecisionTreeClassifier-bytes_labels', lambda: tree.DecisionTreeClassifier(max_depth=2, random_state=0),
         'iris_bytes', until='0.18'),
    case('DecisionTreeRegressor-diabetes', lambda: tree.DecisionTreeRegressor(max_depth=4, random_state=0), 'diabetes',
         core=True),
    case('DecisionTreeRegressor-full', lambda: tree.DecisionTreeRegressor(random_state=0), 'regression'),
    case('DecisionTreeRegressor-absolute_error', lambda: tree.DecisionTreeRegressor(
        criterion='absolute_error', max_depth=3, random_state=0), 'regression', since='0.18'),
    case('DecisionTreeRegressor-poisson', lambda: tree.DecisionTreeRegressor(
        criterion='poisson', max_depth=3, random_state=0), 'counts_target', since='0.24'),
    case('DecisionTreeRegressor-multi_output', lambda: tree.DecisionTreeRegressor(max_depth=3, random_state=0),
         'targets2'),
    case('DecisionTreeRegressor-missing', lambda: tree.DecisionTreeRegressor(max_depth=4, random_state=0),
         'missing_regression', since='1.3'),
    case('DecisionTreeRegressor-constant_feature', lambda: tree.DecisionTreeRegressor(max_depth=3, random_state=0),
         'constant_feature', x=True),
    case('DecisionTreeRegressor-stump', lambda: tree.DecisionTreeRegressor(max_depth=1, random_state=0),
         'one_feature', x=True),
    case('ExtraTreeClassifier-iris', lambda: tree.ExtraTreeClassifier(max_depth=4, random_state=0), 'iris_text',
         core=True),
    case('ExtraTreeClassifier-missing', lambda: tree.ExtraTreeClassifier(max_depth=4, random_state=0),
         'missing_classes', since='1.6'),
    case('ExtraTreeRegressor-regression', lambda: tree.ExtraTreeRegressor(max_depth=4, random_state=0), 'regression',
         core=True),
    case('ExtraTreeRegressor-float32', lambda: tree.ExtraTreeRegressor(max_depth=3, random_state=0), 'regression32',
         x=True),
]
