/**
 * Models whose state was driven to a limit: one case per seed, always the same. `npm run hostile` asks many of them in a process
 * of their own, hostile_states.test.ts some.
 *
 * @module
 */

import { Csr, DataFrame, loadFile, NdArray, reviveNumpy } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";
import { Dict, Global, Instance, isCurtidoError, Tuple } from "@curtido/pickle";
import { modelFolders } from "../../../test/fixture_files.ts";
import { type Estimator, type Method, type Rows, reviveModel } from "../src/index.ts";
import { type Fixture, fixtureInput } from "../src/testing/fixture.ts";

/** A model to begin with. */
export interface Start {
  readonly class: string;
  readonly bytes: Uint8Array;
  readonly row: Rows;
}

/** Files beyond this size take most of the time to be read. */
const LARGEST = 100_000;

/** One fixture of each class, the newest that is small. */
export function starts(): readonly Start[] {
  const found = new Map<string, Start>();
  for (const folder of modelFolders()) {
    const names = [...folder.cases].sort((a, b) => Number(b.includes(".sk1.9.1.")) - Number(a.includes(".sk1.9.1.")));
    for (const name of names) {
      const fixture = folder.json(name) as Fixture;
      if (found.has(fixture.class)) continue;
      const bytes = folder.read(fixture.file);
      if (bytes.length <= LARGEST)
        found.set(fixture.class, { class: fixture.class, bytes, row: firstRow(fixtureInput(fixture.input)) });
    }
  }
  return [...found.values()].sort((a, b) => (a.class < b.class ? -1 : 1));
}

function firstRow(rows: Rows): Rows {
  if (Array.isArray(rows)) return rows.slice(0, 1) as Rows;
  if (rows instanceof DataFrame) {
    const series = rows.series.map((column) => ({
      ...column,
      values: NdArray.objects(column.values.flat().slice(0, 1), [1]),
    }));
    return new DataFrame(series, undefined, 1);
  }
  if (rows instanceof Csr) {
    const end = rows.indptr[1]!;
    return new Csr([1, rows.shape[1]], rows.indptr.slice(0, 2), rows.indices.slice(0, end), rows.data.slice(0, end));
  }
  if (!(rows instanceof NdArray) || rows.ndim !== 2) return rows;
  const table = rows.toC();
  const width = table.shape[1]!;
  return NdArray.of(table.data.slice(0, width) as never, [1, width], table.dtype);
}

