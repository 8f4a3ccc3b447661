/** @module Copies of inert objects, with every value and every object passed through a change. */

import { NdArray } from "@curtido/arrays";
import { Dict, Float, Global, Instance, Tuple } from "@curtido/pickle";

/** Copies a graph of inert objects; what is there twice is copied once, arrays of numbers are shared. */
export abstract class Copier {
  private readonly made = new Map<unknown, unknown>();

  /** A copy of anything that is in an object. */
  copy(value: unknown): unknown {
    if (typeof value !== "object" || value === null || value instanceof Float) return this.plain(value);
    const known = this.made.get(value);
    if (known !== undefined) return known;
    const copied = this.copied(value);
    this.made.set(value, copied);
    return copied;
  }

  /** What becomes of a number, a text ... */
  protected abstract plain(value: unknown): unknown;

  /** What becomes of an object that is copied. */
  protected abstract changed(made: Instance): Instance | Global;

  private copied(value: object): unknown {
    if (Array.isArray(value)) return value.map((item) => this.copy(item));
    if (value instanceof Tuple) return new Tuple(value.items.map((item) => this.copy(item)));
    if (value instanceof Dict) return new Dict([...value].map(([key, each]) => [key, this.copy(each)]));
    if (value instanceof NdArray && value.dtype.kind === "O")
      return NdArray.objects(
        value.flat().map((item) => this.copy(item)),
        [...value.shape],
      );
    return value instanceof Instance ? this.instance(value) : value;
  }

  private instance(value: Instance): Instance | Global {
    const callable = value.class instanceof Global ? value.class : this.instance(value.class);
    const args = value.args.map((item) => this.copy(item));
    const made = new Instance(callable, args, value.form, value.kwargs && (this.copy(value.kwargs) as Dict));
    for (const state of value.states) made.states.push(this.copy(state));
    for (const item of value.items) made.items.push(this.copy(item));
    for (const [key, item] of value.entries) made.entries.push([this.copy(key), this.copy(item)]);
    return this.changed(made);
  }
}

class Reading extends Copier {
  protected plain(value: unknown): unknown {
    return value instanceof Float ? value.value : value;
  }
  protected changed(made: Instance): Instance {
    return made;
  }
}

/** What reading an object's pickle gives: floats are numbers. */
export function asRead(instance: Instance): Instance {
  return new Reading().copy(instance) as Instance;
}
