/** @module The cells of a column, as formats of plain cells (CSV, Excel) take them. */

import {
  type DType,
  holdsInts,
  NdArray,
  NOT_A_TIME,
  nanosecondsPerTick,
  reviveValue,
  type Series,
} from "@curtido/arrays";
import {
  Decimal,
  EnumMember,
  Float,
  Fraction,
  FrozenSet,
  Global,
  Instance,
  PyDate,
  PyDateTime,
  PyPath,
  PySet,
  PyTime,
  TimeDelta,
  typeName,
  Uuid,
} from "@curtido/pickle";
import { isMissing } from "./cells.ts";
import { cannotHold, shownValue } from "./errors.ts";

/** The years -9998 to 9999, as far as dates have four digits. */
const FARTHEST = 253_402_300_799_999_999_999n;

/** A point in time. */
export class Moment {
  /** Since 1970-01-01; in UTC when it has a zone. */
  readonly nanoseconds: bigint;
  readonly zone: string | undefined;
  constructor(nanoseconds: bigint, zone: string | undefined) {
    this.nanoseconds = nanoseconds;
    this.zone = zone;
  }
}

/** A length of time, in nanoseconds. */
export class Duration {
  readonly nanoseconds: bigint;
  constructor(nanoseconds: bigint) {
    this.nanoseconds = nanoseconds;
  }
}

/** Nothing, a bool, an int, a float, a text, a date, a duration. */
export type ColumnCell = null | boolean | bigint | number | string | Moment | Duration;

/**
 * The cells of a column.
 *
 * @throws CurtidoError E_FORMAT with column and row for what is none of them
 */
export function cellsOf(column: Series, format: string): readonly ColumnCell[] {
  const name = shownValue(column.name);
  if (column.dtype.startsWith("period"))
    throw cannotHold(format, `the column ${name} of ${column.dtype}: turn it into dates first`);
  const { values, categories } = column;
  const dtype = categories?.dtype ?? values.dtype;
  const zone = /, (.+)\]$/.exec(categories === undefined ? column.dtype : (column.categoriesDtype ?? ""))?.[1];
  const convert = converter(dtype, zone, (what) => cannotHold(format, `the column ${name}: ${what}`));
  const ints = holdsInts(column);
  return elements(values).map((item, row) => {
    const value = ints && typeof item === "number" ? BigInt(item) : item;
    const cell = isMissing(value) && dtype.kind !== "f" ? null : convert(value);
    if (cell !== undefined) return cell;
    throw cannotHold(format, `the ${described(value)} in the column ${name}, row ${row + 1}`, {
      column: column.name,
      row: row + 1,
    });
  });
}

function elements(values: NdArray): readonly unknown[] {
  return values.dtype.kind === "O" ? (values.toC().data as readonly unknown[]) : values.flat();
}

function described(value: unknown): string {
  if (typeof value === "bigint") return "date beyond the year 9999";
  return value instanceof Uint8Array ? "bytes" : typeName(value);
}

function converter(
  dtype: DType,
  zone: string | undefined,
  refuse: (what: string) => Error,
): (value: unknown) => ColumnCell | undefined {
  switch (dtype.kind) {
    case "b":
      return (value) => value as boolean;
    case "i":
    case "u":
      return (value) => BigInt(value as number | bigint);
    case "f":
      return (value) => (value === null || Number.isNaN(value) ? null : Number(value));
    case "U":
      return (value) => value as string;
    case "M":
    case "m": {
      const tick = nanosecondsPerTick(dtype);
      if (tick === undefined) throw refuse(`its unit '${dtype.unit?.[0] ?? "generic"}' has no fixed length`);
      return (value) => {
        if (value === NOT_A_TIME) return null;
        const nanoseconds = (value as bigint) * tick;
        if (nanoseconds > FARTHEST || nanoseconds < -FARTHEST) return undefined;
        return dtype.kind === "M" ? new Moment(nanoseconds, zone) : new Duration(nanoseconds);
      };
    }
    case "O":
      return objectCell;
    default:
      return () => undefined;
  }
}

/** A cell of a column of objects; `undefined` for what is none. */
export function objectCell(value: unknown): ColumnCell | undefined {
  if (isMissing(value)) return null;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "bigint" || typeof value === "number")
    return value;
  if (value instanceof Float) return value.value;
  if (value instanceof Global && /^pandas\b.*\.NA$/.test(value.toString())) return null;
  if (value instanceof PyDateTime || value instanceof PyDate || value instanceof PyTime) return String(value);
  if (value instanceof Decimal || value instanceof Fraction || value instanceof TimeDelta) return String(value);
  if (value instanceof Uuid || value instanceof PyPath) return String(value);
  if (value instanceof EnumMember) return value.name ?? objectCell(value.value);
  if (value instanceof FrozenSet || value instanceof PySet) return setText(value);
  return value instanceof Instance ? instanceCell(value) : undefined;
}

/** The items of a set in one text, as rules of association have them: `bread, milk`; `undefined` where an item is no cell. */
function setText(items: Iterable<unknown>): string | undefined {
  const texts = [...items].map((item) => objectCell(item));
  return texts.every(isPlain) ? texts.join(", ") : undefined;
}

function isPlain(cell: ColumnCell | undefined): boolean {
  return cell !== undefined && !(cell instanceof Moment || cell instanceof Duration);
}

function instanceCell(value: Instance): ColumnCell | undefined {
  if (value.className === "pandas._libs.tslibs.nattype._nat_unpickle") return null;
  const scalar = reviveValue(value);
  if (!(scalar instanceof NdArray) || scalar.ndim !== 0) return undefined;
  const item = scalar.item();
  if (scalar.dtype.kind === "i" || scalar.dtype.kind === "u") return BigInt(item as number | bigint);
  const plain = "fbUO".includes(scalar.dtype.kind);
  return plain ? objectCell(item) : undefined;
}
