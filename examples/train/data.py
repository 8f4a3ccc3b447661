"""The tables of this folder: Palmer penguins and diabetes, as their packages ship them, with what is to be predicted.

    python examples/train/data.py
"""
from pathlib import Path

from palmerpenguins import load_penguins
from sklearn.datasets import load_diabetes

HERE = Path(__file__).parent

penguins = load_penguins().drop(columns="year")
penguins.to_csv(HERE / "penguins.csv", index=False, lineterminator="\n")

X, y = load_diabetes(return_X_y=True, as_frame=True, scaled=False)
X.assign(progression=y.astype(int)).to_csv(HERE / "diabetes.csv", index=False, lineterminator="\n")
