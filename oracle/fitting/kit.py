# coding: utf-8
"""Values as JSON has them, parameters as Python has them."""
import re

import numpy as np


def plain(value):
    """Arrays as lists, NaN as null."""
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, np.dtype) or isinstance(value, type):
        return str(value)
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, float) and value != value:
        return None
    return 'inf' if value == float('inf') else value


# Names that are spelt in their own way.
PYTHON_NAMES = {'copyX': 'copy_X', 'C': 'C', 'beta1': 'beta_1', 'beta2': 'beta_2'}


def python_name(name):
    if name in PYTHON_NAMES:
        return PYTHON_NAMES[name]
    return re.sub('[A-Z]', lambda letter: '_' + letter.group().lower(), name)


def python_value(value):
    if isinstance(value, dict) and set(value) == {'float'}:
        return float(value['float'])
    if isinstance(value, dict) and 'class' in value:
        return class_of(value['class'])(**python_parameters(value['given']))
    if isinstance(value, list):
        items = [python_value(item) for item in value]
        # Steps and transformers are tuples: a name, and an estimator or a word for one.
        named = len(items) > 1 and isinstance(items[0], str)
        return tuple(items) if named and (hasattr(items[1], 'get_params') or items[1] in ('drop', 'passthrough')) else items
    return value


def python_path(path):
    *steps, name = path.split('__')
    return '__'.join(steps + [python_name(name)])


def python_grid(grid):
    return [python_grid(each) for each in grid] if isinstance(grid, list) else {python_path(k): v for k, v in grid.items()}


def python_parameters(given):
    return {python_name(name): python_grid(value) if name == 'paramGrid' else python_value(value) for name, value in given.items()}


def class_of(name):
    from sklearn.utils import all_estimators
    return dict(all_estimators())[name]


def case(name, data, **given):
    return {'class': name, 'data': data, 'given': given}


def rows_of(case):
    if case.get('columns'):
        import pandas as pd
        return pd.DataFrame({name: [row[at] for row in case['X']] for at, name in enumerate(case['columns'])})
    return np.array([[np.nan if value is None else value for value in row] for row in case['X']],
                    dtype=object if any(isinstance(v, str) for row in case['X'] for v in row) else float)


def learned(model):
    """Numbers and labels among the attributes that were learned."""
    state = model.__getstate__()
    names = [name for name in state if name.endswith('_') or name in ('_y', '_n_features_outs', '_missing_indices')]
    # What LAPACK says beside the coefficients, and parts, which have their own cases.
    left_out = 'rank_', 'singular_', 'transformers_', 'output_indices_', 'indicator_'
    return {name: state[name] for name in names if name not in left_out}
