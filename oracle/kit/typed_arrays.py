"""numpy arrays, scalars and dtypes as JSON that keeps dtype, byte order and memory order."""
from __future__ import unicode_literals

from collections import OrderedDict

import numpy as np

from kit.encode import real
from kit.typed import TEXT, hexed, tag, text, typed, whole


def describe(dtype):
    """'<f8', or for records their fields with offsets."""
    if dtype.subdtype is not None:
        base, shape = dtype.subdtype
        return OrderedDict([('base', describe(base)), ('shape', [int(n) for n in shape])])
    if dtype.names is None:
        return TEXT(dtype.str)
    fields = []
    for name in dtype.names:
        field = OrderedDict([('name', text(name)), ('dtype', describe(dtype.fields[name][0])),
                             ('offset', int(dtype.fields[name][1]))])
        if len(dtype.fields[name]) > 2:
            field['title'] = text(dtype.fields[name][2])
        fields.append(field)
    return OrderedDict([('fields', fields), ('itemsize', int(dtype.itemsize)),
                        ('aligned', bool(dtype.isalignedstruct))])


def element(value, dtype):
    """One element of an array of this dtype."""
    if dtype.subdtype is not None:
        base, _ = dtype.subdtype
        return [element(v, base) for v in np.asarray(value).reshape(-1)]
    if dtype.names is not None:
        return [element(value[name], dtype.fields[name][0]) for name in dtype.names]
    kind = dtype.kind
    if kind == 'b':
        return bool(value)
    if kind in 'iu':
        return whole(int(value))
    if kind == 'f':
        return real(value)
    if kind == 'c':
        return [real(value.real), real(value.imag)]
    if kind == 'U':
        return TEXT(value)
    if kind == 'S':
        return tag('bytes', hexed(value))
    if kind == 'V':
        return tag('bytes', hexed(np.asarray(value).tobytes()))
    if kind in 'mM':
        ticks = int(np.asarray(value).astype('i8'))
        return 'NaT' if ticks == -2 ** 63 else whole(ticks)
    return typed(value)


def typed_array(value):
    if isinstance(value, np.dtype):
        return tag('dtype', describe(value))
    if isinstance(value, np.generic):
        return tag('scalar', OrderedDict([('dtype', describe(value.dtype)), ('value', element(value, value.dtype))]))
    if isinstance(value, np.ma.MaskedArray):
        return tag('masked', OrderedDict([
            ('data', typed_array(value.data)), ('mask', typed_array(np.ma.getmaskarray(value))),
            ('fillValue', element(value.fill_value, value.dtype))]))
    flags = value.flags
    made = OrderedDict([('dtype', describe(value.dtype)), ('shape', [int(n) for n in value.shape]),
                        ('order', 'F' if flags.f_contiguous and not flags.c_contiguous else 'C')])
    plain = np.asarray(value)
    made['data'] = [element(v, value.dtype) for v in (plain.reshape(-1) if plain.ndim else plain.reshape(1))]
    if value.dtype.kind in 'fc' and value.dtype.itemsize // (1 + (value.dtype.kind == 'c')) > 8:
        made['bytes'] = hexed(plain.tobytes())
    if type(value) is not np.ndarray:
        made['class'] = type(value).__name__
    return tag('array', made)
