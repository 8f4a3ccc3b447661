/** @module FunctionTransformer: a function of numpy, scipy or the user over all rows (`sklearn.preprocessing`). */

import { Csr, NdArray } from "@curtido/arrays";
import { Dict, Global, Instance } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { columnValues, type Input, shapeOf } from "../base/input.ts";
import { type Downstream, type FeatureShape, featuresAlike } from "../base/signature.ts";
import type { State } from "../base/state.ts";
import { ownCode } from "../own/code.ts";
import { answerArray, plainRows } from "../own/estimator.ts";
import { unregistered } from "../own/unknown.ts";
import { functionName, libraryFunction } from "./functions.ts";

/** A function over rows: element by element, or the whole table at once. */
type RowFunction = (X: Input) => Input;

/** Keyword arguments as the user's own function gets them. */
type Keywords = Readonly<Record<string, unknown>>;

/** The function under an attribute: the user's own when it is registered, else a library's; `undefined` for None. */
function readFunction(state: State, name: string, keywordsName: string): RowFunction | undefined {
  const value = state.raw(name);
  if (!state.given(name) || isCheck(value)) return undefined;
  const keywords = state.given(keywordsName) ? state.dict(keywordsName) : new Dict();
  const code = ownCode(value);
  const known = functionName(value) ?? code?.name;
  const own = ownFunction(state, known, keywords) ?? ownFunction(state, code?.name, keywords);
  if (own !== undefined) return own;
  const library = known === undefined ? undefined : libraryFunction(known, keywords);
  if (library !== undefined) return elementwise(library);
  if (code !== undefined) throw unregistered({ ...code, kind: "function" }, state.at(name));
  const path = state.at(name);
  const message = `'${path}' is a function without a name, which is not known here`;
  throw estimatorError("E_UNKNOWN_NAME", message, { path });
}

/** What is registered under a name: a function of one number, or `{ rows }`, a function of all rows. */
function ownFunction(state: State, known: string | undefined, keywords: Dict): RowFunction | undefined {
  if (known === undefined || !Object.hasOwn(state.context.names, known)) return undefined;
  const own = state.context.names[known] as unknown;
  const given: Keywords = Object.fromEntries([...keywords].map(([key, value]) => [String(key), value]));
  if (typeof own === "function") {
    const each = own as (x: number, keywords: Keywords) => number;
    return elementwise((x) => each(x, given));
  }
  const whole = (own as { rows?: unknown } | null)?.rows;
  if (typeof whole !== "function") return undefined;
  const path = state.at("func");
  return (X) => answerArray((whole as (rows: unknown[][], keywords: Keywords) => unknown)(plainRows(X), given), path);
}

/** `partial(check_array, ...)`, with which HistGradientBoosting checks its numbers: it changes none. */
function isCheck(value: unknown): boolean {
  if (!(value instanceof Instance) || value.className !== "functools.partial") return false;
  const [func] = value.args;
  return func instanceof Global && func.module === "sklearn.utils.validation" && func.name === "check_array";
}

function elementwise(apply: (x: number) => number): RowFunction {
  return (X) => {
    if (X instanceof Csr) return new Csr(X.shape, X.indptr, X.indices, X.data.map(apply), X.dtype);
    const [rows, columns] = shapeOf(X);
    const single = X instanceof NdArray && X.data instanceof Float32Array;
    const out = single ? new Float32Array(rows * columns) : new Float64Array(rows * columns);
    for (let column = 0; column < columns; column++) {
      const values = columnValues(X, column);
      for (let row = 0; row < rows; row++) out[row * columns + column] = apply(values[row] as number);
    }
    return NdArray.of(out, [rows, columns]);
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
    const type = this.func === undefined ? "any" : "number";
    return featuresAlike(this.n_features_in_, { type, missing: downstream.missing });
  }

  protected doTransform(X: Input): Input {
    return this.func === undefined ? X : this.func(X);
  }
  protected doInverseTransform(X: Input): NdArray {
    return (this.inverse === undefined ? X : this.inverse(X)) as NdArray;
  }
}
