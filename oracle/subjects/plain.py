# coding: utf-8
"""Plain Python values, every protocol."""
from __future__ import unicode_literals

import collections
import datetime
import decimal
import fractions
import os
import pickletools
import platform
import sys
import uuid

from kit.pairs import forget, versions, write_pair

try:
    import cPickle as pickle
except ImportError:
    import pickle

PY2 = sys.version_info[0] == 2


def numbers():
    yield 'constants', [None, True, False]
    yield 'ints_small', [0, 1, -1, 255, 256, -256, 65535, 65536, 2 ** 31 - 1, 2 ** 31, -2 ** 31, -2 ** 31 - 1]
    yield 'ints_large', [2 ** 53 - 1, 2 ** 53, -2 ** 53, 2 ** 53 + 1, 2 ** 63 - 1, 2 ** 63, -2 ** 63, 2 ** 64, 10 ** 30,
                         -10 ** 300]
    yield 'int_long4', 7 ** 800
    yield 'floats', [0.0, -0.0, 1.0, -1.5, 0.1, 1e308, 5e-324, 1e16, 2.0 ** 60, 123456789.125]
    yield 'floats_special', [float('nan'), float('inf'), float('-inf')]
    yield 'complex', [1 + 2j, -0.5j, complex(float('inf'), -0.0)]


def texts():
    yield 'strings', ['', 'plain', 'new\nline', 'back\\slash', 'quo\'te"s', 'tab\t', 'nul\0', 'cr\r\x1a']
    yield 'strings_unicode', ['ñandú', 'grün', '日本語', '😀', 'a\u2028b', '\u0100\uffff', '\\u0041 \\n']
    yield 'string_255_256', ['x' * 255, 'y' * 256, 'é' * 128]
    yield 'strings_surrogate', ['\ud800', 'a\udcffb'] if not PY2 else ['\ud800']
    yield 'bytes', [b'', b'ascii', bytes(bytearray(range(256))), b'\x00\xff', b"it's \\ 'quoted'\n"]
    yield 'bytes_256', b'z' * 256
    yield 'bytearray', [bytearray(b''), bytearray(b'\x00\x7f\xff'), bytearray(b'q' * 300)]


def containers():
    yield 'tuples', [(), (1,), (1, 2), (1, 2, 3), (1, 2, 3, 4), ((), ((1,), [2])), (None,) * 7]
    yield 'lists', [[], [1], [[], [[]]], [1, 'two', 3.5, None, (4,)]]
    yield 'list_1001', list(range(1001))
    yield 'dicts', [{}, {'a': 1}, {'a': {'b': {}}, 'c': [1]}]
    yield 'dict_keys', {1: 'int', 'a': 'text', (1, 'x'): 'tuple', None: 'none', 2.5: 'float', b'k': 'bytes',
                        frozenset([1]): 'frozen', 2 ** 70: 'large', False: 'false'}
    yield 'dict_1001', dict.fromkeys(range(1001))
    yield 'dict_order', {'z': 1, 'a': 2, 'm': 3}
    yield 'sets', [set(), {1, 2, 3}, {'a', None, (1, 2)}, set(range(10, 14))]
    yield 'frozensets', [frozenset(), frozenset(['x', 1]), frozenset([frozenset([1]), frozenset()])]
    shared, empty = ['shared'], ()
    yield 'shared', [shared, shared, {'again': shared, 'tuple': (shared, shared)}, empty, empty, 'same', 'same']
    yield 'memo_many', [['n%d' % n] * 2 for n in range(300)]


def cycles():
    inner = [1]
    inner.append(inner)
    yield 'cycle_list', inner
    table = {'name': 'x'}
    table['self'] = table
    table['list'] = [table]
    yield 'cycle_dict', table
    hold = []
    pair = (hold, 2)
    hold.append(pair)
    yield 'cycle_tuple', pair


def names():
    yield 'globals', [len, int, dict, collections.OrderedDict, datetime.datetime, decimal.Decimal, os.path.join]
    yield 'objects', [
        collections.OrderedDict([('b', 1), ('a', 2)]), collections.defaultdict(list, {'k': [1]}),
        collections.Counter('aab'), collections.deque([1, 2], maxlen=5), datetime.date(2024, 2, 29),
        datetime.datetime(2024, 2, 29, 12, 30, 15, 999), datetime.timedelta(days=3, seconds=7),
        decimal.Decimal('1.10'), fractions.Fraction(3, 7), uuid.UUID(int=12345678901234567890),
        complex, slice(1, None, 2) if not PY2 else None]
    if not PY2:
        import pathlib
        import types
        yield 'objects_3', [range(1, 10, 2), pathlib.PurePosixPath('a/b'), datetime.timezone.utc, Ellipsis,
                            NotImplemented, types.SimpleNamespace(a=1), datetime.timezone]


def only_python_2():
    import UserDict
    yield 'str_2', [str('ascii'), str("it's"), str('x') * 256, str('line\n')]
    yield 'str_2_bytes', [b'caf\xc3\xa9', b'\xff\xfe\x00']
    yield 'long_2', [long(1), long(-5), 2 ** 62, 2 ** 65]  # noqa: F821
    yield 'old_class_2', [UserDict.UserDict({str('k'): 1})]
    yield 'unicode_2', ['ñ', 'line\nbreak', 'back\\slash', '\\u0041', '']


LONG = {'list_1001': (1, 4), 'dict_1001': (1, 4), 'memo_many': (0, 1, 4)}  # in these protocols only
SOURCES = [numbers, texts, containers, cycles, names]


def shown(value, protocol):
    """What the file says: before protocol 3, classes have their Python 2 names."""
    from kit.typed import typed
    import _compat_pickle

    def rename(node):
        if isinstance(node, list):
            return [rename(v) for v in node]
        if isinstance(node, dict) and list(node) in (['$global'], ['$object']):
            key = list(node)[0]
            module, _, name = node[key].rpartition('.')
            module, name = _compat_pickle.REVERSE_NAME_MAPPING.get((module, name), (
                _compat_pickle.REVERSE_IMPORT_MAPPING.get(module, module), name))
            return {key: module + '.' + name}
        if isinstance(node, dict):
            return type(node)((k, rename(v)) for k, v in node.items())
        return node
    return rename(typed(value)) if protocol < 3 else typed(value)


def make(protocols, fixtures, text):
    folder = os.path.join(fixtures, 'pickle')
    label = 'py' + platform.python_version()
    if not text:
        forget(folder, label)
    made = 0
    for source in SOURCES + ([only_python_2] if PY2 else []):
        for name, value in source():
            for protocol in protocols:
                if protocol not in LONG.get(name, protocols):
                    continue
                try:
                    data = pickle.dumps(value, protocol)
                except Exception as error:
                    print('  %s protocol %d: %s' % (name, protocol, error))
                    continue
                write_pair(folder, '%s.%s.p%d' % (name, label, protocol), data, value, versions=versions(),
                           protocol=protocol, container='pickle',
                           shown=None if PY2 or protocol > 2 else shown(value, protocol))
                made += 1
                if protocol == 4 and name in ('shared', 'dicts', 'objects'):
                    write_pair(folder, '%s_optimized.%s.p%d' % (name, label, protocol), pickletools.optimize(data),
                               value, versions=versions(), protocol=protocol, container='pickle')
                    made += 1
    print('python %s: %d plain files' % (platform.python_version(), made))
    return 0
