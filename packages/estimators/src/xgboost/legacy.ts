/** @module XGBoost's binary format (`.model`, and pickles of releases before 1.3), brought into the form of today's documents. */

import { type FileValue, ModelFileError } from "./ubjson.ts";

/** What stands before the model in a pickle: this, and 8 bytes that say where the configuration begins. */
const PICKLED = "CONFIG-offset:";
const MARK = "binf";

/** Bytes of the fixed parts. */
const LEARNER = 136;
const MODEL = 160;
const TREE = 148;
const NODE = 20;
const STATISTICS = 16;
const LINEAR = 136;

/** How many bytes tell the format: the mark, the fixed part and two names. */
const HEAD = 256;
/** The fixed part, the name of the objective and that of the booster, each with its length: each byte is a character. */
export const BINARY =
  /^(?:CONFIG-offset:.{8})?(?:binf)?.{136}[^\0]\0{7}[a-z]+:[a-z_0-9]+[^\0]\0{7}(?:gbtree|gblinear|dart)/s;

/** Whether bytes begin as that format does. */
export function isLegacy(bytes: Uint8Array): boolean {
  const first = String.fromCharCode(...bytes.subarray(0, HEAD));
  return first.startsWith(PICKLED) || first.startsWith(MARK) || BINARY.test(first);
}

class Reader {
  readonly #view: DataView;
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** A part of so many bytes, as a reader of its own. */
  part(count: number): DataView {
    if (!(count >= 0 && count <= this.#bytes.length - this.#at))
      throw new ModelFileError(`it ends within ${count} bytes at byte ${this.#at}`);
    const from = this.#at;
    this.#at += count;
    return new DataView(this.#view.buffer, this.#view.byteOffset + from, count);
  }
  length(): number {
    return Number(this.part(8).getBigUint64(0, true));
  }
  string(): string {
    return new TextDecoder().decode(this.part(this.length()));
  }
  singles(count: number): Float32Array {
    const part = this.part(4 * count);
    return Float32Array.from({ length: count }, (_, at) => part.getFloat32(4 * at, true));
  }
  skip(mark: string): void {
    const next = String.fromCharCode(...this.#bytes.subarray(this.#at, this.#at + mark.length));
    if (next === mark) this.#at += mark.length;
  }
}

const map = (entries: Record<string, FileValue>): Map<string, FileValue> => new Map(Object.entries(entries));

/**
 * Reads a model in the binary format.
 *
 * @returns the document that newer releases would have written; `legacy` marks the arithmetic of releases before 1.3, `base_margin` a base score
 *   that is a margin already
 * @throws ModelFileError it is cut off
 */
export function readLegacy(bytes: Uint8Array): FileValue {
  const reader = new Reader(bytes);
  if (String.fromCharCode(...bytes.subarray(0, PICKLED.length)) === PICKLED) reader.part(PICKLED.length + 8);
  reader.skip(MARK);
  const head = reader.part(LEARNER);
  const objective = reader.string();
  const name = reader.string();
  const booster = name === "gblinear" ? readLinear(reader) : readForest(reader, name);
  const attributes = head.getInt32(12, true) !== 0 ? readAttributes(reader) : new Map<string, FileValue>();
  const parameters = map({
    base_score: String(head.getFloat32(0, true)),
    num_feature: head.getUint32(4, true),
    num_class: head.getInt32(8, true),
  });
  const version = [head.getUint32(20, true), head.getUint32(24, true)] as const;
  if (version[0] === 0 || (version[0] === 1 && version[1] < 3)) parameters.set("legacy", true);
  // Releases before 1.0, which left no version, stored the margin.
  if (version[0] === 0) parameters.set("base_margin", true);
  const learner = map({
    learner_model_param: parameters,
    objective: map({ name: objective }),
    gradient_booster: booster,
    attributes,
  });
  return map({ learner, ...(version[0] === 0 ? {} : { version }) });
}

function readAttributes(reader: Reader): Map<string, FileValue> {
  const out = new Map<string, FileValue>();
  const count = reader.length();
  for (let at = 0; at < count; at++) {
    const key = reader.string();
    out.set(key, reader.string());
  }
  return out;
}

function readLinear(reader: Reader): Map<string, FileValue> {
  reader.part(LINEAR);
  const weights = reader.singles(reader.length());
  return map({ name: "gblinear", model: map({ weights }) });
}

function readForest(reader: Reader, name: string): Map<string, FileValue> {
  const count = reader.part(MODEL).getInt32(0, true);
  const trees: FileValue[] = [];
  for (let t = 0; t < count; t++) trees.push(readTree(reader));
  const groups = reader.part(4 * count);
  const model = map({
    gbtree_model_param: new Map(),
    trees,
    tree_info: Int32Array.from({ length: count }, (_, at) => groups.getInt32(4 * at, true)),
  });
  const forest = map({ name: "gbtree", model });
  if (name !== "dart") return name === "gbtree" ? forest : map({ name });
  const weights = count === 0 ? new Float32Array(0) : reader.singles(reader.length());
  return map({ name: "dart", gbtree: forest, weight_drop: weights });
}

/** Nodes of parent, left, right, feature (its highest bit: missing values go left) and threshold or value. */
function readTree(reader: Reader): Map<string, FileValue> {
  const head = reader.part(TREE);
  const count = head.getInt32(4, true);
  const width = head.getInt32(20, true);
  if (width > 0) throw new ModelFileError("a tree with several numbers per leaf in the binary format is not known");
  const nodes = reader.part(NODE * count);
  reader.part(STATISTICS * count);
  const each = (field: (at: number) => number) => Int32Array.from({ length: count }, (_, at) => field(NODE * at));
  return map({
    tree_param: map({ size_leaf_vector: 0 }),
    left_children: each((at) => nodes.getInt32(at + 4, true)),
    right_children: each((at) => nodes.getInt32(at + 8, true)),
    split_indices: each((at) => nodes.getUint32(at + 12, true) & 0x7fffffff),
    default_left: each((at) => nodes.getUint32(at + 12, true) >>> 31),
    split_conditions: Float32Array.from({ length: count }, (_, at) => nodes.getFloat32(NODE * at + 16, true)),
  });
}
