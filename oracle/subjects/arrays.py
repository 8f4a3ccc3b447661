# coding: utf-8
"""numpy arrays and scalars, and scipy.sparse matrices."""
from __future__ import unicode_literals

import os
import pickle
import sys
from collections import OrderedDict

import numpy as np
import scipy.sparse

from kit.pairs import forget, pickled, versions, write_pair

PY2 = sys.version_info[0] == 2


def field(name, dtype, *shape):
    return (str(name), str(dtype)) + shape


def integers():
    made = OrderedDict([('bool', np.array([True, False, True]))])
    for name in ('int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64'):
        info = np.iinfo(name)
        made[name] = np.array([info.min, 0, 7, info.max], dtype=name)
    return dict(made)


def floats():
    long = np.zeros(3, dtype=np.longdouble)
    long[:] = [1.0, -0.1, 3e300]
    long.view(np.uint8).reshape(3, 16)[:, 10:] = 0  # padding
    return {
        'float16': np.array([0.5, -2.0, 65504, np.nan, np.inf], dtype=np.float16),
        'float32': np.array([[0.1, -0.0], [np.inf, 3.4e38]], dtype=np.float32),
        'float64': np.array([0.1, -0.0, 5e-324, 1.7976931348623157e308, np.nan, -np.inf]),
        'longdouble': long,
        'complex64': np.array([1 + 2j, -0.5j], dtype=np.complex64),
        'complex128': np.array([0.1 - 0.2j, complex(np.nan, np.inf)]),
    }


def big_endian():
    made = {name: np.array([1, -2, 3], dtype=str(name)) for name in ('>i2', '>i4', '>i8', '>f4', '>f8', '>c16')}
    made['>u4'] = np.array([[1, 2 ** 31]], dtype=str('>u4'))
    made['>U3'] = np.array(['añ', '塩'], dtype=str('>U3'))
    made['>M8[s]'] = np.array([0, 86400], dtype=str('>i8')).view(str('>M8[s]'))
    return made


def orders():
    base = np.arange(24, dtype=np.int32).reshape(2, 3, 4)
    return {
        'c': base[0].copy(), 'f': np.asfortranarray(base[0]), 'f3': np.asfortranarray(base), 'c3': base,
        'strided': base[:, ::2, 1], 'transposed': base.transpose(2, 0, 1), 'reversed': np.arange(4.0)[::-1],
        'zero_d': np.array(2.5), 'zero_d_text': np.array('x'),
        'broadcast': np.broadcast_to(np.array([1.0, 2.0]), (3, 2)),
    }


def empty():
    return {
        'rows': np.empty((0, 3)), 'columns': np.empty((4, 0), dtype=np.int64), 'one': np.array([], dtype=bool),
        'text': np.array([], dtype=str('U4')), 'objects': np.array([], dtype=object), 'f': np.empty((0, 2), order='F'),
    }


def strings():
    return {
        'text': np.array(['a', 'grün', '', '塩', '😀x']), 'text2': np.array([['x', 'yy'], ['', 'zzz']]),
        'bytes': np.array([b'ab', b'', b'\x00\xff', b'abc\x00']), 'empty_text': np.array(['', '']),
        'void': np.array([b'\x01\x02', b'\xff\x00'], dtype=str('V2')),
    }


def objects():
    made = np.empty(7, dtype=object)
    made[:] = ['text', None, 3, 2.5, True, (1, 'x'), np.nan]
    nested = np.empty(2, dtype=object)
    nested[:] = [np.arange(3), [1, 2]]
    return {'mixed': made, 'nested': nested, 'matrix': np.array([['a', 1], [None, 2 ** 70]], dtype=object),
            'f': np.asfortranarray(np.array([['a', 'b', 'c'], ['d', 'e', 'f']], dtype=object))}


def records():
    plain = np.dtype([field('id', '<i4'), field('x', '<f8'), field('tag', 'S3'), field('ok', '?')])
    aligned = np.dtype([field('flag', 'u1'), field('x', '<f8'), field('n', '<i2')], align=True)
    inner = np.dtype([field('u', '<f4'), field('v', '>i2')])
    nested = np.dtype([(str('point'), inner), field('w', '<f8', (2, 2)), field('name', '<U3')])
    node = np.dtype({str('names'): [str('left'), str('threshold'), str('missing')],
                     str('formats'): [str('<i8'), str('<f8'), str('u1')],
                     str('offsets'): [0, 16, 24], str('itemsize'): 32})
    made = {'plain': np.array([(1, 0.5, b'abc', True), (-2, np.nan, b'', False)], dtype=plain)}
    gaps = np.zeros(2, dtype=aligned)
    gaps['flag'], gaps['x'], gaps['n'] = [1, 255], [0.1, -1.0], [7, -7]
    made['aligned'] = gaps
    deep = np.zeros((1, 2), dtype=nested)
    deep['point']['u'], deep['point']['v'] = [[0.5, 1.5]], [[-3, 4]]
    deep['w'] = np.arange(8.0).reshape(1, 2, 2, 2)
    deep['name'] = [['añ', 'b']]
    made['nested'] = deep
    holes = np.zeros(3, dtype=node)
    holes['left'], holes['threshold'], holes['missing'] = [1, -1, 2 ** 40], [0.25, -2.0, 1e9], [0, 1, 1]
    made['offsets'] = holes
    made['with_object'] = np.array([(1, 'a'), (2, None)], dtype=[field('n', '<i8'), field('o', 'O')])
    made['recarray'] = np.rec.array([(1, 2.0), (3, 4.5)], dtype=[field('a', '<i4'), field('b', '<f8')])
    return made


