"""Streams at the edge of what `pickletools` reads: fixtures/cpython/dis_edges.json.gz.

Edge streams of edges.py, more of them that concern only pickletools, and streams of CPython's tests with bytes changed.
Each row: [stream as base64, options, [text, error] | [text, error, more text, its error ...], optimized as base64 |
[type, message]]. Run with CPython 3.11, after cpython.py: python3.11 oracle/dis_edges.py
"""
import base64
import gzip
import json
import pathlib
import pickle
import random
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from disassembly import CORPUS, streams  # noqa: E402
from edges import BINARY, TEXT  # noqa: E402
from kit.pickletools_outcome import disassembled, optimized  # noqa: E402

MUTATIONS = 3500
LONGEST = 220

MORE_TEXT = [
    b"S'\n.", b'S"\n.', b'S\n.', b"Sab\n.", b"S'a\"\n.", b"S'\\x4g'\n.", b"S'\\xzz'\n.", b"S'a\\'\n.", b"S'\\400'\n.", b"S'\\8\\q'\n.",
    b"S'\xe9'\n.", b"S'\\xe9'\n.", b"S'it''s'\n.", b'S"it\'s"\n.', b"S'\\\"\\''\n.", b"S'a'\r\n.", b"S'\\x7f\\x00\\t'\n.",
    b'cm\\x41\nn\n.', b'cm\xe9\nn\n.', b'cm\xe9\nn', b'cm\\\nn\n.', b'cm\nn\xe9\n.', b'c\n\n.', b'cm\n', b'(im\nn\n.', b'P\xe9\n.', b'P\\x41\\\n.',
    b'P\\x41\n.', b'P\n.', b'Pa b\n.', b'V\\\n.', b'V\\u\n.', b'V\\u004\n.', b'V\\u00zz\n.', b'V\\U0001F60\n.', b'V\\U00110000\n.', b'V\\U0001F600\n.',
    b'V\\ud83d\\ude00\n.', b'V\\U0000d83d\\ude00\n.', b'Va\\ud800b\\u12\n.', b'V\\\\ud800\n.', b'V\\\\\\ud800\n.', b'V\xe9\x85\xad\n.', b'V\\u0378\\u2028\\ue000\n.',
    b'V\\uD83D\n.', b'V\\U000e0001\n.', b"V'\n.", b'V"\n.', b'V\'"\n.', b'V\\', b'V\\ud8\\ud800\n.', b'V\x00\x1f\x7f\n.', b'V',
    b'L\n.', b'LL\n.', b'L1LL\n.', b'L 1 L\n.', b'L1 L\n.', b'L-0L\n.', b'L007L\n.', b'I+5\n.', b'I-5\n.', b'I- 5\n.', b'I\n.', b'I000\n.', b'I001\n.', b'I 00\n.', b'I01 \n.',
    b'I\x0b5\x0c\n.', b'I\x1c5\n.', b'I5\xa0\n.', b'I1_000\n.', b'I_1\n.', b'I1_\n.', b'I1__0\n.', b'Itrue\n.', b'I9007199254740993\n.', b'I-9007199254740993\n.',
    b'I' + b'9' * 4300 + b'\n.', b'I' + b'9' * 4301 + b'\n.', b'I' + b'0' * 4301 + b'\n.', b'I-' + b'1' * 4301 + b'x\n.', b'I' + b'1_' * 4300 + b'1\n.', b'I' + b'1' * 4301 + b'__1\n.',
    b'I' + b'x' * 250 + b'\n.', b'I' + b'\xff' * 250 + b'\n.', b"I'" + b'x' * 250 + b'\n.', b'F\n.', b'F \n.', b'F1_0.5_0e1_0\n.', b'F1_.5\n.', b'F1._5\n.', b'F_1\n.', b'F1e_5\n.',
    b'F1e5_\n.', b'F-\n.', b'F.\n.', b'F+.5e-3\n.', b'F-0\n.', b'F-.0\n.', b'F+nan\n.', b'F-infinity\n.', b'FINF\n.', b'Finfi\n.', b'F 1e400\n.', b'F-1e400 \n.', b'F1e-400\n.',
    b'F0x1p3\n.', b'F1.5\x00\n.', b'F1\xe9\n.', b'F1e16\n.', b'F1e15\n.', b'F123456789012345678\n.', b'F0.0001\n.', b'F0.00001\n.', b'F1.7976931348623157e308\n.', b'F5e-324\n.',
    b'F1e22\n.', b'F1e21\n.', b'F100000000000000.5\n.', b'F' + b'1' * 400 + b'\n.', b'F' + b'x' * 300 + b'\n.',
    b'Np00\n0g0\n.', b'Np01\n0g1\n.', b'Nq\x01p01\n.', b'Np1\n0g01\n.', b'Np-5\n0g-5\n.', b'Np99999999999999999999\n0g99999999999999999999\n.', b'Np00\nNp0\n.', b'Np1_0\nq\x0a.',
    b'\x94.', b'(\x94.', b'N\x94\x940.', b'Nq\x01\x94\x94.', b'Nq\x01\x94.', b'(q\x00.', b'q\x00.', b'h\x00.', b'g5\n.', b'j\x01\x02\x03\x04.', b'(\x85t.', b'(\x86.', b'N(\x86t.', b'((\x85tt.',
    b'(0.', b'0.', b'N0.', b'(N0.', b'(N00N.', b'(NN1N.', b'1.', b'N1.', b't.', b'Nt.', b'(o.', b'(No.', b'o.', b'N(o.', b'](e.', b'(e.', b'N.', b'NN.', b'(.', b'(N.', b'NNN(.', b']N.', b'.', b'', b'N',
    b'(N\x85e.', b'N(Na.', b'(2.', b'N22\x87.', b'(2t.', b'((2tt.', b'(2(0.', b'2.', b'Q.', b'NQ.', b'(Q.', b'b.', b'R.', b'\x81.', b'NN\x92.', b'NN\x93.', b'\x97\x98.', b'\x98.',
    b'\x80\xff.', b'\x80\xffN.', b'\x80\x06N.', b'N\x80\x03.', b'\x80\x04\x80\x04N.', b'\x80', b'\x95' + b'\xff' * 8 + b'N.', b'\x95' + b'\x00' * 8 + b'N.', b'\x95\x00', b'\x95' + b'\xff' * 7 + b'\x1f' + b'N.',
    b'K', b'M\x01', b'J\x01\x02\x03', b'J\xff\xff\xff\xff.', b'j\x01', b'r\x01\x02', b'G\x01', b'G\x7f\xf0\x00\x00\x00\x00\x00\x00.', b'G\xff\xf8\x00\x00\x00\x00\x00\x00.', b'G\x80\x00\x00\x00\x00\x00\x00\x00.',
    b'T\x01', b'T\xff\xff\xff\xff', b'T\x00\x00\x00\x80', b'T\x05\x00\x00\x00ab', b'T\x02\x00\x00\x00\xe9\n.', b'U', b'U\x05ab', b'U\x03\xad\xa0\xff.', b'X\x01', b'X\xff\xff\xff\xffa', b'X\x05\x00\x00\x00ab', b'\x8c', b'\x8c\x05ab',
    b'\x8d\x01', b'\x8d' + b'\xff' * 8, b'\x8d\x05' + b'\x00' * 7 + b'ab', b'\x8d' + b'\xff' * 7 + b'\x7f', b'B\x01', b'B\xff\xff\xff\xffa', b'B\x05\x00\x00\x00ab', b'C', b'C\x05ab', b'\x8e\x01', b'\x8e' + b'\xff' * 8,
    b'\x8e\x05' + b'\x00' * 7 + b'ab', b'\x96\x01', b'\x96' + b'\x80' * 8, b'\x96\x05' + b'\x00' * 7 + b'ab', b'\x96\x02' + b'\x00' * 7 + b"'a.", b'\x8a', b'\x8a\x05ab', b'\x8a\x00.', b'\x8b\x01', b'\x8b\xff\xff\xff\xff', b'\x8b\x05\x00\x00\x00ab',
    b'\x8a\x01\x80.', b'\x8a\x02\xff\xff.', b'\x8a\x02\x00\x80.', b'\x8a\x03\xff\xff\x7f.', b'\x8a\x08' + b'\xff' * 7 + b'\x7f.', b'\x8b\x00\x08\x00\x00' + b'\xff' * 2048 + b'.', b'\x8b\x00\x08\x00\x00' + b'\x01' * 2048 + b'.',
    b'\x8b\xfa\x06\x00\x00' + b'\x01' * 1786 + b'.', b'\x8b\xf9\x06\x00\x00' + b'\x01' * 1785 + b'.', b'\x8b\x04\x08\x00\x00' + b'\x07' + b'\x00' * 2051 + b'.', b'\x8b\xf9\x06\x00\x00' + b'\x81' * 1785 + b'.',
    b"\x96\x03" + b'\x00' * 7 + b'\'"a.', b'\x96\x02' + b'\x00' * 7 + b'"\x00.', b"C\x02'a.", b'C\x02"a.', b'C\x02\'".', b'C\x05\\\t\n\r\x00.', b'C\x03\x1f\x7f\x80.', b'N\xff', b'\xff', b'\n.', b' ', b'N\\.', b"N'", b'N\x99', b'\x82\x00.', b'\x83\xff\xff.', b'\x84\xff\xff\xff\xff.',
    b'(' * 20 + b'N' + b't' * 20 + b'.', b'(lp0\n(dp1\ng0\ng1\nsa.', b'NNp0\n0g0\n\x86.',
]

