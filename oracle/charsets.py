# coding: utf-8
"""What each byte stands for in the encodings of one byte: fixtures/tables/charsets.json.

    python oracle/charsets.py fixtures

Needs CPython 3.11. The WHATWG's tables differ from Python's in what is told here: a byte of windows-125x or windows-874 that
Python refuses is a control character there (but 0xAA in windows-1253 and others, which stay refused), `iso-8859-1` is
windows-1252, and koi8-u has the Belarusian letter in two sizes.
"""
import json
import os
import sys

PYTHON = {'ibm866': 'cp866', 'windows-874': 'cp874', 'macintosh': 'mac_roman', 'x-mac-cyrillic': 'mac_cyrillic',
          'iso-8859-1': 'windows-1252', 'latin1': 'windows-1252', 'us-ascii': 'windows-1252', 'latin-1': 'windows-1252',
          'cp1252': 'windows-1252', 'iso-8859-8-i': 'iso-8859-8'}
CHARSETS = list(PYTHON) + ['iso-8859-%d' % n for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)] + [
    'koi8-r', 'koi8-u'] + ['windows-125%d' % n for n in range(9)]


def character(byte, charset):
    codec = PYTHON.get(charset, charset)
    if codec == 'koi8-u' and byte in (0xae, 0xbe):
        return '\u045e' if byte == 0xae else '\u040e'
    try:
        return bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return chr(byte) if byte < 0xa0 and codec.startswith(('windows', 'cp874')) else None


def main():
    table = {name: [character(byte, name) for byte in range(256)] for name in CHARSETS}
    folder = os.path.join(sys.argv[1], 'tables')
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, 'charsets.json'), 'w', encoding='utf-8') as file:
        file.write('{\n' + ',\n'.join(
            ' %s: %s' % (json.dumps(name), json.dumps(row, separators=(',', ':'))) for name, row in table.items()) + '\n}\n')


if __name__ == '__main__':
    main()
