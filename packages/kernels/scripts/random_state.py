"""Writes test/random_state.json: what numpy.random.RandomState draws. Run with numpy."""

import json
from pathlib import Path

import numpy as np

PROBABILITIES = [[0.2, 0.5, 0.3], [0.0, 0.7, 0.1, 0.2], [0.999, 0.001], [1.0]]


def draws(seed):
    def fresh():
        return np.random.RandomState(seed)
    return {
        "seed": seed,
        "words": [int(v) for v in fresh().randint(0, 2**32, size=3, dtype=np.uint32)],
        "random": fresh().random_sample(700)[-3:].tolist(),
        "below": {str(end): fresh().randint(end, size=12).tolist() for end in (1, 2, 7, 256, 1000003, 2**32 - 1)},
        "outcome": [fresh().multinomial(1, p, size=12).argmax(1).tolist() for p in PROBABILITIES],
    }


path = Path(__file__).parent.parent / "test" / "random_state.json"
path.write_text(json.dumps({"numpy": np.__version__, "probabilities": PROBABILITIES,
                            "draws": [draws(seed) for seed in (0, 1, 42, 2**32 - 1)]}, separators=(",", ":")) + "\n")
