/** @module Multi-layer perceptrons (`sklearn.neural_network._multilayer_perceptron`). */

import { Csr, NdArray } from "@curtido/arrays";
import { AffineMap } from "@curtido/kernels";
import { Classifier } from "../base/classifier.ts";
import { int64s } from "../base/dtypes.ts";
import { Estimator, type InputRules } from "../base/estimator.ts";
import { argmaxRows, takeLabels } from "../base/labels.ts";
import { exp, expit, softmaxRows, tanh, twoColumns } from "../base/math.ts";
import type { State } from "../base/state.ts";

interface Layer {
  readonly map: AffineMap;
  readonly inputs: number;
  readonly outputs: number;
}

type Activation = "identity" | "logistic" | "tanh" | "relu" | "softmax" | "exp";
const ACTIVATIONS: readonly Activation[] = ["identity", "logistic", "tanh", "relu", "softmax", "exp"];

/** The layers of a network. */
class Network {
  readonly inputs: number;
  readonly outputs: number;
  private readonly layers: readonly Layer[];
  private readonly hidden: Activation;
  private readonly last: Activation;
  private readonly single: boolean;

  constructor(state: State) {
    const biases = state.list("intercepts_");
    this.layers = state.list("coefs_").map((value, at) => readLayer(state, value, biases[at], at));
    if (this.layers.length === 0) state.fail("coefs_", "is empty");
    this.layers.forEach((layer, at) => {
      if (at > 0 && layer.inputs !== this.layers[at - 1]!.outputs)
        state.fail(`coefs_[${at}]`, "does not fit the layer before it");
    });
    this.inputs = this.layers[0]!.inputs;
    this.outputs = this.layers.at(-1)!.outputs;
    this.hidden = state.oneOf("activation", ACTIVATIONS);
    this.last = state.oneOf("out_activation_", ACTIVATIONS);
    const first = state.context.value(state.list("coefs_")[0]);
    this.single = first instanceof NdArray && first.dtype.itemsize === 4;
  }

  /** `[rows, outputs]`, and whether Python's are float32. */
  forward(X: NdArray | Csr): { readonly data: Float64Array; readonly single: boolean } {
    const dense = X instanceof Csr ? X.toDense() : X;
    const single = this.single && dense.data instanceof Float32Array;
    const rows = dense.shape[0]!;
    let table = dense.toFloat64();
    this.layers.forEach((layer, at) => {
      table = activate(
        propagate(table, rows, layer),
        rows,
        layer.outputs,
        at === this.layers.length - 1 ? this.last : this.hidden,
      );
      if (single) table = table.map(Math.fround);
    });
    return { data: table, single };
  }
}

function readLayer(state: State, value: unknown, bias: unknown, at: number): Layer {
  const weights = state.context.value(value);
  const biases = state.context.value(bias);
  if (
    !(weights instanceof NdArray) ||
    weights.ndim !== 2 ||
    !(biases instanceof NdArray) ||
    biases.size !== weights.shape[1]
  ) {
    return state.fail(`coefs_[${at}]`, "and its intercepts do not fit");
  }
  const [inputs, outputs] = weights.shape as readonly [number, number];
  const map = AffineMap.prepare(weights.toFloat64(), {
    inputs,
    outputs,
    order: "inputs first",
    bias: biases.toFloat64(),
  });
  return { map, inputs, outputs };
}

function propagate(table: Float64Array, rows: number, { map, outputs }: Layer): Float64Array {
  const out = new Float64Array(rows * outputs);
  map.apply(table, rows, out);
  return out;
}

function activate(table: Float64Array, rows: number, columns: number, activation: Activation): Float64Array {
  if (activation === "relu") return table.map((value) => (value > 0 ? value : 0));
  if (activation === "tanh") return table.map(tanh);
  if (activation === "logistic") return table.map(expit);
  if (activation === "exp") return table.map(exp);
  return activation === "softmax" ? softmaxRows(table, rows, columns) : table;
}

const INPUT: InputRules = { kind: "numbers", missing: false, sparse: true };

function typed(data: Float64Array, shape: readonly number[], single: boolean): NdArray {
  return NdArray.of(single ? Float32Array.from(data) : data, shape);
}

/** MLPRegressor. */
export class FittedMLPRegressor extends Estimator {
  private readonly network: Network;

  constructor(state: State) {
    super(state);
    this.network = new Network(state);
    this.n_features_in_ ??= this.network.inputs;
    if (this.n_features_in_ !== this.network.inputs)
      state.fail("coefs_[0]", `takes ${this.network.inputs} features, not ${this.n_features_in_}`);
  }
  protected override inputRules(): InputRules {
    return INPUT;
  }
  override outputs(): number {
    return this.network.outputs;
  }
  protected doPredict(X: NdArray | Csr): NdArray {
    const { data, single } = this.network.forward(X);
    const rows = X.shape[0]!;
    return typed(data, this.network.outputs === 1 ? [rows] : [rows, this.network.outputs], single);
  }
}

/** MLPClassifier: one label, or several at once. */
export class FittedMLPClassifier extends Classifier {
  private readonly network: Network;
  private readonly several: boolean;

  constructor(state: State) {
    super(state, state.array("classes_"));
    this.network = new Network(state);
    this.n_features_in_ ??= this.network.inputs;
    if (this.n_features_in_ !== this.network.inputs)
      state.fail("coefs_[0]", `takes ${this.network.inputs} features, not ${this.n_features_in_}`);
    this.several = state.plain("out_activation_") === "logistic" && this.network.outputs > 1;
    const expected = this.classes_.size === 2 && !this.several ? 1 : this.classes_.size;
    if (this.network.outputs !== expected)
      state.fail("coefs_", `gives ${this.network.outputs} outputs for ${this.classes_.size} classes`);
  }
  protected override inputRules(): InputRules {
    return INPUT;
  }
  override outputs(): number {
    return this.several ? this.network.outputs : 1;
  }

  protected doPredict(X: NdArray | Csr): NdArray {
    const { data } = this.network.forward(X);
    const rows = X.shape[0]!;
    const { outputs } = this.network;
    if (this.several)
      return int64s(
        Int32Array.from(data, (p) => (p > 0.5 ? 1 : 0)),
        [rows, outputs],
      );
    if (outputs === 1)
      return takeLabels(
        this.classes_,
        Int32Array.from(data, (p) => (p > 0.5 ? 1 : 0)),
      );
    return takeLabels(this.classes_, argmaxRows(data, rows, outputs));
  }

  protected override doPredictProba(X: NdArray | Csr): NdArray {
    const { data, single } = this.network.forward(X);
    const rows = X.shape[0]!;
    if (this.network.outputs > 1) return typed(data, [rows, this.network.outputs], single);
    return typed(twoColumns(data), [rows, 2], single);
  }
}
