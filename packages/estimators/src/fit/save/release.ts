/** @module A fitted object as an older release of scikit-learn pickles it. */

import { Dict, Float, Global, type Instance } from "@curtido/pickle";
import { publicNameOf } from "../../base/classes.ts";
import { estimatorError } from "../../base/errors.ts";
import { Copier } from "./copy.ts";
import type { Layout } from "./layout.ts";
import { LAYOUTS } from "./layouts.ts";

/** The release of scikit-learn whose state is written. */
export const WRITTEN_VERSION = "1.9.1";

/** The releases that can be written, with the patch that a bare `1.2` stands for. */
const LATEST: Readonly<Record<string, string>> = {
  "0.22": "0.22.2.post1",
  "0.23": "0.23.2",
  "0.24": "0.24.2",
  "1.0": "1.0.2",
  "1.1": "1.1.3",
  "1.2": "1.2.2",
  "1.3": "1.3.2",
  "1.4": "1.4.2",
  "1.5": "1.5.2",
  "1.6": "1.6.1",
  "1.7": "1.7.2",
  "1.8": "1.8.0",
  "1.9": "1.9.1",
};

/** The releases of scikit-learn that can be written for, oldest first. */
export const WRITABLE_RELEASES: readonly string[] = Object.keys(LATEST);

/**
 * The full version that a release means: `"1.2"` is `"1.2.2"`, `"1.2.1"` is itself.
 *
 * @throws CurtidoError E_UNSUPPORTED for a release that cannot be written for
 */
export function releaseOf(wanted: string): string {
  const found = /^(\d+\.\d+)(\.\d+(?:\.post\d+)?)?$/.exec(wanted);
  const latest = found === null ? undefined : LATEST[found[1]!];
  if (latest !== undefined) return found![2] === undefined ? latest : wanted;
  const [first, last] = [WRITABLE_RELEASES[0], WRITABLE_RELEASES.at(-1)];
  throw estimatorError("E_UNSUPPORTED", `'scikitLearn' is a release from ${first} to ${last}, not '${wanted}'`, {
    path: "scikitLearn",
    allowed: WRITABLE_RELEASES,
  });
}

/** Whether one release comes before another, by their first two numbers. */
export function comesBefore(one: string, other: string): boolean {
  const [[a = 0, b = 0], [c = 0, d = 0]] = [one, other].map((text) => text.split(".").map(Number)) as [
    number[],
    number[],
  ];
  return a < c || (a === c && b < d);
}

/** A copy of an object of 1.9.1 in the layout of an older release; arrays of numbers are shared. */
export function forRelease(root: Instance, release: string): Instance {
  return new Older(release, WRITTEN_VERSION).copy(root) as Instance;
}

/**
 * A model that was read from a file, in the layout of another release.
 *
 * @param root - as `loads` gives it with `exact`: `bigint` is an int, `number` a float
 * @throws CurtidoError E_UNSUPPORTED when it holds what cannot be turned into that release's layout
 */
export function convertRelease(root: Instance, release: string): Instance {
  const { state } = root;
  const from = state instanceof Dict ? state.get("_sklearn_version") : undefined;
  if (typeof from !== "string") throw refused(`this ${shortName(root)} does not say which release wrote it`);
  return new Older(release, from, true).copy(root) as Instance;
}

function shortName({ className }: Instance): string {
  return className.slice(className.lastIndexOf(".") + 1);
}

function refused(why: string) {
  return estimatorError("E_UNSUPPORTED", `'scikitLearn': ${why}`, { path: "scikitLearn" });
}

class Older extends Copier {
  private readonly release: string;
  private readonly from: string;
  private readonly exact: boolean;

  /** @param exact - whether a `bigint` is an int and a `number` a float, as `loads` tells them apart */
  constructor(release: string, from: string, exact = false) {
    super();
    this.release = release;
    this.from = from;
    this.exact = exact;
  }

  /** Numbers of `loads` with `exact` become what they are without. */
  protected plain(value: unknown): unknown {
    if (!this.exact) return value;
    if (typeof value === "number") return new Float(value);
    return typeof value === "bigint" && Number.isSafeInteger(Number(value)) ? Number(value) : value;
  }

  protected changed(made: Instance): Instance | Global {
    const { state } = made;
    if (!(state instanceof Dict)) return made;
    const layout = layoutOf(made);
    for (const { since, what, has } of layout?.needs ?? []) {
      if (comesBefore(this.release, since) && has(state))
        throw refused(`${shortName(made)} with ${what} is for ${since} and later, not for ${this.release}`);
    }
    const parameters = [...state].filter(([name, value]) => isParameter(name, value));
    let current = made;
    for (const { before, change } of layout?.changes ?? []) {
      const older = comesBefore(this.from, before);
      if (!comesBefore(this.release, before)) {
        if (!older) continue;
        throw refused(`${shortName(made)} of ${this.from} has a layout that ${before} and later do not read`);
      }
      const other = older ? undefined : change(state, current);
      if (other instanceof Global) return other;
      current = other ?? current;
    }
    // What an older release does not know does not disturb it, and newer ones find it.
    for (const [name, value] of parameters) if (!state.has(name)) state.set(name, value);
    if (state.has("_sklearn_version")) state.set("_sklearn_version", this.release);
    return current;
  }
}

/**
 * What holds other models together, in the layout of a release; its parts stay as they are.
 *
 * @param release - that its parts were trained with; {@link WRITTEN_VERSION} where they do not say
 */
export function wrapperFor(made: Instance, release: string | undefined): Instance {
  const { state } = made;
  if (release === undefined || !(state instanceof Dict)) return made;
  for (const { before, change } of layoutOf(made)?.changes ?? [])
    if (comesBefore(release, before)) change(state as Dict<unknown>, made);
  state.set("_sklearn_version", release);
  return made;
}

function layoutOf({ class: named }: Instance): Layout | undefined {
  return named instanceof Global ? LAYOUTS[publicNameOf(named.module, named.name)] : undefined;
}

/** Whether an attribute is a plain parameter of a constructor, not what was learned. */
function isParameter(name: unknown, value: unknown): boolean {
  const plain = value === null || typeof value !== "object" || value instanceof Float;
  return plain && typeof name === "string" && !name.startsWith("_") && !name.endsWith("_");
}
