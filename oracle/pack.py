"""Pack the fixtures of older scikit-learn releases: thousands of small files become one archive per family.

    python3 oracle/pack.py [FAMILY ...]             loose files of older releases go into fixtures/FAMILY/older*.tar.xz
    python3 oracle/pack.py --unpack [FAMILY ...]    and come out of it again, to look at them or to run check.py

A file that lies loose replaces the one of the same name in the archive. Files of the newest release stay loose. The same
files give the same archive.
"""
import argparse
import io
import json
import os
import re
import tarfile

HERE = os.path.dirname(os.path.abspath(__file__))
FIXTURES = os.path.join(os.path.dirname(HERE), 'fixtures')
ARCHIVE = re.compile(r'^older(-\d+)?\.tar\.xz$')
LARGEST = 1900000  # bytes of one archive; what is more goes into several
RELEASED = re.compile(r'\.(?:sk|v)(\d[^/]*?)\.(json|pkl|joblib|txt|model)$')


# The newest release of the libraries whose files are named by it.
LIBRARIES = {'statsmodels': '0.15.0', 'prophet': '1.5.0', 'lifelines': '0.30.3'}


def newest():
    with open(os.path.join(HERE, 'versions.json')) as file:
        return json.load(file)['environments'][0]['scikit-learn']


def archives(folder):
    return sorted(os.path.join(folder, name) for name in os.listdir(folder) if ARCHIVE.match(name))


def packed(folder):
    files = {}
    for path in archives(folder):
        with tarfile.open(path) as archive:
            files.update((entry.name, archive.extractfile(entry).read()) for entry in archive)
    return files


def archive_of(names, files):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode='w:xz', preset=9, format=tarfile.USTAR_FORMAT) as archive:
        for name in names:
            entry = tarfile.TarInfo(name)
            entry.size = len(files[name])
            archive.addfile(entry, io.BytesIO(files[name]))
    return out.getvalue()


def in_parts(files):
    """As few archives as are not too large."""
    names = sorted(files, key=lambda name: (name.endswith('.json'), name))
    count = 1
    while True:
        size = -(-len(names) // count)
        parts = [archive_of(names[at:at + size], files) for at in range(0, len(names), size)]
        if max(map(len, parts)) <= LARGEST:
            return parts
        count += 1


def pack(folder, last):
    files = packed(folder)
    loose = [name for name in os.listdir(folder)
             if RELEASED.search(name) and RELEASED.search(name).group(1) != last]
    if not loose and all(os.path.getsize(path) <= LARGEST for path in archives(folder)):
        return
    for name in loose:
        stem = name.rsplit('.', 1)[0]
        for end in ('.pkl', '.joblib'):  # a case may have changed its container
            if not name.endswith('.json') and stem + end != name:
                files.pop(stem + end, None)
        with open(os.path.join(folder, name), 'rb') as file:
            files[name] = file.read()
    parts = in_parts(files)
    for path in archives(folder):
        os.remove(path)
    for at, part in enumerate(parts):
        with open(os.path.join(folder, 'older%s.tar.xz' % ('-%d' % (at + 1) if len(parts) > 1 else '')), 'wb') as file:
            file.write(part)
    for name in loose:
        os.remove(os.path.join(folder, name))
    print('%s: %d files, %d bytes' % (os.path.basename(folder), len(files), sum(map(len, parts))))


def unpack(folder):
    for name, content in packed(folder).items():
        with open(os.path.join(folder, os.path.basename(name)), 'wb') as file:
            file.write(content)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('families', nargs='*')
    parser.add_argument('--unpack', action='store_true')
    options = parser.parse_args()
    last = newest()
    for family in options.families or sorted(os.listdir(FIXTURES)):
        folder = os.path.join(FIXTURES, family)
        if os.path.isdir(folder):
            unpack(folder) if options.unpack else pack(folder, LIBRARIES.get(family, last))


if __name__ == '__main__':
    main()
