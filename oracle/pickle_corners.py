"""Corners of the pickle format, as CPython has them: fixtures/pickle_corners.json.

- `paths`: parts of paths, and the pickles of them;
- `subclasses`: instances of subclasses of Python's containers, written in protocols 2 to 5, and what protocols 0 and 1 are to
  say so that Python makes them again (their own reduction is by protocol 2's rules there);
- `reconstructed`: an object whose class asks `__new__` for an argument, written in protocols 0 and 1, which do without, and then in
  later ones by the same call;
- `calls`: calls of `bytearray` and `_codecs.encode`, APPEND and APPENDS to a bytearray, and what they give or raise;
- `nan`: sets and dicts whose members hold NaN, and how many there are;
- `unhashable`: what Python refuses to have as a member of a set or a key of a dict;
- `encodings`: names of encodings, which one each is, and what each makes of every byte.

Run with CPython 3.11: python3.11 oracle/pickle_corners.py
"""
import base64
import codecs
import collections
import decimal
import io
import json
import pathlib
import pickle
import sys

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'pickle_corners.json'


class TheList(list):
    pass


class TheDict(dict):
    pass


class TheSet(set):
    pass


class TheText(str):
    pass


class ThePlain:
    pass


class TheKeywords:
    def __new__(cls, *, x):
        return object.__new__(cls)

    def __getnewargs_ex__(self):
        return (), {'x': self.x}


CLASSES = [TheList, TheDict, TheSet, TheText, ThePlain]
for cls in [*CLASSES, TheKeywords]:
    cls.__module__ = 'corners'
sys.modules['corners'] = sys.modules['__main__']


class ByTwo(pickle.Pickler):
    """Reduces as protocol 2 does, whatever protocol it writes."""
    def reducer_override(self, value):
        return value.__reduce_ex__(2) if type(value) in CLASSES else NotImplemented


def text(data):
    return base64.b64encode(data).decode()


def written(value, protocol):
    out = io.BytesIO()
    ByTwo(out, protocol).dump(value)
    return out.getvalue()


def subclasses():
    values = {'list': TheList([1, 2]), 'one': TheList(['a']), 'empty list': TheList(), 'dict': TheDict(a=1, b=[2]), 'empty dict': TheDict(),
              'set': TheSet([5]), 'text': TheText('abc'), 'plain': ThePlain(), 'plain with state': ThePlain()}
    values['plain with state'].x = 1
    for name in ('list', 'empty list', 'empty dict'):
        copy = type(values[name])(values[name])
        copy.note = 'n'
        values[name + ' with state'] = copy
    for name, value in values.items():
        for protocol in (0, 1):
            data = written(value, protocol)
            again = pickle.loads(data)
            assert type(again) is type(value) and vars(again) == vars(value), name
            assert isinstance(value, ThePlain) or again == value, name
            for source in (2, 3, 4, 5):
                yield {'name': name, 'source': text(pickle.dumps(value, source)), 'protocol': protocol, 'written': text(data)}


class ByZero(pickle.Pickler):
    """Reduces as protocol 0 does, whatever protocol it writes."""
    def reducer_override(self, value):
        return value.__reduce_ex__(0) if type(value) is TheKeywords else NotImplemented


def reconstructed():
    value = TheKeywords(x=5)
    value.x = 5
    for protocol in (2, 3, 4, 5):
        out = io.BytesIO()
        ByZero(out, protocol).dump(value)
        assert pickle.loads(out.getvalue()).x == 5
        for source in (0, 1):
            yield {'source': text(pickle.dumps(value, source)), 'protocol': protocol, 'written': text(out.getvalue())}


def outcome(stream):
    try:
        return {'is': tagged(pickle.loads(stream))}
    except Exception as error:
        return {'error': type(error).__name__}


def tagged(value):
    if isinstance(value, (bytes, bytearray)):
        return {type(value).__name__: value.hex()}
    return {'list': [tagged(each) for each in value]}


def calls():
    values = [b'ab', bytearray(b'c'), 'ab', '\xe9', '\u20ac', [1, 2], (255, True), [256], [-1], ['a'], [1.5], {7}, None, 1.5, -1, [2 ** 70], b'', '']
    rows = [('builtins', 'bytearray', ())] + [('builtins', 'bytearray', (value,)) for value in values]
    for value in ('ab', '\xe9', '\u20ac', b'ab', [1], None):
        for encoding in ('latin1', 'latin-1', 'utf-8', 'ascii', 'UTF8', 'nonsense', 5, None):
            rows.append(('builtins', 'bytearray', (value, encoding)))
            rows.append(('_codecs', 'encode', (value, encoding)))
            rows.append(('_codecs', 'encode', (value, encoding, 'strict')))
    rows += [('_codecs', 'encode', ()), ('_codecs', 'encode', ('ab',)), ('_codecs', 'encode', ('\xe9',)), ('_codecs', 'encode', (b'ab',)),
             ('_codecs', 'encode', ('ab', 'latin1', 'strict', 1)), ('_codecs', 'encode', ('ab', 'latin1', 7)), ('_codecs', 'encode', ('\ud800', 'utf-8')),
             ('builtins', 'bytearray', ('ab', 'latin1', 'strict', 1)), ('builtins', 'bytearray', ('ab', 'latin1', 'strict')), ('builtins', 'bytearray', ('ab', 'latin1', 1))]
    for module, name, args in rows:
        yield b'c' + f'{module}\n{name}\n'.encode() + pickle.dumps(args, 2)[2:-1] + b'R.'