UTF8 = [
    b'\x80', b'a\x80', b'\xc0\x80', b'\xc1', b'\xc3', b'\xc3(', b'\xc3\xa9', b'\xe0\x80\x80', b'\xe0\xa0', b'\xe0\xa0(', b'\xe2\x82', b'\xe2\x82\xac', b'\xe2(\xa1', b'\xed\xa0\x80', b'\xed\xa0\x80\xed\xb0\x80', b'\xed\xa0',
    b'\xed\xa0(', b'\xed\x9f\xbf', b'x\xed\xbf\xbfy\xff', b'\xf0\x9f\x98\x80', b'\xf0\x9f\x98', b'\xf0\x9f', b'\xf0', b'\xf0\x80\x80\x80', b'\xf0\x9f(\x80', b'\xf0\x9f\x98(', b'\xf4\x8f\xbf\xbf', b'\xf4\x90\x80\x80', b'\xf4\x90',
    b'\xf5\x80\x80\x80', b'\xff', b'\xe0', b'\xed', b'\xed\xa0\x80\xc3', b'\xef\xbb\xbfa', b'\xef\xbf\xbe', b'\xc2\x85\xc2\xa0\xc2\xad', b'\xcd\xb8', b'\xf0\xa0\x80\x80\xf3\xa0\x80\x81', b'\xee\x80\x80', b"'\xc3\xa9\"", b'\xe2\x80\xa8\xe3\x80\x80',
]