def dates():
    made = {}
    for unit in ('ns', 'us', 'ms', 's', 'm', 'h', 'D', 'M', 'Y'):
        made['M8[%s]' % unit] = np.array([0, 1, -5, 12345], dtype=str('<i8')).view(str('<M8[%s]' % unit))
    made['nat'] = np.array(['2024-02-29', 'NaT'], dtype=str('M8[D]'))
    made['m8[ns]'] = np.array([1, -1, -2 ** 63], dtype=str('<i8')).view(str('<m8[ns]'))
    made['m8[D]'] = np.array([30, 0], dtype=str('<i8')).view(str('<m8[D]'))
    made['multiple'] = np.array([1, 2], dtype=str('<i8')).view(str('<m8[25s]'))
    return made


def scalars():
    made = {name: getattr(np, name)(5) for name in (
        'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64')}
    made['bool'] = np.bool_(True)
    made['uint64_max'] = np.uint64(2 ** 64 - 1)
    made['nan'] = np.float64('nan')
    made['complex128'] = np.complex128(1.5 - 2j)
    made['str'] = np.array(['añ'])[0]
    made['bytes'] = np.array([b'a\xff'])[0]
    made['datetime64'] = np.datetime64('2024-02-29')
    made['timedelta64'] = np.timedelta64(3, str('h'))
    made['record'] = np.array([(1, 2.5)], dtype=[field('a', '<i4'), field('b', '<f8')])[0]
    for key in ('<f8', '>i4', '?', '<U7', 'S2', 'O', '<M8[us]'):
        made['dtype ' + key] = np.dtype(str(key))
    made['dtype record'] = np.dtype([field('a', '<i4'), field('b', '<f8', (2,))], align=True)
    return made


def masked():
    made = {
        'floats': np.ma.masked_array([1.5, 2.0, 3.25], mask=[False, True, False]),
        'no_mask': np.ma.masked_array([[1, 2], [3, 4]]),
    }
    if not PY2:  # which cannot read such a pickle back
        made['objects'] = np.ma.masked_array(np.array(['a', None, 3], dtype=object), mask=[False, True, False],
                                             fill_value='?')
    return made


def sparse():
    dense = np.array([[0, 1.5, 0], [0, 0, 0], [-2.0, 0, 3.0]])
    made = {kind: getattr(scipy.sparse, kind + '_matrix')(dense) for kind in ('csr', 'csc', 'coo')}
    made['ints'] = scipy.sparse.csr_matrix(dense.astype(np.int32))
    made['float32'] = scipy.sparse.csc_matrix(dense.astype(np.float32))
    made['empty'] = scipy.sparse.csr_matrix((2, 3))
    made['dia'] = scipy.sparse.dia_matrix((np.array([[1.0, 2.0, 3.0]]), [0]), shape=(3, 3))
    made['unsorted'] = scipy.sparse.csr_matrix((np.array([2.0, 1.0]), np.array([2, 0]), np.array([0, 2])), shape=(1, 3))
    for kind in ('csr', 'csc', 'coo'):
        if hasattr(scipy.sparse, kind + '_array'):
            made[kind + '_array'] = getattr(scipy.sparse, kind + '_array')(dense)
    return made


GROUPS = [integers, floats, big_endian, orders, empty, strings, objects, records, dates, scalars, masked, sparse]


def make(protocols, fixtures, text):
    folder = os.path.join(fixtures, 'arrays')
    label = 'np' + np.__version__
    if not text:
        forget(folder, label)
    made = 0
    for group in GROUPS:
        if text and text != group.__name__:
            continue
        names = ('numpy', 'scipy') if group is sparse else ('numpy',)
        for protocol in protocols:
            value = dict(sorted(group().items()))
            data = pickled(value, protocol)
            write_pair(folder, '%s.%s.p%d' % (group.__name__, label, protocol), data, pickle.loads(data),
                       versions=versions(*names), protocol=protocol, container='pickle')
            made += 1
    print('numpy %s: %d array files' % (np.__version__, made))
    return 0
