"""Stands between CPython's pickle tests and the C implementation, and records every loads and dumps."""
import contextlib
import copyreg
import io
import json
import pickle
import pickletools

import _pickle

from kit.pickle_graph import DumpGraph, LoadGraph, Opaque, encode64, python3_name

# The real things: what stands between them and the tests here is only looking on.
pickle_dump, unpickle_load = _pickle.Pickler.dump, _pickle.Unpickler.load


class Corpus:
    """Cases, each once, and the byte streams and graphs that they share; `test` is the method that runs."""

    def __init__(self):
        self.test = None
        self.streams, self.tests, self.graphs = [], [], []
        self.stream_index, self.test_index, self.graph_index = {}, {}, {}
        self.cases = {'loads': {}, 'dumps': {}}

    def stream(self, data):
        data = bytes(data)
        if data not in self.stream_index:
            self.stream_index[data] = len(self.streams)
            self.streams.append(data)
        return self.stream_index[data]

    def graph(self, roots, nodes):
        key = json.dumps([roots, nodes], separators=(',', ':'))
        if key not in self.graph_index:
            self.graph_index[key] = len(self.graphs)
            self.graphs.append([roots, nodes])
        return self.graph_index[key]

    def add(self, kind, case):
        if self.test not in self.test_index:
            self.test_index[self.test] = len(self.tests)
            self.tests.append(self.test)
        test = self.test_index[self.test]
        key = json.dumps(case, separators=(',', ':'))
        tests = self.cases[kind].setdefault(key, [])
        if test not in tests:
            tests.append(test)


corpus = Corpus()


def extensions():
    return [[code, *name] for code, name in sorted(copyreg._inverted_registry.items())]


def stream_protocol(data):
    """The protocol that a stream announces, or else the lowest one that has all of its opcodes."""
    if data[:1] == pickle.PROTO and len(data) > 1:
        return data[1]
    protocol = 0
    with contextlib.suppress(ValueError):  # genops reads less than the unpickler
        for opcode, _, _ in pickletools.genops(data):
            protocol = max(protocol, opcode.proto)
    return protocol


def first_pickle(data):
    """`data` up to its first STOP."""
    try:
        for opcode, _, position in pickletools.genops(data):
            if opcode.name == 'STOP':
                return data[:position + 1]
    except Exception:
        pass
    return data


class Observed(_pickle.Unpickler):
    """The C unpickler, telling which names it looked up and which persistent ids it met."""

    def __init__(self, file, **kwds):
        super().__init__(file, **kwds)
        self.found, self.persistent, self.fix_imports = [], [], kwds.get('fix_imports', True)

    def find_class(self, module, name):
        value = super().find_class(module, name)
        self.found.append((module, name, value))
        return value


def buffers_of(kwds):
    """`buffers` as JSON, and arguments in which one-way iterators can be read."""
    if kwds.get('buffers') is None:
        return None, kwds
    try:
        buffers = list(kwds['buffers'])
        shown = [[encode64(memoryview(each).tobytes()), memoryview(each).readonly] for each in buffers]
    except (TypeError, BufferError):
        return 'not iterable', kwds
    return shown, {**kwds, 'buffers': iter(buffers)}


def record_loads(data, kwds, make, load, **more):
    """Runs and records one load: `load(make(kwds))`."""
    shown, kwds = buffers_of(kwds)
    case = {'stream': corpus.stream(data)}
    for option in ('encoding', 'errors', 'fix_imports'):
        if option in kwds:
            case[option] = kwds[option]
    if shown is not None:
        case['buffers'] = shown
    if extensions():
        case['extensions'] = extensions()
    case.update(more)
    unpickler = None
    try:
        unpickler = make(kwds)
        value = load(unpickler)
    except BaseException as error:
        if is_no_class(error, unpickler):
            case['outside'] = 'what is named turns out to be no class'
        corpus.add('loads', {**case, 'error': type(error).__name__})
        raise
    case.update(loaded(value, unpickler, stream_protocol(data)))
    corpus.add('loads', case)
    return value


def is_no_class(error, unpickler):
    found = [value for _, _, value in getattr(unpickler, 'found', [])]
    return 'class argument must be a type' in str(error) and found and not isinstance(found[-1], type)


