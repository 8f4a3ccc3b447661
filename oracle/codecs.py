"""Compressed data as Python's libraries write it, whole and damaged, and what they read from it.

Writes fixtures/codecs.json: [format, whole | joined | damaged, stream as base64, [length, sha256 of what comes out] | null
when it is refused].
Run with CPython 3.11 and `pip install lz4==4.4.5 zstandard==0.25.0`.
"""
import base64
import bz2
import gzip
import hashlib
import io
import json
import lzma
import pathlib
import random
import struct
import zlib

import lz4.frame
import zstandard

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'codecs.json'
MUTATED_OF_EACH = 10


def samples():
    rng = random.Random(0)
    words = ['alpha', 'beta', 'gamma', 'delta\n', 'epsilon']
    return {
        'empty': b'', 'one': b'\x07', 'zeros': bytes(100000), 'random': rng.randbytes(150),
        'text': ' '.join(rng.choice(words) + str(rng.randrange(30)) for _ in range(350)).encode(),
        'floats': struct.pack('<60d', *[round(1 / (i + 1), 2) for i in range(60)]),
        'runs': b''.join(bytes([i % 7]) * (i * 3) for i in range(30)),
    }


def lzma_writer(**options):
    return lambda data: lzma.compress(data, **options)


def zstd_writer(level, **options):
    return lambda data: zstandard.ZstdCompressor(level=level, **options).compress(data)


def zstd_stream(data):
    """Flushed half-way: several blocks, and no size in the header."""
    writer = zstandard.ZstdCompressor(level=5).compressobj()
    half = len(data) // 2
    return writer.compress(data[:half]) + writer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK) + writer.compress(data[half:]) + writer.flush()


def lz4_writer(**options):
    return lambda data: lz4.frame.compress(data, **options)


WRITERS = {
    'zlib': [zlib.compress, lambda data: zlib.compress(data, 9), lambda data: zlib.compress(data, 0)],
    'gzip': [lambda data: gzip.compress(data, 6, mtime=0)],
    'bz2': [bz2.compress, lambda data: bz2.compress(data, 1)],
    'lzma': [lzma_writer(format=lzma.FORMAT_ALONE), lzma_writer(format=lzma.FORMAT_ALONE, filters=[
        {'id': lzma.FILTER_LZMA1, 'lc': 0, 'lp': 2, 'pb': 0, 'dict_size': 4096}])],
    'xz': [lzma.compress, lzma_writer(check=lzma.CHECK_CRC32, preset=0), lzma_writer(check=lzma.CHECK_SHA256), lzma_writer(
        check=lzma.CHECK_NONE, filters=[{'id': lzma.FILTER_DELTA, 'dist': 8}, {'id': lzma.FILTER_LZMA2, 'preset': 6}])],
    'lz4': [lz4_writer(), lz4_writer(block_linked=False, block_checksum=True, content_checksum=True, store_size=False),
            lz4_writer(compression_level=9, block_size=lz4.frame.BLOCKSIZE_MAX64KB)],
    'zstd': [zstd_writer(1), zstd_writer(19, write_checksum=True), zstd_writer(-5), zstd_stream],
}


def read_zstd(data):
    out = zstandard.ZstdDecompressor().stream_reader(io.BytesIO(data), read_across_frames=True).read()
    for frame in frames(data):
        if frame is False:
            raise ValueError('the last frame is cut off')
    return out


def frames(data):
    """True for each frame that is complete, False for one that is not: stream_reader does not say."""
    while data:
        reader = zstandard.ZstdDecompressor().decompressobj()
        if data[:4] != b'\x28\xb5\x2f\xfd':
            yield False
            return
        reader.decompress(data)
        yield reader.eof
        data = reader.unused_data


def read_zlib(data):
    reader = zlib.decompressobj()
    out = reader.decompress(data)
    if not reader.eof:
        raise EOFError
    return out


READERS = {
    'zlib': read_zlib, 'gzip': gzip.decompress, 'bz2': lambda data: bz2.BZ2File(io.BytesIO(data)).read(),
    'lzma': lambda data: lzma.LZMAFile(io.BytesIO(data)).read(), 'xz': lambda data: lzma.LZMAFile(io.BytesIO(data)).read(),
    'lz4': lambda data: lz4.frame.LZ4FrameFile(io.BytesIO(data)).read(), 'zstd': read_zstd,
}


def verdict(kind, data):
    try:
        out = READERS[kind](data)
    except Exception:
        return None
    return [len(out), hashlib.sha256(out).hexdigest()]


def mutated(rng, stream):
    stream = bytearray(stream)
    kind = rng.randrange(4)
    if kind == 0:
        return bytes(stream[:rng.randrange(len(stream))])
    if kind == 1:
        return bytes(stream) + rng.choice([b'\0', bytes(4), b'junk', bytes(range(30))])
    for _ in range(rng.randrange(1, 3)):
        at = rng.randrange(len(stream))
        stream[at] = rng.randrange(256) if kind == 2 else stream[at] ^ (1 << rng.randrange(8))
    return bytes(stream)


def main():
    rng = random.Random(1)
    rows = []

    def add(kind, how, stream):
        rows.append([kind, how, base64.b64encode(stream).decode(), verdict(kind, stream)])

    for kind, writers in WRITERS.items():
        for writer in writers:
            streams = {name: writer(data) for name, data in samples().items()}
            for stream in streams.values():
                add(kind, 'whole', stream)
            add(kind, 'joined', streams['one'] + streams['runs'])
            for name in ['one', 'runs', 'floats']:
                for _ in range(MUTATED_OF_EACH):
                    add(kind, 'damaged', mutated(rng, streams[name]))
    OUT.write_text('[\n' + ',\n'.join(json.dumps(row, separators=(',', ':')) for row in rows) + '\n]\n')
    print(len(rows), 'streams,', sum(1 for row in rows if row[3]), 'accepted')


if __name__ == '__main__':
    main()
