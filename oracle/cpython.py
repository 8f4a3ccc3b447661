"""CPython's own pickle tests as a corpus: fixtures/cpython/{loads,dumps}.json.gz.

Runs the test classes of test.test_pickle and test.test_pickletools with the C implementation, records every loads and
every dumps that they make, and writes each different one once. The format is told in fixtures/cpython/README.md.
Run with CPython 3.11: python3.11 oracle/cpython.py
"""
import collections
import gzip
import io
import json
import os
import pathlib
import pickle
import random
import struct
import sys
import threading
import time
import unittest
from unittest import mock

import _pickle
import pickletools
from test import test_pickle, test_pickletools

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent))
from kit.pickle_record import (Observed, RecordingPickler, RecordingUnpickler, corpus, dumps, loads, observe_dump,  # noqa: E402
                               record_dump, record_loads, unpickle_load)

OUT = pathlib.Path(__file__).resolve().parent.parent / 'fixtures' / 'cpython'


class Recorded:
    """The parts of the test classes that read and write."""
    pickler = RecordingPickler
    unpickler = RecordingUnpickler
    pickler_class = RecordingPickler
    unpickler_class = RecordingUnpickler

    def dumps(self, value, protocol=None, **kwds):
        return dumps(value, protocol, **kwds)

    def loads(self, data, **kwds):
        return loads(data, **kwds)


class Steady:
    """What differs from run to run, and from one machine to another, is always the same here."""

    def test_structseq(self):
        stat, statvfs = os.stat_result(range(10)), os.statvfs_result(range(10))
        with mock.patch('time.localtime', lambda: time.gmtime(0)), mock.patch('os.stat', lambda _: stat), \
                mock.patch('os.statvfs', lambda _: statvfs):
            super().test_structseq()


class Unpickling(Recorded, test_pickle.CUnpicklerTests):
    pass


class Pickling(Recorded, Steady, test_pickle.CPicklerTests):
    pass


class Optimized(Recorded, Steady, test_pickletools.OptimizedPickleTests):
    def dumps(self, value, protocol=None, **kwds):
        return pickletools.optimize(dumps(value, protocol, **kwds))


class Module(test_pickle.CPickleTests):
    Pickler, Unpickler = RecordingPickler, RecordingUnpickler
    dumps, loads = staticmethod(dumps), staticmethod(loads)


class Persistence:
    def dumps(self, value, protocol=None):
        test, pairs = self, []

        class Pickler(_pickle.Pickler):
            def persistent_id(self, each):
                pid = test.persistent_id(each)
                pairs.append((each, pid))
                return pid
        file = io.BytesIO()
        case, graph = observe_dump(value, protocol, {})

        def run():
            try:
                Pickler(file, protocol).dump(value)
            finally:
                case['persistent'] = [[graph.add(each), graph.add(pid)] for each, pid in pairs if pid is not None]
                case['value'] = corpus.graph(graph.root, graph.nodes)
            return file.getvalue()
        return record_dump(case, run)

    def loads(self, data, **kwds):
        test = self

        class Unpickler(Observed):
            def persistent_load(self, pid):
                value = test.persistent_load(pid)
                self.persistent.append((pid, value))
                return value

        return record_loads(data, kwds, lambda kwds: Unpickler(io.BytesIO(data), **kwds), unpickle_load, persistent=[])


class Persistent(Persistence, test_pickle.CPersPicklerTests):
    pass


class IdentityPersistent(Persistence, test_pickle.CIdPersPicklerTests):
    pass


class Objects(Recorded, test_pickle.CPicklerUnpicklerObjectTests):
    pass


class DispatchTable(Recorded, test_pickle.CDispatchTableTests):
    pass


class ChainDispatchTable(Recorded, test_pickle.CChainDispatchTableTests):
    pass


class Hook(test_pickle.CPicklerHookTests):
    class pickler_class(RecordingPickler, test_pickle.AbstractCustomPicklerClass):
        pass


CLASSES = [Unpickling, Pickling, Optimized, Module, Persistent, IdentityPersistent, Objects, DispatchTable,
           ChainDispatchTable, Hook]


class Result(unittest.TextTestResult):
    def startTest(self, test):
        corpus.test = test._testMethodName
        random.seed(0)
        super().startTest(test)


def written(kind):
    """The cases; those that end now one way, now another are told apart by `outside`."""
    cases = [{'tests': tests, **json.loads(key)} for key, tests in corpus.cases[kind].items()]
    ends = collections.defaultdict(set)

    def asked(case):
        return json.dumps({key: each for key, each in case.items() if key not in ('tests', 'error', 'stream')})
    if kind == 'dumps':
        for case in cases:
            ends[asked(case)].add('error' in case)
        for case in cases:
            if len(ends[asked(case)]) > 1 and 'value' in case:
                case['outside'] = 'objects that change what is being written'
    return cases


def write(name, value):
    path = OUT / f'{name}.gz'
    data = value if isinstance(value, bytes) else json.dumps(value, separators=(',', ':')).encode()
    path.write_bytes(gzip.compress(data, 9, mtime=0))
    print(f'{path.name}: {len(data)} -> {path.stat().st_size} bytes')


def main():
    loader = unittest.TestLoader()
    suite = unittest.TestSuite(loader.loadTestsFromTestCase(each) for each in CLASSES)
    result = unittest.TextTestRunner(resultclass=Result, verbosity=0).run(suite)
    OUT.mkdir(exist_ok=True)
    write('streams.bin', b''.join(struct.pack('<I', len(stream)) + stream for stream in corpus.streams))
    write('values.json', corpus.graphs)
    for kind in ('loads', 'dumps'):
        cases = written(kind)
        write(f'{kind}.json', {'tests': corpus.tests, 'cases': cases})
        outside = collections.Counter(case['outside'] for case in cases if 'outside' in case)
        print(kind, len(cases), 'cases,', sum('error' in case for case in cases), 'errors,', outside)
    print(len(corpus.streams), 'streams;', 'tests all pass' if result.wasSuccessful() else 'TESTS FAIL')


if __name__ == '__main__':
    # Sets of strs are written in the order of their hashes.
    if os.environ.get('PYTHONHASHSEED') != '0':
        os.execve(sys.executable, [sys.executable, *sys.argv], {**os.environ, 'PYTHONHASHSEED': '0'})
    sys.setrecursionlimit(20000)
    threading.stack_size(512 * 1024 * 1024)
    thread = threading.Thread(target=main)
    thread.start()
    thread.join()
