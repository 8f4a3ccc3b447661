"""Edge streams: what CPython's C unpickler makes of malformed and borderline pickles.

Writes fixtures/edges.json: [stream as base64, True and the tagged value | False]. Run with CPython 3.11.
Classes are never imported: every name stands for one class that takes anything.
"""
import base64
import codecs
import io
import json
import pathlib
import pickle
import random

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'edges.json'


class Anything:
    def __new__(cls, *args, **kwargs):
        return object.__new__(cls)

    def __init__(self, *args, **kwargs):
        pass

    def __setstate__(self, state):
        pass

    def __setitem__(self, key, value):
        pass

    def append(self, item):
        pass

    extend = add = append


class ByteArray(Anything):
    def __new__(cls, *args):
        return Anything() if any(isinstance(arg, Anything) for arg in args) else bytearray(*args)


#: What makes bytes looks at its arguments, here and there.
REAL = {('builtins', 'bytearray'): ByteArray, ('__builtin__', 'bytearray'): ByteArray, ('_codecs', 'encode'): codecs.encode}


class Unpickler(pickle.Unpickler):
    def find_class(self, module, name):
        return REAL.get((module, name), Anything)


def tag(value, depth=0):
    if depth > 20:
        raise ValueError('deep')
    kind = type(value)
    if value is None or kind is bool:
        return value
    if kind is int:
        return value if abs(value) < 2 ** 53 else {'$int': str(value)}
    if kind is float:
        return value if value == value and value not in (float('inf'), float('-inf')) and not value.is_integer() \
            else {'$float': repr(value)}
    if kind is str:
        return value
    if kind in (bytes, bytearray):
        return {'$' + kind.__name__: value.hex()}
    if kind is list:
        return [tag(item, depth + 1) for item in value]
    if kind in (tuple, set, frozenset):
        return {'$' + kind.__name__: [tag(item, depth + 1) for item in value]}
    if kind is dict:
        return {'$dict': [[tag(k, depth + 1), tag(v, depth + 1)] for k, v in value.items()]}
    return {'$anything': True}


TEXT = [
    'I0x10', 'I010', 'I1_0', 'I 7', 'I7\0junk', 'I08', 'I0b1', 'I0o17', 'I00', 'I01', 'I 1', 'I+1', 'I-0', 'I', 'I ', 'Ix', 'I--1', 'I1 ',
    'I1\t', 'I\v7', 'I_1', 'I1__0', 'I9223372036854775807', 'I9223372036854775808', 'I-9223372036854775808', 'I1e3', 'I1.0', 'I\0',
    'I1\0', 'I0\0', 'I0x', 'I0_7', 'I0x_1f', 'I0xG', 'I' + '9' * 4300, 'I' + '9' * 4301, 'L10L', 'L10', 'L0x1L', 'L010', 'L', 'LL', 'L-5L',
    'L 5L', 'L5LL', 'L1_000L', 'L0L', 'L00L', 'L' + '1' * 4301 + 'L', 'L5\0L', 'L5 L', 'F1_0', 'F 1.5', 'Finf', 'F-inf', 'FNaN', 'Fnan', 'F1e400',
    'F-1e400', 'F1e-400', 'F1.', 'F.5', 'F.', 'F', 'F0x1p3', 'F1e', 'F1.5\0x', 'F1.5 ', 'F+1.5', 'Finfinity', 'Finfin', 'F1,5', "S''", "S'", "S'\\x4'",
    "S'\\777'", "S 'a'", "S'a' ", 'S"a"', "S'a\"", "S'\\x41\\n\\t\\\\'", "S'\\'", "S'\\q'", "S'\\08'", "S'\\1'", 'S', "S'a'b'", 'Va\\u0041', 'V\\u12', 'V\\U00110000',
    'V\\U0001F600', 'V\\\\u0041', 'V\\', 'V', 'V\\ud800', 'V\xe9', 'V\\x41',
]

