/** @module A network of layers that learns: forward, and back with the gradients of the loss. */

import { type Block, exp, expit, MatrixMemory, sumColumns, tanh } from "@curtido/kernels";
import { type NetworkLossName, networkLoss } from "./losses.ts";

export type Activation = "identity" | "logistic" | "tanh" | "relu";
export type OutputActivation = "identity" | "logistic" | "softmax" | "exp";

/** The shape of a network. */
export interface NetworkShape {
  /** Features, hidden units layer by layer, and outputs. */
  readonly units: readonly number[];
  readonly activation: Activation;
  readonly output: OutputActivation;
  readonly loss: NetworkLossName;
  /** The price on squared weights. */
  readonly alpha: number;
  /** The most rows that go through at once. */
  readonly batch: number;
}

/** Weights of all layers, then biases of all layers: as scikit-learn orders parameters. */
export interface Weights {
  /** `[inputs, outputs]`, row-major, one for each layer. */
  readonly coefs: readonly Float64Array[];
  readonly intercepts: readonly Float64Array[];
}

/** The blocks of one layer. */
interface Layer {
  readonly inputs: number;
  readonly outputs: number;
  readonly coef: Block;
  /** The weights once more, `[outputs, inputs]`. */
  readonly turned: Block;
  readonly intercept: Float64Array;
  readonly coefGradient: Block;
  readonly interceptGradient: Float64Array;
  /** What the layer gives, `[batch, outputs]`. */
  readonly out: Block;
  /** The gradient of the loss by what the layer gives before its activation, `[batch, outputs]`. */
  readonly delta: Block;
}

/** A network with its weights, which optimizers change in place. */
export class Network {
  readonly shape: NetworkShape;
  readonly weights: Weights;
  readonly gradients: Weights;
  readonly #layers: readonly Layer[];
  readonly #memory: MatrixMemory;
  /** The rows that go in, `[batch, features]`. */
  readonly input: Block;

