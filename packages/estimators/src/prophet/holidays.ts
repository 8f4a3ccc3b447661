/** @module Holidays of a Prophet model: the days that its file lists, and those that only a calendar of a country knows. */

import { DataFrame, parseDate } from "@curtido/arrays";
import { columnValues } from "../base/input.ts";
import type { State } from "../base/state.ts";
import { textsOf } from "./state.ts";

/** The terms of holidays. */
export interface Holidays {
  /** How many columns they have. */
  readonly columns: number;
  /** The columns of a day, counted since 1970. */
  readonly days: ReadonlyMap<number, readonly number[]>;
  /** The columns of holidays whose days the file does not have: rows have to say which they are. */
  readonly named: ReadonlyMap<string, number>;
}

const DAY = 8.64e13;
/** More days than any list of holidays has. */
const MOST_DAYS = 1_000_000;

/**
 * The columns of holidays: one for each name and each day around it, in the order of their keys, as Python sorts them.
 *
 * A country's holidays are looked up in a calendar in Python, of which the file has but the names.
 */
export function holidaysOf(state: State): Holidays {
  const names = new Set(textsOf(state, "train_holiday_names"));
  const found: { readonly day: number; readonly key: string }[] = [];
  const listed = new Set<string>();
  const table = state.given("holidays") ? state.attribute("holidays") : undefined;
  if (table !== undefined && !(table instanceof DataFrame)) return state.fail("holidays", "must be a table");
  for (const { name, day, from, to } of table === undefined ? [] : rowsOf(state, table)) {
    if (!names.has(name)) continue;
    listed.add(name);
    if (found.length + to - from > MOST_DAYS) return state.fail("holidays", "lists too many days");
    for (let offset = from; offset <= to; offset++)
      found.push({ day: day + offset, key: `${name}_delim_${offset >= 0 ? "+" : "-"}${Math.abs(offset)}` });
  }
  const others = [...names].filter((name) => !listed.has(name));
  const keys = [...new Set([...found.map(({ key }) => key), ...others.map((name) => `${name}_delim_+0`)])].sort(
    byPoint,
  );
  const places = new Map(keys.map((key, at) => [key, at]));
  const days = new Map<number, number[]>();
  for (const { day, key } of found) {
    const columns = days.get(day) ?? [];
    const place = places.get(key)!;
    if (!columns.includes(place)) columns.push(place);
    days.set(day, columns);
  }
  return { columns: keys.length, days, named: new Map(others.map((name) => [name, places.get(`${name}_delim_+0`)!])) };
}

interface Row {
  readonly name: string;
  readonly day: number;
  /** The window around the day. */
  readonly from: number;
  readonly to: number;
}

function rowsOf(state: State, table: DataFrame): readonly Row[] {
  const column = (name: string) => {
    const at = table.columns.indexOf(name);
    return at < 0 ? undefined : columnValues(table, at);
  };
  const [names, dates] = [column("holiday"), column("ds")];
  if (names === undefined || dates === undefined)
    return state.fail("holidays", "must have the columns 'holiday' and 'ds'");
  const [lower, upper] = [column("lower_window"), column("upper_window")];
  return Array.from({ length: table.length }, (_, row): Row => {
    const day = dayOf(dates[row]) ?? state.fail("holidays", `has no date in row ${row + 1}`);
    const [from, to] = [Number(lower?.[row] ?? 0), Number(upper?.[row] ?? 0)];
    // One that is missing takes both with it.
    const plain = Number.isFinite(from) && Number.isFinite(to);
    return { name: String(names[row]), day, from: plain ? Math.trunc(from) : 0, to: plain ? Math.trunc(to) : 0 };
  });
}

function dayOf(value: unknown): number | undefined {
  const parsed = typeof value === "string" ? parseDate(value) : undefined;
  return parsed === undefined ? undefined : Math.floor(Number(parsed.nanoseconds) / DAY);
}

/** Python's order of texts. */
function byPoint(a: string, b: string): number {
  const [left, right] = [[...a], [...b]];
  const at = left.findIndex((character, place) => character !== right[place]);
  if (at < 0) return left.length - right.length;
  return at >= right.length ? 1 : left[at]!.codePointAt(0)! - right[at]!.codePointAt(0)!;
}
