"""What `pickletools` makes of the streams of CPython's tests: fixtures/cpython/disassembly.json.gz.

Run with CPython 3.11, after cpython.py: python3.11 oracle/disassembly.py
"""
import gzip
import hashlib
import json
import pathlib
import struct
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from kit.pickletools_outcome import disassembled, optimized  # noqa: E402

CORPUS = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'cpython'
LONGEST = 3000


def streams():
    packed, at = gzip.decompress((CORPUS / 'streams.bin.gz').read_bytes()), 0
    while at < len(packed):
        length, = struct.unpack_from('<I', packed, at)
        yield packed[at + 4:at + 4 + length]
        at += 4 + length


def short(data):
    """Itself, or length and hash of what is long."""
    if len(data) <= LONGEST:
        return data
    raw = data.encode() if isinstance(data, str) else data
    return [len(raw), hashlib.sha256(raw).hexdigest()]


def main():
    every = list(streams())
    numbers = {stream: number for number, stream in enumerate(every)}
    rows = []
    for stream in every:
        row = []
        for annotate in (0, 30):
            text, error, _ = disassembled(stream, annotate=annotate)
            row.append([short(text), error])
        result, error = optimized(stream)
        if error is not None:
            row.append({'error': error})
        elif result in numbers:
            row.append(numbers[result])
        else:
            kept = short(result)
            row.append(kept.hex() if isinstance(kept, bytes) else kept)
        rows.append(row)
    path = CORPUS / 'disassembly.json.gz'
    path.write_bytes(gzip.compress(json.dumps(rows, separators=(',', ':')).encode(), 9, mtime=0))
    print(len(rows), 'streams,', sum(row[0][1] is not None for row in rows), 'bad,', path.stat().st_size, 'bytes')


if __name__ == '__main__':
    main()
