// Microseconds per row: one row a call, and 1,000 rows a call:
//     node bench/sides/predict_time.js MODEL.pkl MODEL.json SECONDS
import { readFileSync } from "node:fs";
import { load, NdArray } from "curtido";

/** The best of three runs of so many seconds; `call(i)` predicts `rows` rows. */
function perRow(call, rows, seconds) {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    let calls = 0;
    let took = 0;
    while (took < seconds * 1000) {
      call(calls++);
      took = performance.now() - start;
    }
    best = Math.min(best, took / calls / rows);
  }
  return best * 1000;
}

const [file, data, seconds] = process.argv.slice(2);
const model = await load(file);
const { rows, predict } = JSON.parse(readFileSync(data, "utf8"));
const ones = rows.map((row) => [row]);
const X = NdArray.of(Float64Array.from(rows.flat()), [rows.length, rows[0].length]);

let difference = 0;
for (const [at, value] of model.predict(X).tolist().entries()) {
  difference = Math.max(difference, Math.abs(value - predict[at]) / Math.max(1e-300, Math.abs(predict[at])));
}
const single = perRow((at) => model.predict(ones[at % ones.length]), 1, Number(seconds));
const batch = perRow(() => model.predict(X), rows.length, Number(seconds));
console.log(JSON.stringify({ single, batch, difference }));
