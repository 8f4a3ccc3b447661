/** @module FunctionTransformer: a function of numpy, scipy or the user over all rows (`sklearn.preprocessing`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { asTable, type Input, toNumbers } from "../base/input.ts";
import { type Downstream, type FeatureShape, featuresAlike, wantsNumbers } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { type Bound, boundCall } from "../own/bound.ts";
import { ownName } from "../own/name.ts";
import { ownRows, ownTable } from "../own/rows.ts";
import { functionName, libraryFunction } from "./functions.ts";

/** A function over rows, and what it is called with: numbers, cells of any kind, or all rows at once. */
interface RowFunction {
  readonly takes: "number" | "cell" | "rows";
  /** @param names - of the columns, where the step was fitted with names */
  of(X: Input, names?: readonly string[]): Input;
}

/** The function under an attribute: the user's own when it is registered, else a library's; `undefined` for None. */
function readFunction(state: State, name: string, keywordsName: string): RowFunction | undefined {
  const value = state.raw(name);
  if (!state.given(name) || isCheck(value)) return undefined;
  const given = state.given(keywordsName) ? state.dict(keywordsName) : new Dict();
  const bound = boundCall(value, given, state.context);
  const code = ownName(bound.func);
  const known = functionName(bound.func) ?? code?.name;
  const own = ownFunction(state, name, known, bound) ?? ownFunction(state, name, code?.name, bound);
  if (own !== undefined) return own;
  const library = known === undefined ? undefined : libraryFunction(known, bound);
  if (library !== undefined) return { takes: "number", of: elementwise(library) };
  if (code !== undefined) {
    state.context.note({ name: code.name, kind: "function", value: bound.func, path: state.at(name), bound });
    return undefined;
  }
  const path = state.at(name);
  const message = `'${path}' is a function without a name, which is not known here`;
  throw estimatorError("E_UNKNOWN_NAME", message, { path });
}

/**
 * What is registered under a name: a function of one cell; `{ rows }`, a function of all rows; or the name of a library's
 * function. Bound arguments stand before what it is called with, keywords behind.
 */
function ownFunction(state: State, name: string, known: string | undefined, bound: Bound): RowFunction | undefined {
  if (known === undefined || !Object.hasOwn(state.context.names, known)) return undefined;
  const own = state.context.names[known] as unknown;
  const { args } = bound;
  const keywords = Object.fromEntries(bound.keywords);
  if (typeof own === "string") return namedFunction(own, bound);
  const path = state.at(name);
  if (typeof own === "function") return { takes: "cell", of: cellByCell((cell) => own(...args, cell, keywords), path) };
  const whole = (own as { rows?: unknown } | null)?.rows;
  if (typeof whole !== "function") return undefined;
  return { takes: "rows", of: (X, names) => ownTable(whole(...args, ownRows(X, names), keywords), path) };
}

function namedFunction(name: string, bound: Bound): RowFunction {
  const library = libraryFunction(name, bound);
  if (library !== undefined) return { takes: "number", of: elementwise(library) };
  const message = `names: '${name}' is no function that is known here; it is written like "numpy.log1p"`;
  throw estimatorError("E_UNKNOWN_NAME", message, { name, path: "" });
}

/** `partial(check_array, ...)`, with which HistGradientBoosting checks its numbers: it changes none. */
function isCheck(value: unknown): boolean {
  if (!(value instanceof Instance) || value.className !== "functools.partial") return false;
  const [func] = value.args;
  return func instanceof Global && func.module === "sklearn.utils.validation" && func.name === "check_array";
}

function elementwise(apply: (x: number) => number): RowFunction["of"] {
  return (X, given) => {
    if (X instanceof Csr) return new Csr(X.shape, X.indptr, X.indices, X.data.map(apply), X.dtype);
    const names = (column: number) => given?.[column] ?? `feature${column + 1}`;
    const { data, shape } = toNumbers(X, { missing: true, infinite: true, names });
    return NdArray.of((data as Float64Array).map(apply), shape);
  };
}

/** A function of the user's own over cells of any kind; names of columns stay. */
function cellByCell(apply: (cell: unknown) => unknown, path: string): (X: Input) => Input {
  return (X) => {
    if (X instanceof Csr) return elementwise(apply as (x: number) => number)(X);
    const given = ownRows(X);
    const rows = given.map((row) => row.map((cell) => apply(cell)));
    return ownTable(given.columns === undefined ? rows : { columns: given.columns, rows }, path);
  };
}

/** FunctionTransformer; without a function it leaves rows as they are. */
export class FunctionTransformer extends Estimator {
  private readonly func: RowFunction | undefined;
  private readonly inverse: RowFunction | undefined;

  constructor(state: State) {
    super(state);
    this.func = readFunction(state, "func", "kw_args");
    this.inverse = readFunction(state, "inverse_func", "inv_kw_args");
  }

  protected override inputRules(): InputRules {
    return { kind: "any", missing: true, sparse: true };
  }

  override features(downstream: Downstream): readonly FeatureShape[] {
    if (
      this.func === undefined &&
      downstream.features !== undefined &&
      downstream.features.length === this.n_features_in_
    )
      return downstream.features;
    // The user's own may make numbers of anything; one that goes cell by cell gives numbers of numbers.
    const { missing } = downstream;
    const { takes } = this.func ?? {};
    const numbers = takes === "number" || (takes !== "rows" && wantsNumbers(downstream));
    const type = numbers ? "number" : "any";
    return featuresAlike(this.n_features_in_, { type, missing: missing || takes === "rows" });
  }

  protected doTransform(X: Input): Input {
    return this.func === undefined ? X : this.func.of(X, this.feature_names_in_);
  }
  protected doInverseTransform(X: Input): NdArray {
    return asTable(this.inverse === undefined ? X : this.inverse.of(X)) as NdArray;
  }
}