BINARY = [
    b'.', b'', b'N', b'(.', b'((l.', b'l.', b'(d.', b'(Nd.', b'(NNd.', b'N0.', b'(0N.', b'0.', b'(N1N.', b'1.', b'N2\x86.', b'2.', b'(2.', b'N(2.', b'Na.', b']a.', b']Na.', b'](Ne.',
    b'](e.', b'(e.', b'N(e.', b'N(Ne.', b'}NNs.', b'}Ns.', b'NNNs.', b'}(u.', b'}(Nu.', b'}(NNu.', b'N(u.', b'N(NNu.', b'}]Ns.', b'}(]Nu.', b'}}Ns.', b'(]d.', b'(]Nd.', b'\x8f(]\x90.', b'\x8f(K\x01\x90.', b'](K\x01\x90.',
    b'N(\x90.', b'(]\x91.', b'(K\x01K\x01\x91.', b'(\x91.', b'g0\n.', b'Np0\n0g0\n.', b'Np01\n0g1\n.', b'Np-1\n.', b'Np 1\n0g1\n.', b'Np1_0\n0g10\n.', b'Npx\n.', b'p0\n.', b'(p0\n.', b'Nq\x000h\x00.', b'h\x00.', b'N\x940h\x00.', b'\x94.',
    b'(\x94.', b'Nr\xff\xff\x00\x000j\xff\xff\x00\x00.', b'j\xff\xff\xff\xff.', b'Nq\x05\x940h\x01.', b'g-1\n.', b'g\n.', b'p\n.', b'Np\n.', b'\x80\x00N.', b'\x80\x05N.', b'\x80\x06N.', b'\x80\xffN.', b'\x80', b'N\x80\x02.', b'\x80\x02\x80\x04N.',
    b'\x95\x00\x00\x00\x00\x00\x00\x00\x00N.', b'\x95\x02\x00\x00\x00\x00\x00\x00\x00N.', b'\x95\x03\x00\x00\x00\x00\x00\x00\x00N.', b'\x95\x01\x00\x00\x00\x00\x00\x00\x00N.', b'\x95\xff\xff\xff\xff\xff\xff\xff\xffN.', b'\x95\x01\x00',
    b'\x95\x0b\x00\x00\x00\x00\x00\x00\x00\x95\x02\x00\x00\x00\x00\x00\x00\x00N.', b'\x8a\x00.', b'\x8a\x01\xff.', b'\x8a\x02\xff\x00.', b'\x8a\x09\x00\x00\x00\x00\x00\x00\x00\x00\x01.', b'\x8a\x02\xff', b'\x8b\x00\x00\x00\x00.',
    b'\x8b\xff\xff\xff\xff.', b'\x8b\x01\x00\x00\x00\x80.', b'J\xff\xff\xff\xff.', b'J\x00\x00\x00', b'M\xff\xff.', b'K\xff.', b'G?\xf0\x00\x00\x00\x00\x00\x00.', b'G\x7f\xf8\x00\x00\x00\x00\x00\x00.', b'G\x00', b'T\x01\x00\x00\x00a.',
    b'T\xff\xff\xff\xff.', b'T\x02\x00\x00\x00a.', b'U\x01a.', b'U\x01\xe9.', b'U\x02a', b'X\x01\x00\x00\x00a.', b'X\x01\x00\x00\x00\xff.', b'X\x03\x00\x00\x00\xed\xa0\x80.', b'X\x06\x00\x00\x00\xed\xa0\x80\xed\xb0\x80.', b'X\xff\xff\xff\xffa.',
    b'\x8c\x02\xc3\xa9.', b'\x8c\x02\xc3.', b'\x8c\x02\xc0\x80.', b'\x8c\x04\xf4\x90\x80\x80.', b'\x8d\x01\x00\x00\x00\x00\x00\x00\x00a.', b'\x8d\xff\xff\xff\xff\xff\xff\xff\xffa.', b'\x8d\x00\x00\x00\x00\x00\x00\x00\x01a.',
    b'\x8e\x01\x00\x00\x00\x00\x00\x00\x00a.', b'\x8e\x00\x00\x00\x00\x00\x00\x00\x80.', b'\x96\x02\x00\x00\x00\x00\x00\x00\x00ab.', b'\x96\xff\xff\xff\xff\xff\xff\xff\x7f.', b'B\x01\x00\x00\x00a.', b'B\xff\xff\xff\xff.', b'C\x01a.', b'C\x02a.',
    b'\x97.', b'N\x98.', b'C\x01a\x98.', b'\x96\x01\x00\x00\x00\x00\x00\x00\x00a\x98.', b'\x98.', b'Pid\n.', b'P\n.', b'NQ.', b'Q.', b'\x82\x01.', b'\x82\x00.', b'\x83\x01\x00.', b'\x84\x01\x00\x00\x00.', b'\x84\xff\xff\xff\xff.', b'cm\nn\n.', b'cm\n\n.',
    b'c\nn\n.', b'cm\nn', b'cm', b'c\xe9\nn\n.', b'c\xc3\xa9\nn\n.', b'\x8c\x01m\x8c\x01n\x93.', b'N\x8c\x01n\x93.', b'\x8c\x01mN\x93.', b'\x93.', b'\x8c\x01n\x93.', b'C\x01mC\x01n\x93.', b'cm\nn\n)R.', b'cm\nn\n]R.', b'N)R.', b')R.', b'K\x01)R.', b'cm\nn\n)\x81.',
    b'cm\nn\n]\x81.', b'N)\x81.', b'K\x01)\x81.', b'cm\nn\n)}\x92.', b'cm\nn\n)N\x92.', b'cm\nn\nN}\x92.', b'N)}\x92.', b'cm\nn\n(o.', b'(cm\nn\no.', b'(cm\nn\nK\x01o.', b'(o.', b'(No.', b'o.', b'(im\nn\n.', b'im\nn\n.', b'(K\x01im\nn\n.', b'(i\nn\n.', b'(im\n\n.', b'(im\nn',
    b'(i\xe9\nn\n.', b'cm\nn\n)R}b.', b'cm\nn\n)RNb.', b'cm\nn\n)Rb.', b'}b.', b'b.', b'N}b.', b']}b.', b'}}b.', b')}b.', b'K\x01}b.', b'cm\nn\n)RNNs.', b'cm\nn\n)RNa.', b'cm\nn\n)R(NNu.', b'cm\nn\n)R(Ne.', b'cm\nn\n)R(N\x90.', b'N(N\x90.', b'K\x01\x85.',
    b'\x85.', b'(\x85.', b'N(\x85.', b'NN\x86.', b'N\x86.', b'NNN\x87.', b'NN\x87.', b'N(N\x86.', b'(t.', b't.', b'(Nt.', b')t.', b'\x88.', b'\x89.', b'\xff.', b'\x99.', b'\x01.', b' .', b'\n.', b'N .', b'NN.', b'(N.', b'N(.', b'N.N.', b'N.garbage', b'((NN.',
    b'((lp0\n.', b'(lp0\nI1\na.', b'](](e.', b'}(K\x01NK\x01\x88u.', b'}(\x88NK\x01]u.', b'}(G?\xf0\x00\x00\x00\x00\x00\x00NK\x01\x88u.', b'}(K\x01\x85NK\x01\x85\x88u.', b'}(]\x85Nu.', b'(]\x85\x91.', b'(}\x91.', b'(\x96\x00\x00\x00\x00\x00\x00\x00\x00\x91.',
    b']q\x00h\x00a.', b']q\x00(h\x00h\x00e.', b'(q\x00.', b')q\x00(h\x00t.',
]