def appends():
    start = b'\x80\x05\x96\x01' + bytes(7) + b'x'
    for body in (b'K\x05a', b'\x88a', b'M\x00\x01a', b'J\xff\xff\xff\xffa', b'Na', b'\x8c\x01aa', b'\x8a\x01\x07a', b'\x8a\x0a' + b'\x01' * 10 + b'a', b'G?\xf8' + bytes(6) + b'a',
                 b'(K\x01K\x02K\xffe', b'(e', b'(K\x01Ne', b'K\x01aK\x02a', b'C\x01aa', b'\x94K\x07a0h\x00', b'\x94K\x07ah\x00\x86', b'\x94(K\x41K\x42eh\x00K\x43a\x86'):
        yield start + body + b'.'
    yield b'\x80\x05\x96\x01' + bytes(7) + b'x\x94]\x94h\x00a0h\x00K\x41a0h\x01.'


def nan():
    number = float('nan')
    decimals = [decimal.Decimal('NaN') for _ in range(3)]
    twice = (number,)
    for name, value in {
            'complex': {complex(1, number), complex(1, number)},
            'complex of two NaN': {complex(number, number), complex(number, number)}, 'real NaN': {complex(number, 0), complex(number, 0)},
            'Decimal': set(decimals), 'frozenset': frozenset(decimals), 'dict': {each: 1 for each in decimals},
            'tuples': {(decimals[0],), (decimals[0], 1), (decimals[1],)}, 'tuples of complex': {(complex(1, number),), (complex(1, number),)},
            'floats': {float('nan'), float('nan')}, 'one tuple': {twice, (float('nan'),)}, 'equal': {complex(1, 2), complex(1, 2), decimal.Decimal('1.0'), 1}}.items():
        for protocol in range(6):
            data = pickle.dumps(value, protocol)
            yield {'name': name, 'protocol': protocol, 'pickle': text(data), 'size': len(pickle.loads(data))}
    for name, stream in {
            'one tuple twice': b'\x80\x04}(G\x7f\xf8' + bytes(6) + b'\x85\x94K\x01h\x00K\x02u.',
            'one Decimal twice': b'\x80\x04\x8f(cdecimal\nDecimal\n\x8c\x03NaN\x85R\x94h\x00\x90.',
            'signalling Decimal': b'\x80\x04\x8f(cdecimal\nDecimal\n\x8c\x04sNaN\x85R\x90.'}.items():
        try:
            size = len(pickle.loads(stream))
        except TypeError:
            size = None
        yield {'name': name, 'protocol': 4, 'pickle': text(stream), 'size': size}


def encodings():
    names = ['ASCII', 'ascii', 'us-ascii', 'US ASCII', '646', 'ansi_x3.4-1968', 'latin1', 'latin-1', 'latin_1', 'Latin 1', 'L1', 'ISO-8859-1', 'iso8859-1', 'iso_8859-1:1987',
             'cp819', '8859', 'utf-8', 'utf8', 'UTF8', 'UTF_8', 'U8', 'utf8-ucs2', 'cp65001', 'UTF--8', 'utf.8', 'latin', 'latin3x', 'nonsense', '', 'bytes', 'cp1252', 'windows-1252',
             '1252', 'cp1251', 'windows-1251', 'koi8-r', 'KOI8_R', 'cp866', '866', 'iso-8859-2', 'latin2', 'iso8859-15', 'latin9']
    for name in names:
        row = {'name': name}
        try:
            row['is'] = 'bytes' if name == 'bytes' else codecs.lookup(name).name
        except LookupError:
            row['is'] = None
        if row['is'] is not None:
            row['bytes'] = []
            for byte in range(256):
                try:
                    got = pickle.loads(b'U\x01' + bytes([byte]) + b'.', encoding=name)
                    row['bytes'].append(got if isinstance(got, str) else got[0])
                except UnicodeDecodeError:
                    row['bytes'].append(None)
        yield row


def paths():
    for cls in (pathlib.PurePosixPath, pathlib.PosixPath):
        for args in (['//srv/x'], ['///srv/x'], ['/srv/x'], ['//srv'], ['//'], ['/'], [''], ['.'], ['a', '/b', 'c'], ['a', '//b', 'c'], ['a//b/./c'], ['//', 'a'], ['..', 'a'], ['a/../b']):
            value = cls(*args)
            for protocol in range(6):
                yield {'class': cls.__name__, 'of': args, 'protocol': protocol, 'pickle': text(pickle.dumps(value, protocol)), 'parts': list(value.parts), 'is': str(value),
                       'call': text(b'\x80\x04cpathlib\n' + cls.__name__.encode() + b'\n' + pickle.dumps(tuple(args), 2)[2:-1] + b'R.')}


def unhashable():
    for name, value in {'list': [1], 'dict': {}, 'set': set(), 'bytearray': bytearray(b'a'), 'tuple of a list': (1, [2]), 'deque': collections.deque(), 'tuple': (1, 2), 'frozenset': frozenset([1]), 'text': 'a'}.items():
        try:
            hash(value)
            yield {'name': name, 'error': None}
        except TypeError as error:
            yield {'name': name, 'error': str(error)}


if __name__ == '__main__':
    found = {'python': sys.version.split()[0], 'paths': list(paths()), 'subclasses': list(subclasses()), 'reconstructed': list(reconstructed()),
             'calls': [{'pickle': text(stream), **outcome(stream)} for stream in [*calls(), *appends()]],
             'nan': list(nan()), 'unhashable': list(unhashable()), 'encodings': list(encodings())}
    lines = ',\n'.join(f'{json.dumps(key)}: ' + ('[\n' + ',\n'.join(json.dumps(row) for row in rows) + '\n]' if isinstance(rows, list) else json.dumps(rows)) for key, rows in found.items())
    OUT.write_text('{\n' + lines + '\n}\n')
