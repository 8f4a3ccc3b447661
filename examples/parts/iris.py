"""Fits iris.pkl: a dict with a scaler, a model that was trained on scaled rows, the columns and the names of the species.
Run with scikit-learn 1.9.1."""
import os
import pickle

from sklearn.datasets import load_iris
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

iris = load_iris()
scaler = StandardScaler().fit(iris.data)
model = LogisticRegression().fit(scaler.transform(iris.data), iris.target)
bundle = {
    'scaler': scaler,
    'model': model,
    'columns': ['sepal_length', 'sepal_width', 'petal_length', 'petal_width'],
    'target_names': [str(name) for name in iris.target_names],
}
with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), 'iris.pkl'), 'wb') as file:
    pickle.dump(bundle, file, protocol=4)
