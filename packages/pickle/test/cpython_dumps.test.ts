import { expect, it } from "vitest";
import {
  ByteArray,
  Complex,
  Dict,
  dumps,
  FrozenSet,
  Global,
  Instance,
  PickleBuffer,
  PySet,
  StateSetter,
  Tuple,
} from "../src/index.ts";
import { corpusDumps, corpusStreams, corpusValues, type DumpsCase, type Graph, type Slot } from "./corpus.ts";
import { slotFloat, slotInteger } from "./graph.ts";

const streams = corpusStreams();
const values = corpusValues();
const { tests, cases } = corpusDumps();

const bytesOf = (base64: string) => new Uint8Array(Buffer.from(base64, "base64"));

/** The values of a graph, containers before what is in them, so that cycles close. */
class Values {
  private readonly graph: Graph;
  private readonly made = new Map<number, unknown>();

  constructor(graph: Graph) {
    this.graph = graph;
  }

  of(slot: Slot): unknown {
    if (typeof slot === "string") return slot[0] === "f" ? slotFloat(slot) : slotInteger(slot);
    if (typeof slot !== "number") return slot;
    if (!this.made.has(slot)) this.make(slot);
    return this.made.get(slot);
  }

  private keep<T>(slot: number, value: T): T {
    this.made.set(slot, value);
    return value;
  }

  private make(slot: number): void {
    const [tag, ...rest] = this.graph.nodes[slot]! as unknown as [string, ...unknown[]];
    const slots = (rest[0] ?? []) as Slot[];
    switch (tag) {
      case "str":
        this.keep(slot, rest[0]);
        return;
      case "bytes":
        this.keep(slot, bytesOf(rest[0] as string));
        return;
      case "bytearray":
        this.keep(slot, new ByteArray(bytesOf(rest[0] as string)));
        return;
      case "buffer":
        this.keep(slot, new PickleBuffer(bytesOf(rest[0] as string), rest[1] as boolean));
        return;
      case "list": {
        const list = this.keep<unknown[]>(slot, []);
        for (const each of slots) list.push(this.of(each));
        return;
      }
      case "tuple": {
        const items: unknown[] = [];
        this.keep(slot, new Tuple(items));
        for (const each of slots) items.push(this.of(each));
        return;
      }
      case "set": {
        const set = this.keep(slot, new PySet());
        for (const each of slots) set.add(this.of(each));
        return;
      }
      case "frozenset": {
        const members = slots.map((each) => this.of(each));
        if (!this.made.has(slot)) this.keep(slot, new FrozenSet(members));
        return;
      }
      case "dict": {
        const dict = this.keep(slot, new Dict());
        for (const [key, value] of rest[0] as [Slot, Slot][]) dict.set(this.of(key), this.of(value));
        return;
      }
      case "complex":
        this.keep(
          slot,
          new Complex(...(rest.map((part) => slotFloat(`f${part as string}`.replace("ff", "f"))) as [number, number])),
        );
        return;
      case "global":
        this.keep(slot, new Global(rest[0] as string, rest[1] as string));
        return;
      case "reduce":
        this.instance(slot, rest as [Slot, Slot, Slot, Slot[] | null, [Slot, Slot][] | null, Slot]);
        return;
      default:
        throw new Error(`unknown node ${tag}`);
    }
  }

  private instance(
    slot: number,
    [callable, args, state, items, entries, setter]: [Slot, Slot, Slot, Slot[] | null, [Slot, Slot][] | null, Slot],
  ): void {
    // The arguments may hold the instance itself: it is made before they are.
    const held: unknown[] = [];
    const node = this.graph.nodes[args as number] as unknown as [string, Slot[]];
    const called = this.of(callable) as Global;
    const name = String(called);
    const first = node[1].length > 0 && name.startsWith("copyreg.") ? this.of(node[1][0]!) : undefined;
    const instance =
      name === "copyreg.__newobj__"
        ? new Instance(first as Global, held, "newobj")
        : name === "copyreg.__newobj_ex__"
          ? new Instance(first as Global, held, "newobj_ex", this.of(node[1][2]!) as Dict)
          : new Instance(called, held, "reduce");
    this.keep(slot, instance);
    const all =
      instance.form === "newobj"
        ? node[1].slice(1)
        : instance.form === "newobj_ex"
          ? (this.graph.nodes[node[1][1] as number] as unknown as [string, Slot[]])[1]
          : node[1];
    for (const each of all) held.push(this.of(each));
    for (const each of items ?? []) instance.items.push(this.of(each));
    for (const [key, value] of entries ?? []) instance.entries.push([this.of(key), this.of(value)]);
    if (state !== null)
      instance.states.push(
        setter === null ? this.of(state) : new StateSetter(this.of(setter) as Global, this.of(state)),
      );
  }
}

