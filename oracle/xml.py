"""Frames in pandas' `to_xml`, and what `read_xml` makes of them: fixtures/tables/xml.json.

    python oracle/xml.py fixtures

Needs pandas 3.1.1 and lxml 6.1.3.
"""
import io
import json
import os
import sys

import pandas


def main():
    frame = pandas.DataFrame({'age': [22, 38], 'fare': [7.25, None], 'sex': ['male & "<b>"', None], 'vip': [True, False]})
    written = {'elements': frame.to_xml(), 'no index': frame.to_xml(index=False), 'attributes': frame.to_xml(attr_cols=list(frame)),
               'prefix': frame.to_xml(namespaces={'x': 'urn:x'}, prefix='x', index=False),
               'latin1': frame.to_xml(encoding='iso-8859-1', index=False)}
    read = {name: pandas.read_xml(io.BytesIO(text.encode())).drop(columns='index', errors='ignore').astype(object) for name, text in written.items()}
    cells = {name: table.where(table.notna(), None).values.tolist() for name, table in read.items()}
    with open(os.path.join(sys.argv[1], 'tables', 'xml.json'), 'w') as file:
        json.dump({'written': written, 'cells': cells}, file, indent=1)
        file.write('\n')


if __name__ == '__main__':
    main()
