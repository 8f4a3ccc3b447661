"""Any value as JSON that keeps its Python type; see oracle/README.md for the tags."""
from __future__ import unicode_literals

import binascii
import math
import sys
from collections import OrderedDict

import numpy as np

PY2 = sys.version_info[0] == 2
TEXT, LONG = (str, int) if not PY2 else (unicode, long)  # noqa: F821
SAFE = 2 ** 53 - 1


def tag(name, value):
    return OrderedDict([('$' + name, value)])


def hexed(value):
    return binascii.hexlify(bytes(value)).decode('ascii')


def whole(value):
    return int(value) if -SAFE <= value <= SAFE else tag('int', TEXT(value))


def real(value):
    if math.isnan(value):
        return tag('float', 'nan')
    if math.isinf(value):
        return tag('float', 'inf' if value > 0 else '-inf')
    if value == math.floor(value):
        return tag('float', repr(float(value)))
    return float(value)


def text(value):
    """A str; in Python 2 bytes, which load as text when they are ASCII."""
    if isinstance(value, TEXT):
        return value
    try:
        return value.decode('ascii')
    except UnicodeDecodeError:
        return tag('bytes', hexed(value))


def name_of(value):
    """module.name as a pickle of this Python spells it."""
    return tag('global', '%s.%s' % (value.__module__, getattr(value, '__qualname__', value.__name__)))


def typed(value, path=()):
    if any(value is outer for outer in path):
        return tag('up', [outer is value for outer in reversed(path)].index(True) + 1)
    if value is None or isinstance(value, bool):
        return value
    if value is Ellipsis or value is NotImplemented:
        return tag('global', 'builtins.' + repr(value))
    if isinstance(value, np.generic) or isinstance(value, np.ndarray) or isinstance(value, np.dtype):
        from kit.typed_arrays import typed_array
        return typed_array(value)
    if isinstance(value, (int, LONG)):
        return whole(value)
    if isinstance(value, float):
        return real(value)
    if isinstance(value, complex):
        return tag('complex', [real(value.real), real(value.imag)])
    if isinstance(value, TEXT) or (PY2 and isinstance(value, str)):
        return text(value)
    if isinstance(value, bytes):
        return tag('bytes', hexed(value))
    if isinstance(value, bytearray):
        return tag('bytearray', hexed(value))
    inner = path + (value,)
    if type(value) is list:
        return [typed(v, inner) for v in value]
    if type(value) is tuple:
        return tag('tuple', [typed(v, inner) for v in value])
    if type(value) in (set, frozenset):
        return tag(type(value).__name__, [typed(v, inner) for v in sorted(value, key=repr)])
    if type(value) is dict:
        return tag('dict', [[typed(k, inner), typed(v, inner)] for k, v in value.items()])
    if type(value).__module__.split('.')[0] in ('scipy', 'pandas'):
        from kit.typed_frames import typed_frame
        return typed_frame(value)
    if isinstance(value, type) or callable(value) and hasattr(value, '__name__'):
        return name_of(value)
    return tag('object', '%s.%s' % (value.__class__.__module__, value.__class__.__name__))
