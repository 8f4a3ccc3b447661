/** @module The trees of a CatBoost model in JSON, symmetric or not, as flat arrays. */

import { CatModelError } from "./flatbuffer.ts";
import type { JsonNode } from "./json_node.ts";
import type { CatModel } from "./model.ts";

/** How deep trees may be that are not symmetric: CatBoost grows them to 16. */
const DEEPEST = 64;

/** What trees are in a model. */
type Trees = Pick<CatModel, "outputs" | "splits" | "sizes" | "values" | "steps" | "leafOf">;

/**
 * The trees of a document; `outputs` where there are none.
 *
 * @throws CatModelError what is malformed
 */
export function jsonTrees(document: JsonNode, outputs: number): Trees {
  return document.has("trees")
    ? nested(document.child("trees"))
    : symmetric(document.child("oblivious_trees"), outputs);
}

function symmetric(list: JsonNode, fallback: number): Trees {
  const trees = list.nodes().map((tree) => ({
    splits: tree.child("splits").nodes().map(splitOf),
    values: tree.child("leaf_values").numbers(),
  }));
  const first = trees[0];
  return {
    outputs: first === undefined ? fallback : Math.floor(first.values.length / 2 ** first.splits.length),
    splits: Int32Array.from(trees.flatMap(({ splits }) => splits)),
    sizes: Int32Array.from(trees, ({ splits }) => splits.length),
    values: Float64Array.from(trees.flatMap(({ values }) => values)),
    steps: undefined,
    leafOf: new Uint32Array(0),
  };
}

function splitOf(split: JsonNode): number {
  return split.child("split_index").integer();
}

/** Each node before its children, the left one before the right one; steps count nodes from one to another. */
function nested(list: JsonNode): Trees {
  const [splits, sizes, values]: [number[], number[], number[]] = [[], [], []];
  const [steps, leafOf]: [number[], number[]] = [[], []];
  let outputs: number | undefined;
  const leaf = (node: JsonNode) => {
    const value = node.child("value");
    const numbers = Array.isArray(value.value) ? value.numbers() : [value.number()];
    outputs ??= numbers.length;
    if (numbers.length !== outputs) throw new CatModelError(`a leaf holds ${numbers.length} numbers, not ${outputs}`);
    leafOf.push(values.length);
    for (const number of numbers) values.push(number);
  };
  const walk = (node: JsonNode, depth: number): void => {
    if (depth > DEEPEST) throw new CatModelError(`a tree is deeper than ${DEEPEST}`);
    const at = splits.length;
    steps.push(0, 0);
    if (!node.has("split")) {
      splits.push(0);
      leaf(node);
      return;
    }
    splits.push(splitOf(node.child("split")));
    leafOf.push(0);
    walk(node.child("left"), depth + 1);
    const right = splits.length - at;
    walk(node.child("right"), depth + 1);
    if (right > 0xffff) throw new CatModelError("a tree has too many nodes");
    steps[2 * at] = 1;
    steps[2 * at + 1] = right;
  };
  for (const tree of list.nodes()) {
    const from = splits.length;
    walk(tree, 0);
    sizes.push(splits.length - from);
  }
  return {
    outputs: outputs ?? 1,
    splits: Int32Array.from(splits),
    sizes: Int32Array.from(sizes),
    values: Float64Array.from(values),
    steps: Uint16Array.from(steps),
    leafOf: Uint32Array.from(leafOf),
  };
}
