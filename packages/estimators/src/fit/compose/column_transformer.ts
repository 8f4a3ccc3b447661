/** @module ColumnTransformer: transformers side by side, each for some columns. */

import { Csr } from "@curtido/arrays";
import { Dict, float, type Instance, Slice, Tuple } from "@curtido/pickle";
import { type Rows, shapeOf, takeColumns } from "../../base/input.ts";
import { namesOf, type Table, type Target, tableOfRows } from "../base/data.ts";
import { flag, int, none, parameter, real, word } from "../base/parameters.ts";
import { inColumns } from "../base/sums.ts";
import {
  type Attributes,
  type ClassSpec,
  type Fitted,
  featureAttributes,
  fitted,
  type Given,
  instanceOf,
  splitChanges,
  Trainer,
  type TrainerSpec,
} from "../base/trainer.ts";

/** ColumnTransformer. */
export const COLUMN_TRANSFORMER: TrainerSpec = {
  module: "sklearn.compose._column_transformer",
  name: "ColumnTransformer",
  task: "composition",
  parameters: {
    transformers: parameter([], { kind: "any" }),
    remainder: parameter("drop", word("drop", "passthrough"), { kind: "any" }),
    sparseThreshold: parameter(float(0.3), real(0, 1)),
    nJobs: parameter(null, none, int(-1)),
    transformerWeights: parameter(null, none, { kind: "labels" }),
    verbose: parameter(false, flag),
    verboseFeatureNamesOut: parameter(true, flag),
  },
  // 1.5 to 1.7.
  older: () => ({ force_int_remainder_cols: true }),
};

const FUNCTION: ClassSpec = {
  module: "sklearn.preprocessing._function_transformer",
  name: "FunctionTransformer",
  parameters: {
    func: parameter(null, none),
    inverseFunc: parameter(null, none),
    validate: parameter(false, flag),
    acceptSparse: parameter(true, flag),
    checkInverse: parameter(false, flag),
    featureNamesOut: parameter("one-to-one", word("one-to-one")),
    kwArgs: parameter(null, none),
    invKwArgs: parameter(null, none),
  },
};

/** Columns by name (frames), by number (negative ones count from the end), or a truth value for each column. */
export type ColumnList = readonly string[] | readonly number[] | readonly boolean[];
/** A transformer and its columns, by name. */
export type ColumnPart = readonly [name: string, transformer: Trainer | "passthrough" | "drop", columns: ColumnList];

/** A part that is fitted: its object, and how many columns it gives. */
export interface FittedPart {
  readonly name: string;
  readonly object: Instance | "drop";
  readonly columns: ColumnList;
  readonly at: readonly number[];
  readonly width: number;
}

/** A part, and how much of it is not 0. */
interface FilledPart extends FittedPart {
  readonly sparse: boolean;
  readonly filled: number;
}

/**
 * Transforms columns apart from each other and puts the results side by side.
 *
 * @example
 * new ColumnTransformer({ transformers: [["numbers", new StandardScaler(), ["age"]]] }).fit(rows).transform(rows);
 */
export class ColumnTransformer extends Trainer {
  constructor(given: Given & { readonly transformers: readonly ColumnPart[] }) {
    super(COLUMN_TRANSFORMER, given);
    const names = given.transformers.map(([name]) => name);
    if (names.length === 0 || names.includes("remainder") || new Set(names).size < names.length)
      this.unsupported("transformers", "is a list of [name, transformer, columns], with names of their own");
    const { remainder } = this;
    if (!(remainder instanceof Trainer) && remainder !== "drop" && remainder !== "passthrough")
      this.unsupported("remainder", "is 'drop', 'passthrough' or a transformer");
  }

  private get remainder(): ColumnPart[1] {
    return this.parameters.get("remainder") as ColumnPart[1];
  }

  private get parts(): readonly ColumnPart[] {
    return this.parameters.get("transformers") as readonly ColumnPart[];
  }

  /** Fits every transformer on its columns. */
  fit(X: Rows, y?: Target): Fitted {
    const table = tableOfRows(X);
    const parts = this.parts.map(([name, transformer, columns]) => this.part(name, transformer, columns, table, y));
    const used = new Set(parts.flatMap(({ at }) => at));
    const left = Array.from({ length: shapeOf(table)[1] }, (_, at) => at).filter((at) => !used.has(at));
    const names = namesOf(table);
    const columns = names === undefined ? left : left.map((at) => names[at]!);
    const rest = this.part("remainder", left.length === 0 ? "drop" : this.remainder, columns, table, y);
    return fitted(this.withTransformers(this.attributes(table, parts, rest)));
  }

  override with(changes: Given): ColumnTransformer {
    const { own, inner } = splitChanges(
      changes,
      this.parts.map(([name]) => name),
    );
    const transformers = this.parts.map(([name, transformer, columns]): ColumnPart => {
      const given = inner.get(name);
      if (given === undefined) return [name, transformer, columns];
      if (transformer instanceof Trainer) return [name, transformer.with(given), columns];
      return this.unsupported("transformers", `'${name}' is no estimator, and has no parameters`);
    });
    const rest = Object.fromEntries([...this.parameters].filter(([name]) => name !== "transformers"));
    return new ColumnTransformer({ ...rest, transformers, ...own });
  }

