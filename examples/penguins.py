"""penguins.pkl: of which species a penguin is, from text and numbers of which any may be missing.

A Pipeline fitted on a DataFrame with missing values: a ColumnTransformer that fills the gaps, scales the numbers and
makes columns of the categories, then a RandomForestClassifier.

    python examples/penguins.py
"""
import pickle
from pathlib import Path

import pandas as pd
from palmerpenguins import load_penguins
from sklearn.compose import make_column_transformer
from sklearn.ensemble import RandomForestClassifier
from sklearn.impute import SimpleImputer
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

HERE = Path(__file__).parent
TEXTS = ["island", "sex"]
NUMBERS = ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"]

penguins = load_penguins()
X_train, X_test, y_train, y_test = train_test_split(penguins[TEXTS + NUMBERS], penguins["species"], random_state=4)

model = make_pipeline(
    make_column_transformer(
        (make_pipeline(SimpleImputer(strategy="most_frequent"), OneHotEncoder()), TEXTS),
        (make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), NUMBERS),
    ),
    RandomForestClassifier(n_estimators=30, max_depth=6, random_state=0),
)
model.fit(X_train, y_train)
print(f"penguins: {len(X_train)} rows, accuracy on {len(X_test)} others {model.score(X_test, y_test):.3f}")

with open(HERE / "penguins.pkl", "wb") as file:
    pickle.dump(model, file)
incomplete = X_test[X_test.isna().any(axis=1)]
pd.concat([X_test.dropna().head(9), incomplete]).to_csv(HERE / "penguins.csv", index=False, lineterminator="\n")
