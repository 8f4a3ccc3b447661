"""Frames whose columns pyarrow keeps, and what they hold: fixtures/pyarrow.

    python oracle/pyarrow_frames.py fixtures/pyarrow

Ran with pandas 2.3.3 and 3.1.1, pyarrow 26.0.1.
"""
import json, pickle, sys
import numpy as np, pandas as pd
out=sys.argv[1]; tag="pd"+pd.__version__.split(".")[0]
frames={
 "texts": pd.DataFrame({"t": pd.array(["a", None, "ñandú", "", "z"*300], dtype="string[pyarrow]"), "n":[1,2,3,4,5]}),
 "numbers": pd.DataFrame({"i": pd.array([1,None,-3], dtype="int64[pyarrow]"), "u": pd.array([1,2,None], dtype="uint8[pyarrow]"), "d": pd.array([1.5,None,float("inf")], dtype="double[pyarrow]"), "b": pd.array([True,None,False], dtype="bool[pyarrow]")}),
 "sliced": pd.DataFrame({"t": pd.array(list("abcdefghijklm"), dtype="string[pyarrow]"), "b": pd.array([True,False,None]*4+[True], dtype="bool[pyarrow]")}).iloc[5:11].reset_index(drop=True),
 "empty": pd.DataFrame({"t": pd.array([], dtype="string[pyarrow]")}),
}
def plain(v):
    if v is pd.NA or v is None or (isinstance(v,float) and v!=v): return None
    if isinstance(v,float) and v in (float("inf"),float("-inf")): return str(v)
    return v.item() if hasattr(v,"item") else v
for name,f in frames.items():
    pickle.dump(f, open(f"{out}/arrow_{name}.{tag}.pkl","wb"), protocol=5 if tag=="pd3" else 4)
    json.dump({"columns": list(f.columns), "dtypes":[str(d) for d in f.dtypes], "rows":[[plain(v) for v in r] for r in f.astype(object).values.tolist()]}, open(f"{out}/arrow_{name}.{tag}.json","w"), ensure_ascii=False)
