"""diabetes.pkl: how far diabetes has progressed a year later, from ten measurements of a patient.

A Pipeline fitted on a DataFrame: scaled, all products of two features added, then ridge regression.

    python examples/diabetes.py
"""
import pickle
from pathlib import Path

from sklearn.datasets import load_diabetes
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures, StandardScaler

HERE = Path(__file__).parent

X, y = load_diabetes(return_X_y=True, as_frame=True, scaled=False)
X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)

model = make_pipeline(StandardScaler(), PolynomialFeatures(2, include_bias=False), Ridge(alpha=100))
model.fit(X_train, y_train)
print(f"diabetes: {len(X_train)} rows, R2 on {len(X_test)} others {model.score(X_test, y_test):.3f}")

with open(HERE / "diabetes.pkl", "wb") as file:
    pickle.dump(model, file)
X_test.head(10).to_csv(HERE / "diabetes.csv", index=False, lineterminator="\n")
