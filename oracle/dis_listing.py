"""Annotated listings of Python 3.13's pickletools: fixtures/pickle_dis_3.13.json, rows of [stream as base64, text].

Run with CPython 3.13: python3.13 oracle/dis_listing.py
"""
import base64
import io
import json
import pathlib
import pickle
import pickletools
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'pickle_dis_3.13.json'

if __name__ == '__main__':
    assert sys.version_info[:2] == (3, 13)
    values = [None, [1, 2, 300, 2 ** 40, 2 ** 3000, -2 ** 2100], {'a': (1.5, b'x', bytearray(b'y'))}, {1, 2}, frozenset([3]), complex(1, 2), 'x' * 300, [[]] * 3]
    rows = []
    for value in values:
        for protocol in range(6):
            data = pickle.dumps(value, protocol)
            out = io.StringIO()
            pickletools.dis(data, out, annotate=30)
            rows.append([base64.b64encode(data).decode(), out.getvalue()])
    OUT.write_text('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]\n')
