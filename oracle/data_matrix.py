"""One model, what people mean, and every format that can say it: fixtures/data_matrix.

    python oracle/data_matrix.py fixtures/data_matrix

Each cell is a body as pandas writes it (or as R, Excel and European programs do), with what the model answers in Python to the
rows that it means. Texts are read back with pandas' own readers, and the model has to answer the same to them: so the answers are
those of `pandas.read_csv(...)` followed by `model.predict(frame)`. Ran with scikit-learn 1.9.1, pandas 3.1.1, pyarrow 26.0.1,
openpyxl and lxml, CPython 3.13.
"""
import base64
import gzip
import io
import json
import pickle
import sys
from urllib.parse import urlencode

import numpy as np
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import Ridge
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import OneHotEncoder, OrdinalEncoder, StandardScaler

COLUMNS = ["age", "fare", "vip", "sex", "embarked", "deck", "day"]
DAYS = pd.to_datetime(["2024-01-01", "2024-02-29", "2024-12-31"])


def trained():
    random = np.random.default_rng(14)
    rows = 200
    frame = pd.DataFrame(
        {
            "age": np.where(random.random(rows) < 0.1, np.nan, random.normal(40, 12, rows).round(1)),
            "fare": random.lognormal(3, 1, rows).round(2),
            "vip": random.random(rows) < 0.3,
            "sex": random.choice(["female", "male"], rows),
            "embarked": random.choice(np.array(["Cádiz", "Málaga", None], dtype=object), rows),
            "deck": random.choice([1, 2, 3], rows),
            "day": random.choice(DAYS, rows),
        }
    )
    target = (
        0.3 * frame["age"].fillna(33)
        + 0.1 * frame["fare"]
        + 5 * frame["vip"]
        + 2 * (frame["sex"] == "male")
        + 4 * (frame["embarked"] == "Cádiz")
        - 3 * frame["embarked"].isna()
        + frame["deck"]
        + frame["day"].dt.month
        + random.normal(0, 0.1, rows)
    )
    parts = ColumnTransformer(
        [
            ("num", make_pipeline(SimpleImputer(strategy="median"), StandardScaler()), ["age", "fare"]),
            ("vip", "passthrough", ["vip"]),
            ("cat", OneHotEncoder(handle_unknown="ignore"), ["sex", "embarked", "deck"]),
            ("day", OrdinalEncoder(handle_unknown="use_encoded_value", unknown_value=-1), ["day"]),
        ]
    )
    return make_pipeline(parts, Ridge()).fit(frame, target)


def frame(*rows, index=None):
    made = pd.DataFrame(list(rows), columns=COLUMNS, index=index)
    made["day"] = pd.to_datetime(made["day"])
    return objects(made)


def objects(data):
    """Texts as objects, NaN where one is missing: so training saw them. A column without any text would be one of numbers."""
    for name in ("sex", "embarked"):
        texts = [np.nan if pd.isna(value) else value for value in data[name]]
        data[name] = pd.Series(texts, index=data.index, dtype=object)
    return data


PLAIN = [
    (22.5, 7.25, False, "male", "Málaga", 3, "2024-01-01"),
    (38.0, 71.28, True, "female", "Cádiz", 1, "2024-02-29"),
    (61.0, 0.5, False, "female", "Málaga", 2, "2024-12-31"),
]


def changed(**cells):
    return frame(*[tuple(cells.get(name, value) for name, value in zip(COLUMNS, row)) for row in PLAIN])


MEANINGS = {
    "plain": frame(*PLAIN),
    "a row alone": frame(PLAIN[1]),
    "forty rows": frame(*[PLAIN[at % 3] for at in range(40)]),
    "a number is missing": changed(age=np.nan),
    "a category is missing": changed(embarked=None),
    "whole numbers": changed(age=30, fare=7),
    "booleans": frame(*[(*row[:2], True, *row[3:]) for row in PLAIN]),
    "small, large and negative": frame(
        *[(value, 1e-7 * (at + 1), *row[2:]) for at, (value, row) in enumerate(zip([-3.5, 1e6, 0.1 + 0.2], PLAIN))]
    ),
    "an unknown category": changed(sex="nonbinary"),
    "an unknown day": changed(day="1999-12-31"),
    "a text that needs quotes": changed(sex='a,"b";c\tñ|\u20ac'),
    "columns in another order": frame(*PLAIN)[COLUMNS[::-1]],
    "labels of rows": frame(*PLAIN, index=["ana", "beto", "Çelik"]),
}


