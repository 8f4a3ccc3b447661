"""Make the models that the benchmarks use, their rows, and Python's answers.

    python bench/python/models.py FOLDER NAME ...

Each NAME becomes NAME.pkl and NAME.json in FOLDER: 1,000 rows that the model was not fitted on, and what it predicts.
"""
import json
import os
import pickle
import sys

import numpy as np
from sklearn.datasets import make_classification, make_regression
from sklearn.ensemble import (
    GradientBoostingRegressor, HistGradientBoostingRegressor, RandomForestClassifier, RandomForestRegressor)
from sklearn.linear_model import LinearRegression, LogisticRegression
from sklearn.neighbors import KNeighborsRegressor
from sklearn.neural_network import MLPRegressor
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
from sklearn.svm import SVR

ROWS = 1000


def regression(rows):
    return make_regression(rows + ROWS, 20, noise=10, random_state=0)


def classification(rows):
    return make_classification(rows + ROWS, 20, n_informative=10, n_classes=3, random_state=0)


def forest_data(rows):
    """Exactly make_regression(20000, 20), and new rows beside it."""
    X, y = make_regression(rows, 20, random_state=0)
    return np.concatenate([X, np.random.RandomState(1).standard_normal((ROWS, 20))]), y


def boosted(library):
    """500 trees of a library that is imported when it is asked for."""
    if library == "xgboost":
        from xgboost import XGBRegressor
        return XGBRegressor(n_estimators=500, max_depth=6, n_jobs=1, random_state=0)
    from lightgbm import LGBMRegressor
    return LGBMRegressor(n_estimators=500, num_leaves=127, max_depth=8, n_jobs=1, random_state=0, verbose=-1)


MODELS = {
    "xgboost": (lambda: boosted("xgboost"), regression, 20000),
    "lightgbm": (lambda: boosted("lightgbm"), regression, 20000),
    "linear": (LinearRegression(), regression, 20000),
    "logistic": (make_pipeline(StandardScaler(), LogisticRegression()), classification, 5000),
    "forest": (RandomForestRegressor(100, n_jobs=-1, random_state=0), forest_data, 20000),
    "forest_small": (RandomForestClassifier(100, max_depth=8, random_state=0), classification, 5000),
    "boosting": (GradientBoostingRegressor(random_state=0), regression, 5000),
    "histogram": (HistGradientBoostingRegressor(random_state=0), regression, 20000),
    "neighbors": (KNeighborsRegressor(algorithm="brute"), regression, 4000),
    "svr": (SVR(C=100), regression, 2000),
    "network": (make_pipeline(StandardScaler(), MLPRegressor(hidden_layer_sizes=(100, 100), max_iter=30, random_state=0)), regression, 5000),
}


def save(path, write):
    """Whole or not at all: nothing half-written is taken for a model later."""
    with open(path + ".part", "wb") as file:
        write(file)
    os.replace(path + ".part", path)


def make(folder, name):
    model, data, count = MODELS[name]
    X, y = data(count)
    model = model() if callable(model) else model
    model.fit(X[:count], y[:count])
    if hasattr(model, "n_jobs") and name not in ("xgboost", "lightgbm"):
        model.n_jobs = None
    rows = X[count:]
    answers = {"rows": rows.tolist(), "predict": model.predict(rows).tolist()}
    save(os.path.join(folder, name + ".json"), lambda file: file.write(json.dumps(answers).encode()))
    save(os.path.join(folder, name + ".pkl"), lambda file: pickle.dump(model, file))


if __name__ == "__main__":
    for each in sys.argv[2:]:
        make(sys.argv[1], each)
    print("{}")
