// Grows a tree, depth first or the best split first, as scikit-learn 1.9.1's tree/_tree.pyx does.

import {
  CONSTANTS, COUNT, DEPTH, END, FEATURE, IMPROVEMENT, IMPURITY, LEFT, LEFT_IMPURITY, LINK, LOWER, MIDDLE, MISSING_LEFT, POSITION, RIGHT, RIGHT_IMPURITY,
  START, THRESHOLD, UPPER, VALUES, WEIGHT, constraints, first, frontier, isMonotonic, last, leastDecrease, leastSamples, leastToSplit, leastWeight, look,
  mostDepth, mostLeaves, nodeAt, nodes, stride,
} from "./state";
import { begin, clip, impurity, leftImpurity, middle, nodeWeight, rightImpurity, value } from "./criterion";
import { bestFeature, bestImprovement, bestMissingLeft, bestPosition, bestThreshold, constants, split } from "./splitter";

/** The distance from 1 to the next double: impurities up to this are none. */
const PURE: f64 = f64.EPSILON;
const NONE: i32 = -1;

/** How many nodes there are, and how deep the deepest lies. */
export let count: i32 = 0, depth: i32 = 0;

// What comes next.
let from: i32 = 0, to: i32 = 0, level: i32 = 0, parent: i32 = 0, known: i32 = 0, waiting: i32 = 0, open: i32 = 0, spare: i32 = 0;
let own: f64 = 0, lower: f64 = 0, upper: f64 = 0;
let isLeft: bool = false, isOver: bool = false;

export function start(samples: i32): void {
  count = 0; depth = 0;
  from = 0; to = samples; level = 0; parent = NONE; known = 0; waiting = NONE; open = 0; spare = mostLeaves - 1;
  own = -1; lower = -Infinity; upper = Infinity;
  isLeft = false; isOver = false;
}

@inline function room(): i32 {
  return <i32>min<u64>((((<u64>memory.size()) << 16) - <u64>nodes) / <u64>stride, <u64>i32.MAX_VALUE);
}

/** Adds nodes as long as there is room; gives whether the tree is whole. */
export function grow(): bool {
  const most = room();
  if (mostLeaves > 0) return growBest(most);
  while (!isOver) {
    if (count >= most) return false;
    const node = addNode();
    if (load<i64>(nodeAt(node) + FEATURE) >= 0) {
      store<i32>(nodeAt(node) + LINK, waiting);
      waiting = node;
      toLeft(node);
    } else if (waiting != NONE) {
      const next = waiting;
      waiting = load<i32>(nodeAt(next) + LINK);
      toRight(next);
    } else isOver = true;
  }
  return true;
}

function growBest(most: i32): bool {
  if (count == 0) {
    if (most < 1) return false;
    push(addNode());
  }
  while (open > 0) {
    if (most - count < 2) return false;
    const node = pop(), at = nodeAt(node);
    if (load<i32>(at + POSITION) >= load<i32>(at + END) || spare <= 0) {
      store<i64>(at + LEFT, -1); store<i64>(at + RIGHT, -1); store<i64>(at + FEATURE, -2); store<f64>(at + THRESHOLD, -2);
    } else {
      spare--;
      toLeft(node);
      const left = addNode();
      toRight(node);
      const right = addNode();
      push(left);
      push(right);
    }
    if (load<i32>(at + DEPTH) > depth) depth = load<i32>(at + DEPTH);
  }
  return true;
}

function toLeft(node: i32): void {
  const at = nodeAt(node), cst = constraintOf(at);
  from = load<i32>(at + START); to = load<i32>(at + POSITION);
  toChild(node, true, load<f64>(at + LEFT_IMPURITY));
  lower = cst < 0 ? load<f64>(at + MIDDLE) : load<f64>(at + LOWER);
  upper = cst > 0 ? load<f64>(at + MIDDLE) : load<f64>(at + UPPER);
}

function toRight(node: i32): void {
  const at = nodeAt(node), cst = constraintOf(at);
  from = load<i32>(at + POSITION); to = load<i32>(at + END);
  toChild(node, false, load<f64>(at + RIGHT_IMPURITY));
  lower = cst > 0 ? load<f64>(at + MIDDLE) : load<f64>(at + LOWER);
  upper = cst < 0 ? load<f64>(at + MIDDLE) : load<f64>(at + UPPER);
}

