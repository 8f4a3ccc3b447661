# coding: utf-8
"""Small npy and npz files of numpy's own, with a pickle of the same arrays: fixtures/npz/.

    python oracle/npz.py fixtures

Run it with the oldest and the newest Python of versions.json (the header differs: `10L` in Python 2).
"""
from __future__ import unicode_literals

import io
import os
import pickle
import sys
import zipfile

import numpy as np
from numpy.lib import format as npy


def arrays():
    record = np.dtype([(str('n'), str('>i4')), (str('s'), str('U3')), (str('xy'), str('f4'), (2,))])
    padded = np.dtype({str('names'): [str('a'), str('b')], str('formats'): [str('i1'), str('f8')],
                       str('offsets'): [0, 8], str('itemsize'): 24})
    return [
        ('floats', np.array([[1.5, -0.0], [np.nan, np.inf]])),
        ('fortran', np.asfortranarray(np.arange(6, dtype='i4').reshape(2, 3))),
        ('big_endian', np.array([1, -2], '>i8')),
        ('bools', np.array([True, False])),
        ('complex', np.array([1 - 2j])),
        ('texts', np.array(['', 'ü', '塩漬'])),
        ('bytes', np.array([b'ab', b''])),
        ('dates', np.array(['2024-02-29', 'NaT'], str('M8[us]'))),
        ('records', np.array([(1, 'ab', (0.5, 1))], record)),
        ('padded', np.array([(1, 2.5)], padded)),
        ('objects', np.array([None, 'a', 1, 1.5, (1, 2)], object)),
        ('no_dimensions', np.array(7)),
        ('empty', np.zeros((0, 3))),
        ('größe' if sys.version_info[0] > 2 else 'name', np.array([1.0])),
    ]


def fixed(data):
    """The same archive without today's date."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, 'w') as new:
        for entry in old.infolist():
            entry.date_time = (1980, 1, 1, 0, 0, 0)
            new.writestr(entry, old.read(entry), entry.compress_type)
    return out.getvalue()


def main():
    folder = os.path.join(sys.argv[1], 'npz')
    if not os.path.isdir(folder):
        os.makedirs(folder)
    label = 'np' + np.__version__
    made = arrays()

    def save(name, data):
        with open(os.path.join(folder, '%s.%s' % (label, name)), 'wb') as file:
            file.write(data)

    for name, write in [('stored.npz', np.savez), ('deflated.npz', np.savez_compressed)]:
        out = io.BytesIO()
        write(out, **dict(made))
        save(name, fixed(out.getvalue()))
    for version in [(1, 0), (2, 0)] + ([(3, 0)] if sys.version_info[0] > 2 else []):
        out = io.BytesIO()
        npy.write_array(out, dict(made)['records'], version=version)
        save('records.v%d.npy' % version[0], out.getvalue())
    save('expected.pkl', pickle.dumps(dict(made), 2))
    return 0


if __name__ == '__main__':
    sys.exit(main())
