"""Writes test/bessel.json: exact values of the modified Bessel function of the second kind. Run with mpmath."""

import json
import random
from pathlib import Path

from mpmath import besselk, mp, mpf

mp.dps = 40
path = Path(__file__).parent.parent / "test" / "bessel.json"
source = random.Random(3)
orders = [k / 2 for k in range(12)] + [source.uniform(0, 8) for _ in range(100)]
arguments = [source.choice([10 ** source.uniform(-8, 0.3), source.uniform(0.2, 4), source.uniform(0.5, 60)])
             for _ in orders]
values = [[nu, x, float(besselk(mpf(nu), mpf(x)))] for nu, x in zip(orders, arguments)]
path.write_text(json.dumps(values, separators=(",", ":")) + "\n")
