"""Random objects, pickled here in every protocol, read and written again by Node in every protocol, and compared here.

Run by hand with CPython 3.11, in the root: python3.11 oracle/pickle_differential.py [COUNT] [SEED]
"""
import base64
import collections
import datetime
import decimal
import fractions
import json
import pathlib
import pickle
import random
import struct
import subprocess
import sys
import uuid


class AList(list):
    pass


class ADict(dict):
    pass


class ASet(set):
    pass


class AText(str):
    pass


class AnInt(int):
    pass


class Plain:
    pass


class Slots:
    __slots__ = ('a', 'b')


class Keywords:
    def __new__(cls, *, x):
        return object.__new__(cls)

    def __getnewargs_ex__(self):
        return (), {'x': self.x}


TEXTS = ['', 'a', 'name', '\xe9', '\u20ac', '\U0001f600', '\ud800', 'x' * 300, '\0n', 'a\nb', '\\u0041', '__proto__']


def atom(rng):
    return rng.choice([
        lambda: None, lambda: rng.random() < 0.5, lambda: rng.randrange(-300, 300), lambda: rng.randrange(-2 ** 70, 2 ** 70), lambda: rng.choice([0.0, -0.0, 1.0, 1e300]),
        lambda: struct.unpack('>d', rng.randbytes(8))[0], lambda: rng.choice(TEXTS), lambda: rng.randbytes(rng.choice([0, 1, 2, 300])), lambda: complex(rng.choice([1, float('nan')]), rng.random()),
        lambda: decimal.Decimal(rng.choice(['NaN', '1.50', '-0', 'Infinity', '1E+30'])), lambda: fractions.Fraction(rng.randrange(9), 7), lambda: datetime.date(2020, 1, rng.randrange(1, 29)),
        lambda: datetime.datetime(2020, 1, 2, 3, 4, 5, 6, rng.choice([None, datetime.timezone.utc]), fold=rng.randrange(2)), lambda: datetime.timedelta(rng.randrange(-9, 9), 5),
        lambda: uuid.UUID(int=rng.getrandbits(128)), lambda: pathlib.PurePosixPath(rng.choice(['//srv/x', '/a', 'a/b', '.', '///x'])), lambda: pathlib.PureWindowsPath(rng.choice(['c:/a', '//srv/x/y', 'a'])),
        lambda: range(rng.randrange(9)), lambda: rng.choice([int, len, collections.OrderedDict, ..., NotImplemented]), lambda: AText('t'), lambda: AnInt(5)])()


def value(rng, depth, pool):
    if pool and rng.random() < 0.1:
        return rng.choice(pool)
    if depth == 0 or rng.random() < 0.3:
        made = atom(rng)
    else:
        made = container(rng, depth - 1, pool)
    pool.append(made)
    return made


def hashable(rng, depth, pool):
    made = value(rng, depth, pool)
    try:
        hash(made)
    except TypeError:
        return rng.randrange(5)
    return made


def container(rng, depth, pool):
    items = [value(rng, depth, pool) for _ in range(rng.choice([0, 1, 2, 3, 5]))]
    keys = [hashable(rng, depth, pool) for _ in items]
    kind = rng.choice([list, tuple, dict, set, frozenset, AList, ADict, ASet, bytearray, collections.OrderedDict, collections.Counter, collections.defaultdict, collections.deque,
                       Plain, Slots, Keywords, slice])
    if kind in (list, tuple, AList, collections.deque):
        made = kind(items)
    elif kind in (dict, ADict, collections.OrderedDict):
        made = kind(zip(keys, items))
    elif kind is collections.Counter:
        made = kind({key: 2 for key in keys})
    elif kind is collections.defaultdict:
        made = kind(list, zip(keys, items))
    elif kind in (set, frozenset, ASet):
        made = kind(keys)
    elif kind is bytearray:
        made = bytearray(rng.randbytes(rng.randrange(5)))
    elif kind is slice:
        made = slice(*[value(rng, 0, pool) for _ in range(3)])
    elif kind is Keywords:
        made = Keywords(x=1)
        made.x = items
    else:
        made = kind()
        for name, item in zip('ab', items):
            setattr(made, name, item)
    if kind in (AList, ADict, ASet) and rng.random() < 0.5:
        made.note = items
    if kind in (list, AList) and rng.random() < 0.1:
        made.append(made)
    if kind is Plain and rng.random() < 0.2:
        made.me = made
    return made


def described(root):
    """What a value is, with what is there more than once; texts, numbers and bytes of no identity."""
    known = {}

    def of(each):
        kind = type(each)
        if kind in (int, bool, str, bytes, type(None)):
            return repr(each)
        if kind is float:
            return struct.pack('>d', each).hex()
        if kind is complex:
            return f'complex {of(each.real)} {of(each.imag)}'
        if isinstance(each, type) or callable(each) or each in (..., NotImplemented):
            return repr(each)
        if kind is tuple and not each:
            return '()'
        if id(each) in known:
            return f'#{known[id(each)]}'
        known[id(each)] = len(known)
        text = [kind.__name__]
        if isinstance(each, dict):
            text += [f'{of(key)}: {of(item)}' for key, item in each.items()]
        elif isinstance(each, (set, frozenset)):
            # Members come in any order, and are numbered in it.
            text += [str(len(each))] + sorted(repr(type(item)) + (repr(item) if isinstance(item, (int, str, bytes)) else '') for item in each)
        elif isinstance(each, (list, tuple, collections.deque)):
            text += [of(item) for item in each]
        elif isinstance(each, slice):
            text += [of(each.start), of(each.stop), of(each.step)]
        elif isinstance(each, Slots):
            text += [f'{name}={of(getattr(each, name))}' for name in Slots.__slots__ if hasattr(each, name)]
        elif not isinstance(each, (Plain, Keywords)):
            text.append(repr(each))
        if getattr(each, '__dict__', None) and kind.__module__ == '__main__':
            text += [f'{name}={of(item)}' for name, item in vars(each).items()]
        return '(' + ' '.join(text) + ')'

    return of(root)


def main():
    count, seed = [int(text) for text in sys.argv[1:] + ['2000', '1'][len(sys.argv) - 1:]]
    sys.setrecursionlimit(20000)
    rng = random.Random(seed)
    cases = []
    while len(cases) < count:
        made, protocol, to = value(rng, 4, []), rng.randrange(6), rng.randrange(6)
        try:
            data = pickle.dumps(made, protocol)
            # What Python loses itself, such as the fold of a time below protocol 4, is no fault.
            again = pickle.loads(pickle.dumps(pickle.loads(data), to))
        except (pickle.PicklingError, RecursionError, TypeError):
            continue
        cases.append((protocol, to, data, described(again)))
    lines = '\n'.join(json.dumps([to, base64.b64encode(data).decode()]) for _, to, data, _ in cases)
    command = ['npx', 'tsx', '--conditions=curtido-source', 'scripts/pickle_again.ts']
    answers = subprocess.run(command, input=lines, capture_output=True, text=True, check=True).stdout.splitlines()
    assert len(answers) == count
    wrong = 0
    for (protocol, to, data, is_), answer in zip(cases, answers):
        try:
            got = described(pickle.loads(base64.b64decode(answer))) if not answer.startswith('!') else answer
        except Exception as error:
            got = f'{type(error).__name__}: {error}'
        if got != is_:
            wrong += 1
            if wrong <= 20:
                print(f'{protocol} to {to}: {data[:300]!r}\n    is  {is_[:400]}\n    got {got[:400]}')
    print(f'{count} objects, {wrong} otherwise')
    sys.exit(wrong > 0)


if __name__ == '__main__':
    main()
