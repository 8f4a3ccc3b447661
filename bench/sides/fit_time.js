// Seconds to train an estimator, and what it predicts for the first rows:
//     node bench/sides/fit_time.js CLASS PARAMETERS ROWS WIDTH
import { NdArray } from "@curtido/arrays";

const SHOWN = 100;

const trainers = await import("@curtido/estimators/fit");
const [name, parameters, rows, width] = process.argv.slice(2);
const [count, features] = [Number(rows), Number(width)];
const random = new trainers.RandomState(0);
const table = Float64Array.from({ length: count * features }, () => random.standardNormal());
const score = Float64Array.from({ length: count }, (_, row) => {
  const [a, b, c] = table.subarray(row * features, row * features + 3);
  return a + b * c + 0.5 * random.standardNormal();
});
const y = /Classifier$|^Logistic/.test(name) ? Array.from(score, (value) => (value > 0 ? 1 : 0)) : score;
const X = NdArray.of(table, [count, features]);

const estimator = new trainers[name](JSON.parse(parameters));
const start = performance.now();
const model = estimator.fit(X, y);
const seconds = (performance.now() - start) / 1000;
const shown = NdArray.of(table.slice(0, SHOWN * features), [SHOWN, features]);
const predict = Array.from(model.predict(shown).tolist(), Number);
console.log(JSON.stringify({ seconds, predict }));
