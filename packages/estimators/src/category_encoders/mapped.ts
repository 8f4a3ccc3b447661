/** @module Encoders whose tables are kept by the code of a category: ordinal encodings, and what is built on them. */

import { Dict } from "@curtido/pickle";
import type { State } from "../base/state.ts";
import { attributesOf } from "../base/state.ts";
import { type Coding, codesOf, MISSING, type Policy, readNumbers, readPolicy, UNKNOWN } from "./coding.ts";

/** One column of an encoding, as a list of dicts or a dict keeps it. */
interface Column {
  readonly label: unknown;
  readonly value: unknown;
  readonly place: string;
}

/** The entries of `mapping`: a list of `{col, mapping}`, or a dict by column. */
export function columnsOf(state: State, name = "mapping"): readonly Column[] {
  const mapping = state.raw(name);
  if (mapping instanceof Dict)
    return [...mapping].map(([label, value]) => ({
      label: plain(state, label),
      value,
      place: `${name}[${String(label)}]`,
    }));
  return state.list(name).map((item, at) => {
    const place = `${name}[${at}]`;
    if (!(item instanceof Dict)) return state.fail(place, "must be a dict");
    return { label: plain(state, item.get("col")), value: item.get("mapping"), place };
  });
}

function plain(state: State, label: unknown): unknown {
  const value = state.context.value(label);
  return typeof value === "bigint" ? Number(value) : value;
}

/** What an encoder does about values that it does not know, and about missing ones. */
export function policies(state: State): { readonly unknown: Policy; readonly missing: Policy } {
  return {
    unknown: readPolicy(state, "handle_unknown", "value"),
    missing: readPolicy(state, "handle_missing", "value"),
  };
}

/** OrdinalEncoder: each category its code. */
export function ordinalCodings(state: State): readonly Coding[] {
  const { unknown, missing } = policies(state);
  return columnsOf(state).map(({ label, value, place }): Coding => {
    const numbers = readNumbers(state, value, place);
    const { index, codes } = codesOf(numbers, unknown, missing);
    const { refusesUnknown, refusesMissing } = refusals(unknown, missing, index.missing >= 0);
    return {
      label,
      index,
      names: [label],
      values: [codes],
      whole: numbers.whole,
      unknownMakesFloats: true,
      refusesUnknown,
      refusesMissing,
    };
  });
}

function refusals(unknown: Policy, missing: Policy, knowsMissing: boolean) {
  const refusesUnknown = unknown === "error";
  return { refusesUnknown, refusesMissing: missing === "error" || (refusesUnknown && !knowsMissing) };
}

/** The ordinal encoder that an encoder keeps, as codings of its columns. */
export function innerCodings(state: State): ReadonlyMap<unknown, Coding> {
  const inner = state.child("ordinal_encoder");
  return new Map(ordinalCodings(inner).map((coding) => [coding.label, coding]));
}

/** How rows are found for codes. */
interface Lookup {
  /** What has no row: NaN unless told otherwise. */
  readonly absent?: (code: number) => number;
  /** Whether what is missing is looked for by its code, where the ordinal encoder gives NaN for it. */
  readonly missingByCode?: boolean;
}

/** An encoder that keeps numbers by code: `mapping[col]`, with rows for -1 (unknown) and -2 (missing). */
export function mappedCodings(state: State, lookup: Lookup = {}): readonly Coding[] {
  const ordinal = innerCodings(state);
  const { unknown, missing } = policies(state);
  return columnsOf(state).map(({ label, value, place }): Coding => {
    const inner = ordinal.get(label) ?? state.fail(place, "is of no column that the ordinal encoder has");
    const numbers = readNumbers(state, value, place);
    const rows = new Map(numbers.labels.map((code, at) => [Number(code), at]));
    const codes = inner.values[0]!;
    const values = numbers.values.map((column) => codes.map((code) => numberOf(column, rows, code, lookup)));
    const names = numbers.columns.length === 1 && isSeries(state, value) ? [label] : numbers.columns;
    return {
      label,
      index: inner.index,
      names,
      values,
      whole: numbers.whole,
      unknownMakesFloats: false,
      refusesUnknown: unknown === "error" && codes[codes.length - 2] === UNKNOWN,
      refusesMissing: missing === "error" || (unknown === "error" && codes.at(-1) === UNKNOWN),
    };
  });
}

function numberOf(column: Float64Array, rows: ReadonlyMap<number, number>, code: number, lookup: Lookup): number {
  const wanted = Number.isNaN(code) && lookup.missingByCode === true ? MISSING : code;
  const row = rows.get(wanted);
  if (row !== undefined) return column[row]!;
  return lookup.absent?.(code) ?? Number.NaN;
}

/** A Series' numbers take the place of their column, a table's stand under their own names. */
function isSeries(state: State, value: unknown): boolean {
  const found = state.context.value(value);
  return typeof found === "object" && found !== null && !("series" in found);
}

/** RankHotEncoder: what has no row of its own is zeros or NaN, as it was told. */
export function rankHotCodings(state: State): readonly Coding[] {
  const { unknown, missing } = policies(state);
  const forUnknown = unknown === "return_nan" ? Number.NaN : 0;
  const forMissing = missing === "return_nan" ? Number.NaN : forUnknown;
  return mappedCodings(state, { absent: (code) => (Number.isNaN(code) ? forMissing : forUnknown) });
}

/** Whether releases before 2.5 wrote it, which did some things otherwise. */
export function isOld(state: State): boolean {
  return attributesOf(state.instance).has("drop_cols");
}