function problemOf(each: DumpsCase): string | undefined {
  const graph = values[each.value!]!;
  const made = new Values(graph);
  const value = made.of(graph.root);
  const ids = new Map((each.persistent ?? []).map(([object, id]) => [made.of(object), made.of(id)]));
  const answers = [...(each.buffers ?? [])];
  try {
    const got = dumps(value, {
      exact: true,
      protocol: each.protocol,
      ...(each.fix_imports === undefined ? {} : { fixImports: each.fix_imports }),
      ...(each.persistent === undefined ? {} : { persistentId: (object) => ids.get(object) }),
      ...(each.buffers === undefined ? {} : { bufferCallback: () => answers.shift()![1] }),
      ...(each.extensions === undefined
        ? {}
        : { extensions: new Map(each.extensions.map(([code, module, name]) => [`${module}.${name}`, code])) }),
    });
    if (each.error !== undefined) return `written, but CPython raises ${each.error}`;
    const expected = streams[each.stream!]!;
    return Buffer.compare(got, expected) === 0
      ? undefined
      : `other bytes:\n  ${shown(got, expected)}\n  ${shown(expected, got)}`;
  } catch (error) {
    return each.error === undefined ? `refused: ${(error as Error).message}` : undefined;
  }
}

function shown(bytes: Uint8Array, other: Uint8Array): string {
  let at = 0;
  while (at < bytes.length && bytes[at] === other[at]) at++;
  const from = Math.max(0, at - 40);
  return `${bytes.length} @${at} ${JSON.stringify(Buffer.from(bytes.subarray(from, at + 60)).toString("latin1"))}`;
}

/** What CPython writes otherwise, by test method and reason. */
const OUTSIDE: readonly (readonly [method: RegExp, reason: string, cases: number])[] = [
  [/_dispatch_table$/, "a table of the pickler's own writes a complex as something else", 1],
  [/^test_c_methods$/, "equal names are different str objects in the interpreter's own tables", 14],
  [
    /^test_complex_newobj_ex$/,
    "below protocol 4 the pickle names the __new__ of a base class, which only Python knows",
    2,
  ],
  [/^test_evil_pickler_mutating_collection$/, "a method changes a container while it is being written", 23],
  [/^test_local_lookup_error$/, "names that cannot be imported: nothing is imported here", 12],
  [/^test_recursive_\w+_subclass_and_inst$/, "what holds itself is reduced twice, to new containers each time", 22],
  [/^test_recursive_nested_names$/, "a name that is looked up to be spelled otherwise", 6],
  [/^test_return_correct_type$/, "persistent ids of texts that only the pickler sees", 4],
];

it("writes what CPython's own tests write, byte for byte", () => {
  const problems: string[] = [];
  const outside = OUTSIDE.map(() => 0);
  let compared = 0;
  for (const each of cases) {
    if (each.outside !== undefined || each.fast === true) continue;
    compared++;
    const problem = problemOf(each);
    if (problem === undefined) continue;
    const methods = each.tests.map((test) => tests[test]!);
    const reason = OUTSIDE.findIndex(([method]) => methods.every((name) => method.test(name)));
    if (reason < 0) problems.push(`${methods.join(",")} protocol ${each.protocol}: ${problem}`);
    else outside[reason]!++;
  }
  expect(problems).toEqual([]);
  expect(outside).toEqual(OUTSIDE.map(([, , count]) => count));
  expect(compared).toBeGreaterThan(6500);
});
