// Writes every case of fixtures/fit as a pickle, with what it answers here, for `oracle/fit.py check`.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Csr, NdArray } from "@curtido/arrays";
import { fitCase, fixture, rowsOf } from "./cases.ts";

const folder = process.argv[2];
if (folder === undefined) throw new Error("say which folder: write.ts FOLDER");
mkdirSync(folder, { recursive: true });
const ROWS = 30;

const names = readdirSync(new URL("../../../../fixtures/fit/", import.meta.url)).map((name) => name.slice(0, -5));
for (const name of names) {
  const made = fixture(name);
  (made.cases ?? []).forEach((each, at) => {
    const model = fitCase(made, each);
    const data = made.data[each.data]!;
    const rows = rowsOf(data, ROWS);
    const answers: Record<string, unknown> = {};
    const methods = { predict: "predict", predict_proba: "predictProba", transform: "transform" } as const;
    for (const [python, method] of Object.entries(methods)) {
      if (!model.offers(method)) continue;
      const answer = model[method](rows);
      const dense = answer instanceof Csr ? answer.toDense() : answer;
      if (dense instanceof NdArray) answers[python] = dense.tolist();
    }
    const file = `${name}-${at}-${each.class}`;
    writeFileSync(join(folder, `${file}.pkl`), model.toPickle());
    const { class: className, given } = each;
    const { columns } = data;
    const X = data.X.slice(0, ROWS);
    writeFileSync(join(folder, `${file}.json`), JSON.stringify({ class: className, given, X, columns, answers }));
  });
}