def text(value):
    """A cell as a form or a query says it."""
    if value is None or (isinstance(value, float) and value != value):
        return ""
    return str(value.date()) if isinstance(value, pd.Timestamp) else str(value)


def european(data):
    return data.to_csv(sep=";", decimal=",", index=False)


def records(data, **change):
    return json.loads(data.to_json(orient="records", date_format="iso", force_ascii=False, **change))


def titled(data):
    """A workbook whose table begins under two lines of title."""
    out = io.BytesIO()
    data.to_excel(out, index=False, startrow=3)
    import openpyxl

    out.seek(0)
    book = openpyxl.load_workbook(out)
    book.active["A1"] = "Informe de pasajeros"
    book.active["A2"] = "exportado"
    again = io.BytesIO()
    book.save(again)
    return again.getvalue()


def excel(data):
    out = io.BytesIO()
    data.to_excel(out, index=False)
    return out.getvalue()


def parquet(data, index):
    out = io.BytesIO()
    data.to_parquet(out, index=index)
    return out.getvalue()


def arrow(data):
    import pyarrow as pa

    table = pa.Table.from_pandas(data, preserve_index=False)
    out = io.BytesIO()
    with pa.ipc.new_stream(out, table.schema) as writer:
        writer.write_table(table)
    return out.getvalue()


BOUNDARY = "------------------------d74496d66958873e"


def multipart(name, content):
    content = content.encode() if isinstance(content, str) else content
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    return head + content + f"\r\n--{BOUNDARY}--\r\n".encode()


V2_TYPES = {"age": "FP64", "fare": "FP64", "vip": "BOOL", "deck": "INT64", "sex": "BYTES", "embarked": "BYTES", "day": "BYTES"}


def v2(data):
    inputs = []
    for name in data.columns:
        values = [None if pd.isna(value) else value for value in data[name]]
        values = [str(value.date()) if isinstance(value, pd.Timestamp) else value for value in values]
        values = [value.item() if hasattr(value, "item") else value for value in values]
        inputs.append({"name": name, "shape": [len(data), 1], "datatype": V2_TYPES[name], "data": values})
    return {"inputs": inputs}


def r_csv(data):
    """R's write.csv: labels first under an empty name, texts quoted, NA for what is missing."""
    import csv

    copy = data.copy()
    copy["vip"] = copy["vip"].map({True: "TRUE", False: "FALSE"})
    copy["day"] = copy["day"].dt.strftime("%Y-%m-%d")
    return copy.to_csv(quoting=csv.QUOTE_NONNUMERIC, na_rep="NA").replace('"NA"', "NA")


