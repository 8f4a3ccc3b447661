"""modelo.pkl: how heavy a penguin is, from four yes-or-no answers (1 or 0).

A LinearRegression fitted on an array without names, so that curtido names the features feature1 ... feature4:
male; of the species Chinstrap; of the species Gentoo; the nest has its full clutch of two eggs. It answers grams.

    python examples/modelo.py
"""
import pickle
from pathlib import Path

import numpy as np
import pandas as pd
from palmerpenguins import load_penguins_raw
from sklearn.linear_model import LinearRegression

HERE = Path(__file__).parent

penguins = load_penguins_raw().dropna(subset=["Sex", "Body Mass (g)"])
penguins = penguins[penguins["Sex"].isin(["MALE", "FEMALE"])]
X = np.column_stack([
    penguins["Sex"] == "MALE",
    penguins["Species"].str.startswith("Chinstrap"),
    penguins["Species"].str.startswith("Gentoo"),
    penguins["Clutch Completion"] == "Yes",
]).astype(float)
y = penguins["Body Mass (g)"].to_numpy(float)

model = LinearRegression().fit(X, y)
print(f"modelo: {len(X)} rows, R2 {model.score(X, y):.3f}")

with open(HERE / "modelo.pkl", "wb") as file:
    pickle.dump(model, file)
rows = np.unique(X, axis=0).astype(int)
pd.DataFrame(rows, columns=[f"feature{i + 1}" for i in range(4)]).to_csv(HERE / "modelo.csv", index=False, lineterminator="\n")
