"""Python values as JSON graphs that keep identity and cycles; see fixtures/cpython/README.md."""
import _compat_pickle
import base64
import copyreg
import pickle
import types


class Opaque(Exception):
    """A value that the graph cannot say."""


def encode64(data):
    return base64.b64encode(bytes(data)).decode()


def python3_name(module, name):
    """Where the C unpickler finds a Python 2 name."""
    if (module, name) in _compat_pickle.NAME_MAPPING:
        return _compat_pickle.NAME_MAPPING[(module, name)]
    return _compat_pickle.IMPORT_MAPPING.get(module, module), name


def integer(value):
    """Decimal while it is short, else hexadecimal, which is quick to read at any size."""
    return 'i%d' % value if -2 ** 64 < value < 2 ** 64 else 'i%#x' % value


HEAP_TYPE = 1 << 9
SINGLETONS = {type(None): None, type(Ellipsis): ..., type(NotImplemented): NotImplemented}


class Graph:
    """Nodes by identity. A slot is a node's number, or None, a bool, 'i...' (int) or 'f...' (float) itself."""

    def __init__(self, protocol):
        self.protocol, self.nodes, self.outside, self.root = protocol, [], None, None
        self.numbers, self.alive = {}, []

    def add(self, value):
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is int:
            return integer(value)
        if kind is float:
            return 'f%r' % value
        if id(value) not in self.numbers:
            self.numbers[id(value)] = number = len(self.nodes)
            self.alive.append(value)
            self.nodes.append(None)
            self.nodes[number] = self.node(value, kind)
        return self.numbers[id(value)]

    def node(self, value, kind):
        if kind is str:
            if any('\ud800' <= a <= '\udbff' and '\udc00' <= b <= '\udfff' for a, b in zip(value, value[1:])):
                self.outside = 'a surrogate pair as two characters'
            return ['str', value]
        if kind in (bytes, bytearray):
            return [kind.__name__, encode64(value)]
        if kind in (dict, set, frozenset) and any(compares_itself(type(each)) for each in value):
            self.outside = 'keys that are compared by code of their classes'
        if kind in (list, tuple, set, frozenset):
            return [kind.__name__, [self.add(each) for each in value]]
        if kind is dict:
            return ['dict', [[self.add(key), self.add(each)] for key, each in value.items()]]
        if kind is pickle.PickleBuffer:
            return self.buffer(value)
        return self.other(value, kind)

    def buffer(self, value):
        view = memoryview(value)
        if not (view.c_contiguous or view.f_contiguous):
            raise Opaque('a buffer that is not contiguous')
        return ['buffer', encode64(value.raw().tobytes()), view.readonly]

    def other(self, value, kind):
        """Whatever is neither a plain container nor text, in the order in which the C pickler asks."""
        if kind is complex:
            return ['complex', 'f%r' % value.real, 'f%r' % value.imag]
        if value is Ellipsis or value is NotImplemented:
            return ['global', 'builtins', str(value)]
        reduced = self.overridden(value)
        if reduced is not NotImplemented:
            return self.reduction(value, reduced)
        if kind is type and value in SINGLETONS:
            return self.reduction(value, (type, (SINGLETONS[value],)))
        if kind in (type, types.FunctionType):
            return self.named(value, None)
        reducer = self.table().get(kind)
        if reducer is not None:
            return self.reduction(value, reducer(value))
        if isinstance(value, type):
            return self.named(value, None)
        before = dict(vars(value)) if kind.__flags__ & HEAP_TYPE and hasattr(value, '__dict__') else None
        try:
            return self.reduction(value, value.__reduce_ex__(self.protocol))
        except Opaque:
            raise
        except Exception as error:
            raise Opaque(f'an object that cannot be reduced: {type(error).__name__}') from error
        finally:
            # Some of the tests' classes count how often they are reduced.
            if before is not None and before != vars(value):
                value.__dict__.clear()
                value.__dict__.update(before)

    def overridden(self, value):
        return NotImplemented

    def table(self):
        return copyreg.dispatch_table

    def named(self, value, name):
        name = name or getattr(value, '__qualname__', None) or value.__name__
        return ['global', pickle.whichmodule(value, name), name]

    def reduction(self, value, reduced):
        if isinstance(reduced, str):
            return self.named(value, reduced)
        if type(reduced) is not tuple or not 2 <= len(reduced) <= 6 or type(reduced[1]) is not tuple:
            raise Opaque('__reduce__ gives something else than a call')
        self.alive.append(reduced)
        callable_, args, state, items, entries, setter = (*reduced, *[None] * (6 - len(reduced)))
        # An iterator is taken to pieces while its values stay alive, so that no two of them share an id.
        items = None if items is None else [self.add(self.kept(each)) for each in iterated(items)]
        entries = None if entries is None else [[self.add(self.kept(key)), self.add(self.kept(each))]
                                                for key, each in iterated(entries)]
        return ['reduce', self.add(callable_), self.add(args), self.add(state), items, entries, self.add(setter)]

    def kept(self, value):
        self.alive.append(value)
        return value


def compares_itself(kind):
    return kind.__flags__ & HEAP_TYPE and kind.__eq__ is not object.__eq__


def iterated(values):
    if not hasattr(values, '__next__'):
        raise Opaque('__reduce__ gives items that are no iterator')
    return values


class LoadGraph(Graph):
    """A value that was read. Classes and functions have the names by which the stream found them."""

    def __init__(self, protocol, names):
        super().__init__(protocol)
        self.names = names

    def other(self, value, kind):
        if id(value) in self.names:
            return ['global', *self.names[id(value)]]
        own = isinstance(getattr(kind, '__setstate__', None), types.FunctionType)
        if own and kind.__reduce__ is object.__reduce__ and kind.__reduce_ex__ is object.__reduce_ex__:
            self.outside = 'objects that take their state with code of their classes'
        return super().other(value, kind)


class DumpGraph(Graph):
    """A value that will be written by `pickler`, if one is given with reducers of its own."""

    def __init__(self, protocol, pickler=None):
        super().__init__(protocol)
        self.pickler = pickler

    def overridden(self, value):
        override = getattr(self.pickler, 'reducer_override', None)
        return NotImplemented if override is None else override(value)

    def table(self):
        return getattr(self.pickler, 'dispatch_table', None) or copyreg.dispatch_table

    def marks(self):
        """What makes the bytes depend on the identity of values that JavaScript compares by value."""
        texts = [node[1] for node in self.nodes if node[0] == 'str']
        return ['equal strs that are distinct objects'] if len(set(texts)) < len(texts) else []