SEEDS = [
    None, True, 0, 255, 70000, -5, 2 ** 70, 1.5, 'text', 'ü€😀', b'bytes', bytearray(b'ab'), [1, 2, 3], (1, 2, 3), (1, 2, 3, 4), {'a': 1, 'b': [2]}, {1, 2}, frozenset({3}),
    [[], [[]], {}], {'k': (1, {'n': None})}, ['x'] * 5, list(range(12)), {'x': {'y': {'z': 1.25}}},
]


def verdict(stream):
    try:
        value = Unpickler(io.BytesIO(stream)).load()
    except MemoryError:
        return None
    except Exception:
        return False
    try:
        return [tag(value)]
    except Exception:
        return True


def mutated(rng):
    stream = bytearray(pickle.dumps(rng.choice(SEEDS), rng.randrange(6)))
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(stream))
        kind = rng.randrange(4)
        if kind == 0:
            stream[at] = rng.randrange(256)
        elif kind == 1:
            del stream[at]
        elif kind == 2:
            stream.insert(at, rng.choice(b'(.012]})lNtdeuasqhbRcio\x85\x86\x88\x8f\x90\x91\x93\x94\x95'))
        else:
            stream[at] ^= 1 << rng.randrange(8)
        if not stream:
            break
    return bytes(stream)


def main():
    rng = random.Random(0)
    streams = [text.encode('latin1') + b'\n.' for text in TEXT] + BINARY + [mutated(rng) for _ in range(3000)]
    rows, seen = [], set()
    for stream in streams:
        if stream in seen:
            continue
        seen.add(stream)
        found = verdict(stream)
        if found is not None:
            rows.append([base64.b64encode(stream).decode(), found])
    OUT.write_text('[\n' + ',\n'.join(json.dumps(row, separators=(',', ':')) for row in rows) + '\n]\n')
    print(len(rows), 'streams,', sum(1 for row in rows if row[1] is not False), 'accepted')


if __name__ == '__main__':
    main()
