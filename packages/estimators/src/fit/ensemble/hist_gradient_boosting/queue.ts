/** @module Nodes that wait to be split. */

import type { HistNode } from "./grow.ts";

/**
 * Nodes in the order in which Python's `heapq` gives them: the greatest gain first, and equal ones in the order that its
 * heap leaves them in; or the smaller of two children before the other, so that few nodes wait.
 */
export class NodeQueue {
  private readonly nodes: HistNode[] = [];
  private readonly deepFirst: boolean;

  constructor(deepFirst = false) {
    this.deepFirst = deepFirst;
  }

  get size(): number {
    return this.nodes.length;
  }

  push(node: HistNode): void {
    const { nodes } = this;
    nodes.push(node);
    if (!this.deepFirst) {
      this.rise(0, nodes.length - 1);
      return;
    }
    // Only a sibling, which came just before, may be overtaken.
    const before = nodes.at(-2);
    if (before !== undefined && before.depth === node.depth && before.end === node.start && before.count < node.count)
      [nodes[nodes.length - 2], nodes[nodes.length - 1]] = [node, before];
  }

  pop(): HistNode | undefined {
    const { nodes } = this;
    const last = nodes.pop();
    const [first] = nodes;
    if (this.deepFirst || first === undefined || last === undefined) return last;
    nodes[0] = last;
    this.sink();
    return first;
  }

  private comesBefore(one: HistNode, other: HistNode): boolean {
    return one.split!.gain > other.split!.gain;
  }

  /** `_siftdown` */
  private rise(start: number, from: number): void {
    const { nodes } = this;
    const node = nodes[from]!;
    let at = from;
    while (at > start) {
      const parent = (at - 1) >> 1;
      if (!this.comesBefore(node, nodes[parent]!)) break;
      nodes[at] = nodes[parent]!;
      at = parent;
    }
    nodes[at] = node;
  }

  /** `_siftup` of the first one: down to the bottom along the better children, then up to where it belongs. */
  private sink(): void {
    const { nodes } = this;
    const end = nodes.length;
    const node = nodes[0]!;
    let at = 0;
    for (let child = 1; child < end; child = 2 * at + 1) {
      const right = child + 1;
      if (right < end && !this.comesBefore(nodes[child]!, nodes[right]!)) child = right;
      nodes[at] = nodes[child]!;
      at = child;
    }
    nodes[at] = node;
    this.rise(0, at);
  }
}
