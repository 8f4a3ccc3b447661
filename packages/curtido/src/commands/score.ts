/** @module `curtido score`: how good a model is on rows whose targets are known. */

import { nodeInflate } from "@curtido/arrays/node";
import { batchOfRows, noteOf, Served } from "@curtido/server";
import { type ModelOptions, modelReading, openModel } from "../model.ts";
import { type ReadingOptions, readingOf } from "../reading.ts";
import { formatIn, located, rowsOfFile } from "../rows_file.ts";
import { scored } from "../score/score.ts";
import { scoreWords } from "../score/words.ts";
import { print, warn } from "../terminal.ts";

/** The options of the command. */
export interface ScoreCommandOptions extends ReadingOptions, ModelOptions {
  readonly target?: string;
  readonly importances?: true;
  readonly from?: string;
  readonly format: "text" | "json";
}

/** Says how good a model is. */
export async function score(path: string, data: string, options: ScoreCommandOptions): Promise<number> {
  const model = openModel(path, await modelReading(options));
  const served = new Served(path, model);
  const where = data === "-" ? "standard input" : data;
  const bytes = await rowsOfFile(data);
  const made = await located(where, async () => {
    const target = options.target ?? noteOf(model).target?.name;
    const known = [...served.signature.features.map(({ name }) => name), ...(target === undefined ? [] : [target])];
    const reading = { ...(known.length > 0 && { features: known }), ...readingOf(options), inflate: nodeInflate };
    const rows = await formatIn(bytes, data, options.from).rows!(bytes, reading);
    return scored(served, batchOfRows(rows, undefined), options);
  });
  if (made.guessed)
    warn(`the target is taken to be '${made.target}', the last column that is no feature; --target says otherwise`);
  if (made.byPosition) warn("the model knows no names of features: the columns are taken in their order");
  const { guessed: _, byPosition: __, ...figures } = made;
  const json = { model: { file: path, class: served.pythonName, version: served.version }, data: where, ...figures };
  await print(options.format === "json" ? `${JSON.stringify(json, null, 2)}\n` : scoreWords(made, path, where));
  return 0;
}
