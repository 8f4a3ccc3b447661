"""A model behind Flask, as its documentation would have one do it. MODEL_FILE names the pickle.

    gunicorn --chdir bench/python app:app
"""
import os
import pickle

from flask import Flask, request

app = Flask(__name__)
with open(os.environ["MODEL_FILE"], "rb") as file:
    model = pickle.load(file)
names = [f"feature{at + 1}" for at in range(model.n_features_in_)]


@app.post("/model")
def predict():
    row = request.get_json()
    return {"predict": float(model.predict([[float(row[name]) for name in names]])[0])}
