"""Microseconds per row: one row a call, and 1,000 rows a call.

    python bench/python/predict_time.py MODEL.pkl MODEL.json SECONDS
"""
import json
import pickle
import sys
import time

import numpy as np


def per_row(call, rows, seconds):
    """The best of three runs of `seconds`; `call(i)` predicts `rows` rows."""
    best = float("inf")
    for _ in range(3):
        calls, start, took = 0, time.perf_counter(), 0.0
        while took < seconds:
            call(calls)
            calls += 1
            took = time.perf_counter() - start
        best = min(best, took / calls / rows)
    return best * 1e6


with open(sys.argv[1], "rb") as file:
    model = pickle.load(file)
with open(sys.argv[2]) as file:
    X = np.array(json.load(file)["rows"])
seconds = float(sys.argv[3])
ones = [X[i : i + 1] for i in range(len(X))]
model.predict(X)
single = per_row(lambda i: model.predict(ones[i % len(ones)]), 1, seconds)
batch = per_row(lambda i: model.predict(X), len(X), seconds)
print(json.dumps({"single": single, "batch": batch}))