def loaded(value, unpickler, protocol):
    names = {}
    mapped = protocol < 3 and getattr(unpickler, 'fix_imports', True)
    for module, name, found in getattr(unpickler, 'found', []):
        names.setdefault(id(found), python3_name(module, name) if mapped else (module, name))
    graph = LoadGraph(protocol, names)
    try:
        root = graph.add(value)
        pairs = [[graph.add(each), graph.add(given)] for each, given in getattr(unpickler, 'persistent', [])]
        case = {'value': corpus.graph(root, graph.nodes)}
        if pairs:
            case['persistent'] = pairs
        if graph.outside:
            case['outside'] = graph.outside
        return case
    except Opaque as reason:
        return {'outside': str(reason)}


def loads(data, **kwds):
    return record_loads(data, kwds, lambda kwds: Observed(io.BytesIO(data), **kwds), unpickle_load)


def observe_dump(value, protocol, options, pickler=None):
    """The case of a dump that is about to happen; a loaded or shown value may change later."""
    protocol = pickle.DEFAULT_PROTOCOL if protocol is None else protocol
    protocol = pickle.HIGHEST_PROTOCOL if protocol < 0 else protocol
    case = {'protocol': protocol, **options}
    if extensions():
        case['extensions'] = extensions()
    graph = DumpGraph(protocol, pickler)
    try:
        graph.root = graph.add(value)
        case['value'] = corpus.graph(graph.root, graph.nodes)
        marks = graph.marks()
        if marks:
            case['marks'] = marks
        if graph.outside:
            case['outside'] = graph.outside
    except Opaque as reason:
        case['outside'] = str(reason)
    return case, graph


def record_dump(case, run):
    """Runs and records one dump; `run()` gives the bytes."""
    try:
        data = run()
    except BaseException as error:
        corpus.add('dumps', {**case, 'error': type(error).__name__})
        raise
    corpus.add('dumps', {**case, 'stream': corpus.stream(data)})
    return data


def dumps(value, protocol=None, *, fix_imports=True, buffer_callback=None):
    options = {} if fix_imports else {'fix_imports': False}
    taken = []
    if buffer_callback is not None:
        wanted = buffer_callback

        def buffer_callback(buffer):
            answer = wanted(buffer)
            taken.append([encode64(memoryview(buffer.raw()).tobytes()), bool(answer)])
            return answer
    case, _ = observe_dump(value, protocol, options)
    if buffer_callback is not None:
        case['buffers'] = taken
    return record_dump(case, lambda: pickle.dumps(value, protocol, fix_imports=fix_imports,
                                                  buffer_callback=buffer_callback))


class Tee:
    """What a pickler writes, and a copy of it."""

    def __init__(self, file):
        self.file, self.copy = file, bytearray()

    def write(self, chunk):
        self.copy += bytes(chunk)
        return self.file.write(chunk)


class RecordingPickler(_pickle.Pickler):
    def __init__(self, file, protocol=None, *args, **kwds):
        self._tee = Tee(file) if hasattr(file, 'write') else file
        self._protocol, self._plain = protocol, not args and not kwds
        super().__init__(self._tee, protocol, *args, **kwds)

    def dump(self, value):
        if not getattr(self, '_plain', False):  # some tests leave __init__ out
            return super().dump(value)
        fresh = len(self.memo.copy()) == 0
        case, _ = observe_dump(value, self._protocol, {'fast': True} if self.fast else {}, self)
        if not fresh:
            case['outside'] = 'the pickler has a memo of what it pickled before'
        start = len(self._tee.copy)

        def run():
            pickle_dump(self, value)
            return self._tee.copy[start:]
        record_dump(case, run)


class RecordingUnpickler(Observed):
    def __init__(self, file, **kwds):
        self._file, self._kwds = file, kwds
        super().__init__(file, **kwds)

    def load(self):
        data = self._rest()
        if data is None:
            return super().load()
        more = {'outside': 'the unpickler has a memo of what it read before'} if len(self.memo.copy()) else {}
        return record_loads(first_pickle(data), self._kwds, lambda _: self, unpickle_load, **more)

    def _rest(self):
        try:
            position = self._file.tell()
            data = self._file.read()
            self._file.seek(position)
            return data
        except (AttributeError, io.UnsupportedOperation):
            return None
