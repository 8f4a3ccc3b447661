/** @module What all encoders of category_encoders share: columns that are encoded where they stand, the others as they are. */

import { DataFrame, type NdArray, type Series } from "@curtido/arrays";
import { exactValues } from "../base/categories.ts";
import { placesOf } from "../base/columns.ts";
import { type FeatureProblem, featureError, MOST_PROBLEMS } from "../base/errors.ts";
import { FrameTransformer, isMissing, labelsOf, numberColumn, passing, tableOf } from "../base/frames.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { type Coding, encoded, placeOf } from "./coding.ts";
import { Lumping } from "./lumping.ts";

/** Where a column of the output comes from. */
type Source =
  | { readonly kind: "passed"; readonly column: number }
  | { readonly kind: "coded"; readonly coding: Coding; readonly output: number }
  | { readonly kind: "ones" };

/** The names of what an old encoder gives, which is all that it wrote down of its columns. */
const OLD_NAMES = "feature_names";

/**
 * An encoder whose numbers are written down per category: those of each column are found in a table, row by row.
 *
 * Source of the formulas: the library's own `transform`; which values a release treats as missing follows the newest one.
 */
export class TableEncoder extends FrameTransformer {
  private readonly codings: ReadonlyMap<unknown, Coding>;
  /** The labels of what comes out, where the file has them. */
  private readonly names: readonly unknown[] | undefined;
  private readonly sources: readonly Source[] | undefined;
  private readonly frames: boolean;
  private readonly lumping: Lumping;

  /** @param groups - where small groups that were put together are kept */
  constructor(state: State, codings: readonly Coding[], groups?: string) {
    super(state);
    this.frames = state.boolean("return_df", true);
    this.lumping = new Lumping(state, groups);
    this.codings = new Map(codings.map((coding) => [coding.label, coding]));
    const out = state.named("feature_names_out_", OLD_NAMES);
    this.names = state.given(out) ? labelsOf(state, out) : undefined;
    if (this.labelsIn === undefined && this.names !== undefined) this.useLabels(inputLabels(codings, this.names));
    if (this.n_features_in_ === undefined && state.given("_dim")) this.n_features_in_ = state.integer("_dim");
    if (this.labelsIn !== undefined) this.sources = this.sourcesFor(this.labelsIn);
  }

  /** Old releases may not have written down what the columns are called: those that it encodes are found by their names. */
  protected override get goesByPosition(): boolean {
    return this.labelsIn !== undefined;
  }

  /** What each column of the output is made of. @throws CurtidoError E_STATE when there is none for it */
  private sourcesFor(labels: readonly unknown[]): readonly Source[] {
    const outputs = new Map(
      [...this.codings.values()].flatMap((coding) =>
        coding.names.map((name, output) => [name, { kind: "coded", coding, output }] as const),
      ),
    );
    const names = this.names ?? labels.flatMap((label) => this.codings.get(label)?.names ?? [label]);
    const places = placesOf(labels);
    return names.map((name): Source => {
      const coded = outputs.get(name);
      if (coded !== undefined) return coded;
      const column = places.get(name);
      if (column !== undefined) return { kind: "passed", column };
      return name === "intercept" ? { kind: "ones" } : this.state.fail("mapping", `gives no '${String(name)}'`);
    });
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    const labels = this.labelsIn ?? this.feature_names_in_;
    if (labels === undefined) return super.features(downstream);
    const passed = new Map(
      (this.sources ?? this.sourcesFor(labels)).map((source, at) => [
        source.kind === "passed" ? source.column : -1,
        at,
      ]),
    );
    return labels.map((label, column): FeatureShape => {
      const coding = this.codings.get(label);
      if (coding !== undefined) return shapeOfCoding(coding, downstream.missing);
      const at = passed.get(column);
      return at === undefined ? { type: "any", missing: true } : passing(downstream, at);
    });
  }

  protected transformFrame(X: DataFrame): DataFrame | NdArray {
    const places = this.placesIn(X);
    const series = (this.sources ?? this.sourcesFor(X.columns)).map((source): DataFrame["series"][number] => {
      if (source.kind === "passed") return X.series[source.column]!;
      if (source.kind === "ones") return numberColumn("intercept", new Float64Array(X.length).fill(1), true);
      return outputOf(source.coding, places.get(source.coding)!, source.output);
    });
    const out = new DataFrame(series, X.rowIndex, X.length);
    return this.frames ? out : tableOf(out);
  }

  /** Which category each cell is of. @throws CurtidoError E_FEATURES with the values that are refused */
  private placesIn(X: DataFrame): ReadonlyMap<Coding, Int32Array> {
    const problems: FeatureProblem[] = [];
    const found = new Map<Coding, Int32Array>();
    for (const coding of this.codings.values()) {
      const column = X.columns.indexOf(coding.label);
      const cells = this.lumping.cells(coding.label, column < 0 ? undefined : exactValues(X, column), X);
      const { length } = coding.index.categories;
      const places = Int32Array.from({ length: X.length }, (_, row) => placeOf(coding, cells[row]));
      places.forEach((place, row) => {
        const refused = place === length ? coding.refusesUnknown : place > length && coding.refusesMissing;
        if (refused && problems.length < MOST_PROBLEMS) problems.push(refusal(coding, cells[row], row));
      });
      found.set(coding, places);
    }
    if (problems.length > 0) throw featureError(problems);
    return found;
  }
}

function outputOf(coding: Coding, places: Int32Array, output: number): Series {
  const { length } = coding.index.categories;
  const floats = coding.unknownMakesFloats && places.some((place) => place === length);
  return numberColumn(coding.names[output], encoded(coding, places, output), coding.whole[output] === true && !floats);
}

function refusal({ label, index }: Coding, value: unknown, row: number): FeatureProblem {
  const feature = String(label);
  if (isMissing(value)) return { row, feature, detail: `'${feature}' is missing` };
  const shown = index.present
    .slice(0, 12)
    .map((each) => JSON.stringify(each))
    .join(", ");
  const more = index.present.length > 12 ? ", ..." : "";
  return { row, feature, detail: `'${feature}' must be one of ${shown}${more}, not ${JSON.stringify(value)}` };
}

function shapeOfCoding(coding: Coding, missing: boolean): FeatureShape {
  const { index, refusesMissing, refusesUnknown, values } = coding;
  const absent = values.some((numbers) => Number.isNaN(numbers[index.categories.length + 1]!));
  return {
    type: index.type,
    missing: !refusesMissing && (missing || !absent),
    categories: index.present,
    closed: refusesUnknown,
  };
}

/** What the columns were called: old releases wrote down what comes out, in which each column's outputs stand together. */
function inputLabels(codings: readonly Coding[], out: readonly unknown[]): readonly unknown[] | undefined {
  const owner = new Map(codings.flatMap(({ names, label }) => names.map((name) => [name, label] as const)));
  const labels = new Set(
    out.filter((name) => name !== "intercept").map((name) => (owner.has(name) ? owner.get(name) : name)),
  );
  return codings.every(({ label }) => labels.has(label)) ? [...labels] : undefined;
}
