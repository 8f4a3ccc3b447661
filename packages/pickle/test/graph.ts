import { ByteArray, Complex, Dict, FrozenSet, Global, Instance, PySet, Range, Slice, Tuple } from "../src/index.ts";
import { reducedLibraryValue } from "../src/standard/library.ts";
import type { Graph, Reduction, Slot } from "./corpus.ts";

/** The double that a slot "f..." spells. */
export function slotFloat(text: string): number {
  const spelled = text.slice(1);
  if (spelled === "nan") return Number.NaN;
  return Number(spelled.replace("inf", "Infinity"));
}

/** The integer that a slot "i..." spells. */
export function slotInteger(text: string): bigint {
  const negative = text[1] === "-";
  const magnitude = BigInt(text.slice(negative ? 2 : 1));
  return negative ? -magnitude : magnitude;
}

/** What stands for `slot`: scalars, text, bytes and names only. */
export function simpleValue(graph: Graph, slot: Slot): unknown {
  if (typeof slot === "string") return slot[0] === "i" ? slotInteger(slot) : slotFloat(slot);
  if (typeof slot !== "number") return slot;
  const node = graph.nodes[slot]!;
  switch (node[0]) {
    case "str":
      return node[1];
    case "bytes":
      return Uint8Array.from(Buffer.from(node[1], "base64"));
    case "global":
      return new Global(node[1], node[2]);
    default:
      throw new Error(`a ${node[0]} is not simple`);
  }
}

/** What is one object in CPython, or one here, without saying anything about identity. */
function hasNoIdentity(got: unknown): boolean {
  if (typeof got !== "object" || got === null || got instanceof Global) return true;
  if (got instanceof Tuple) return got.length === 0;
  if (got instanceof FrozenSet) return got.size === 0;
  return got instanceof Uint8Array && !(got instanceof ByteArray) && got.length <= 1;
}

/** Compares what was read, exactly, with a graph of the corpus: values, order, identity. */
export class GraphCheck {
  private readonly graph: Graph;
  private seen = new Map<number, unknown>();
  private numbers = new Map<unknown, number>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  /** Why `got` is not the value of `slot`, or `undefined` when it is. */
  problem(got: unknown, slot: Slot): string | undefined {
    if (typeof slot === "number") return this.node(got, slot);
    if (typeof slot !== "string") return got === slot ? undefined : unlike(got, slot);
    const same = slot[0] === "i" ? got === slotInteger(slot) : Object.is(got, slotFloat(slot));
    return same ? undefined : unlike(got, slot);
  }

  private node(got: unknown, number: number): string | undefined {
    if (this.seen.has(number)) {
      const before = this.seen.get(number);
      if (before === got) return undefined;
      if (!hasNoIdentity(got)) return `node ${number} is not one object`;
    } else {
      if (!hasNoIdentity(got) && this.numbers.has(got)) return `node ${this.numbers.get(got)} is also node ${number}`;
      this.seen.set(number, got);
      this.numbers.set(got, number);
    }
    const problem = this.compare(got, number);
    return problem === undefined ? undefined : `${this.graph.nodes[number]![0]}: ${problem}`;
  }

  private compare(got: unknown, number: number): string | undefined {
    const node = this.graph.nodes[number]!;
    switch (node[0]) {
      case "str":
        return got === node[1] ? undefined : unlike(got, node[1]);
      case "bytes":
      case "bytearray":
      case "buffer": {
        const right =
          got instanceof Uint8Array && (node[0] === "buffer" || got instanceof ByteArray === (node[0] === "bytearray"));
        return right && Buffer.from(got).toString("base64") === node[1] ? undefined : unlike(got, node[1]);
      }
      case "list":
        return Array.isArray(got) ? this.items(got, node[1]) : unlike(got, node[0]);
      case "tuple":
        return got instanceof Tuple ? this.items(got.items, node[1]) : unlike(got, node[0]);
      case "set":
        return got instanceof PySet ? this.members([...got], node[1]) : unlike(got, node[0]);
      case "frozenset":
        return got instanceof FrozenSet ? this.members([...got], node[1]) : unlike(got, node[0]);
      case "dict":
        return got instanceof Dict ? this.pairs([...got], node[1]) : unlike(got, node[0]);
      case "complex": {
        const same =
          got instanceof Complex &&
          Object.is(got.real, slotFloat(node[1])) &&
          Object.is(got.imaginary, slotFloat(node[2]));
        return same ? undefined : unlike(got, node[0]);
      }
      case "global":
        return nameOf(got) === `${node[1]}.${node[2]}` ? undefined : unlike(got, `${node[1]}.${node[2]}`);
      default:
        return this.reduction(got, node);
    }
  }

  private items(got: readonly unknown[], slots: readonly Slot[]): string | undefined {
    if (got.length !== slots.length) return `${got.length} items, expected ${slots.length}`;
    for (const [at, slot] of slots.entries()) {
      const problem = this.problem(got[at], slot);
      if (problem !== undefined) return `[${at}] ${problem}`;
    }
    return undefined;
  }

