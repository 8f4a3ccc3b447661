"""Zip archives as Python, numpy and Info-ZIP write them, and what is in them.

Writes fixtures/zips.json: [how, archive as base64, {name: content as base64}]. Run with CPython 3.11, numpy and `zip`.
"""
import base64
import io
import json
import os
import pathlib
import subprocess
import tempfile
import zipfile

import numpy as np

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'zips.json'
FILES = {'data.pkl': b'\x80\x02}q\x00.', 'data/0': bytes(range(64)), 'empty': b'', 'text/wörter.txt': b'abc ' * 200}
DATE = (1980, 1, 1, 0, 0, 0)


class Stream(io.RawIOBase):
    """What cannot be sought: sizes and checksums go behind the contents."""

    def __init__(self):
        self.data = b''

    def writable(self):
        return True

    def write(self, data):
        self.data += bytes(data)
        return len(data)


def written(file, method, zip64=False, comment=b''):
    with zipfile.ZipFile(file, 'w', method) as archive:
        archive.comment = comment
        for name, content in FILES.items():
            info = zipfile.ZipInfo(name, DATE)
            info.compress_type = method
            with archive.open(info, 'w', force_zip64=zip64) as entry:
                entry.write(content)
    return file.data if isinstance(file, Stream) else file.getvalue()


def npz(save):
    file = io.BytesIO()
    save(file, a=np.arange(3.0), b=np.array(['x', None], dtype=object))
    return file.getvalue()


def info_zip(*options):
    """Names in ASCII: Info-ZIP writes others as UTF-8 without saying so."""
    files = {name.replace('ö', 'o'): content for name, content in FILES.items()}
    with tempfile.TemporaryDirectory() as folder:
        for name, content in files.items():
            path = pathlib.Path(folder, name)
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content)
            os.utime(path, (631152000, 631152000))
        subprocess.run(['zip', '-q', '-r', '-X', '-D', *options, 'out.zip', *files], cwd=folder, check=True, env=dict(os.environ, TZ='UTC'))
        return pathlib.Path(folder, 'out.zip').read_bytes()


def main():
    empty = io.BytesIO()
    zipfile.ZipFile(empty, 'w').close()
    archives = {
        'stored': written(io.BytesIO(), zipfile.ZIP_STORED), 'deflated': written(io.BytesIO(), zipfile.ZIP_DEFLATED),
        'zip64': written(io.BytesIO(), zipfile.ZIP_DEFLATED, zip64=True), 'streamed': written(Stream(), zipfile.ZIP_DEFLATED),
        'streamed zip64': written(Stream(), zipfile.ZIP_STORED, zip64=True),
        'comment': written(io.BytesIO(), zipfile.ZIP_STORED, comment=b'a comment PK'), 'empty': empty.getvalue(),
        'npz': npz(np.savez), 'npz compressed': npz(np.savez_compressed), 'zip': info_zip(), 'zip -0': info_zip('-0'),
    }
    rows = []
    for how, data in archives.items():
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = {name: base64.b64encode(archive.read(name)).decode() for name in archive.namelist()}
        rows.append([how, base64.b64encode(data).decode(), found])
    OUT.write_text('[\n' + ',\n'.join(json.dumps(row, separators=(',', ':')) for row in rows) + '\n]\n')
    print(len(rows), 'archives')


if __name__ == '__main__':
    main()
