"""How long pickle.load takes on one file, without start-up and imports, and the memory of the process at its highest.

    python bench/python/load_time.py [FILE]

Without a file: the memory of a process that does nothing.
"""
import json
import resource
import sys
import time


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def main(path):
    import pickle
    import sklearn.ensemble  # noqa: F401  what the file names is imported before the clock starts

    used = time.process_time()
    start = time.perf_counter()
    with open(path, "rb") as file:
        model = pickle.load(file)
    loaded = time.perf_counter()
    used = time.process_time() - used
    first = float(model.predict([[0.0] * 20])[0])
    answered = time.perf_counter()
    return {
        "milliseconds": (loaded - start) * 1000, "cpu": used * 1000, "answered": (answered - start) * 1000,
        "bytes": peak(), "first": first,
    }


print(json.dumps({"bytes": peak()} if len(sys.argv) < 2 else main(sys.argv[1])))
