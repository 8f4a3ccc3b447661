"""How long pickle.load takes on one file, without start-up and imports, and the memory at its highest.

    python bench/python/load_time.py FILE
"""
import json
import pickle
import resource
import sys
import time

import sklearn.ensemble  # noqa: F401  what the file names is imported before the clock starts

before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
start = time.perf_counter()
with open(sys.argv[1], "rb") as file:
    model = pickle.load(file)
seconds = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
print(json.dumps({"milliseconds": seconds * 1000, "bytes": peak - before, "first": float(model.predict([[0.0] * 20])[0])}))
