"""Honest values of every kind that the table lets loading make: what a search begins with."""
from __future__ import annotations

import collections
import datetime
import decimal
import fractions
import functools
import ipaddress
import operator
import pathlib
import random
import re
import signal
import types
import uuid
import warnings
import zoneinfo


#: Seconds that fitting one estimator may take.
LONGEST_FIT = 2


def standard() -> list[object]:
    return [
        pathlib.PurePosixPath("x"), pathlib.PosixPath("made_by_gadget"), re.compile("a+"), decimal.Decimal("1.5"), fractions.Fraction(1, 3),
        datetime.date(2020, 1, 2), datetime.datetime(2020, 1, 2, tzinfo=datetime.timezone.utc), datetime.timedelta(1), datetime.time(1),
        uuid.UUID(int=5), collections.OrderedDict(a=1), collections.defaultdict(int, a=1), collections.defaultdict(list),
        collections.Counter("ab"), collections.deque([1, 2]), collections.ChainMap({"a": 1}), collections.UserDict(a=1), collections.UserList([1]),
        types.SimpleNamespace(a=1), functools.partial(int, "1"), operator.itemgetter(0), operator.attrgetter("a"), slice(1, 2), range(3),
        {1, 2}, frozenset([1]), bytearray(b"ab"), complex(1, 2), ipaddress.ip_address("1.2.3.4"), random.Random(0), ValueError("x"),
        OSError(2, "x"), zoneinfo.ZoneInfo("UTC"), str.lower, int, dict, [1, "a"], {"a": 1, "k": 2}, ("a", 1), iter([1]),
    ]


def scientific() -> list[object]:
    """What the installed libraries have; what is not there is left out."""
    import numpy as np

    values: list[object] = [
        np.array([1.0, 2.0]), np.array([[1, 2], [3, 4]]), np.array(["a", "b"]), np.array([{}, None], dtype=object), np.zeros((0, 2)),
        np.array([(1, 2.0)], dtype=[("a", "i4"), ("b", "f8")]), np.dtype("f8"), np.dtype("M8[ns]"), np.float64(1.5), np.int64(3),
        np.datetime64("2020-01-01"), np.random.RandomState(0), np.random.default_rng(0), np.log1p, np.float64,
        np.random.PCG64(0), np.random.SeedSequence(0), np.ma.array([1, 2], mask=[0, 1]), np.poly1d([1, 2]), np.matrix([[1]]),
        np.polynomial.Polynomial([1, 2]), np.rec.array([(1, 2)], dtype=[("a", "i4"), ("b", "i4")]), np.bool_(True), np.str_("x"),
    ]
    values += _pandas() + _scipy() + _sklearn()
    return values


def _pandas() -> list[object]:
    try:
        import pandas as pd
    except ImportError:
        return []
    frame = pd.DataFrame({"a": [1, 2], "b": ["x", "y"]})
    return [
        frame, frame["a"], frame.index, pd.Index(["a", "b"]), pd.Timestamp("2020-01-01"), pd.Timedelta(1), pd.Period("2020", "Y"),
        pd.Categorical(["a", "b"]), pd.CategoricalDtype(["a"]), pd.Interval(0, 1), pd.MultiIndex.from_tuples([(1, 2)]), pd.NA, pd.NaT,
        pd.DatetimeIndex(["2020-01-01"], freq="D"), pd.array([1, None], dtype="Int64"), pd.StringDtype("python"), pd.offsets.MonthEnd(2),
        pd.RangeIndex(3), pd.IntervalIndex.from_breaks([0, 1]), pd.Series(pd.arrays.SparseArray([0, 1])), pd.DatetimeTZDtype(tz="UTC"),
    ]


def _scipy() -> list[object]:
    try:
        import scipy.interpolate
        import scipy.sparse
        import scipy.spatial
        import scipy.stats
    except ImportError:
        return []
    return [
        scipy.sparse.csr_matrix([[1, 0]]), scipy.sparse.coo_matrix([[1, 0]]), scipy.stats.norm(0, 1), scipy.stats.randint(1, 5),
        scipy.interpolate.BSpline([0, 1, 2, 3], [1.0, 2.0], 1), scipy.interpolate.interp1d([0, 1], [1, 2]), scipy.spatial.cKDTree([[0.0, 1.0]]),
        scipy.stats.uniform, scipy.stats.gaussian_kde([1.0, 2.0, 3.0]),
    ]


def _sklearn() -> list[object]:
    try:
        from sklearn.utils import all_estimators
    except ImportError:
        return []
    import numpy as np

    def overdue(*_: object) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, overdue)
    rng = np.random.default_rng(0)
    X, y = rng.random((12, 3)), np.array([0, 1] * 6)
    made: list[object] = []
    for _, cls in all_estimators():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                estimator = cls()
            except Exception:
                continue
            made.append(estimator)
            for target in (y, X[:, 0]):
                try:
                    signal.setitimer(signal.ITIMER_REAL, LONGEST_FIT)
                    made.append(cls().fit(X, target))
                    break
                except Exception:
                    continue
                finally:
                    signal.setitimer(signal.ITIMER_REAL, 0)
    return made
