/** @module Files that cost far more than they weigh, or do harm, and honest ones that take long to read; none is over 5 MB. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { dumps, loads, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance, Tuple } from "@curtido/pickle";

type State = Dict;
const fixture = (name: string) => readFileSync(new URL(`../../fixtures/${name}`, import.meta.url));
const text = (value: string) => Buffer.from(value, "latin1");

/** A model of a fixture with something else in its state. */
function changed(name: string, change: (state: State, model: Instance) => void): Uint8Array {
  const model = loads(fixture(name)) as Instance;
  change(model.state as State, model);
  return dumps(model);
}

/** A model inside unions of itself, twice in each: a path through them has 2 to the power of `depth` ends. */
function nested(depth: number): Uint8Array {
  let inner = loads(fixture("preprocessing/StandardScaler-no_std.sk1.9.1.pkl")) as Instance;
  for (let at = 0; at < depth; at++) {
    const union = new Instance(new Global("sklearn.pipeline", "FeatureUnion"), [], "newobj");
    const pairs = ["a", "b"].map((key) => new Tuple([key, inner]));
    union.states.push(
      new Dict<unknown>([
        ["transformer_list", pairs],
        ["n_jobs", null],
        ["transformer_weights", null],
        ["verbose", false],
        ["_sklearn_version", "1.9.1"],
      ]),
    );
    inner = union;
  }
  return dumps(inner);
}

/** A tuple of twice the tuple before it, `depth` times, as the key of a dict. */
function sharedKey(depth: number): Uint8Array {
  const steps = Array.from({ length: depth }, (_, at) => [0x68, at, 0x68, at, 0x86, 0x94, 0x30]).flat();
  return Uint8Array.from([0x80, 4, 0x7d, 0x29, 0x94, 0x30, ...steps, 0x68, depth, 0x4b, 1, 0x73, 0x2e]);
}

function repeated(head: string, part: string, count: number, tail: string): Uint8Array {
  return text(head + part.repeat(count) + tail);
}

/** By name. */
export function hostileFiles(): ReadonlyMap<string, Uint8Array> {
  const forest = "ensemble/RandomForestClassifier-binary.sk1.9.1.pkl";
  return new Map<string, Uint8Array>([
    ["a command", text("cos\nsystem\n(S'true'\ntR.")],
    ["a union of 2^30", nested(30)],
    ["a key of 2^200", sharedKey(200)],
    ["a million references to one tree", changed(forest, (state) => repeat(state, "estimators_", 1_000_000))],
    ["zeros, 3 GB of them", gzipSync(gzipSync(Buffer.alloc(1 << 28)))],
    ["tuples in tuples, 5 MB", repeated("\x80\x04)", "\x85", 5_000_000, ".")],
    ["lists in lists, 5 MB", repeated("\x80\x04", "](", 2_000_000, ".")],
    ["five million Nones", repeated("\x80\x04](", "N", 5_000_000, "e.")],
    ["200,000 unknown names", text(`\x80\x02(${names(200_000)}t.`)],
    ["bytes that are nothing", Buffer.alloc(5_000_000, "curtido ")],
    ["a forest that breaks off", fixture(forest).subarray(0, 2000)],
    ["300,000 keys around one text", keysAround(100_000, 300_000)],
  ]);
}

function repeat(state: State, key: string, count: number): void {
  const [first] = state.get(key) as unknown[];
  state.set(key, new Array(count).fill(first));
}

function names(count: number): string {
  return Array.from({ length: count }, (_, at) => `cmodule\nname${at}\n`).join("");
}

function keysAround(length: number, count: number): Uint8Array {
  const long = "x".repeat(length);
  const head = Buffer.concat([
    text("\x80\x04}\x94X"),
    Buffer.from(Uint32Array.of(length).buffer),
    text(`${long}\x940(`),
  ]);
  const keys = new Uint8Array(count * 10);
  for (let at = 0; at < count; at++)
    keys.set([0x68, 1, 0x4a, at & 255, (at >> 8) & 255, at >> 16, 0, 0x86, 0x4b, 1], at * 10);
  return Buffer.concat([head, keys, text("u.")]);
}

/** An honest nearest-neighbours model of so many megabytes. */
export function largeModel(megabytes: number): Uint8Array {
  const width = 4;
  const rows = (megabytes * 1_000_000) / (8 * (width + 1));
  const X = Float64Array.from({ length: rows * width }, (_, at) => Math.sin(at));
  const y = BigInt64Array.from({ length: rows }, (_, at) => BigInt(at % 2));
  return changed("neighbors/KNeighborsClassifier-brute_distance.sk1.9.1.joblib", (state) => {
    state.set("_fit_X", NdArray.of(X, [rows, width]));
    state.set("_y", NdArray.of(y, [rows]));
    state.set("n_samples_fit_", rows);
  });
}
