/** @module nltk's probability distributions, as far as classifiers keep them (`nltk.probability`). */

import { Dict, Instance } from "@curtido/pickle";
import type { State } from "../base/state.ts";

/** What stands for the logarithm of 0: nltk's own number. */
const NO_CHANCE = -1e300;

/** What is so much smaller adds nothing. */
const FAR = Math.log(1e-30) / Math.LN2;

const log2 = (value: number) => Math.log(value) / Math.LN2;

/** The logarithm, to base 2, of the sum of numbers by their logarithms. */
export function sumLogs(logs: Float64Array): number {
  return logs.reduce((x, y) => {
    if (x < y + FAR) return y;
    if (y < x + FAR) return x;
    const base = Math.min(x, y);
    return base + log2(2 ** (x - base) + 2 ** (y - base));
  });
}

/** Logarithms of shares of one: what `DictionaryProbDist(log=True, normalize=True)` makes of them. */
export function normalizedLogs(logs: Float64Array): Float64Array {
  const sum = sumLogs(logs);
  return sum <= NO_CHANCE ? logs.map(() => log2(1 / logs.length)) : logs.map((value) => value - sum);
}

/** Shares of one. */
export function normalized(values: Float64Array): Float64Array {
  const sum = values.reduce((total, value) => total + value, 0);
  return values.map((value) => (sum === 0 ? 1 / values.length : value * (1 / sum)));
}

/** A distribution of the values of something. */
export class Distribution {
  /** How often each value was seen, or its probability. */
  readonly values: Dict;
  private readonly gamma: number;
  private readonly divisor: number;
  private readonly logs: boolean;

  constructor(state: State, value: unknown, name: string) {
    const inner = state.childFrom(value, name);
    const counted = inner.given("_freqdist");
    this.values = counted ? countsOf(inner) : inner.dict("_prob_dict");
    this.logs = inner.boolean("_log", false);
    // A distribution without a divisor is of shares alone, or of probabilities.
    const smooth = inner.given("_divisor");
    this.gamma = smooth ? inner.number("_gamma") : 0;
    this.divisor = smooth ? inner.number("_divisor") : counted ? this.total() : 1;
  }

  private total(): number {
    let sum = 0;
    for (const count of this.values.values()) sum += Number(count);
    return sum;
  }

  /** The logarithm of a value's probability, to base 2. */
  log(value: unknown): number {
    const known = this.values.get(value);
    if (this.logs) return known === undefined ? NO_CHANCE : Number(known);
    const probability = this.divisor === 0 ? 0 : (Number(known ?? 0) + this.gamma) / this.divisor;
    return probability === 0 ? NO_CHANCE : log2(probability);
  }
}

/** A FreqDist is a Counter: its counts are what it is made of. */
function countsOf(state: State): Dict {
  const counts = state.raw("_freqdist");
  if (counts instanceof Dict) return counts;
  if (counts instanceof Instance) {
    const [given] = counts.args;
    if (given instanceof Dict) return given;
    if (counts.entries.length > 0) return new Dict(counts.entries);
    if (counts.args.length === 0) return new Dict();
  }
  return state.fail("_freqdist", "must be counts by value");
}
