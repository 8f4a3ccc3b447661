"""texto.pkl: weight, waist and pulse of a middle-aged man, from how many exercises he can do.

A LinearRegression with three outputs, saved in protocol 0: a file that an editor shows.

    python examples/texto.py
"""
import pickle
from pathlib import Path

from sklearn.datasets import load_linnerud
from sklearn.linear_model import LinearRegression

HERE = Path(__file__).parent

X, y = load_linnerud(return_X_y=True, as_frame=True)
model = LinearRegression().fit(X, y)
print(f"texto: {len(X)} rows, R2 {model.score(X, y):.3f}")

with open(HERE / "texto.pkl", "wb") as file:
    pickle.dump(model, file, protocol=0)
X.head(10).to_csv(HERE / "texto.csv", index=False, lineterminator="\n")
