"""Make the fixtures of one library beside scikit-learn with this interpreter's release of it.

    python boosters.py LIBRARY FOLDER [FILTER]

Made with Python 3.11 if nothing else is said and, one environment each (OMP_NUM_THREADS=1):

    lightgbm 3.3.5, scikit-learn 1.2.2, numpy 1.24, pandas 1.5.3        lightgbm 4.6.0, scikit-learn 1.6.1, numpy 2.2.6
    xgboost 1.7.6,  scikit-learn 1.2.2, numpy 1.24, pandas 1.5.3        xgboost 2.1.4,  scikit-learn 1.5.2, numpy 1.26.4
    lightgbm 2.3.1 and xgboost 1.5.2, Python 3.9, scikit-learn 1.0.2, the other pins of versions.json
    xgboost 0.82, 0.90, Python 3.7, scikit-learn 0.20.4, 0.21.3, numpy 1.19.5, pandas 0.25.3, 1.0.5
    xgboost 1.0.2, 1.3.3, Python 3.8, scikit-learn 0.22.2, 0.23.2, numpy 1.19.5, pandas 1.0.5, 1.1.5
    lightgbm 2.0.12, 2.1.2, Python 3.6, scikit-learn 0.18.2, 0.19.2, numpy 1.16.6, pandas 0.23.4
    xgboost 1.2.1, Python 3.9, scikit-learn 0.24.2, the other pins of versions.json
    lightgbm 4.7.0 and xgboost 3.2.0, scikit-learn 1.9.1, numpy 2.4.6
    catboost 0.26.1, Python 3.8, scikit-learn 0.24.2, numpy 1.23.5, pandas 1.5.3
    catboost 1.0.6,  Python 3.9, scikit-learn 1.0.2, numpy 1.21.6, pandas 1.3.5
    catboost 1.2.2,  scikit-learn 1.3.2, numpy 1.25.2, pandas 2.0.3
    catboost 1.2.10, scikit-learn 1.9.1, numpy 2.4.6, pandas 3.1.1
    imblearn 0.8.1, Python 3.8, scikit-learn 0.24.2, the other pins of versions.json
    imblearn 0.12.4, Python 3.10, scikit-learn 1.5.2, numpy 1.26.4, pandas 2.2.2
    category_encoders 2.2.2,  Python 3.9, scikit-learn 1.0.2, numpy 1.22.4, pandas 1.3.5, statsmodels 0.13.5
    category_encoders 2.5.1,  Python 3.8, scikit-learn 0.24.2, numpy 1.23.5, pandas 1.2.5
    category_encoders 2.6.4,  scikit-learn 1.5.2, numpy 2.0.2, pandas 2.2.3
    category_encoders 2.11.2, scikit-learn 1.9.1, numpy 2.4.6, pandas 3.1.1
    imblearn 0.14.2, Python 3.13, scikit-learn 1.9.1, numpy 2.5.5, pandas 3.1.1

A file's name carries the release of scikit-learn, as all fixtures' do; `versions` has the library's too. A library's own
Booster, and every class of CatBoost, has methods of its own; their fixtures give `predict` as `predict`, raw scores as
`decisionFunction`, leaves as `apply`.
"""
from __future__ import print_function, unicode_literals

import collections
import importlib
import os
import sys
import warnings

warnings.simplefilter('ignore')
HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:] = [path for path in sys.path if path != HERE] + [HERE]  # xml.py here is not Python's own

import numpy  # noqa: E402
import sklearn  # noqa: E402

from kit import gates, persist, record  # noqa: E402
from kit.data import DATA  # noqa: E402
from kit.encode import encode, write  # noqa: E402
from make import SEED, class_of, versions  # noqa: E402

EXACT = {'ulp': 0}


def record_booster(answers):
    """Expected numbers of a raw Booster, by the methods that they stand for."""
    expected = collections.OrderedDict(
        (key, encode(value if isinstance(value, list) else numpy.asarray(value))) for key, value in answers)
    return expected, {}


def gate(case, estimator, key, value):
    """0 ulp, or as many as the case says for numbers that went through an exponential."""
    if case.meta:
        single = value.get('dtype') == 'float32'  # a list of arrays has none
        exact = key == 'predict' and not value.get('dtype', '').startswith('float')
        return EXACT if exact else {'relative': 1e-6, 'absolute': 1e-6} if single else case.meta
    if key == 'predictLogProba':  # CatBoost's, near 0 for a share near 1
        return {'relative': 1e-13, 'absolute': 1e-15}
    exponential = key == 'predictProba' or (key == 'predict' and case.link)
    return {'ulp': case.ulp} if exponential else EXACT


def release_of(library):
    """The library's own, or that of what its cases take in its place."""
    cases = importlib.import_module('cases.%s_models' % library)
    return getattr(cases, 'RELEASE', None) or importlib.import_module(library).__version__


def make_case(case, library, folder):
    X, y, inputs = DATA[case.data]()
    numpy.random.seed(SEED)
    estimator = case.build(X, y)
    if case.answers:
        expected, _ = record_booster(case.answers(estimator, inputs))
    else:
        expected, tolerance, raised = record.record(estimator, inputs, case.skip)
        if not expected:
            raise ValueError('no method answers: %s' % dict(raised))
    if case.meta is not True:
        tolerance = collections.OrderedDict((key, gate(case, estimator, key, expected[key])) for key in expected)
    target = os.path.join(folder, library)
    if not os.path.isdir(target):
        os.makedirs(target)
    stem = os.path.join(target, '%s.sk%s' % (case.name.split('/')[-1], sklearn.__version__))
    if case.file is None:
        file, container, protocol = persist.save(estimator, stem, *persist.choose(case))
    else:
        file, container, protocol = os.path.basename(stem) + '.model', 'file', None
        estimator.save_model(os.path.join(target, file), **case.file)
    made_with = versions()
    made_with[library] = release_of(library)
    write(stem + '.json', collections.OrderedDict([
        ('case', case.name), ('file', file), ('class', class_of(estimator)), ('versions', made_with),
        ('seed', SEED), ('protocol', protocol), ('container', container), ('input', encode(inputs)),
        ('expected', expected), ('tolerance', tolerance)]))


def main():
    library, folder = sys.argv[1:3]
    text = sys.argv[3] if len(sys.argv) > 3 else ''
    cases = importlib.import_module('cases.%s_models' % library)
    gates.RANK.update(cases.RANKS)
    persist.LARGE = 3000  # the parameters that every model repeats are compressed away
    made, failed = 0, 0
    for case in cases.CASES:
        if text not in case.name or not case.wanted(release_of(library)):
            continue
        try:
            make_case(case, library, folder)
            made += 1
        except Exception as error:
            failed += 1
            print('  FAILED %s: %s: %s' % (case.name, type(error).__name__, str(error)[:300]))
    print('%s: %d cases made, %d failed' % (library, made, failed))
    return 1 if failed else 0


if __name__ == '__main__':
    sys.exit(main())