def mutated(rng, seeds):
    stream = bytearray(rng.choice(seeds))
    for _ in range(rng.randrange(1, 4)):
        at = rng.randrange(len(stream) or 1)
        kind = rng.randrange(6)
        if kind == 0 and stream:
            stream[at] = rng.randrange(256)
        elif kind == 1 and stream:
            del stream[at]
        elif kind == 2:
            stream.insert(at, rng.choice(b'(.012]})lNtdeuasqhbRcio\x85\x86\x88\x8f\x90\x91\x93\x94\x95'))
        elif kind == 3 and stream:
            stream[at] ^= 1 << rng.randrange(8)
        elif kind == 4:
            del stream[at:]
        else:
            other = rng.choice(seeds)
            stream[at:at] = other[rng.randrange(len(other)):][:rng.randrange(20)]
    return bytes(stream)


def outcome(stream, options):
    given = dict(options)
    if given.pop('memo', False):
        given['memo'] = {}
    rename = {'indent': 'indentlevel'}
    given = {rename.get(name, name): value for name, value in given.items()}
    parts, position = [], 0
    while position is not None and position < max(1, len(stream)):
        text, error, position = disassembled(stream, position=position, **given)
        parts += [text, error]
        if 'memo' not in given:
            break
    return parts


def row(stream, options):
    result, error = optimized(stream)
    shown = error if result is None else base64.b64encode(result).decode()
    return [base64.b64encode(stream).decode(), options, outcome(stream, options), shown]


def choices(rng):
    options = {}
    if rng.random() < 0.3:
        options['annotate'] = rng.choice([1, 10, 30, 30, 45, 60, -3])
    if rng.random() < 0.1:
        options['indent'] = rng.choice([0, 1, 2, 8, -1])
    return options


def main():
    rng = random.Random(0)
    seeds = sorted({stream for stream in streams() if 0 < len(stream) <= LONGEST})
    fixed = [text.encode('latin1') + b'\n.' for text in TEXT] + BINARY + MORE_TEXT
    fixed += [b'X' + bytes([len(text), 0, 0, 0]) + text + b'.' for text in UTF8] + [b'\x8c' + bytes([len(text)]) + text + b'.' for text in UTF8]
    rows = [row(stream, {}) for stream in dict.fromkeys(fixed)]
    rows += [row(stream, {'annotate': annotate}) for stream in MORE_TEXT if len(stream) < LONGEST for annotate in (30,)]
    rows += [row(mutated(rng, seeds), choices(rng)) for _ in range(MUTATIONS)]
    for _ in range(60):
        # Several pickles with one memo.
        parts = [pickle.dumps(['a', ('b', [1])], rng.randrange(6)), *rng.sample(seeds, 2)]
        rows.append(row(b''.join(parts), {'memo': True, **choices(rng)}))
    path = CORPUS / 'dis_edges.json.gz'
    text = '[\n' + ',\n'.join(json.dumps(each, separators=(',', ':')) for each in rows) + '\n]\n'
    path.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    bad = sum(any(error is not None for error in each[2][1::2]) for each in rows)
    print(len(rows), 'streams,', bad, 'bad,', path.stat().st_size, 'bytes')


if __name__ == '__main__':
    main()
