"""Write one value as a pair of files: what Python pickled, and what must be read."""
import os
import pickle
from collections import OrderedDict

from kit.encode import write
from kit.typed import typed


def versions(*names):
    import importlib
    import platform
    found = [('python', platform.python_version())]
    return OrderedDict(found + [(name, importlib.import_module(name).__version__) for name in names])


def write_pair(folder, stem, data, value, **facts):
    """`data` are the bytes of `value`; facts go into the JSON."""
    if not os.path.isdir(folder):
        os.makedirs(folder)
    extension = '.pkl' if facts['container'] == 'pickle' else '.joblib'
    with open(os.path.join(folder, stem + extension), 'wb') as file:
        file.write(data)
    fixture = OrderedDict([('case', os.path.basename(folder) + '/' + stem.split('.')[0]), ('file', stem + extension)])
    for name in ('versions', 'protocol', 'container', 'siblings'):
        if name in facts:
            fixture[name] = facts[name]
    fixture['value'] = facts['shown'] if facts.get('shown') is not None else typed(value)
    write(os.path.join(folder, stem + '.json'), fixture)


def forget(folder, label):
    """Remove what this environment made before."""
    for name in os.listdir(folder) if os.path.isdir(folder) else []:
        if '.%s.' % label in name:
            os.remove(os.path.join(folder, name))


def pickled(value, protocol):
    return pickle.dumps(value, protocol)
