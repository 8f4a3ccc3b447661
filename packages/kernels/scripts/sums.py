"""Writes test/sums.json: what numpy's add.reduce gives for the numbers that test/sum.test.ts makes itself."""

import json
from pathlib import Path

import numpy as np


def numbers(n):
    i = np.arange(n, dtype=np.uint32)
    h = i * np.uint32(0x9E3779B1)
    h ^= h >> np.uint32(15)
    h *= np.uint32(0x85EBCA6B)
    return (h * 2.0**-32 - 0.5) * 10.0 ** (i % 7)


lengths = [0, 1, 2, 7, 8, 9, 15, 16, 127, 128, 129, 135, 136, 255, 256, 257, 1000, 1031, 4096, 8191, 8192, 8200, 100003]
shapes = [[1, 1], [5, 1], [300, 1], [1, 300], [300, 3], [7, 130], [131, 129], [3, 1000], [1000, 8]]
data = {"numpy": np.__version__, "lengths": lengths, "shapes": shapes}
data["float64"] = [float(numbers(n).sum()) for n in lengths]
data["float32"] = [float(numbers(n).astype(np.float32).sum()) for n in lengths]
data["every third"] = [float(numbers(3 * n)[::3].sum()) for n in lengths]
for axis, name in ((0, "columns"), (1, "rows")):
    data[name] = [numbers(n * m).reshape(n, m).sum(axis=axis).tolist() for n, m in shapes]
    data[name] = [a if len(a) < 40 else [a[0], a[-1], float(np.cumsum(a)[-1])] for a in data[name]]
path = Path(__file__).parent.parent / "test" / "sums.json"
path.write_text(json.dumps(data) + "\n")
