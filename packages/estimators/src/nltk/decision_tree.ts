/** @module DecisionTreeClassifier of nltk: a question at each node, a branch for each answer (`nltk.classify.decisiontree`). */

import { Dict } from "@curtido/pickle";
import type { State } from "../base/state.ts";
import { byLabel, type Featureset, FeaturesetClassifier } from "./features.ts";

/** How many questions may follow each other. */
const DEEPEST = 500;

interface Node {
  readonly label: unknown;
  readonly name: string | undefined;
  readonly branches: Dict<Node>;
  readonly otherwise: Node | undefined;
}

/** The label at the end of the branches that a row takes. */
export class DecisionTreeClassifier extends FeaturesetClassifier {
  private readonly root: Node;
  private readonly places: Dict<number>;

  constructor(state: State) {
    const labels = new Dict<true>();
    const seen = new Map<string, Set<unknown>>();
    const root = readNode(state, labels, seen, 0);
    super(state, [...labels.keys()].sort(), seen);
    this.root = root;
    this.places = byLabel(this.classes_.flat());
  }

  protected best(row: Featureset): number {
    const values = new Map(row);
    let node = this.root;
    for (;;) {
      if (node.name === undefined) break;
      const next = node.branches.get(values.get(node.name) ?? null) ?? node.otherwise;
      if (next === undefined) break;
      node = next;
    }
    return this.places.get(node.label)!;
  }
}

function readNode(state: State, labels: Dict<true>, seen: Map<string, Set<unknown>>, depth: number): Node {
  if (depth > DEEPEST) return state.fail("_decisions", `nests more than ${DEEPEST} questions`);
  const label = state.plain("_label");
  labels.set(label, true);
  const branches = new Dict<Node>();
  const name = state.given("_fname") ? String(state.raw("_fname")) : undefined;
  const read = (value: unknown, at: string) => readNode(state.childFrom(value, at), labels, seen, depth + 1);
  if (name !== undefined && state.given("_decisions")) {
    const values = seen.get(name) ?? new Set();
    seen.set(name, values);
    for (const [value, node] of state.dict("_decisions")) {
      values.add(value);
      branches.set(value, read(node, `_decisions[${String(value)}]`));
    }
  }
  const otherwise = state.given("_default") ? read(state.raw("_default"), "_default") : undefined;
  return { label, name, branches, otherwise };
}
