"""Make the fixtures of one subject with this interpreter's scikit-learn.

    python make.py estimators all|most|core FOLDER [FILTER]
    python make.py arrays|frames|containers|plain PROTOCOLS FOLDER [GROUP]      (PROTOCOLS: 0,1,2)
"""
from __future__ import print_function, unicode_literals

import collections
import os
import platform
import sys
import warnings

import joblib
import numpy
import pandas
import scipy
import sklearn

warnings.simplefilter('ignore')
HERE = os.path.dirname(os.path.abspath(__file__))
if HERE not in sys.path:
    sys.path.insert(0, HERE)

from kit import persist  # noqa: E402
from kit.encode import encode, write  # noqa: E402
from kit.record import attributes, record  # noqa: E402

SEED = 0


def versions():
    return collections.OrderedDict([
        ('python', platform.python_version()), ('scikit-learn', sklearn.__version__), ('numpy', numpy.__version__),
        ('scipy', scipy.__version__), ('pandas', pandas.__version__), ('joblib', joblib.__version__)])


def class_of(estimator):
    cls = type(estimator)
    return cls.__module__ + '.' + getattr(cls, '__qualname__', cls.__name__)


def make_case(case, folder):
    from kit.data import DATA
    X, y, inputs = DATA[case.data]()
    numpy.random.seed(SEED)
    estimator = case.build()
    if y is None:
        estimator.fit(X)
    else:
        estimator.fit(X, y)
    if case.after:
        case.after(estimator)
    expected, tolerance, raised = record(estimator, inputs, case.skip, case.ask)
    learned = {} if expected else attributes(estimator)
    if not expected and not learned:
        raise ValueError('no method answers: %s' % dict(raised))
    target = os.path.join(folder, *case.name.split('/')[:-1])
    if not os.path.isdir(target):
        os.makedirs(target)
    stem = os.path.join(target, '%s.sk%s' % (case.name.split('/')[-1], sklearn.__version__))
    container, protocol = persist.choose(case)
    for end in ('.pkl', '.joblib'):  # the container may have been another
        if os.path.exists(stem + end):
            os.remove(stem + end)
    file, container, protocol = persist.save(estimator, stem, container, protocol)
    write(stem + '.json', collections.OrderedDict([
        ('case', case.name), ('file', file), ('class', class_of(estimator)), ('versions', versions()),
        ('seed', SEED), ('protocol', protocol), ('container', container), ('input', encode(inputs)),
        ('expected', expected), ('tolerance', tolerance)] + ([('attributes', learned)] if learned else [])))
    return raised


def forget(folder):
    """Remove what this version made before."""
    for inner, _, names in os.walk(folder):
        if os.path.basename(inner) in ('lightgbm', 'xgboost'):  # boosters.py makes those
            continue
        for name in names:
            if '.sk%s.' % sklearn.__version__ in name:
                os.remove(os.path.join(inner, name))


def make_estimators(selection, folder, text):
    import cases
    if not text:
        forget(folder)
    made, failed = 0, []
    for case in cases.load():
        if text not in case.name or not case.wanted(selection):
            continue
        try:
            raised = make_case(case, folder)
        except Exception as error:
            failed.append('%s: %s: %s' % (case.name, type(error).__name__, str(error)[:300]))
            continue
        made += 1
        for key, reason in raised.items():
            print('  %s %s: %s' % (case.name, key, reason[:120]))
    print('scikit-learn %s: %d cases made, %d failed' % (sklearn.__version__, made, len(failed)))
    for line in failed:
        print('  FAILED ' + line)
    return 1 if failed else 0


def main():
    subject, selection, folder = sys.argv[1:4]
    text = sys.argv[4] if len(sys.argv) > 4 else ''
    if subject == 'estimators':
        return make_estimators(selection, folder, text)
    module = __import__('subjects.' + subject, fromlist=['make'])
    return module.make([int(p) for p in selection.split(',')], folder, text)


if __name__ == '__main__':
    sys.exit(main())
