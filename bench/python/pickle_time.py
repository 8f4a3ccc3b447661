"""The same for CPython's C implementation, with its garbage collector on.

    python bench/python/pickle_time.py loads|dumps FILE ROUNDS
"""
import gc
import json
import pickle
import sys
import time

what, path, rounds = sys.argv[1:]
assert gc.isenabled() and pickle.loads.__module__ == "_pickle"
with open(path, "rb") as file:
    data = file.read()
if "array" in path:
    import numpy  # noqa: F401  imported before the clock starts

value = pickle.loads(data) if what == "dumps" else None


def work():
    if what == "loads":
        pickle.loads(data)
    else:
        pickle.dumps(value, 4)


for _ in range(3):
    work()
start = time.perf_counter()
for _ in range(int(rounds)):
    work()
print(json.dumps({"milliseconds": (time.perf_counter() - start) * 1000 / int(rounds)}))
