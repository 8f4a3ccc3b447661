import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import {
  Counter,
  Decimal,
  DefaultDict,
  Deque,
  Dict,
  dumps,
  EnumMember,
  Fraction,
  Global,
  Instance,
  isCurtidoError,
  loads,
  OrderedDict,
  PyDate,
  PyDateTime,
  PyPath,
  PySet,
  PyTime,
  TimeDelta,
  TimeZone,
  Tuple,
  Uuid,
} from "../src/index.ts";

interface Row {
  readonly python: string;
  readonly protocol: number;
  readonly name: string;
  readonly pickle: string;
  readonly is: unknown;
}
const rows: readonly Row[] = JSON.parse(
  readFileSync(join(import.meta.dirname, "../../../fixtures/pickle/library.json"), "utf8"),
);
const bytesOf = ({ pickle }: Row) => new Uint8Array(Buffer.from(pickle, "base64"));
const said = (value: unknown): unknown => {
  if (value instanceof Counter) return [...value].sort();
  if (value instanceof Dict) return [...value];
  return value instanceof Deque ? value.items : String(value);
};

it("reads values of Python's library from Python 2.7 and 3.8 to 3.13", () => {
  const problems: string[] = [];
  for (const row of rows) {
    const value = loads(bytesOf(row), { encoding: "latin1" });
    if (value instanceof Instance) problems.push(`${row.python} ${row.protocol} ${row.name}: ${value.className}`);
    else if (JSON.stringify(said(value)) !== JSON.stringify(row.is))
      problems.push(
        `${row.python} ${row.protocol} ${row.name}: ${JSON.stringify(said(value))}, not ${JSON.stringify(row.is)}`,
      );
  }
  expect(problems).toEqual([]);
  expect(rows.length).toBeGreaterThan(700);
});

/** `datetime.datetime`: module and name are equal texts, which are one object here and two in CPython from protocol 4 on. */
const isTwice = ({ name, protocol }: Row) => name.startsWith("datetime") && protocol >= 4;

it("writes them as CPython 3.11 does, byte for byte", () => {
  const problems: string[] = [];
  let written = 0;
  for (const row of rows) {
    if (row.python !== "3.11") continue;
    for (const exact of [false, true]) {
      written++;
      const again = dumps(loads(bytesOf(row), { exact }), { protocol: row.protocol, exact });
      const same = isTwice(row)
        ? String(loads(again)) === String(loads(bytesOf(row)))
        : Buffer.from(again).toString("base64") === row.pickle;
      if (!same) problems.push(`${row.protocol} ${row.name}: ${Buffer.from(again).toString("latin1")}`);
    }
  }
  expect(problems).toEqual([]);
  expect(written).toBeGreaterThan(240);
});

it("finds equal values as keys, as Python does", () => {
  const day = () => new PyDate(2020, 1, 2);
  const noon = (zone: unknown) => new PyDateTime(day(), new PyTime(12, 0, 0, 0, zone));
  const utc = new TimeZone(new TimeDelta(0, 0, 0));
  const east = new TimeZone(new TimeDelta(0, 3600, 0), "east");
  const keys = new PySet<unknown>([1, 0.5, day(), noon(utc), new Uuid(5n), new Tuple([day()])]);
  for (const known of [
    Decimal.of("1.0"),
    new Fraction(1, 2),
    Decimal.of("0.50"),
    day(),
    new Uuid(5n),
    new Tuple([day()]),
    new PyDateTime(day(), new PyTime(13, 0, 0, 0, east)),
  ])
    expect(keys.has(known), String(known)).toBe(true);
  for (const other of [
    new PyDate(2020, 1, 3),
    noon(null),
    noon(east),
    new Uuid(6n),
    Decimal.of("0.1"),
    new Fraction(1, 3),
  ])
    expect(keys.has(other), String(other)).toBe(false);
  expect(new PySet([Decimal.of("0.1")]).has(new Fraction(1, 10))).toBe(true);
  expect(new PySet([new PyPath("PosixPath", ["a"])]).has(new PyPath("PurePosixPath", ["a"]))).toBe(true);
  expect(() => new Dict([[new Deque(), 1]])).toThrow("unhashable type: 'collections.deque'");
});

it("keeps identity, attributes, factories and lengths", () => {
  const shared = new OrderedDict([["a", 1]]);
  shared.attributes = new Dict([["note", "x"]]);
  const factory = new DefaultDict(new Global("builtins", "list"));
  const status = new EnumMember(new Global("http", "HTTPStatus"), 404);
  for (const protocol of [0, 1, 2, 3, 4, 5]) {
    const [first, second, made, deque, member] = loads(
      dumps([shared, shared, factory, new Deque([1, 2, 3], 2), status], { protocol }),
    ) as [OrderedDict, OrderedDict, DefaultDict, Deque, EnumMember];
    expect(first).toBe(second);
    expect((first.attributes as Dict).get("note")).toBe("x");
    expect(String(made.factory)).toBe("builtins.list");
    expect([deque.items, deque.maxlen]).toEqual([[2, 3], 2]);
    expect([member.value, String(member.class)]).toEqual([404, "http.HTTPStatus"]);
  }
});

it("leaves what Python would refuse as it is, or says why", () => {
  const made = (name: string, ...args: unknown[]) =>
    loads(dumps(new Instance(new Global("datetime", name), args, "reduce"), { protocol: 4 }));
  expect(made("datetime", new Uint8Array(9))).toBeInstanceOf(Instance);
  expect(made("datetime", new Uint8Array(10))).toBeInstanceOf(Instance);
  expect(made("date", Uint8Array.of(7, 229, 2, 29))).toBeInstanceOf(Instance);
  expect(made("timedelta", 1e12)).toBeInstanceOf(Instance);
  const uuid = new Instance(new Global("uuid", "UUID"), [], "newobj");
  uuid.states.push(new Dict([["int", 2n ** 128n]]));
  const refused = (() => {
    try {
      return loads(dumps(uuid));
    } catch (error) {
      return isCurtidoError(error, "E_TYPE");
    }
  })();
  expect(refused).toBe(true);
});
