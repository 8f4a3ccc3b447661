"""wine.joblib: which of three Piedmontese wines it is, from four measurements.

A KNeighborsClassifier with text as labels, saved by joblib.

    python examples/wine.py
"""
from pathlib import Path

import joblib
from sklearn.datasets import load_wine
from sklearn.model_selection import train_test_split
from sklearn.neighbors import KNeighborsClassifier

HERE = Path(__file__).parent
FEATURES = ["alcohol", "flavanoids", "color_intensity", "hue"]

X, y = load_wine(return_X_y=True, as_frame=True)
wine = y.map({0: "Barolo", 1: "Grignolino", 2: "Barbera"})
X_train, X_test, y_train, y_test = train_test_split(X[FEATURES], wine, random_state=1)

model = KNeighborsClassifier(n_neighbors=7).fit(X_train, y_train)
print(f"wine: {len(X_train)} rows, accuracy on {len(X_test)} others {model.score(X_test, y_test):.3f}")

joblib.dump(model, HERE / "wine.joblib")
X_test.head(10).to_csv(HERE / "wine.csv", index=False, lineterminator="\n")
