"""expected.json: what Python answers for the rows of every .csv in this folder.

    python examples/expected.py
"""
import json
import pickle
from pathlib import Path

import joblib
import pandas as pd

HERE = Path(__file__).parent


def read(path):
    if path.suffix == ".joblib":
        return joblib.load(path)
    with open(path, "rb") as file:
        return pickle.load(file)


def answers(model, frame):
    """The rows as curtido takes them, and Python's answers as curtido gives them."""
    X = frame if hasattr(model, "feature_names_in_") else frame.to_numpy()
    result = {
        "rows": json.loads(frame.to_json(orient="records", double_precision=15)),
        "predict": model.predict(X).tolist(),
    }
    if hasattr(model, "predict_proba"):
        probabilities = model.predict_proba(X).tolist()
        result["probabilities"] = [dict(zip(model.classes_.tolist(), row)) for row in probabilities]
    return result


def lines(name, answer):
    """One row or answer per line."""
    parts = [
        "    %s: [\n%s\n    ]" % (json.dumps(key), ",\n".join("      " + json.dumps(value) for value in values))
        for key, values in answer.items()
    ]
    return "  %s: {\n%s\n  }" % (json.dumps(name), ",\n".join(parts))


found = sorted([*HERE.glob("*.pkl"), *HERE.glob("*.joblib")])
blocks = [lines(path.name, answers(read(path), pd.read_csv(path.with_suffix(".csv")))) for path in found]
(HERE / "expected.json").write_text("{\n" + ",\n".join(blocks) + "\n}\n", encoding="utf-8", newline="\n")