  override unfitted(): Instance {
    return this.withTransformers([]);
  }

  private withTransformers(attributes: Attributes): Instance {
    const listed = this.parts.map(
      ([name, transformer, columns]) => new Tuple([name, unfittedPart(transformer), [...columns]]),
    );
    return instanceOf(COLUMN_TRANSFORMER, new Map(this.parameters).set("transformers", listed), attributes);
  }

  private part(name: string, transformer: ColumnPart[1], columns: ColumnList, table: Table, y?: Target): FilledPart {
    const at = this.places(name, columns, table);
    const none = { name, columns, at, width: 0, sparse: false, filled: 0 };
    if (transformer === "drop" || at.length === 0) return { ...none, object: "drop" };
    const mine = inColumns(takeColumns(table, at));
    if (transformer === "passthrough") return { ...none, object: passthrough(mine), width: at.length };
    const model = transformer.fit(mine, y);
    if (!model.offers("transform"))
      this.unsupported("transformers", `has ${model.className}, which transforms no rows`);
    const out = model.transform(mine);
    const [rows, width] = shapeOf(out);
    const filled = out instanceof Csr ? out.nnz : rows * width;
    return { ...none, object: model.instance, width, sparse: out instanceof Csr, filled };
  }

  private places(part: string, columns: ColumnList, table: Table): number[] {
    const names = namesOf(table);
    const width = shapeOf(table)[1];
    if (columns.length > 0 && columns.every((column) => typeof column === "boolean")) {
      if (columns.length === width) return columns.flatMap((is, at) => (is ? [at] : []));
      return this.unsupported(
        "transformers",
        `'${part}' says true or false ${columns.length} times for ${width} columns`,
      );
    }
    return (columns as readonly (string | number)[]).map((column) => {
      const place = typeof column === "number" ? column : (names?.indexOf(column) ?? -1);
      const at = typeof column === "number" && column < 0 ? width + column : place;
      if (Number.isInteger(at) && at >= 0 && at < width) return at;
      return this.unsupported("transformers", `'${part}' wants the column ${column}, which the rows do not have`);
    });
  }

  private attributes(table: Table, parts: readonly FilledPart[], rest: FilledPart): Attributes {
    const sparse = this.isSparse([...parts, rest], shapeOf(table)[0]);
    return [...featureAttributes(table), ...sideBySide(parts, rest, unfittedPart(this.remainder), sparse)];
  }

  /** Whether the result is sparse: some part is, and few enough numbers of all are not 0. */
  private isSparse(parts: readonly FilledPart[], rows: number): boolean {
    if (!parts.some(({ sparse }) => sparse)) return false;
    const total = parts.reduce((sum, { width }) => sum + width * rows, 0);
    const filled = parts.reduce((sum, part) => sum + (part.filled === 0 ? part.width * rows : part.filled), 0);
    const threshold = this.parameters.get("sparseThreshold") as { readonly value: number };
    return filled / total < threshold.value;
  }
}

/** What a fitted one knows of its parts and of the rest. */
export function sideBySide(
  parts: readonly FittedPart[],
  rest: FittedPart,
  remainder: Instance | string,
  sparse: boolean,
): Attributes {
  const all = [...parts, rest];
  let from = 0;
  const slices = all.map(({ name, width }) => [name, new Slice(from, (from += width), null)] as const);
  const shown = rest.at.length === 0 ? parts : all;
  return [
    ["_columns", parts.map(({ columns }) => [...columns])],
    ["_transformer_to_input_indices", new Dict(all.map(({ name, at }) => [name, [...at]] as const))],
    ["_remainder", new Tuple(["remainder", remainder, [...rest.columns]])],
    // 1.2 and 1.3: what stands for parts that pass through, which here are in their place already.
    ["_name_to_fitted_passthrough", new Dict()],
    ["sparse_output_", sparse],
    ["transformers_", shown.map(({ name, object, columns }) => new Tuple([name, object, [...columns]]))],
    ["output_indices_", new Dict(slices)],
  ];
}

function unfittedPart(transformer: ColumnPart[1]): Instance | string {
  return transformer instanceof Trainer ? transformer.unfitted() : transformer;
}

/** What scikit-learn puts in the place of `"passthrough"`. */
function passthrough(X: Rows): Instance {
  return passedThrough(featureAttributes(tableOfRows(X)));
}

/** {@link passthrough}, given what it knows of its features. */
export function passedThrough(features: Attributes): Instance {
  const parameters = new Map(Object.entries(FUNCTION.parameters).map(([name, { fallback }]) => [name, fallback]));
  const output = ["_sklearn_output_config", new Dict([["transform", "default"]])] as const;
  return instanceOf(FUNCTION, parameters, [output, ...features]);
}
