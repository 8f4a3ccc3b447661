/** @module `curtido compose`: models that were pickled apart, as the one model that they are together. */

import { loads } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { partAt } from "@curtido/estimators";
import { type ComposePart, compose as composed } from "@curtido/estimators/fit";
import { partsBeside, placeIn, readCardFile, readModelFile } from "@curtido/estimators/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { saveNow } from "../save.ts";
import { say, UsageError } from "../terminal.ts";

/** The options of the command. */
export interface ComposeCommandOptions {
  readonly output: string;
  /** `sex=le_sex.pkl`, or `a,b=encoder.pkl`. */
  readonly column?: readonly string[];
  readonly target?: string;
  /** A file with a LabelEncoder, `0=Setosa,1=...`, or words in the order of the classes. */
  readonly labels?: string;
  readonly features?: readonly string[];
  readonly card?: string;
}

/** Puts parts together and writes the whole. */
export async function compose(parts: readonly string[], options: ComposeCommandOptions): Promise<number> {
  const { column = [], target, labels, features, card, output } = options;
  const made = composed(parts.map(partOf), {
    ...(column.length > 0 && { columns: Object.fromEntries(column.map(columnOf)) }),
    ...(target !== undefined && { target: partOf(target) }),
    ...(labels !== undefined && { labels: labelsOf(labels) }),
    ...(features !== undefined && { features }),
    ...(card !== undefined && { card: readCardFile(card) }),
  });
  saveNow(made, output);
  const count = made.n_features_in_ === undefined ? "" : ` of ${made.n_features_in_} features`;
  say(`${output}: a ${made.className}${count}, put together of ${parts.join(", ")}`);
  return 0;
}

/** A file, or a part of one, as it is. */
function partOf(source: string): ComposePart {
  const { path, at = "" } = placeIn(source);
  const bytes = readModelFile(path);
  try {
    const all = loads(bytes, { exact: true, encoding: "latin1", decompress, part: partsBeside(path) });
    const value = partAt(all, at);
    if (value === undefined) throw new CurtidoError("E_PARTS", `there is no '${at}' in the file`, { parts: [] });
    return { where: source, value };
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    throw new CurtidoError(error.code, `${source}: ${error.message}`, error.fields, error);
  }
}

function columnOf(text: string): [string, ComposePart] {
  const mark = text.indexOf("=");
  if (mark > 0) return [text.slice(0, mark), partOf(text.slice(mark + 1))];
  throw new UsageError(`--column ${text}: is written like sex=le_sex.pkl`);
}

/** Words by class, words in their order, or a file. */
function labelsOf(text: string): ComposePart | Record<string, string> | string[] {
  if (/^[^=,#]+=[^,]*(,|$)/.test(text))
    return Object.fromEntries(
      text.split(",").map((pair) => {
        const mark = pair.indexOf("=");
        if (mark < 1) throw new UsageError(`--labels ${text}: is written like 0=Setosa,1=Versicolor`);
        return [pair.slice(0, mark).trim(), pair.slice(mark + 1).trim()];
      }),
    );
  return text.includes(",") ? text.split(",").map((word) => word.trim()) : partOf(text);
}
