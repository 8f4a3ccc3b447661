"""Looks for pickles that scan clean and do something else than make values when Python loads them.

Snippets that the scanner's table calls safe are put together at random, guided by what fitted before; what scans clean is loaded
under an audit hook. Every event is a hole, and its file is kept.

    python oracle/gadgets.py --cases 100000 --seed 1 --keep found/ [--ignore 'builtins\\.getattr|defaultdict']

`--ignore` takes findings whose words match away: it opens a hole again, to see whether the search finds it.
"""
from __future__ import annotations

import argparse
import collections
import contextlib
import importlib
import io
import json
import os
import pathlib
import pickletools
import random
import struct
import subprocess
import sys
import tempfile
import time
import warnings

sys.path.insert(0, str(pathlib.Path(__file__).parent))
from gadget_search import honest, trap
from gadget_search.snippets import ATTRIBUTES, PUSHES, TEXTS, atom, body, build, call, dict_of, name, pieces, text

ROOT = pathlib.Path(__file__).parent.parent
TSX = ["node", "--import", "tsx", "--conditions=curtido-source"]
BATCH = 2000
#: Snippets of one type that are kept.
KEPT = 60


class Search:
    def __init__(self, seed: int, table: list[dict], ignore: str) -> None:
        self.rng = random.Random(seed)
        self.pool: dict[str, list[bytes]] = collections.defaultdict(list)
        #: Of each callable, the types of operands that it took.
        self.took: dict[bytes, list[tuple[str, ...]]] = collections.defaultdict(list)
        self.states: dict[str, list[bytes]] = collections.defaultdict(list)
        self.callables: list[tuple[bytes, str]] = []
        self.named: list[bytes] = []
        self.words = [text(each) for each in TEXTS + ATTRIBUTES]
        #: Whether what is made next begins the pickle: only then may it have a memo.
        self.outermost = False
        self.methods: dict[str, list[str]] = {}
        #: Honest pickles, opcode by opcode.
        self.wholes: list[list[bytes]] = []
        self.table(table)
        self.begin()
        command = [*TSX, "scripts/scan_stream.ts", *(["--ignore", ignore] if ignore else [])]
        self.scanner = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def table(self, table: list[dict]) -> None:
        """The names that this Python has; their modules are imported now."""
        for each in table:
            with contextlib.suppress(BaseException), contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                found = importlib.import_module(each["module"])
                for part in each["name"].split("."):
                    found = getattr(found, part)
                snippet = name(each["module"], each["name"])
                self.named.append(snippet)
                self.words += [text(each["module"]), text(each["name"])]
                if each["call"] != "never" or each["groups"]:
                    self.callables.append((snippet, each["call"]))

    def begin(self) -> None:
        """Honest values, their states, and the methods that each kind has."""
        import pickle

        for value in honest.standard() + honest.scientific():
            snippet = body(value)
            if snippet is not None:
                kind = f"{type(value).__module__}.{type(value).__qualname__}"
                self.add(kind, snippet)
                self.methods[kind] = [each for each in dir(type(value)) if not each.startswith("_")] or ["x"]
            with contextlib.suppress(Exception):
                self.wholes.append(pieces(value))
            with contextlib.suppress(Exception):
                reduced = value.__reduce_ex__(4)
                if len(reduced) > 2 and reduced[2] is not None:
                    state = body(reduced[2])
                    if state is not None:
                        self.states[f"{type(value).__module__}.{type(value).__qualname__}"].append(state)
        del pickle

    def add(self, kind: str, snippet: bytes) -> None:
        known = self.pool[kind]
        if len(known) < KEPT:
            known.append(snippet)
        else:
            known[self.rng.randrange(KEPT)] = snippet

    # What is made

    def value(self, depth: int) -> tuple[str, bytes]:
        """A value, with its type as far as it is known."""
        pick = self.rng.random()
        if depth == 0 or pick < 0.25:
            return "atom", atom(self.rng)
        if pick < 0.6:
            kind = self.rng.choice(list(self.pool))
            return kind, self.rng.choice(self.pool[kind])
        if pick < 0.7:
            return "named", self.rng.choice(self.named)
        if pick < 0.8:
            return self.container(depth - 1)
        return "made", self.made(depth - 1)[0]

    def container(self, depth: int) -> tuple[str, bytes]:
        parts = [self.value(depth)[1] for _ in range(self.rng.randrange(4))]
        how = self.rng.randrange(4)
        if how == 0:
            return "list", b"](" + b"".join(parts) + b"e"
        if how == 1:
            return "tuple", b"(" + b"".join(parts) + b"t"
        if how == 2:
            return "dict", dict_of([(self.key(depth), part) for part in parts])
        return "set", b"\x8f(" + b"".join(parts) + b"\x90"

    def key(self, depth: int) -> bytes:
        if self.rng.random() < 0.85:
            return text(self.rng.choice(ATTRIBUTES))
        return self.value(depth)[1]

    def method(self) -> bytes:
        """A bound method, in one of the ways to take one."""
        kind = self.rng.choice(list(self.methods))
        owner, attribute = self.rng.choice(self.pool[kind]), text(self.rng.choice(self.methods[kind]))
        if self.rng.random() < 0.8:
            return call(name("builtins", "getattr"), [owner, attribute])
        return call(call(name("operator", self.rng.choice(["attrgetter", "methodcaller"])), [attribute]), [owner])

    def callable(self, depth: int) -> bytes:
        """Something that can be called, with operands of its own or without."""
        pick = self.rng.random()
        found = self.method() if pick < 0.6 else self.rng.choice(self.named)
        if self.rng.random() < 0.5:
            operands = [self.value(max(0, depth - 2))[1] for _ in range(self.rng.randrange(3))]
            found = call(name("functools", "partial"), [found, *operands])
        return found

    def asked(self, depth: int) -> bytes:
        """Something that calls what it is given: a hole wherever it scans clean with what acts."""
        function = self.callable(depth)
        pick = self.rng.randrange(6)
        if pick < 2:
            default = call(name("collections", "defaultdict"), [function])
            return call(name("builtins", "dict"), [call(name("collections", "ChainMap"), [default, dict_of([(text("k"), b"K\x01")])])])
        if pick == 2:
            return call(name("builtins", self.rng.choice(["list", "tuple", "set"])), [call(name("builtins", "map"), [function, b"](K\x01e"])])
        if pick == 3:
            ctor = self.rng.choice(["__generator_ctor", "__bit_generator_ctor", "__randomstate_ctor"])
            return call(name("numpy.random._pickle", ctor), [self.value(1)[1], function])
        if pick == 4:
            return call(function, [self.value(1)[1] for _ in range(self.rng.randrange(3))])
        holder = build(call(name("types", "SimpleNamespace"), []), dict_of([(text(self.rng.choice(ATTRIBUTES)), function)]))
        return call(self.rng.choice(self.callables)[0], [holder])

    def changed(self, depth: int) -> bytes:
        """An honest pickle, in which something else stands in a few places."""
        parts = list(self.rng.choice(self.wholes))
        places = [at for at, part in enumerate(parts) if part[:1] in PUSHES]
        for at in self.rng.sample(places, min(len(places), self.rng.randrange(1, 4))):
            if parts[at][:1] == b"\x8c" and self.rng.random() < 0.6:
                parts[at] = self.rng.choice(self.words)
            else:
                parts[at] = self.value(depth)[1]
        return b"".join(parts)

    def of_type(self, kind: str, depth: int) -> tuple[str, bytes]:
        if kind in self.pool and kind != "atom":
            return kind, self.rng.choice(self.pool[kind])
        if kind == "named":
            return kind, self.rng.choice(self.named)
        if kind == "atom":
            return kind, atom(self.rng)
        return self.value(depth)

    def made(self, depth: int) -> tuple[bytes, tuple[bytes, tuple[str, ...]] | None]:
        """A call, or a state that is given; with what it was made of."""
        pick = self.rng.random()
        if pick < 0.1:
            return self.asked(depth), None
        if pick < 0.35 and self.outermost:
            self.outermost = False
            return self.changed(depth), None
        if pick < 0.7:
            function, rule = self.rng.choice(self.callables)
            known = self.took.get(function)
            if known and self.rng.random() < 0.7:
                operands = [self.of_type(kind, depth) for kind in self.rng.choice(known)]
                if operands and self.rng.random() < 0.5:
                    operands[self.rng.randrange(len(operands))] = self.value(depth)
            else:
                operands = [self.value(depth) for _ in range(self.rng.choice([0, 0, 1, 1, 1, 2, 2, 3, 4]))]
            how = self.rng.choice(["reduce", "reduce", "reduce", "new", "new_ex"])
            kwargs = None
            if how == "new_ex" and self.rng.random() < 0.5:
                kwargs = dict_of([(text(self.rng.choice(ATTRIBUTES)), self.value(depth)[1])])
            return call(function, [part for _, part in operands], how, kwargs), (function, tuple(kind for kind, _ in operands))
        if pick < 0.93:
            kind, target = self.value(max(depth, 1))
            return build(target, self.state(kind, depth)), None
        kind, target = self.value(max(depth, 1))
        if pick < 0.97:
            return target + b"(" + self.key(depth) + self.value(depth)[1] + b"u", None
        return target + b"(" + self.value(depth)[1] + b"e", None

    def state(self, kind: str, depth: int) -> bytes:
        known = self.states.get(kind)
        pick = self.rng.random()
        if known and pick < 0.4:
            state = self.rng.choice(known)
            # One text in it becomes another, or a name.
            return state
        pairs = [(text(self.rng.choice(ATTRIBUTES)), self.value(depth)[1]) for _ in range(self.rng.randrange(1, 4))]
        if pick < 0.8:
            return dict_of(pairs)
        if pick < 0.9:
            return b"N" + dict_of(pairs) + b"\x86"
        return self.container(depth)[1]

    # What becomes of it

    def batch(self) -> list[tuple[bytes, tuple[bytes, tuple[str, ...]] | None]]:
        cases = []
        while len(cases) < BATCH:
            self.outermost = True
            snippet, made_of = self.made(self.rng.randrange(1, 5))
            if len(snippet) < 20_000:
                cases.append((snippet, made_of))
        return cases

    def send(self, streams: list[bytes]) -> None:
        """Has streams scanned, while something else is done."""
        assert self.scanner.stdin is not None
        self.scanner.stdin.write(b"".join(struct.pack("<I", len(stream)) + stream for stream in streams))
        self.scanner.stdin.flush()

    def verdicts(self, streams: list[bytes]) -> bytes:
        assert self.scanner.stdout is not None
        verdicts = b""
        while len(verdicts) < len(streams):
            verdicts += self.scanner.stdout.read1(len(streams) - len(verdicts))
        return verdicts


