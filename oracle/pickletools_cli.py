"""What `python -m pickletools` prints and ends with, for every combination of its flags: fixtures/cpython/cli.json.gz.

`files` are made in the folder where it runs (base64); `runs` are [arguments, what standard input is (a file or null),
exit status, standard output, what it wrote to out.txt or null]. Run with CPython 3.11: python3.11 oracle/pickletools_cli.py
"""
import base64
import gzip
import io
import itertools
import json
import os
import pathlib
import pickle
import subprocess
import sys
import tempfile

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'cpython' / 'cli.json.gz'
FLAGS = [['-m'], ['-l', '2'], ['-a'], ['-p', '## {name} {{{name:>12}}}'], ['-o', 'out.txt']]


def files():
    shared = io.BytesIO()
    pickler = pickle.Pickler(shared, 2)
    value = [1, ('a', {'b': 2.5})]
    pickler.dump(value)
    first = shared.tell()
    pickler.dump([value, value])
    text = ['é€😀\x7f\u0378', "it's", b'\x00"', (None, True), {1, 2}]
    return {
        'zero.pkl': pickle.dumps([(1, [2, 'x'])] * 2, 0), 'five.pkl': pickle.dumps(text, 5),
        'one.pkl': shared.getvalue()[:first], 'two.pkl': shared.getvalue()[first:],
        'twice.pkl': b'N.K\x07.', 'memo.pkl': b'Nq\x00q\x00.', 'cut.pkl': pickle.dumps(text, 4)[:-4], 'empty.pkl': b'',
        'mark.pkl': b'(\x85t.', 'left.pkl': b'NN.', 'digits.pkl': b'\x8b\x00\x08\x00\x00' + b'\x01' * 2048 + b'.',
    }


LISTS = [
    (['zero.pkl'], None), (['five.pkl'], None), (['memo.pkl'], None), (['cut.pkl'], None), (['two.pkl'], None), (['-'], 'five.pkl'),
    (['one.pkl', 'two.pkl'], None), (['zero.pkl', 'cut.pkl', 'five.pkl'], None), (['five.pkl', '-'], 'zero.pkl'),
    (['-', '-'], 'twice.pkl'), (['zero.pkl', 'nosuch.pkl'], None),
]
OTHERS = [
    ['empty.pkl'], ['mark.pkl'], ['left.pkl'], ['digits.pkl'], ['-l', 'x', 'zero.pkl'], ['-l', ' 1_0 ', 'zero.pkl'], ['-l', '-3', 'zero.pkl'],
    ['-l', '0', '-a', 'zero.pkl'], ['-ma', '-l8', 'one.pkl', 'two.pkl'], ['--memo', '--annotate', '--indentlevel=3', 'one.pkl', 'two.pkl'],
    ['--preamble', '', 'zero.pkl', 'five.pkl'], ['-p', '{name:*^20.6}', 'zero.pkl', 'five.pkl'], ['-p', '{name!s:012}|', 'zero.pkl', 'zero.pkl'],
    ['-p', '{0}', 'zero.pkl', 'five.pkl'], ['-p', '{', 'zero.pkl', 'five.pkl'], ['-p', '}', 'zero.pkl', 'five.pkl'], ['-p', '{other}', 'zero.pkl'],
    ['-p', '{name:d}', 'zero.pkl', 'five.pkl'], ['--output=out.txt', 'mark.pkl'], ['-x', 'zero.pkl'], ['-o', 'nosuch/out.txt', 'zero.pkl'],
    ['.'], ['zero.pkl', '.'], ['-o', '-', 'zero.pkl'],
]


def run(arguments, standard, folder):
    out = folder / 'out.txt'
    out.unlink(missing_ok=True)
    with open(folder / standard if standard else os.devnull, 'rb') as stdin:
        done = subprocess.run([sys.executable, '-m', 'pickletools', *arguments], cwd=folder, stdin=stdin, capture_output=True,
                              env={**os.environ, 'PYTHONUTF8': '1'})
    return [arguments, standard, done.returncode, done.stdout.decode(), out.read_text('utf-8') if out.exists() else None]


def main():
    with tempfile.TemporaryDirectory() as name:
        folder, made = pathlib.Path(name), files()
        for path, data in made.items():
            (folder / path).write_bytes(data)
        runs = []
        for count in range(len(FLAGS) + 1):
            for flags in itertools.combinations(FLAGS, count):
                for paths, standard in LISTS:
                    runs.append(run([*itertools.chain(*flags), *paths], standard, folder))
        runs += [run(arguments, None, folder) for arguments in OTHERS]
    text = json.dumps({'files': {path: base64.b64encode(data).decode() for path, data in made.items()}, 'runs': runs}, separators=(',', ':'))
    OUT.write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(len(runs), 'runs,', sum(each[2] != 0 for each in runs), 'fail,', OUT.stat().st_size, 'bytes')


if __name__ == '__main__':
    main()