/** Numbers by seed. */
export class Random {
  private state: number;
  constructor(seed: number) {
    this.state = Math.imul(seed + 1, 2654435761) >>> 0;
    for (let at = 0; at < 4; at++) this.next();
  }
  next(): number {
    this.state = (Math.imul(this.state, 1664525) + 1013904223) >>> 0;
    return this.state / 2 ** 32;
  }
  below(count: number): number {
    return Math.floor(this.next() * count);
  }
  of<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** A slot of a graph of values. */
interface Place {
  readonly path: string;
  readonly value: unknown;
  readonly replace: (by: unknown) => void;
}

/** Items of a list that are looked at. */
const MOST_ITEMS = 4;

function places(root: unknown): Place[] {
  const found: Place[] = [];
  const seen = new Set<unknown>();
  const add = (path: string, value: unknown, replace: (by: unknown) => void) => {
    found.push({ path, value, replace });
    visit(value, path);
  };
  const items = (list: unknown[], path: string) => {
    for (let at = 0; at < Math.min(list.length, MOST_ITEMS); at++)
      add(`${path}[${at}]`, list[at], (by) => {
        list[at] = by;
      });
  };
  const visit = (value: unknown, path: string): void => {
    if (typeof value !== "object" || value === null || seen.has(value)) return;
    seen.add(value);
    if (value instanceof Instance) {
      items(value.args as unknown[], `${path}.args`);
      items(value.states, path);
    } else if (value instanceof Dict) {
      for (const [key, item] of value) add(`${path}.${String(key)}`, item, (by) => value.set(key, by));
    } else if (Array.isArray(value)) items(value, path);
    else if (value instanceof Tuple) items(value.items as unknown[], path);
  };
  visit(root, "");
  return found;
}

const NUMBERS: readonly number[] = [
  0,
  -1,
  1,
  2,
  3,
  7,
  0.5,
  64,
  1000,
  2 ** 16,
  1e6,
  2 ** 24,
  2 ** 31 - 1,
  2 ** 31,
  2 ** 32,
  2 ** 53,
  1e308,
  -1e308,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  Number.NEGATIVE_INFINITY,
];
const COUNTS: readonly number[] = [0, 1, 2, 1000, 100_000, 1_000_000];
const TEXTS: readonly string[] = [
  "",
  "auto",
  "x",
  "precomputed",
  "(?:a+)+$b",
  "english",
  "mean",
  "ovr",
  "1.9.1",
  "0.14",
];

/** What stands in a place, driven to a limit. */
function driven(value: unknown, root: unknown, all: readonly Place[], random: Random): unknown {
  const any = random.next();
  if (any < 0.03) return random.of([null, undefined, root, new Tuple([]), [], new Dict(), "x", 0]);
  if (any < 0.06) return random.of(all).value;
  if (typeof value === "number" || typeof value === "boolean") return random.of(NUMBERS);
  if (typeof value === "bigint") return BigInt(Math.trunc(random.of([0, -1, 1, 2 ** 31, 2 ** 53, 2 ** 64])));
  if (typeof value === "string") return value.length > 100 ? digitsDriven(value, random) : random.of(TEXTS);
  if (value instanceof Uint8Array) return bytesDriven(value, random);
  const array = attempt(() => reviveNumpy(value));
  if (array !== undefined) return arrayDriven(array, random);
  if (value instanceof Instance) return instanceDriven(value, random);
  if (Array.isArray(value)) return listDriven(value, random);
  if (value instanceof Tuple) return new Tuple(listDriven(value.items, random));
  if (value instanceof Dict) return random.next() < 0.5 ? new Dict() : new Dict([[random.of(NUMBERS), value]]);
  return random.of(NUMBERS);
}

function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

function listDriven(list: readonly unknown[], random: Random): unknown[] {
  const kind = random.below(6);
  if (kind === 0) return [];
  if (kind === 1) return new Array(random.of(COUNTS)).fill(list[0] ?? 0);
  if (kind === 2) return [...list, ...list];
  if (kind === 3) return list.slice(0, -1);
  if (kind === 4) {
    const own: unknown[] = [...list];
    own.push(own);
    return own;
  }
  let shared: unknown[] = [...list];
  for (let depth = 0; depth < 30; depth++) shared = [shared, shared];
  return shared;
}

/** Wraps a part into itself, shared over and over, or repeats it. */
function instanceDriven(value: Instance, random: Random): unknown {
  const kind = random.below(4);
  if (kind === 0) return null;
  if (kind === 1) return new Array(random.of(COUNTS)).fill(value);
  let whole: Instance = value;
  for (let depth = 0; depth < random.of([1, 8, 20, 40]); depth++) {
    const union = new Instance(new Global("sklearn.pipeline", kind === 2 ? "FeatureUnion" : "Pipeline"), [], "newobj");
    const parts = [new Tuple(["a", whole]), new Tuple(["b", whole])];
    union.states.push(new Dict<unknown>([[kind === 2 ? "transformer_list" : "steps", parts]]));
    whole = union;
  }
  return whole;
}

function arrayDriven(array: NdArray, random: Random): unknown {
  const kind = random.below(7);
  if (kind === 0) return NdArray.of(new Float64Array(0), random.of([[0], [0, 7], [7, 0], [0, 2 ** 31]]));
  if (kind === 1) return NdArray.of(new Float64Array(random.of([1, 2, 100_000])).fill(random.of(NUMBERS)));
  if (kind === 2) return random.of(NUMBERS);
  if (kind === 3)
    return NdArray.objects(
      array.flat().map(() => random.of<unknown>([null, "x", 1, [1]])),
      array.shape,
    );
  if (array.dtype.kind === "V" && array.raw !== undefined) return recordsDriven(array, random);
  if (!"biuf".includes(array.dtype.kind)) return NdArray.objects(array.flat().slice(1), [Math.max(0, array.size - 1)]);
  const floats = array.toFloat64().slice();
  if (kind === 4) floats.fill(random.of(NUMBERS));
  else for (let times = 0; times < 3; times++) floats[random.below(Math.max(1, floats.length))] = random.of(NUMBERS);
  return NdArray.of(floats, kind === 6 && floats.length > 0 ? [floats.length] : array.shape);
}

/** Records of trees: a few fields become children, features and thresholds that lead anywhere. */
function recordsDriven(array: NdArray, random: Random): NdArray {
  const bytes = new Uint8Array(array.raw!);
  const view = new DataView(bytes.buffer);
  const { fields = [], itemsize } = array.dtype;
  for (let times = 0; times < 2; times++) {
    const { offset, dtype } = random.of(fields);
    const at = random.below(Math.max(1, array.size)) * itemsize + offset;
    const number = random.of([0, -1, 1, 2, array.size - 1, array.size, 2 ** 31 - 1, -(2 ** 31)]);
    if (at + dtype.itemsize > bytes.length) continue;
    if (dtype.kind === "f" && dtype.itemsize === 8) view.setFloat64(at, random.of(NUMBERS), true);
    else if (dtype.itemsize === 8) view.setBigInt64(at, BigInt(number), true);
    else if (dtype.itemsize === 4) view.setInt32(at, number, true);
    else view.setUint8(at, number & 255);
  }
  return NdArray.fromBytes(bytes, array.dtype, array.shape);
}

/** A number in a model that is a text. */
function digitsDriven(text: string, random: Random): string {
  const numbers = [...text.matchAll(/-?\d+(\.\d+)?(e[+-]\d+)?/g)];
  if (numbers.length === 0) return text.slice(0, random.below(text.length));
  const { 0: found, index } = random.of(numbers);
  return `${text.slice(0, index)}${random.of(NUMBERS)}${text.slice(index + found.length)}`;
}

function bytesDriven(bytes: Uint8Array, random: Random): Uint8Array {
  const driven = new Uint8Array(bytes);
  for (let times = 0; times < 4; times++)
    driven.fill(random.of([0, 1, 0x7f, 0x80, 0xff]), random.below(driven.length)).subarray(0);
  const from = random.below(Math.max(1, bytes.length));
  const out = new Uint8Array(bytes);
  out.fill(random.of([0, 1, 0x7f, 0x80, 0xff]), from, from + random.of([1, 2, 4, 8]));
  return out;
}

/** What became of a case. */
export interface Outcome {
  readonly class: string;
  /** What was changed. */
  readonly changed: string;
  readonly kind: "answered" | "refused" | "leaked";
  readonly error?: string;
  readonly milliseconds: number;
}

/** Methods that answer rows, each asked for one. */
const ASKED: readonly Method[] = [
  "predict",
  "predictProba",
  "decisionFunction",
  "transform",
  "scoreSamples",
  "kneighbors",
];

/** A model, one or two places of which were driven to a limit. */
export interface Case {
  readonly start: Start;
  readonly value: unknown;
  readonly changed: string;
}

/** The case of a seed. */
export function made(seed: number, all: readonly Start[]): Case {
  const random = new Random(seed);
  const start = all[seed % all.length]!;
  const value = loadFile(start.bytes, { decompress, encoding: "latin1" });
  const changed: string[] = [];
  for (let times = random.of([1, 1, 2]); times > 0; times--) {
    const open = places(value);
    if (open.length === 0) break;
    const counts = open.filter(({ value: at, path }) => typeof at === "number" && !/args|\]\[/.test(path));
    const place = random.of(counts.length > 0 && random.next() < 0.4 ? counts : open);
    const by = driven(place.value, value, open, random);
    changed.push(`${place.path} <- ${shown(by)}`);
    place.replace(by);
  }
  return { start, value, changed: changed.join(", ") };
}

/** Revives a case, has it described, and asks it. */
export function run({ start, value, changed }: Case): Outcome {
  const began = performance.now();
  const used = process.cpuUsage();
  const said = (kind: Outcome["kind"], error?: unknown): Outcome => ({
    class: start.class,
    changed,
    kind,
    milliseconds: Math.min(performance.now() - began, spent(used)),
    ...(error === undefined ? {} : { error: `${String(error).slice(0, 200)} ${stackOf(error)}` }),
  });
  try {
    ask(reviveModel(value), start.row);
    return said("answered");
  } catch (error) {
    return isCurtidoError(error) ? said("refused") : said("leaked", error);
  }
}

/** What this process computed since, in milliseconds: others may have the machine meanwhile. */
function spent(since: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(since);
  return (user + system) / 1000;
}

/** The model says what it is, and answers a row by each method; a method may refuse it. */
function ask(model: Estimator, row: Rows): void {
  attemptKnown(() => model.signature);
  attemptKnown(() => model.cost);
  for (const method of ASKED)
    if (model.offers(method))
      attemptKnown(() => (model as unknown as Record<Method, (X: Rows) => unknown>)[method](row));
}

function attemptKnown(run: () => unknown): void {
  try {
    run();
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
  }
}

function stackOf(error: unknown): string {
  return (
    (error as Error).stack
      ?.split("\n")
      .slice(1, 5)
      .map((line) =>
        line
          .trim()
          .replace(/^at /, "")
          .replace(/file:\/\/\S*\/packages\//, ""),
      )
      .join(" < ") ?? ""
  );
}

function shown(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (value instanceof NdArray)
    return `an array (${value.shape.join(", ")}) of ${value.dtype.kind} ${value.size > 0 && value.dtype.kind === "f" ? value.item(0) : ""}`;
  if (value instanceof Instance) return value.className;
  return typeof value === "object" && value !== null ? value.constructor.name : String(value).slice(0, 40);
}
