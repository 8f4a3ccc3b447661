"""Bodies of pickles without a memo, which can be put together as one likes: honest values, and what calls make of them."""
from __future__ import annotations

import io
import pickle
import pickletools
import random
import struct


def body(value: object, protocol: int = 4) -> bytes | None:
    """The opcodes that push a value, or nothing when it has none without a memo."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, protocol)
    pickler.fast = True  # no memo: what is shared is written again
    try:
        pickler.dump(value)
    except Exception:
        return None
    data = out.getvalue()[2:-1]  # behind PROTO, before STOP
    if data[:1] == b"\x95":
        data = data[9:]
    return None if len(data) > 4000 or b"\x95" in data[:1] else data


#: Opcodes that push one value, whatever lies below: None, numbers, texts, bytes, empty containers.
PUSHES = {b"N", b"\x88", b"\x89", b"K", b"M", b"J", b"G", b"\x8c", b"X", b"C", b"]", b"}", b")"}


def pieces(value: object) -> list[bytes]:
    """A pickle of a value, opcode by opcode, without PROTO, FRAME and STOP."""
    data = pickle.dumps(value, 4)
    if len(data) > 20_000:
        raise ValueError("too long to be changed often")
    places = [(opcode.name, position) for opcode, _, position in pickletools.genops(data)]
    ends = [position for _, position in places[1:]] + [len(data)]
    return [data[position:end] for (opcode, position), end in zip(places, ends) if opcode not in ("PROTO", "FRAME", "STOP")]


def text(value: str) -> bytes:
    raw = value.encode("utf-8", "surrogatepass")
    if len(raw) < 256:
        return b"\x8c" + bytes([len(raw)]) + raw
    return b"X" + struct.pack("<I", len(raw)) + raw


def name(module: str, attribute: str) -> bytes:
    return text(module) + text(attribute) + b"\x93"


def call(function: bytes, args: list[bytes], how: str = "reduce", kwargs: bytes | None = None) -> bytes:
    operands = b"(" + b"".join(args) + b"t"
    if how == "new":
        return function + operands + b"\x81"
    if how == "new_ex":
        return function + operands + (kwargs or b"}") + b"\x92"
    return function + operands + b"R"


def build(target: bytes, state: bytes) -> bytes:
    return target + state + b"b"


def dict_of(pairs: list[tuple[bytes, bytes]]) -> bytes:
    return b"}(" + b"".join(key + value for key, value in pairs) + b"u"


#: What an attacker would write where a text, a number or a container is asked for.
TEXTS = [
    "x", "made_by_gadget", "./made_by_gadget", "/tmp/gadget_watch/made", "k", "eval", "exec", "os", "os.system", "system", "subprocess",
    "__import__('os').mkdir('made_by_gadget')", "@__import__('os').mkdir('made_by_gadget')", "numpy", "f8", "i4", "O", "M8[ns]", "U5",
    "f8,i4", "{'a': 1}", "__class__", "__globals__", "__array__", "__reduce__", "__init__", "mkdir", "write_text", "to_pickle", "to_csv",
    "tofile", "dump", "agg", "apply", "query", "pipe", "map", "utf-8", "latin1", "rot13", "zlib_codec", "../../etc/passwd", "Europe/Paris",
    "UTC", "D", "2020-01-01", "[a-z]+", "(a+)+$", "euclidean", "pyfunc", "minkowski", "rbf", "a", "b", "1", "0.5", "nan", "inf", "",
    "python", "C", "F", "index", "columns", "values", "file:made_by_gadget", "http://127.0.0.1:9/x", "file://made_by_gadget",
]
ATTRIBUTES = [
    "__array__", "__array_interface__", "__array_struct__", "__array_ufunc__", "__array_function__", "__class__", "__dict__", "__len__",
    "__iter__", "__getitem__", "__hash__", "__eq__", "__call__", "__float__", "__index__", "__int__", "__bool__", "__fspath__", "__reduce__",
    "__reduce_ex__", "__setstate__", "__getstate__", "__del__", "keys", "items", "values", "get", "update", "append", "extend", "dtype",
    "shape", "_mgr", "_data", "data", "k", "x", "func", "args", "keywords", "default_factory", "name", "_name", "__name__", "__doc__",
    "__module__", "__wrapped__", "__init__", "__new__", "__getattr__", "__setattr__", "_flavour", "_accessor", "_str", "_parts", "_drv",
    "_root", "_tail_cached", "_raw_paths", "metric", "metric_params", "estimator", "steps", "transformers", "kernel", "memory", "location",
    "_parse_arg_template", "a", "b", "_cache", "_cached", "_metadata", "_typ", "attrs", "_flags", "__pyx_vtable__", "__slotnames__",
]
ATOMS = [b"N", b"\x88", b"\x89", b"K\x00", b"K\x01", b"K\x05", b"M\xff\x01", b"J\xff\xff\xff\xff", b"]", b"}", b")", b"\x8f", b"C\x02ab"]


def atom(rng: random.Random) -> bytes:
    pick = rng.random()
    if pick < 0.55:
        return text(rng.choice(TEXTS))
    if pick < 0.95:
        return rng.choice(ATOMS)
    return b"G" + struct.pack(">d", rng.choice([0.0, 1.5, float("nan"), float("inf"), -1e308]))
