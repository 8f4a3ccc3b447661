"""sklearn.preprocessing: categories to numbers."""
import numpy as np

from kit.case import cases_of
from kit.sk import sk

case = cases_of('preprocessing')
pp = sk.preprocessing


def onehot(**params):
    params.setdefault('sparse_output', False)
    return lambda: pp.OneHotEncoder(**params)


def ordinal(**params):
    return lambda: pp.OrdinalEncoder(**params)


UNKNOWN = dict(handle_unknown='use_encoded_value', unknown_value=-1)
CASES = [
    case('OneHotEncoder-text', onehot(), 'text_columns', since='0.20', core=True),
    case('OneHotEncoder-sparse', onehot(sparse_output=True), 'text_columns', since='0.20'),
    case('OneHotEncoder-ignore', onehot(handle_unknown='ignore'), 'text_unseen', since='0.20', core=True),
    case('OneHotEncoder-ignore_sparse', onehot(handle_unknown='ignore', sparse_output=True), 'text_unseen',
         since='0.20'),
    case('OneHotEncoder-drop_first', onehot(drop='first'), 'text_columns', since='0.21', core=True),
    case('OneHotEncoder-drop_if_binary', onehot(drop='if_binary'), 'bool_columns', since='0.23'),
    case('OneHotEncoder-drop_array', onehot(drop=np.array(['red', 'M', 20], dtype=object)), 'text_columns',
         since='0.21', x=True),
    case('OneHotEncoder-drop_ignore', onehot(drop='first', handle_unknown='ignore'), 'text_unseen', since='1.0'),
    case('OneHotEncoder-infrequent', onehot(min_frequency=9, handle_unknown='infrequent_if_exist'), 'text_unseen',
         since='1.1', core=True),
    case('OneHotEncoder-infrequent_share', onehot(min_frequency=0.2), 'text_columns', since='1.1'),
    case('OneHotEncoder-max_categories', onehot(max_categories=2, drop='first', handle_unknown='infrequent_if_exist'),
         'text_unseen', since='1.1'),
    case('OneHotEncoder-warn', onehot(handle_unknown='warn', max_categories=3), 'text_unseen', since='1.6', x=True),
    case('OneHotEncoder-missing_none', onehot(), 'text_missing', since='0.24'),
    case('OneHotEncoder-missing_nan', onehot(handle_unknown='ignore'), 'text_nan', since='0.24'),
    case('OneHotEncoder-missing_float', onehot(), 'float_nan_columns', since='0.24'),
    case('OneHotEncoder-ints', onehot(handle_unknown='ignore'), 'whole_unseen', since='0.20'),
    case('OneHotEncoder-given', onehot(categories=[['S', 'M', 'L', 'XL']], dtype=np.float32), 'size_column',
         since='0.20'),
    case('OneHotEncoder-frame', onehot(), 'text_frame', since='0.20'),
    case('OrdinalEncoder-text', ordinal(), 'text_columns', since='0.20', core=True),
    case('OrdinalEncoder-ints', ordinal(dtype=np.int64), 'whole_columns', since='0.20'),
    case('OrdinalEncoder-unknown', ordinal(**UNKNOWN), 'text_unseen', since='0.24', core=True),
    case('OrdinalEncoder-unknown_nan', ordinal(handle_unknown='use_encoded_value', unknown_value=np.nan),
         'whole_unseen', since='0.24'),
    case('OrdinalEncoder-missing', ordinal(), 'text_nan', since='1.0'),
    case('OrdinalEncoder-encoded_missing', ordinal(encoded_missing_value=-5), 'text_missing', since='1.1'),
    case('OrdinalEncoder-missing_float', ordinal(), 'float_nan_columns', since='1.0'),
    case('OrdinalEncoder-infrequent', ordinal(max_categories=2, **UNKNOWN), 'text_unseen', since='1.3'),
    case('OrdinalEncoder-infrequent_missing', ordinal(max_categories=2), 'text_nan', since='1.3', x=True),
    case('OneHotEncoder-bool', onehot(dtype=bool, handle_unknown='ignore'), 'text_unseen', since='0.20', x=True),
    case('OrdinalEncoder-given', ordinal(categories=[['S', 'M', 'L']]), 'size_column', since='0.20'),
    case('OrdinalEncoder-frame', ordinal(), 'text_frame', since='0.20'),
    case('LabelEncoder-text', lambda: pp.LabelEncoder(), 'labels_text', core=True),
    case('LabelEncoder-object', lambda: pp.LabelEncoder(), 'labels_object'),
    case('LabelEncoder-ints', lambda: pp.LabelEncoder(), 'labels_int', protocol=0),
    case('LabelEncoder-bool', lambda: pp.LabelEncoder(), 'labels_bool'),
    case('LabelEncoder-float_nan', lambda: pp.LabelEncoder(), 'labels_float', since='1.0'),
    case('LabelBinarizer-text', lambda: pp.LabelBinarizer(), 'labels_text', core=True),
    case('LabelBinarizer-binary', lambda: pp.LabelBinarizer(), 'labels_binary'),
    case('LabelBinarizer-signed', lambda: pp.LabelBinarizer(neg_label=-1, pos_label=2), 'labels_int'),
    case('LabelBinarizer-sparse', lambda: pp.LabelBinarizer(sparse_output=True), 'labels_int'),
    case('TargetEncoder-continuous', lambda: pp.TargetEncoder(smooth=2.0, random_state=0), 'codes_target',
         since='1.3', core=True),
    case('TargetEncoder-auto_binary', lambda: pp.TargetEncoder(random_state=0), 'codes_binary', since='1.3', core=True),
    case('TargetEncoder-multi', lambda: pp.TargetEncoder(random_state=0), 'codes_multi', since='1.4', core=True),
    case('TargetEncoder-type', lambda: pp.TargetEncoder(target_type='continuous', smooth=0.0, random_state=0),
         'codes_numbers', since='1.3', x=True),
    case('TargetEncoder-given', lambda: pp.TargetEncoder(
        categories=[['red', 'green', 'blue', 'gr\u00fcn', 'pink'], ['S', 'M', 'L', 'XL']], random_state=0),
        'codes_target', since='1.3', x=True),
    case('TargetEncoder-missing', lambda: pp.TargetEncoder(random_state=0), 'codes_missing', since='1.3'),
    case('TargetEncoder-frame', lambda: pp.TargetEncoder(random_state=0), 'codes_frame', since='1.3', x=True),
    case('MultiLabelBinarizer-text', lambda: pp.MultiLabelBinarizer(), 'label_lists', core=True),
    case('MultiLabelBinarizer-ints', lambda: pp.MultiLabelBinarizer(), 'label_lists_ints'),
    case('MultiLabelBinarizer-sparse', lambda: pp.MultiLabelBinarizer(sparse_output=True), 'label_lists', core=True),
    case('MultiLabelBinarizer-unseen', lambda: pp.MultiLabelBinarizer(), 'label_lists_unseen', since='0.20', core=True),
    case('MultiLabelBinarizer-classes', lambda: pp.MultiLabelBinarizer(
        classes=['noir', 'crime', 'drama', 'comedy', 'western', 'science-fiction']), 'label_lists'),
    case('KernelCenterer-kernel', lambda: pp.KernelCenterer(), 'kernel_plain', core=True),
    case('KernelCenterer-distances', lambda: pp.KernelCenterer(), 'distances', x=True),
]