# name: (media type, ending for the command line or None, body of a frame)
FORMATS = {
    "json records": ("application/json", "json", lambda d: json.dumps(records(d))),
    "json split": ("application/json", "json", lambda d: d.to_json(orient="split", date_format="iso")),
    "json columns": ("application/json", "json", lambda d: d.to_json(orient="columns", date_format="iso")),
    "json index": ("application/json", "json", lambda d: d.to_json(orient="index", date_format="iso")),
    "json table": ("application/json", "json", lambda d: d.to_json(orient="table")),
    "json values": ("application/json", "json", lambda d: d[COLUMNS].to_json(orient="values", date_format="iso")),
    "json in instances": ("application/json", "json", lambda d: json.dumps({"instances": records(d)})),
    "json in data": ("application/json", "json", lambda d: json.dumps({"data": records(d)})),
    "json by Python, NaN and all": (
        "application/json",
        "json",
        lambda d: json.dumps([{k: text(v) if k == "day" else v for k, v in row.items()} for row in d.to_dict("records")]),
    ),
    "json as texts": (
        "application/json",
        "json",
        lambda d: json.dumps(
            [{k: None if pd.isna(v) else text(v) for k, v in row.items()} for row in d.to_dict("records")]
        ),
    ),
    "json as text/plain": ("text/plain", None, lambda d: json.dumps(records(d))),
    "json lines": ("application/x-ndjson", "jsonl", lambda d: d.to_json(orient="records", lines=True, date_format="iso")),
    "csv": ("text/csv", "csv", lambda d: d.to_csv(index=False)),
    "csv with its index": ("text/csv", "csv", lambda d: d.to_csv()),
    "csv of R": ("text/csv", "csv", r_csv),
    "csv of Europe": ("text/csv", "csv", european),
    "csv of Excel in Europe": ("text/csv", "csv", lambda d: "\ufeffsep=;\r\n" + european(d).replace("\n", "\r\n")),
    "csv in windows-1252": ("text/csv", "csv", lambda d: d.to_csv(index=False, sep=";").encode("cp1252")),
    "csv in UTF-16": ("text/csv", "csv", lambda d: d.to_csv(index=False).encode("utf-16")),
    "csv with pipes": ("text/csv", "csv", lambda d: d.to_csv(index=False, sep="|")),
    "tsv": ("text/tab-separated-values", "tsv", lambda d: d.to_csv(index=False, sep="\t")),
    "csv without a header": ("text/csv; header=absent", None, lambda d: d[COLUMNS].to_csv(index=False, header=False)),
    "csv in a form": (f"multipart/form-data; boundary={BOUNDARY}", None, lambda d: multipart("rows.csv", d.to_csv(index=False))),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", excel),
    "xlsx under a title": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", titled),
    "xlsx in a form": (f"multipart/form-data; boundary={BOUNDARY}", None, lambda d: multipart("rows.xlsx", excel(d))),
    "parquet": ("application/vnd.apache.parquet", "parquet", lambda d: parquet(d, False)),
    "parquet with its index": ("application/vnd.apache.parquet", "parquet", lambda d: parquet(d, True)),
    "arrow": ("application/vnd.apache.arrow.stream", "arrow", arrow),
    "xml": ("application/xml", "xml", lambda d: d.to_xml(index=False)),
    "form": ("application/x-www-form-urlencoded", None, lambda d: alone(d, lambda row: urlencode(row))),
    "query": ("query", None, lambda d: alone(d, lambda row: urlencode(row))),
    "V1": ("V1", None, lambda d: json.dumps({"instances": records(d)})),
    "V2": ("V2", None, lambda d: json.dumps(v2(d))),
    "MLflow split": ("MLflow", None, lambda d: json.dumps({"dataframe_split": json.loads(d.to_json(orient="split", date_format="iso"))})),
    "MLflow records": ("MLflow", None, lambda d: json.dumps({"dataframe_records": records(d)})),
}


def alone(data, say):
    """What can say one row alone says nothing of several."""
    return say({name: text(value) for name, value in data.iloc[0].items()}) if len(data) == 1 else None


def read_back(name, body):
    """The frame that pandas' own reader makes of a text, where it has one for it."""
    if name in ("csv", "csv with its index", "csv of R", "csv of Europe", "csv with pipes", "tsv", "csv in windows-1252"):
        marks = {"csv of Europe": (";", ","), "csv with pipes": ("|", "."), "tsv": ("\t", "."), "csv in windows-1252": (";", ".")}
        separator, decimal = marks.get(name, (",", "."))
        index = 0 if name in ("csv with its index", "csv of R") else None
        raw = body if isinstance(body, bytes) else body.encode()
        encoding = "cp1252" if name == "csv in windows-1252" else "utf-8"
        got = pd.read_csv(io.BytesIO(raw), sep=separator, decimal=decimal, index_col=index, encoding=encoding, parse_dates=["day"])
        return objects(got)
    return objects(pd.read_excel(io.BytesIO(body), parse_dates=["day"])) if name == "xlsx" else None


def main(out):
    model = trained()
    with open(f"{out}/people.pkl", "wb") as file:
        pickle.dump(model, file)
    cells = []
    for meaning, data in MEANINGS.items():
        answer = model.predict(data[COLUMNS]).tolist()
        for name, (media, ending, write) in FORMATS.items():
            try:
                body = write(data)
            except UnicodeEncodeError:
                continue
            if body is None:
                continue
            again = read_back(name, body)
            if again is not None:
                np.testing.assert_allclose(model.predict(again[COLUMNS]), answer, rtol=1e-9)
            raw = body if isinstance(body, bytes) else body.encode()
            cells.append(
                {
                    "meaning": meaning,
                    "format": name,
                    "media": media,
                    "ending": ending,
                    "body": base64.b64encode(raw).decode(),
                    "single": name in ("form", "query"),
                    "predict": answer,
                }
            )
    with open(f"{out}/cells.json.gz", "wb") as file:
        file.write(gzip.compress(json.dumps(cells).encode(), mtime=0))
    print(len(cells), "cells")


main(sys.argv[1])
