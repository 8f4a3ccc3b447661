"""Files that hold more than a model, and models that a program calls one after the other: fixtures/bundles/.
What each program answers is in answers.json. Run with scikit-learn 1.9.1 and pandas 3.1.1."""
import json
import os
import pickle
import sys
import types

import joblib
import numpy as np
import pandas as pd
from sklearn.datasets import load_iris
from sklearn.decomposition import PCA
from sklearn.ensemble import AdaBoostClassifier, RandomForestClassifier
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LinearRegression, LogisticRegression, Ridge
from sklearn.model_selection import GridSearchCV
from sklearn.naive_bayes import MultinomialNB
from sklearn.neural_network import MLPClassifier
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import LabelEncoder, MinMaxScaler, OneHotEncoder, StandardScaler
from sklearn.svm import SVC, SVR
from sklearn.tree import DecisionTreeClassifier

FOLDER = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), 'fixtures', 'bundles')
os.makedirs(FOLDER, exist_ok=True)
answers = {}

own = types.ModuleType('mymodule')
exec('''
class ChurnModel:
    def __init__(self, model, columns):
        self.model = model
        self.columns = columns
        self.threshold = 0.5
class Study:
    pass
''', own.__dict__)
sys.modules['mymodule'] = own


def save(name, value, rows=None, **more):
    path = os.path.join(FOLDER, name)
    if name.endswith('.joblib'):
        joblib.dump(value, path)
    else:
        with open(path, 'wb') as file:
            pickle.dump(value, file, protocol=more.pop('protocol', 4))
    if rows is not None:
        answers[name] = {'rows': rows, **more}


iris = load_iris()
X, y = iris.data, iris.target
names = ['sepal_length', 'sepal_width', 'petal_length', 'petal_width']
words = [str(name) for name in iris.target_names]
frame = pd.DataFrame(X, columns=names)
rows = X[::17].tolist()
scaler = StandardScaler().fit(X)
scaled = scaler.transform(X)
model = LogisticRegression().fit(scaled, y)
pipe = make_pipeline(StandardScaler(), LogisticRegression()).fit(X, y)
forest = RandomForestClassifier(5, random_state=0).fit(X, y)

# One estimator among plain data.
def whole(found):
    return found.predict(np.array(rows)).tolist()

save('one_dict.pkl', {'pipe': pipe, 'features': names, 'classes': words, 'accuracy': 0.97}, rows, predict=whole(pipe),
     part='pipe', features=names, labels=words)
save('one_index.pkl', {'model': forest, 'feature_columns': frame.columns, 'target_names': iris.target_names}, rows,
     predict=whole(forest), part='model', features=names, labels=words)
save('one_words.joblib', {'clf': forest, 'id2label': dict(enumerate(words)), 'params': {'n': 5}}, rows,
     predict=whole(forest), part='clf', labels=words)
save('one_inverse.pkl', (forest, {word: at for at, word in enumerate(words)}), rows, predict=whole(forest), part='0')
save('one_object.pkl', own.ChurnModel(forest, names), rows, predict=whole(forest), part='model', features=names)
study = own.Study()
study.trials = [0.1, 0.2]
study.best = {'model': forest, 'score': 0.9}
save('nested.pkl', study, rows, predict=whole(forest), part='best.model')
save('a.dotted.key.pkl', {'v1.0': pipe, 'note': 'x'}, rows, predict=whole(pipe), part='v1.0')

# Several.
save('scaler_model.pkl', {'model': model, 'scaler': scaler, 'columns': names}, rows,
     predict=model.predict(scaler.transform(np.array(rows))).tolist(), compose=['#scaler', '#model'])
save('two_models.pkl', {'rf': forest, 'pipe': pipe})
texts = ['good film', 'bad film', 'good good', 'bad bad plot', 'a good plot', 'awful bad']
vectorizer = TfidfVectorizer().fit(texts)
bayes = MultinomialNB().fit(vectorizer.transform(texts), [1, 0, 1, 0, 1, 0])
save('text_pair.pkl', (vectorizer, bayes), ['good plot', 'bad', 'unknown words'],
     predict=bayes.predict(vectorizer.transform(['good plot', 'bad', 'unknown words'])).tolist(), compose=['#0', '#1'])
