# coding: utf-8
"""Pickles of the Python examples in docs/pickle-and-json.md: fixtures/convert/json_rows.json.

    python oracle/json_rows.py docs/pickle-and-json.md fixtures

Needs CPython 3.11 with numpy 2.3.5, pandas 2.3.3 and scipy; protocol 4 of the values is what is written.
"""
import base64
import collections  # noqa: F401: examples name it
import datetime  # noqa: F401
import decimal  # noqa: F401
import json
import os
import pickle
import re
import sys

import numpy  # noqa: F401
import pandas  # noqa: F401
import scipy.sparse  # noqa: F401


class Point:
    def __init__(self, x):
        self.x = x


def main():
    document, fixtures = sys.argv[1:]
    with open(document, encoding='utf-8') as file:
        section = file.read().split('\n## ')[1]
    rows = {}
    for line in section.splitlines():
        cells = re.split(r'(?<!\\)\|', line)
        code = re.match(r'^ `(.*)` $', cells[2]) if len(cells) == 6 else None
        if code:
            rows[code.group(1)] = base64.b64encode(pickle.dumps(eval(code.group(1)), 4)).decode()
    with open(os.path.join(fixtures, 'convert', 'json_rows.json'), 'w') as file:
        json.dump(rows, file, indent=1)
        file.write('\n')
    print('%d rows' % len(rows))


if __name__ == '__main__':
    main()
