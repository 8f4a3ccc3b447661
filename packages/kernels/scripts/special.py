"""Writes test/special.json: what scipy.special gives. Run with numpy and scipy."""

import json
from pathlib import Path

import numpy as np
import scipy
from scipy import special

path = Path(__file__).parent.parent / "test" / "special.json"
random = np.random.RandomState(5)
wide = np.concatenate([[0.0, 1.0, -1.0, 0.7, 8.0, 26.5, -40.0], random.uniform(-6, 6, 60), random.uniform(-27, 27, 20)])
parts = np.concatenate([[0.0, 1.0, 0.5, 1e-300, 1e-20, 1 - 2.0**-53, 0.1353352832366127], random.rand(60),
                        10.0 ** random.uniform(-30, -1, 40)])
positive = np.concatenate([np.arange(1, 30) / 2.0, 10.0 ** random.uniform(-8, 9, 60), [0.0, 13.0, 1000.0, 1e8, 1e300]])
functions = {"erf": wide, "erfc": wide, "ndtr": wide, "ndtri": parts, "gammaln": positive,
             "psi": positive[positive > 0],
             "gamma": np.concatenate([positive, random.uniform(0, 180, 60)])}
values = {name: {"x": x.tolist(), "y": [str(v) if np.isinf(v) else v for v in getattr(special, name)(x).tolist()]}
          for name, x in functions.items()}
path.write_text(json.dumps({"scipy": scipy.__version__, **values}, separators=(",", ":")) + "\n")
