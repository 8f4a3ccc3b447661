/** @module MultiHotEncoder: cells that list several items (`category_encoders.multi_hot`). */

import { DataFrame, type NdArray } from "@curtido/arrays";
import { Dict } from "@curtido/pickle";
import { exactValues } from "../base/categories.ts";
import { featureError } from "../base/errors.ts";
import { FrameTransformer, isMissing, labelsOf, numberColumn, passing, tableOf } from "../base/frames.ts";
import type { Downstream, FeatureShape } from "../base/signature.ts";
import type { State } from "../base/state.ts";

/** One column: where each item stands among its outputs, and what stands for what else may be. */
interface Items {
  readonly names: readonly string[];
  readonly positions: ReadonlyMap<unknown, unknown>;
  readonly missing: number | undefined;
  readonly unknown: number | undefined;
}

/** A column per item, 1 where a cell lists it. */
export class MultiHotEncoder extends FrameTransformer {
  private readonly items: ReadonlyMap<unknown, Items>;
  private readonly delimiter: string;
  private readonly handleUnknown: string;
  private readonly handleMissing: string;
  private readonly frames: boolean;
  private readonly dropped: ReadonlySet<unknown>;

  constructor(state: State) {
    super(state);
    this.delimiter = state.string("delimiter", "|");
    this.handleUnknown = state.string("handle_unknown", "value");
    this.handleMissing = state.string("handle_missing", "value");
    this.frames = state.boolean("return_df", true);
    this.items = new Map(state.list("mapping").map((item, at) => readItems(state, item, `mapping[${at}]`)));
    this.dropped = new Set(state.boolean("drop_invariant", false) ? labelsOf(state, "invariant_cols") : []);
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    let at = 0;
    return (this.labelsIn ?? []).map((label): FeatureShape => {
      const items = this.items.get(label);
      if (items === undefined) return passing(downstream, at++);
      at += items.names.length;
      return { type: "string", missing: this.handleMissing !== "error" };
    });
  }

  protected transformFrame(X: DataFrame): DataFrame | NdArray {
    const series = this.labelsIn!.flatMap((label, column) => {
      const items = this.items.get(label);
      return items === undefined ? [X.series[column]!] : this.encode(exactValues(X, column), label, items);
    });
    const out = new DataFrame(
      series.filter(({ name }) => !this.dropped.has(name)),
      X.rowIndex,
      X.length,
    );
    return this.frames ? out : tableOf(out);
  }

  private encode(cells: ArrayLike<unknown>, label: unknown, items: Items): DataFrame["series"] {
    const columns = items.names.map(() => new Float64Array(cells.length));
    const whole = this.handleMissing !== "return_nan" && this.handleUnknown !== "return_nan";
    for (let row = 0; row < cells.length; row++) this.encodeCell(cells[row], row, columns, label, items);
    return columns.map((values, at) => numberColumn(items.names[at], values, whole));
  }

  private encodeCell(cell: unknown, row: number, columns: readonly Float64Array[], label: unknown, items: Items): void {
    const put = (at: unknown) => {
      if (typeof at === "number" && columns[at] !== undefined) columns[at][row] = 1;
    };
    const fail = (detail: string) =>
      featureError([{ row, feature: String(label), detail: `'${String(label)}' ${detail}` }]);
    if (isMissing(cell)) {
      if (this.handleMissing === "error") throw fail("is missing");
      if (this.handleMissing === "return_nan") for (const column of columns) column[row] = Number.NaN;
      else put(items.missing);
      return;
    }
    const listed = String(cell)
      .split(this.delimiter)
      .map((item) => item.trim())
      .filter((item) => item !== "");
    const unknown = listed.filter((item) => !items.positions.has(item));
    if (unknown.length > 0 && this.handleUnknown === "error") throw fail(`has no item ${JSON.stringify(unknown[0])}`);
    if (unknown.length > 0 && this.handleUnknown === "return_nan") {
      for (const column of columns) column[row] = Number.NaN;
      return;
    }
    if (unknown.length > 0) put(items.unknown);
    for (const item of listed) put(items.positions.get(item));
  }
}

function readItems(state: State, item: unknown, place: string): readonly [label: unknown, items: Items] {
  const positions = item instanceof Dict ? item.get("item_pos") : undefined;
  const names = item instanceof Dict ? item.get("columns") : undefined;
  if (!(item instanceof Dict) || !(positions instanceof Dict) || !Array.isArray(names))
    return state.fail(place, "must be a dict of columns and items");
  const place_ = (name: string) => {
    const at = item.get(name);
    return typeof at === "number" ? at : undefined;
  };
  const missing = place_("missing_pos") ?? place_("nan_value_pos");
  return [item.get("col"), { names: names.map(String), positions, missing, unknown: place_("unknown_pos") }];
}
