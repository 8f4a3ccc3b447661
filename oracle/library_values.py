"""Values of Python's own library, pickled by each Python: fixtures/pickle/library.json.

Run with each Python in turn, oldest first; the first one starts the file anew:

    python2.7 oracle/library_values.py --new; python3.8 oracle/library_values.py; ...; python3.13 oracle/library_values.py
"""
from __future__ import print_function

import base64
import collections
import datetime
import decimal
import fractions
import json
import os
import pickle
import sys
import uuid

HERE = os.path.dirname(os.path.abspath(__file__))
FILE = os.path.join(HERE, "..", "fixtures", "pickle", "library.json")


def values():
    ordered = collections.OrderedDict([("b", 1), ("a", 2)])
    default = collections.defaultdict(list)
    default["x"].append(1)
    yield "datetime", datetime.datetime(2020, 1, 2, 3, 4, 5, 6), None
    yield "datetime of long ago", datetime.datetime(1, 1, 1), None
    yield "date", datetime.date(2020, 2, 29), None
    yield "time", datetime.time(23, 59, 58, 123456), None
    yield "time without microseconds", datetime.time(7, 8), None
    yield "timedelta", datetime.timedelta(1, 2, 3), None
    yield "negative timedelta", datetime.timedelta(-1, 86399), None
    yield "Decimal", decimal.Decimal("1.50"), None
    yield "Decimal NaN", decimal.Decimal("NaN"), None
    yield "Decimal with an exponent", decimal.Decimal("1E+30"), None
    yield "Fraction", fractions.Fraction(1, 3), None
    yield "large Fraction", fractions.Fraction(2 ** 70, 3), None
    yield "UUID", uuid.UUID("12345678-1234-5678-1234-567812345678"), None
    yield "OrderedDict", ordered, list(ordered.items())
    yield "empty OrderedDict", collections.OrderedDict(), []
    yield "defaultdict", default, list(default.items())
    yield "defaultdict without a factory", collections.defaultdict(None, {1: 2}), [[1, 2]]
    yield "Counter", collections.Counter("aab"), sorted(collections.Counter("aab").items())
    yield "deque", collections.deque([1, 2, 3]), [1, 2, 3]
    yield "deque with a length", collections.deque([1, 2, 3], 2), [2, 3]
    if sys.version_info < (3,):
        return
    import http
    import pathlib

    zone = datetime.timezone(datetime.timedelta(hours=5, minutes=30), "IST")
    yield "datetime in UTC", datetime.datetime(2020, 1, 2, 3, 4, 5, tzinfo=datetime.timezone.utc), None
    yield "datetime with a zone and fold", datetime.datetime(2020, 1, 2, 3, 4, 5, 6, zone, fold=1), None
    yield "time with a zone and fold", datetime.time(3, 4, 5, 6, zone, fold=1), None
    yield "timezone", datetime.timezone(datetime.timedelta(hours=-3, seconds=-5)), None
    yield "timezone with a name", zone, None
    yield "UTC", datetime.timezone.utc, None
    yield "PosixPath", pathlib.PosixPath("a/b.txt"), None
    yield "absolute PurePosixPath", pathlib.PurePosixPath("/a/b"), None
    yield "PureWindowsPath", pathlib.PureWindowsPath("C:\\a\\b"), None
    yield "empty path", pathlib.PurePosixPath(), None
    yield "enum", http.HTTPStatus.NOT_FOUND, "http.HTTPStatus(404)"
    yield "enum of the library", uuid.SafeUUID.safe, "uuid.SafeUUID(0)"


def main():
    rows = [] if "--new" in sys.argv else json.load(open(FILE))
    version = "%d.%d" % sys.version_info[:2]
    for name, value, items in values():
        for protocol in range(pickle.HIGHEST_PROTOCOL + 1):
            if sys.version_info >= (3,) and protocol in (1, 3):
                continue
            rows.append({
                "python": version,
                "protocol": protocol,
                "name": name,
                "pickle": base64.b64encode(pickle.dumps(value, protocol)).decode(),
                "is": str(value) if items is None else items,
            })
    with open(FILE, "w") as file:
        file.write("[\n" + ",\n".join(json.dumps(row, sort_keys=True) for row in rows) + "\n]\n")


main()
