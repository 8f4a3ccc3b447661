"""Writes fixtures/token_patterns.json: what `re.compile(pattern).findall(text)` finds. Run with CPython 3.11 or later.

Each entry is {pattern, found}: per text the list of tokens, or the error's kind for a pattern that `re` refuses. Random
patterns are made of the same parts.
"""
import json
import random
import re
from pathlib import Path

TEXTS = [
    'The quick-brown fox: 3.14 foxes\' dens, e-mail fox_42@example.org\nnext line\n',
    'Größe ÄCKER café cafe\u0301 na\u00efve ﬁne ½② x² Ⅷ \u0130stanbul ſß ΣΊΣΥΦΟΣ',
    '今日は寒い、犬 猫\u3000\u00a0\u2003\u200b\x1c\x85 हिन्दी भाषा',
    '\U0001f98a\U0001f415 \U00010410\U00010438 a\U0001d400b \U0001d7d8\U0001d7d9 \ud83d',
    'aaa aab abab abba "quoted" \'single\' {1,2} a{2} [x] (y) a|b ^$ \\w',
    '',
    'a',
]
PATTERNS = [
    r'(?u)\b\w\w+\b', r'\b\w+\b', r'\w+', r'\w{3,}', r'\w\w\w*', r'(?u)\b\w+?\b', r'(?a)\b\w\w+\b', r'(?a:\w+)é?',
    r'\S+', r'[^\s]+', r'\d+', r'\D+', r'\W+', r'\s+', r'[\w-]+', r"[^\W\d_]+(?:['-][^\W\d_]+)*", r'[a-zA-Z]{2,3}',
    r'[A-Z][a-z]+', r'(?i)[a-z]+', r'(?i)größe|äcker|ß', r'(?i)[à-ÿ]+', r'(?i)σ', r'\b[^\d\W]+\b', r'\B\w', r'\b',
    r'(?m)^\w+', r'(?m)\w+$', r'\w+$', r'\A\w+', r'\w+\Z', r'.', r'(?s).+', r'.+', r'a*', r'a*?', r'(?:a|ab)(?:c|bcd)?',
    r'(a+)b', r'(?:a+)+b', r'(ab)+', r'(?:ab|a)*', r'(\w)\1', r'(?P<x>\w)(?P=x)', r'(["\']).*?\1', r'\w+(?=[:,])',
    r'\w+(?!\w|-)', r'(?<=-)\w+', r'(?<!\w)f\w+', r'(?<=[ab])b', r'(?<=a|b)b', r'x{2}', r'a{2}', r'a{,2}', r'a{1,}',
    r'a{,}', r'a{}', r'a{x}', r'{', r'}', r']', r'[]x]+', r'[^]x]', r'[a\]-]+', r'[\b]', r'\x61', r'\u00e9', r'\U0001f98a',
    r'\141', r'\0', r'\07', r'[\141-\143]+', r'\.', r'\-', r'\ ', r'\n', r'[\n\t ]', r'(?x) \w+ # words', r'(?x: a b )',
    r'(?#note)fox', r'(?i:FOX)', r'(?-i:fox)', r'(?s:.)', r'(?>a+)b', r'a++b', r'a*+', r'a?+', r'\w++', r'(a)|b',
    r'(?:)', r'|a', r'a|', r'(|a)+', r'(a*)*', r'(a*)+b?', r'(?:a?){3}', r'(?:a{0,2}b){1,2}', r'((?:ab)?)', r'[一-龥]+',
    r'[\u3040-\u30ff]+|[\u4e00-\u9fff]', r'(?:\w|[^\x00-\x7f])+', r'\b(?:fox|foxes)\b', r'(?:foxes|fox)', r'[^\n]*',
    r'(?=a)', r'(?=(a))', r'(?!a)\w', r'^', r'$', r'(?m)^', r'(?m)$', r'[\W_]+', r'[^\w\s]', r'[a-\d]', r'[z-a]', r'(',
    r')', r'*', r'a**', r'a{2}{3}', r'(?P<1>a)', r'(?P=no)', r'\2', r'(a)\2', r'\q', r'[\q]', r'(?<=a*)b', r'(?z)',
    r'(?i', r'[a', r'\x6', r'\u12', r'(?P<a>x)(?P<a>y)', r'^*', r'\b+', r'(?=a)*', r'(?:a|b)?b', r'\w*\d',
]
PARTS = ['a', 'b', 'é', '犬', ' ', r'\w', r'\d', r'\s', r'\W', '.', '[ab]', '[^a]', r'[\w-]', r'\b', '(?=a)', '(?!b)']


def made(chance, depth=0):
    """A pattern of a few parts, some repeated, some grouped."""
    out = ''
    for _ in range(chance.randint(1, 3)):
        part = chance.choice(PARTS)
        if depth < 2 and chance.random() < 0.3:
            part = '(?:%s|%s)' % (made(chance, depth + 1), made(chance, depth + 1))
        if chance.random() < 0.4 and part != r'\b':
            part = '(?:%s)' % part + chance.choice(['*', '+', '?', '*?', '+?', '??', '{2}', '{1,2}', '{0,2}?', '*+', '++'])
        out += part
    return out


def found(pattern, texts):
    try:
        compiled = re.compile(pattern)
    except re.error:
        return 'refused'
    return 'groups' if compiled.groups > 1 else [compiled.findall(text) for text in texts]


def main():
    chance = random.Random(7)
    patterns = PATTERNS + sorted({made(chance) for _ in range(260)} - set(PATTERNS))
    short = ['ab aab é犬 a1 b-a', 'baab  aé\n']
    entries = [{'pattern': p, 'found': found(p, TEXTS)} for p in PATTERNS]
    entries += [{'pattern': p, 'short': found(p, short)} for p in patterns[len(PATTERNS):]]
    path = Path(__file__).parent.parent / 'fixtures' / 'token_patterns.json'
    text = json.dumps({'texts': TEXTS, 'short': short, 'patterns': entries}, ensure_ascii=True, separators=(',', ':'))
    path.write_text(text + '\n')
    print(len(entries), 'patterns,', len(text), 'bytes')


main()
