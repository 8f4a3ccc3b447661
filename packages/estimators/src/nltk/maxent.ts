/** @module MaxentClassifier and its encodings (`nltk.classify.maxent`). */

import { Dict, Global } from "@curtido/pickle";
import type { State } from "../base/state.ts";
import { normalized, normalizedLogs } from "./distributions.ts";
import { byLabel, type Featureset, ProbabilityClassifier, tupleOf } from "./features.ts";

/** Which weight a value of a feature has under each label. */
type Ids = (number | undefined)[];

/** A weight, and how often it counts. */
type Weighed = readonly [id: number, times: number];

/** What turns a row and a label into weights. */
export class MaxentEncoding {
  readonly labels: readonly unknown[];
  /** Feature -> value -> ids by label. */
  readonly ids = new Map<string, Dict<Ids>>();
  private readonly always: Dict | undefined;
  private readonly unseen: Dict | undefined;
  /** The constant that a correction adds up to, and the id of it. */
  private readonly correction: readonly [id: number, most: number] | undefined;
  private readonly typed: boolean;

  /** @param typed - whether numbers are counted by their kind, with their value as their weight */
  constructor(state: State, typed: boolean) {
    this.typed = typed;
    this.labels = state.list("_labels");
    const places = byLabel(this.labels);
    for (const [key, id] of state.dict("_mapping")) {
      const [name, value, label] = tupleOf(state, key, 3, "_mapping");
      const at = places.get(label);
      if (at === undefined || typeof id !== "number") throw state.fail("_mapping", "does not fit the labels");
      const values = this.ids.get(String(name)) ?? new Dict<Ids>();
      this.ids.set(String(name), values);
      const kind = value instanceof Global ? value.toString() : value;
      const ids = values.get(kind) ?? [];
      ids[at] = id;
      values.set(kind, ids);
    }
    this.always = state.given("_alwayson") ? state.dict("_alwayson") : undefined;
    this.unseen = state.given("_unseen") ? state.dict("_unseen") : undefined;
    this.correction = state.has("_C") ? [state.integer("_length"), state.number("_C")] : undefined;
  }

  /** The weights that count for a label. */
  encode(row: Featureset, label: number): readonly Weighed[] {
    const out: Weighed[] = [];
    for (const [name, value] of row) {
      const number = this.typed && typeof value !== "string" && value !== null;
      const ids = number ? this.idsOfNumber(name, value) : this.ids.get(name)?.get(value);
      const id = ids?.[label];
      if (id !== undefined) out.push([id, number ? Number(value) : 1]);
      else if (ids === undefined && !number) add(out, this.unseen?.get(name));
    }
    add(out, this.always?.get(this.labels[label]));
    if (this.correction === undefined) return out;
    const [id, most] = this.correction;
    return [...out, [id, most - out.reduce((sum, [, times]) => sum + times, 0)]];
  }

  /** Numbers are known by their kind alone; JSON has one kind of them. */
  private idsOfNumber(name: string, value: unknown): Ids | undefined {
    const kinds = typeof value === "boolean" ? ["bool", "int"] : Number.isInteger(value) ? ["int", "float"] : ["float"];
    const values = this.ids.get(name);
    return kinds.map((kind) => values?.get(`builtins.${kind}`) ?? values?.get(`__builtin__.${kind}`)).find(Boolean);
  }
}

function add(out: Weighed[], id: unknown): void {
  if (typeof id === "number") out.push([id, 1]);
}

/** Labels by the weights of what a row has, added up as logarithms to base 2, or multiplied. */
export class MaxentClassifier extends ProbabilityClassifier {
  private readonly encoding: MaxentEncoding;
  private readonly weights: Float64Array;
  private readonly logarithmic: boolean;
  protected readonly probabilityOf: (value: number) => number;

  constructor(state: State) {
    const encoding = encodingOf(state);
    super(state, encoding.labels, new Map([...encoding.ids].map(([name, values]) => [name, new Set(values.keys())])));
    this.encoding = encoding;
    this.weights = state.floats("_weights", [undefined]);
    this.logarithmic = state.boolean("_logarithmic", true);
    this.probabilityOf = this.logarithmic ? (log) => 2 ** log : (value) => value;
  }

  protected probabilities(row: Featureset): Float64Array {
    const { weights, logarithmic } = this;
    const totals = Float64Array.from(this.encoding.labels, (_, label) => {
      let total = logarithmic ? 0 : 1;
      for (const [id, times] of this.encoding.encode(row, label)) {
        const weight = weights[id]!;
        total = logarithmic ? total + weight * times : total * weight ** times;
      }
      return total;
    });
    return logarithmic ? normalizedLogs(totals) : normalized(totals);
  }
}

function encodingOf(state: State): MaxentEncoding {
  const encoding = state.part("_encoding");
  return encoding instanceof MaxentEncoding ? encoding : state.fail("_encoding", "must be an encoding of nltk");
}
