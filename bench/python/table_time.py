"""How long pandas' table of a CSV takes, its bytes in memory, without start-up and imports.

    python bench/python/table_time.py FILE
"""
import io
import json
import sys
import time

import pandas

with open(sys.argv[1], "rb") as file:
    content = io.BytesIO(file.read())
used = time.process_time()
start = time.perf_counter()
table = pandas.read_csv(content, engine="c")
milliseconds = (time.perf_counter() - start) * 1000
used = time.process_time() - used
total = 0.0
for value in table.iloc[:1000, 0].tolist():
    total += value
print(json.dumps({"milliseconds": milliseconds, "cpu": used * 1000, "sum": total}))
