"""Seconds to train an estimator, and what it predicts for the first rows.

    python bench/python/fit_time.py CLASS PARAMETERS ROWS WIDTH
"""
import json
import re
import sys
import time

import numpy as np
from sklearn.utils import all_estimators

SHOWN = 100

name, rows, width = sys.argv[1], int(sys.argv[3]), int(sys.argv[4])
parameters = {re.sub("[A-Z]", lambda letter: "_" + letter.group().lower(), key): value
              for key, value in json.loads(sys.argv[2]).items()}
random = np.random.RandomState(0)
X = random.standard_normal((rows, width))
score = X[:, 0] + X[:, 1] * X[:, 2] + 0.5 * random.standard_normal(rows)
y = (score > 0).astype(int) if re.search("Classifier$|^Logistic", name) else score
estimator = dict(all_estimators())[name](**parameters)
start = time.perf_counter()
model = estimator.fit(X, y)
seconds = time.perf_counter() - start
print(json.dumps({"seconds": seconds, "predict": [float(value) for value in model.predict(X[:SHOWN])]}))
