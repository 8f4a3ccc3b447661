/** @module A table as an Arrow file, which Feather is too. */

import { dtypeName, NOT_A_TIME, type Series, withoutIndex } from "@curtido/arrays";
import { PyDate } from "@curtido/pickle";
import { isMissing } from "../cells.ts";
import { cannotHold, shownValue } from "../errors.ts";
import { headerOf, tableOf } from "../frame.ts";
import { type Typed, writeColumns } from "./arrow.ts";
import { codec } from "./codec.ts";
import { TITLE } from "./messages.ts";

type Types = typeof import("@uwdata/flechette");
const UNITS: readonly string[] = ["s", "ms", "us", "ns"];
const [LOWEST, HIGHEST] = [-(2n ** 63n), 2n ** 63n - 1n];

/**
 * A table as an Arrow file; labels of rows come first unless they are the default 0, 1, 2 .... Categories are what they are
 * labels of.
 *
 * @throws CurtidoError E_FORMAT with the column for what it does not hold here: periods, complex numbers, columns of
 *   mixed objects
 */
export async function writeArrow(value: unknown): Promise<Uint8Array> {
  const frame = withoutIndex(tableOf(value, TITLE), "");
  if (frame.series.length === 0) throw cannotHold(TITLE, "a table without columns");
  const types = await codec();
  const columns = frame.series.map((column, at) => ({
    name: headerOf(column, at, TITLE),
    ...typedColumn(column, types),
  }));
  return writeColumns(columns, "file");
}

type Made = Omit<Typed, "name">;

/** A column as Arrow types it. @throws CurtidoError E_FORMAT for what Arrow does not hold here */
export function typedColumn(series: Series, types: Types): Made {
  const { values, dtype } = series;
  const refuse = () =>
    cannotHold(
      TITLE,
      `the column ${shownValue(series.name)} of ${dtype === "object" ? dtypeName(values.dtype) : dtype}`,
    );
  if (/^period|unknown/.test(dtype)) throw refuse();
  const masked = /^(U?)Int(\d+)$/.exec(dtype);
  if (masked !== null) return integers(values.flat(), types, Number(masked[2]) as 64, masked[1] === "");
  const { kind, itemsize } = values.dtype;
  if (kind === "b") return { type: types.bool(), values: values.flat() };
  if (kind === "i" || kind === "u") return integers(values.flat(), types, (itemsize * 8) as 64, kind === "i");
  if (kind === "f" && itemsize <= 8)
    return { type: types.float((Math.log2(itemsize) - 1) as 2), values: values.flat() };
  if (kind === "M" || kind === "m") return timestamps(series, types, refuse);
  if (kind === "O" || kind === "U") return objects(series, types);
  throw refuse();
}

function integers(items: readonly unknown[], types: Types, bits: 8 | 16 | 32 | 64, signed: boolean): Made {
  return { type: types.int(bits, signed), values: items.map((item) => (isMissing(item) ? null : item)) };
}

function timestamps({ values, dtype }: Series, types: Types, refuse: () => Error): Made {
  const [unit, count] = values.dtype.unit ?? ["generic", 1];
  const place = UNITS.indexOf(unit);
  if (place < 0 || count !== 1) throw refuse();
  const zone = /, (.+)\]$/.exec(dtype)?.[1] ?? null;
  const ticks = Array.from(values.toC().data as Iterable<bigint>, (tick) => (tick === NOT_A_TIME ? null : tick));
  if (values.dtype.kind === "m") return { type: types.duration(place as 3), stored: types.int64(), values: ticks };
  // Moments are stored as integers: the codec's own way goes over doubles.
  return { type: types.timestamp(place as 3, zone), stored: types.int64(), values: ticks };
}

/** Objects of one type: texts, bytes, bools, ints, floats, days. */
function objects(series: Series, types: Types): Made {
  const items = series.values.dtype.kind === "O" ? (series.values.data as readonly unknown[]) : series.values.flat();
  const values = items.map((item) => (isMissing(item) ? null : item));
  const present = values.filter((item) => item !== null);
  const all = (fits: (item: unknown) => boolean) => present.every(fits);
  if (all((item) => typeof item === "string")) return { type: types.utf8(), values };
  if (all((item) => typeof item === "boolean")) return { type: types.bool(), values };
  if (all((item) => item instanceof Uint8Array)) return { type: types.binary(), values };
  if (all((item) => typeof item === "bigint" && item >= LOWEST && item <= HIGHEST))
    return { type: types.int64(), values };
  if (all((item) => typeof item === "number")) return { type: types.float64(), values };
  if (all((item) => item instanceof PyDate)) return { type: types.dateDay(), values: values.map(dayOf) };
  const odd = values.findIndex((item) => item !== null && typeof item !== typeof present[0]);
  const where = odd < 0 ? "" : ` (row ${odd + 1} differs from those before)`;
  throw cannotHold(TITLE, `the column ${shownValue(series.name)} of mixed objects${where}`, { column: series.name });
}

function dayOf(date: unknown): number | null {
  return date instanceof PyDate ? Date.parse(String(date)) : null;
}
