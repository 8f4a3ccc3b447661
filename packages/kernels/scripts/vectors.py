"""Writes test/libm.json: what this machine's libm gives. Run with glibc 2.28 to 2.38 on x86-64:

    python3 scripts/vectors.py fused            (exp, log, pow: a processor with FMA)
    GLIBC_TUNABLES=glibc.cpu.hwcaps=-FMA,-AVX2,-FMA_Usable,-AVX2_Usable python3 scripts/vectors.py plain

For each function: 120 arguments and results, bit for bit, and a digest of 2^20 more, whose arguments the test makes
itself. expit is scipy's formula, 1 / (1 + exp(-x)). pow takes the same arguments, the exponents from the end.
"""

import base64
import json
import math
import platform
import sys
from pathlib import Path

import numpy as np

path = Path(__file__).parent.parent / "test" / "libm.json"
nan = float("nan")


def mix(i):
    h = i.astype(np.uint32)
    for multiplier, shift in ((0x85EBCA6B, 16), (0xC2B2AE35, 13)):
        h = (h ^ (h >> np.uint32(shift))) * np.uint32(multiplier)
    return h ^ (h >> np.uint32(16))


def arguments(n):
    """A quarter each in -3..3, -40..40, -750..750, and any double."""
    i = np.arange(n, dtype=np.uint32)
    high, low = mix(2 * i), mix(2 * i + np.uint32(1))
    unit = high * 2.0**-32 + low * 2.0**-64 - 0.5
    x = np.choose(i & 3, [unit * 6, unit * 80, unit * 1500, 0])
    any_double = (high.astype(np.uint64) << np.uint64(32) | low).view(np.float64)
    return np.where(i & 3 == 3, any_double, x)


def call(function):
    def total(x):
        try:
            return function(x)
        except OverflowError:
            return math.inf
        except ValueError:
            return -math.inf if x in (0, -1) and not math.isinf(x) else nan

    return lambda xs: np.array([total(x) for x in xs.tolist()])


def digest(y):
    bits = np.where(np.isnan(y), np.float64(nan), y).view(np.uint64)
    bits[np.isnan(y)] = 0x7FF8000000000000
    high, low = (bits >> np.uint64(32)).astype(np.uint32), bits.astype(np.uint32)
    odd = 2 * np.arange(len(y), dtype=np.uint32) + np.uint32(1)
    return int(np.sum((high * np.uint32(31) ^ low) * odd, dtype=np.uint32))


def expit(x):
    return 1 / (1 + exp(-x))


def exp(x):
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def power(x, y):
    try:
        return math.pow(x, y)
    except OverflowError:
        return math.inf if x > 0 or y % 2 == 0 else -math.inf
    except ValueError:
        odd = x == 0 and math.copysign(1, x) < 0 and abs(y) < 2**53 and y % 2 == 1
        return nan if x != 0 else -math.inf if odd else math.inf


def powers(xs):
    return np.array([power(x, y) for x, y in zip(xs.tolist(), xs[::-1].tolist())])


edges = [0, -0.0, 1, -1, 5e-324, -5e-324, 2.0**-1022, 2.0**-54, -(2.0**-55), 1e308, -1e308, math.inf, -math.inf, nan]
edges += [709.782712893384, 709.7827128933841, -708.3964185322641, -745.1332191019411, -745.1332191019412, -740.5, 512, -512]
edges += [0.9375, 1.064697265625, 0.41421356, -0.2928932, 1 + 2.0**-52, 1 - 2.0**-53, 22, -22, 38.8162, 2.0**53]
groups = {"fused": {"exp": exp, "log": math.log, "expit": expit}, "plain": {"expm1": math.expm1, "tanh": math.tanh, "log1p": math.log1p}}
np.seterr(all="ignore")
data = json.loads(path.read_text()) if path.exists() else {}
data["libm"] = platform.libc_ver()[1]
many = arguments(2**20)
few = np.concatenate([np.array(edges), many[: 120 - len(edges)]])
data["x"] = base64.b64encode(few.tobytes()).decode()
for name, function in groups[sys.argv[1]].items():
    of = call(function)
    scaled = (lambda x: np.abs(x)) if name == "log" else (lambda x: x)
    data[name] = {"y": base64.b64encode(of(scaled(few)).tobytes()).decode(), "digest": digest(of(scaled(many)))}
if sys.argv[1] == "fused":
    data["pow"] = {"y": base64.b64encode(powers(few).tobytes()).decode(), "digest": digest(powers(many))}
path.write_text(json.dumps(data, indent=1) + "\n")
