"""A model of a library beside scikit-learn, and what it answered: a pair of files named by the library's release."""
from __future__ import unicode_literals

import collections
import os
import pickle
import platform

import numpy
import pandas

from .encode import encode, write

FIXTURES = os.path.join(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))), 'fixtures')
TOLERANCE = collections.OrderedDict([('relative', 1e-9), ('absolute', 1e-12)])


class Table(pandas.DataFrame):
    """An answer whose columns have names; other tables are arrays."""


class Pairs:
    def __init__(self, library, release, more=()):
        self.library, self.release = library, release
        self.versions = collections.OrderedDict(
            [('python', platform.python_version()), (library, release), ('numpy', numpy.__version__),
             ('pandas', pandas.__version__)] + list(more))

    def pair(self, name, model, inputs, answers, save=None, ending='.pkl', tolerance=TOLERANCE):
        """`answers` by method; `save(path)` where a plain pickle is not what people write."""
        folder = os.path.join(FIXTURES, self.library)
        if not os.path.isdir(folder):
            os.makedirs(folder)
        file = '%s.v%s%s' % (name, self.release, ending)
        path = os.path.join(folder, file)
        if save is None:
            with open(path, 'wb') as out:
                pickle.dump(model, out, protocol=4)
        else:
            save(path)
        cls = type(model)
        write(os.path.join(folder, '%s.v%s.json' % (name, self.release)), collections.OrderedDict([
            ('case', '%s/%s' % (self.library, name)), ('file', file), ('class', cls.__module__ + '.' + cls.__name__),
            ('versions', self.versions), ('input', rows_of(inputs)),
            ('expected', collections.OrderedDict((key, answer_of(value)) for key, value in answers.items())),
            ('tolerance', collections.OrderedDict((key, tolerance) for key in answers))]))


def rows_of(inputs):
    """A list of objects as it is; a table otherwise."""
    return collections.OrderedDict([('samples', inputs)]) if isinstance(inputs, list) else encode(inputs)


def answer_of(value):
    """What forecasts of several rows are: a list of arrays."""
    if isinstance(value, list):
        return collections.OrderedDict([('list', [encode(numpy.asarray(each)) for each in value])])
    return encode(value) if isinstance(value, Table) else encode(numpy.asarray(value))