species = LabelEncoder().fit(words)
save('model_labels.pkl', [forest, species], rows,
     predict=species.inverse_transform(forest.predict(np.array(rows))).tolist(), compose=['#0'], labels='#1')
pca = PCA(2).fit(scaled)
reduced = LogisticRegression().fit(pca.transform(scaled), y)
save('three.joblib', {'model': reduced, 'pca': pca, 'scaler': scaler}, rows,
     predict=reduced.predict(pca.transform(scaler.transform(np.array(rows)))).tolist(),
     proba=reduced.predict_proba(pca.transform(scaler.transform(np.array(rows)))).tolist(),
     compose=['#scaler', '#pca', '#model'])

# Encoders of columns, and a scaled target.
rng = np.random.RandomState(0)
people = pd.DataFrame({'age': rng.randint(18, 80, 60), 'sex': rng.choice(['female', 'male'], 60),
                       'bmi': rng.normal(27, 4, 60).round(1), 'region': rng.choice(['north', 'south', 'west'], 60)})
charges = (people.age * 100 + (people.sex == 'male') * 500 + people.bmi * 30 + rng.normal(0, 50, 60)).to_numpy()
le_sex, le_region = LabelEncoder().fit(people.sex), LabelEncoder().fit(people.region)
encoded = people.copy()
encoded['sex'] = le_sex.transform(people.sex)
encoded['region'] = le_region.transform(people.region)
sc_y = MinMaxScaler().fit(charges.reshape(-1, 1))
sc_x = StandardScaler().fit(encoded.to_numpy(float))
svr = SVR(C=10).fit(sc_x.transform(encoded.to_numpy(float)), sc_y.transform(charges.reshape(-1, 1)).ravel())
asked = people.iloc[::7]
asked_encoded = encoded.iloc[::7].to_numpy(float)
records = json.loads(asked.to_json(orient='records'))
save('insurance.pkl', {'model': svr, 'sc_x': sc_x, 'sc_y': sc_y, 'encoders': {'sex': le_sex, 'region': le_region}}, records,
     predict=sc_y.inverse_transform(svr.predict(sc_x.transform(asked_encoded)).reshape(-1, 1)).ravel().tolist(),
     compose=['#sc_x', '#model'], columns={'sex': '#encoders.sex', 'region': '#encoders.region'}, target='#sc_y',
     features=list(people.columns))
one_hot = OneHotEncoder(handle_unknown='ignore').fit(people[['region']])
wide = np.column_stack([people[['age', 'bmi']], one_hot.transform(people[['region']]).toarray()])
linear = LinearRegression().fit(wide, charges)
wide_asked = wide[::7]
save('one_hot.pkl', {'model': linear, 'region': one_hot}, json.loads(asked[['age', 'bmi', 'region']].to_json(orient='records')),
     predict=linear.predict(wide_asked).tolist(), compose=['#model'], columns={'region': '#region'},
     features=['age', 'bmi', 'region'])

# Words for classes in classifiers of every kind.
kinds = {
    'tree': DecisionTreeClassifier(max_depth=3, random_state=0), 'svc': SVC(probability=False, random_state=0),
    'mlp': MLPClassifier((4,), max_iter=300, random_state=0), 'search': GridSearchCV(DecisionTreeClassifier(random_state=0), {'max_depth': [2, 3]}),
    'pipe': make_pipeline(StandardScaler(), LogisticRegression()),
}
for name, kind in kinds.items():
    kind.fit(X, y)
    save('words_%s.pkl' % name, kind, rows, predict=[words[at] for at in kind.predict(np.array(rows))],
         compose=[''], words=words)
save('words_adaboost.pkl', AdaBoostClassifier(n_estimators=3, random_state=0).fit(X, y))
save('ridge.pkl', Ridge().fit(X, y))

with open(os.path.join(FOLDER, 'answers.json'), 'w') as file:
    json.dump(answers, file, indent=1)
