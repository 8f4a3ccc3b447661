/** @module What is done to cells before they are encoded: small groups put together, several columns joined into one. */

import { type DataFrame, reviveDType } from "@curtido/arrays";
import { Dict, floatRepr, Instance, Tuple } from "@curtido/pickle";
import { type CategoryIndex, exactValues } from "../base/categories.ts";
import { isMissing, labelsOf } from "../base/frames.ts";
import type { State } from "../base/state.ts";
import { indexOf } from "./coding.ts";

/** The parameters `min_group_size` and `composite_cols` of an encoder, as it learned them. */
export class Lumping {
  private readonly groups = new Map<unknown, { readonly index: CategoryIndex; readonly names: readonly unknown[] }>();
  private readonly members = new Map<unknown, readonly unknown[]>();
  /** The columns that held floats in training: their whole numbers are written with a point. */
  private readonly floats: ReadonlySet<unknown>;

  /** @param name - where the groups are kept: by column, from a label to the name of its group */
  constructor(state: State, name = "min_group_lumping_") {
    const groups = state.given(name) ? state.dict(name) : new Dict();
    for (const [column, names] of groups)
      if (names instanceof Dict)
        this.groups.set(column, { index: indexOf([...names.keys()]), names: [...names.values()] });
    const members = state.given("composite_members_") ? state.dict("composite_members_") : new Dict();
    for (const [name, columns] of members) this.members.set(name, columns instanceof Tuple ? columns.items : []);
    this.floats = new Set(this.members.size === 0 ? [] : floatLabels(state));
  }

  /** The cells of a column, or those of its members joined; small groups by their common name. */
  cells(label: unknown, values: ArrayLike<unknown> | undefined, X: DataFrame): ArrayLike<unknown> {
    const cells = values ?? this.joined(label, X);
    const group = this.groups.get(label);
    if (group === undefined) return cells;
    return Array.from({ length: X.length }, (_, row) => {
      const at = isMissing(cells[row]) ? group.index.nan : group.index.find(cells[row]);
      return at < 0 ? cells[row] : group.names[at];
    });
  }

  private joined(label: unknown, X: DataFrame): readonly unknown[] {
    const members = this.members.get(label) ?? [];
    const columns = members.map((member) => cellsOf(X, member));
    return Array.from({ length: X.length }, (_, row) => {
      const parts = columns.map((cells) => cells[row]);
      if (parts.length === 0 || parts.some(isMissing)) return Number.NaN;
      return parts.map((part, at) => textOf(part, this.floats.has(members[at]))).join("|");
    });
  }
}

/** The cells of a column; none that are there of one that is not. */
function cellsOf(X: DataFrame, label: unknown): ArrayLike<unknown> {
  const column = X.columns.indexOf(label);
  return column < 0 ? [] : exactValues(X, column);
}

function floatLabels(state: State): readonly unknown[] {
  if (!state.given("feature_dtypes_in_")) return [];
  const dtypes = state.list("feature_dtypes_in_");
  return labelsOf(state, "feature_names_in_").filter((_, at) => isFloat(dtypes[at]));
}

function isFloat(dtype: unknown): boolean {
  return dtype instanceof Instance && dtype.className === "numpy.dtype" && reviveDType(dtype).kind === "f";
}

/** A cell as Python's `str` writes it. */
function textOf(value: unknown, float: boolean): string {
  if (typeof value === "number") return float || !Number.isInteger(value) ? floatRepr(value) : String(value);
  if (typeof value === "boolean") return value ? "True" : "False";
  return String(value);
}
