"""FunctionTransformer with functions of numpy and scipy: fixtures/own_names/ufuncs_np<major>.json, by the names of functions.

    python ufuncs.py

Run with numpy 1.26.4 (scikit-learn 1.4.2) and numpy 2.5.5 (scikit-learn 1.9.1).
"""
import base64
import json
import os
import pickle
import warnings

import numpy as np
import scipy.special
from sklearn.preprocessing import FunctionTransformer

warnings.simplefilter('ignore')
FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'own_names')
NUMPY = '''abs absolute fabs negative positive sign square sqrt cbrt reciprocal exp exp2 expm1 log log2 log10 log1p sin cos
tan arcsin arccos arctan sinh cosh tanh arcsinh arccosh arctanh floor ceil trunc deg2rad radians rad2deg degrees rint
isnan isfinite'''.split()
SCIPY = 'expit logit log1p expm1 cbrt exp2 exp10 log_expit'.split()
X = np.array([[0.25, 1.5, -2.75], [3.0, 0.0, 700.25], [-0.5, 1e-9, 0.999], [2.5, -3.5, 12.0625], [1.0, -1.0, 0.125]])


def main():
    made = {}

    def add(name, transformer):
        back = transformer.inverse_func is not None
        made[name] = {'pickle': base64.b64encode(pickle.dumps(transformer.fit(X), 2)).decode('ascii'),
                      'expected': spell(transformer.transform(X))}
        if back:
            made[name]['inverse'] = spell(transformer.inverse_transform(X))

    for name in NUMPY:
        add('numpy.' + name, FunctionTransformer(getattr(np, name)))
    for name in SCIPY:
        if hasattr(scipy.special, name):
            add('scipy.special.' + name, FunctionTransformer(getattr(scipy.special, name)))
    add('clip', FunctionTransformer(np.clip, kw_args={'a_min': -1.5, 'a_max': 2}))
    add('clip below', FunctionTransformer(np.clip, kw_args={'a_min': 0.5, 'a_max': None}))
    add('both ways', FunctionTransformer(np.log1p, inverse_func=np.expm1, check_inverse=False))
    add('round', FunctionTransformer(np.round, kw_args={'decimals': 2}))
    add('nan_to_num', FunctionTransformer(np.nan_to_num))
    add('one function inverse', FunctionTransformer(inverse_func=scipy.special.expit, check_inverse=False))
    target = os.path.join(FOLDER, 'ufuncs_np%s.json' % np.__version__.split('.')[0])
    with open(target, 'w') as file:
        json.dump({'numpy': np.__version__, 'scipy': scipy.__version__, 'input': X.tolist(), 'functions': made}, file)


def spell(table):
    return [[repr(float(value)) for value in row] for row in table]


if __name__ == '__main__':
    main()
