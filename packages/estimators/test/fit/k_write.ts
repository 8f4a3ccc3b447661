// Writes every case of fixtures/fit as a pickle for a release, with what it answers here, for `oracle/fit.py check`.
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Csr, NdArray } from "@curtido/arrays";
import { isCurtidoError } from "@curtido/pickle";
import { type Fitted, releaseOf, WRITTEN_VERSION } from "../../src/fit/index.ts";
import { dataOf, fitCase, fixture, rowsOf } from "./cases.ts";

const [folder, scikitLearn = WRITTEN_VERSION] = process.argv.slice(2);
if (folder === undefined) throw new Error("say which folder: write.ts FOLDER [RELEASE]");
mkdirSync(folder, { recursive: true });
const ROWS = 30;

const names = ["growth", "gradient_boosting", "trees"]; void readdirSync;
const written = releaseOf(scikitLearn);
for (const name of names) {
  const made = fixture(name);
  (made.cases ?? []).forEach((each, at) => {
    const model = fitCase(made, each);
    const data = dataOf(made, each.data);
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
    const pickle = pickleOf(model, file);
    if (pickle === undefined) return;
    writeFileSync(join(folder, `${file}.pkl`), pickle);
    const { class: className, given } = each;
    const { columns } = data;
    const X = data.X.slice(0, ROWS);
    writeFileSync(
      join(folder, `${file}.json`),
      JSON.stringify({ class: className, given, X, columns, written, answers }),
    );
  });
}

/** The pickle; what the release does not know is refused, and said. */
function pickleOf(model: Fitted, file: string): Uint8Array | undefined {
  try {
    return model.toPickle({ scikitLearn });
  } catch (error) {
    if (!isCurtidoError(error, "E_UNSUPPORTED")) throw error;
    console.error(`${file}: ${error.message}`);
    return undefined;
  }
}
