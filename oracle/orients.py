"""One frame in every orient of pandas' `to_json`: fixtures/tables/orients.json.

    python oracle/orients.py fixtures

Needs pandas 3.1.1. `index` has labels of rows that are not 0, 1, 2; `nan` is what `json.dumps` makes of the records.
"""
import json
import os
import sys

import pandas


def main():
    frame = pandas.DataFrame(
        {'age': [22, 38, 26], 'fare': [7.25, None, 7.925], 'sex': ['male', 'female', None], 'vip': [False, True, False]},
        index=['a', 'b', 'c'])
    written = {orient: frame.to_json(orient=orient) for orient in ('records', 'split', 'columns', 'index', 'values', 'table')}
    written['nan'] = json.dumps([{'age': 22, 'fare': float('nan'), 'sex': 'NaN', 'vip': False},
                                 {'age': float('inf'), 'fare': float('-inf'), 'sex': 'say "Infinity"', 'vip': True}])
    with open(os.path.join(sys.argv[1], 'tables', 'orients.json'), 'w') as file:
        json.dump(written, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