def loaded(streams: list[bytes], watch: str) -> list[tuple[str | None, list[str]]]:
    """Loads in a child; one that ends has crashed at the case that it did not tell of."""
    results: list[tuple[str | None, list[str]]] = []
    while len(results) < len(streams):
        rest = streams[len(results) :]
        read, write = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            trap.run(rest, write, watch)
        os.close(write)
        with os.fdopen(read) as lines:
            told = [json.loads(line) for line in lines if line.endswith("\n")]
        _, status = os.waitpid(child, 0)
        results += [(kind, heard) for kind, heard in told]
        if len(told) < len(rest):
            results.append((None, [f"crash: status {status}"]))
    return results


def innermost(stream: bytes) -> str:
    """The names in a stream, the last ones first."""
    texts = [argument for _, argument, _ in pickletools.genops(stream) if isinstance(argument, str)]
    return " ".join(texts[-6:])[:100]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=100_000, help="how many that Python loads without an error")
    parser.add_argument("--seconds", type=float, default=1e9)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--keep", default="")
    parser.add_argument("--ignore", default="")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    policy = subprocess.run([*TSX, "scripts/policy.ts"], cwd=ROOT, capture_output=True, check=True).stdout
    search = Search(options.seed, json.loads(policy)["names"], options.ignore)
    watch = tempfile.mkdtemp(prefix="gadget-")
    counts = collections.Counter()
    holes: dict[str, bytes] = {}
    began = time.time()
    coming = None
    while counts["loaded"] < options.cases and time.time() - began < options.seconds:
        made = search.batch()
        sent = [b"\x80\x04" + snippet + b"." for snippet, _ in made]
        if coming is None:
            search.send(sent)
            coming = made, sent
            continue
        batch, streams = coming
        verdicts = search.verdicts(streams)
        search.send(sent)
        coming = made, sent
        clean = [at for at, verdict in enumerate(verdicts) if verdict == ord("c")]
        counts["made"] += len(batch)
        counts["clean"] += len(clean)
        for at, (kind, heard) in zip(clean, loaded([streams[at] for at in clean], watch)):
            snippet, made_of = batch[at]
            if kind is not None:
                counts["loaded"] += 1
            if kind is not None and b"\x94" not in snippet:
                search.add(kind, snippet)
                if made_of is not None and len(search.took[made_of[0]]) < 30:
                    search.took[made_of[0]].append(made_of[1])
            if heard:
                counts["crashed" if heard[0].startswith("crash") else "heard"] += 1
                holes.setdefault(f"{heard[0][:60]} {innermost(streams[at]) if heard[0].startswith('crash') else ''}", streams[at])
        left = os.listdir(watch)
        if left:
            counts["files"] += 1
            print("the watched folder holds", left, "after a batch of", len(clean))
            for entry in left:
                path = pathlib.Path(watch, entry)
                path.rmdir() if path.is_dir() else path.unlink()
    if options.keep:
        folder = pathlib.Path(options.keep)
        folder.mkdir(parents=True, exist_ok=True)
        for at, stream in enumerate(holes.values()):
            (folder / f"{options.seed}-{at}.pkl").write_bytes(stream)
    versions = {key: sys.modules[key].__version__ for key in ("numpy", "pandas", "scipy", "sklearn") if key in sys.modules}
    said = {"python": sys.version.split()[0], **versions, "names": len(search.named), "seconds": round(time.time() - began), **counts}
    print(json.dumps({**said, "holes": list(holes)}))


if __name__ == "__main__":
    main()