  constructor(shape: NetworkShape) {
    const { units, batch } = shape;
    this.shape = shape;
    let elements = batch * units[0]! + 2;
    for (let at = 1; at < units.length; at++) elements += 3 * units[at - 1]! * units[at]! + 2 * batch * units[at]! + 8;
    const memory = new MatrixMemory(elements);
    this.#memory = memory;
    this.input = memory.take(batch * units[0]!);
    this.#layers = units.slice(1).map((outputs, at) => {
      const inputs = units[at]!;
      return {
        inputs,
        outputs,
        coef: memory.take(inputs * outputs),
        turned: memory.take(inputs * outputs),
        intercept: new Float64Array(outputs),
        coefGradient: memory.take(inputs * outputs),
        interceptGradient: new Float64Array(outputs),
        out: memory.take(batch * outputs),
        delta: memory.take(batch * outputs),
      };
    });
    const all = this.#layers;
    this.weights = { coefs: all.map(({ coef }) => coef.data), intercepts: all.map(({ intercept }) => intercept) };
    this.gradients = {
      coefs: all.map(({ coefGradient }) => coefGradient.data),
      intercepts: all.map(({ interceptGradient }) => interceptGradient),
    };
  }

  /** What the network says of the first `rows` rows of `input`, `[rows, outputs]`. */
  forward(rows: number): Float64Array {
    let from = this.input;
    const layers = this.#layers;
    layers.forEach(({ inputs, outputs, coef, intercept, out }, at) => {
      this.#memory.multiply(from, coef, out, rows, outputs, inputs);
      const { data } = out;
      for (let row = 0, k = 0; row < rows; row++) for (let j = 0; j < outputs; j++, k++) data[k]! += intercept[j]!;
      const last = at === layers.length - 1;
      activate(data, rows, outputs, last ? this.shape.output : this.shape.activation);
      from = out;
    });
    return layers.at(-1)!.out.data.subarray(0, rows * layers.at(-1)!.outputs);
  }

  /**
   * The loss of the first `rows` rows of `input`; its gradients are in `gradients`.
   *
   * @param y - `[rows, outputs]`
   * @param weights - of the rows; every row counts 1 without them
   */
  backward(rows: number, y: Float64Array, weights: Float64Array | undefined): number {
    const { alpha } = this.shape;
    const layers = this.#layers;
    const said = this.forward(rows);
    const last = layers.length - 1;
    const { outputs } = layers[last]!;
    const total = weights === undefined ? rows : weights.reduce((sum, each) => sum + each, 0);
    let squares = 0;
    for (const { coef } of layers) for (const each of coef.data) squares += each * each;
    const loss = networkLoss(this.shape.loss, y, said, rows, outputs, weights, total) + (0.5 * alpha * squares) / total;
    const delta = layers[last]!.delta.data;
    for (let at = 0; at < said.length; at++) {
      const apart = said[at]! - y[at]!;
      delta[at] = weights === undefined ? apart : apart * weights[Math.floor(at / outputs)]!;
    }
    for (let at = last; at >= 0; at--) {
      this.#gradient(at, rows, total);
      if (at > 0) this.#backTo(at, rows);
    }
    return loss;
  }

  #gradient(at: number, rows: number, total: number): void {
    const { alpha } = this.shape;
    const { inputs, outputs, coef, coefGradient, interceptGradient, delta } = this.#layers[at]!;
    const from = at === 0 ? this.input : this.#layers[at - 1]!.out;
    this.#memory.multiplyTransposed(from, delta, coefGradient, inputs, outputs, rows);
    const gradient = coefGradient.data;
    for (let k = 0; k < gradient.length; k++) gradient[k] = (gradient[k]! + alpha * coef.data[k]!) / total;
    sumColumns(delta.data, rows, outputs, interceptGradient);
    for (let k = 0; k < outputs; k++) interceptGradient[k]! /= total;
  }

  /** The gradient by what the layer before gives. */
  #backTo(at: number, rows: number): void {
    const { inputs, outputs, coef, turned, delta } = this.#layers[at]!;
    for (let i = 0, k = 0; i < inputs; i++)
      for (let j = 0; j < outputs; j++, k++) turned.data[j * inputs + i] = coef.data[k]!;
    const before = this.#layers[at - 1]!;
    this.#memory.multiply(delta, turned, before.delta, rows, inputs, outputs);
    derive(before.out.data, before.delta.data, rows * inputs, this.shape.activation);
  }
}

function activate(x: Float64Array, rows: number, width: number, activation: Activation | OutputActivation): void {
  const size = rows * width;
  if (activation === "relu") {
    for (let at = 0; at < size; at++) if (!(x[at]! > 0)) x[at] = Number.isNaN(x[at]!) ? Number.NaN : 0;
  } else if (activation === "softmax") softmax(x, rows, width);
  else if (activation !== "identity") {
    const apply = activation === "tanh" ? tanh : activation === "logistic" ? expit : exp;
    for (let at = 0; at < size; at++) x[at] = apply(x[at]!);
  }
}

function softmax(x: Float64Array, rows: number, width: number): void {
  for (let row = 0; row < rows; row++) {
    const from = row * width;
    let most = Number.NEGATIVE_INFINITY;
    for (let k = from; k < from + width; k++) most = Math.max(most, x[k]!);
    let sum = 0;
    for (let k = from; k < from + width; k++) {
      x[k] = exp(x[k]! - most);
      sum += x[k]!;
    }
    for (let k = from; k < from + width; k++) x[k]! /= sum;
  }
}

/** Multiplies with the derivative of an activation, from what it gave. */
function derive(out: Float64Array, delta: Float64Array, size: number, activation: Activation): void {
  if (activation === "logistic") for (let at = 0; at < size; at++) delta[at]! *= out[at]! * (1 - out[at]!);
  else if (activation === "tanh") for (let at = 0; at < size; at++) delta[at]! *= 1 - out[at]! * out[at]!;
  else if (activation === "relu") for (let at = 0; at < size; at++) if (out[at] === 0) delta[at] = 0;
}