  private pairs(got: readonly (readonly [unknown, unknown])[], pairs: readonly (readonly [Slot, Slot])[]) {
    return this.items(got.flat(1), pairs.flat(1));
  }

  /** Sets have an order of their own here: each member must be found. */
  private members(got: readonly unknown[], slots: readonly Slot[]): string | undefined {
    if (got.length !== slots.length) return `${got.length} members, expected ${slots.length}`;
    const left = new Set(got);
    for (const slot of slots) {
      const scalar = this.scalar(slot);
      const found =
        scalar !== undefined && left.has(scalar) ? scalar : [...left].find((each) => this.matches(each, slot));
      if (found === undefined || !left.delete(found)) return `no member ${JSON.stringify(slot)}`;
    }
    return undefined;
  }

  private scalar(slot: Slot): unknown {
    if (typeof slot === "number") {
      const node = this.graph.nodes[slot]!;
      return node[0] === "str" ? node[1] : undefined;
    }
    return typeof slot === "string" && slot[0] === "i" ? slotInteger(slot) : slot;
  }

  private matches(got: unknown, slot: Slot): boolean {
    const [seen, numbers] = [new Map(this.seen), new Map(this.numbers)];
    if (this.problem(got, slot) === undefined) return true;
    [this.seen, this.numbers] = [seen, numbers];
    return false;
  }

  private reduction(got: unknown, node: Reduction): string | undefined {
    const [, callable, argsNode, state, items, entries] = node;
    const args = this.graph.nodes[argsNode]![1] as readonly Slot[];
    const name = this.name(callable);
    if (got instanceof Range || got instanceof Slice) {
      const parts = [got.start, got.stop, got.step].map((part) => (typeof part === "number" ? BigInt(part) : part));
      return name === `builtins.${got.constructor.name.toLowerCase()}` ? this.items(parts, args) : unlike(got, name);
    }
    const made = got instanceof Instance ? got : reducedLibraryValue(got as object, 2);
    if (made === undefined) return unlike(got, `a call of ${name}`);
    return (
      this.call(made, name, callable, args) ??
      this.items(made.states.filter(saysSomething), state === null ? [] : [state]) ??
      this.items(made.items, items ?? []) ??
      this.pairs(made.entries, entries ?? [])
    );
  }

  private call(got: Instance, name: string, callable: Slot, args: readonly Slot[]): string | undefined {
    const made = got.form === "newobj" || got.args.length === 0;
    if (name === "copyreg.__newobj__") return made ? this.items([got.class, ...got.args], args) : unlike(got, name);
    if (name === "copyreg._reconstructor" && this.name(args[1]!) === "builtins.object" && args[2] === null)
      return made ? this.items([got.class, ...got.args], [args[0]!]) : unlike(got, name);
    if (name === "copyreg.__newobj_ex__") return this.callWithKeywords(got, args);
    if (got.form === "newobj") return unlike(got, name);
    return this.problem(got.class, callable) ?? this.items(got.args, args);
  }

  private callWithKeywords(got: Instance, args: readonly Slot[]): string | undefined {
    if (got.form === "newobj_ex") return this.items([got.class, new Tuple(got.args), got.kwargs], args);
    // Below protocol 4: functools.partial(cls.__new__, cls, *args, **kwargs)()
    const partial =
      got.class instanceof Instance && got.class.className === "functools.partial" ? got.class.state : null;
    if (!(partial instanceof Tuple && partial.items[1] instanceof Tuple)) return unlike(got, "NEWOBJ_EX");
    const [cls, ...rest] = partial.items[1].items;
    return this.items([cls, new Tuple(rest), partial.items[2]], args);
  }

  private name(slot: Slot): string {
    const node = typeof slot === "number" ? this.graph.nodes[slot]! : undefined;
    return node?.[0] === "global" ? `${node[1]}.${node[2]}` : "an object";
  }
}

/** An empty state: classic instances of Python 2 have one where Python 3 gives none. */
const saysSomething = (state: unknown): boolean => !(state instanceof Dict && state.size === 0);

/** The dotted name of a class or function; below protocol 4, nested ones are spelled `getattr(outer, "inner")`. */
function nameOf(got: unknown): string | undefined {
  if (got instanceof Global) return got.toString();
  if (!(got instanceof Instance) || got.className !== "builtins.getattr") return undefined;
  const outer = nameOf(got.args[0]);
  return outer === undefined ? undefined : `${outer}.${String(got.args[1])}`;
}

function unlike(got: unknown, expected: unknown): string {
  const shown =
    got instanceof Instance
      ? `${got.form} of ${got.className}`
      : got instanceof Global
        ? String(got)
        : typeof got === "object" && got !== null
          ? got.constructor.name
          : String(got);
  return `${shown.slice(0, 80)}, expected ${String(expected).slice(0, 80)}`;
}