@inline function constraintOf(at: usize): i32 {
  return isMonotonic ? <i32>load<i8>(constraints + <usize>load<i64>(at + FEATURE)) : 0;
}

@inline function toChild(node: i32, left: bool, impurity: f64): void {
  parent = node; isLeft = left; own = impurity;
  level = load<i32>(nodeAt(node) + DEPTH) + 1;
  // Best first, constant features are found anew.
  known = mostLeaves > 0 ? 0 : load<i32>(nodeAt(node) + CONSTANTS);
}

/** Splits the node that comes next, if it may be split, and writes it. */
function addNode(): i32 {
  look(from, to);
  begin();
  if (count == 0) own = impurity();
  const samples = to - from;
  const isLeaf = level >= mostDepth || samples < leastToSplit || samples < 2 * leastSamples || nodeWeight < 2 * leastWeight || own <= PURE;
  const number = count++, at = nodeAt(number);
  if (!isLeaf) split(own, known, lower, upper);
  const isSplit = !isLeaf && bestPosition < last && !(bestImprovement + PURE < leastDecrease);
  value(at + VALUES);
  if (isMonotonic) clip(at + VALUES, lower, upper);
  write(at, samples);
  if (isSplit) writeSplit(at);
  if (parent != NONE) store<i64>(nodeAt(parent) + (isLeft ? LEFT : RIGHT), number);
  if (mostLeaves == 0 && level > depth) depth = level;
  return number;
}

/** Writes a leaf. */
function write(at: usize, samples: i32): void {
  store<i64>(at + LEFT, -1); store<i64>(at + RIGHT, -1); store<i64>(at + FEATURE, -2); store<f64>(at + THRESHOLD, -2);
  store<f64>(at + IMPURITY, own); store<i64>(at + COUNT, samples); store<f64>(at + WEIGHT, nodeWeight); store<i64>(at + MISSING_LEFT, 0);
  store<i32>(at + START, from); store<i32>(at + END, to); store<i32>(at + POSITION, to); store<i32>(at + DEPTH, level);
  store<f64>(at + LOWER, lower); store<f64>(at + UPPER, upper); store<f64>(at + IMPROVEMENT, 0);
}

function writeSplit(at: usize): void {
  store<i64>(at + FEATURE, bestFeature); store<f64>(at + THRESHOLD, bestThreshold); store<i64>(at + MISSING_LEFT, bestMissingLeft);
  store<i32>(at + POSITION, bestPosition); store<i32>(at + CONSTANTS, constants);
  store<f64>(at + LEFT_IMPURITY, leftImpurity); store<f64>(at + RIGHT_IMPURITY, rightImpurity); store<f64>(at + IMPROVEMENT, bestImprovement);
  if (isMonotonic) store<f64>(at + MIDDLE, middle());
}

// A heap by improvement, with ties in the order of libstdc++'s push_heap and pop_heap, which scikit-learn is built with.

@inline function waitingAt(place: i32): i32 {
  return load<i32>(frontier + (<usize>place << 2));
}
@inline function put(place: i32, node: i32): void {
  store<i32>(frontier + (<usize>place << 2), node);
}
@inline function merit(node: i32): f64 {
  return load<f64>(nodeAt(node) + IMPROVEMENT);
}

function rise(place: i32, node: i32): void {
  while (place > 0 && merit(waitingAt((place - 1) >> 1)) < merit(node)) {
    put(place, waitingAt((place - 1) >> 1));
    place = (place - 1) >> 1;
  }
  put(place, node);
}

function push(node: i32): void {
  rise(open++, node);
}

function pop(): i32 {
  const best = waitingAt(0);
  open--;
  if (open == 0) return best;
  const node = waitingAt(open);
  let place = 0, child = 0;
  while (child < (open - 1) >> 1) {
    child = 2 * (child + 1);
    if (merit(waitingAt(child)) < merit(waitingAt(child - 1))) child--;
    put(place, waitingAt(child));
    place = child;
  }
  if ((open & 1) == 0 && child == (open - 2) >> 1) {
    child = 2 * child + 1;
    put(place, waitingAt(child));
    place = child;
  }
  rise(place, node);
  return best;
}
