import { expect, it } from "vitest";
import { Global, isCurtidoError, type LoadOptions, loads, type OldStringEncoding } from "../src/index.ts";
import { corpusLoads, corpusStreams, corpusValues, type Graph, type LoadsCase, type Slot } from "./corpus.ts";
import { GraphCheck, simpleValue } from "./graph.ts";

const streams = corpusStreams();
const values = corpusValues();
const { tests, cases } = corpusLoads();

/** What the tests' `persistent_load` gives. */
function persistentLoad(id: unknown, graph: Graph, pairs: readonly (readonly [Slot, Slot])[]): unknown {
  const pair = pairs.find(([slot]) => new GraphCheck(graph).problem(id, slot) === undefined);
  return pair === undefined || pair[0] === pair[1] ? id : simpleValue(graph, pair[1]);
}

function optionsOf(each: LoadsCase, graph: Graph): LoadOptions {
  const { encoding, fix_imports, buffers, extensions, persistent } = each;
  return {
    exact: true,
    ...(encoding === undefined ? {} : { encoding: encoding as OldStringEncoding }),
    ...(fix_imports === undefined ? {} : { fixImports: fix_imports }),
    ...(Array.isArray(buffers)
      ? { buffers: buffers.map(([bytes]) => Uint8Array.from(Buffer.from(bytes, "base64"))) }
      : {}),
    ...(extensions === undefined
      ? {}
      : { extensions: new Map(extensions.map(([code, module, name]) => [code, new Global(module, name)])) }),
    ...(persistent === undefined ? {} : { persistentLoad: (id: unknown) => persistentLoad(id, graph, persistent) }),
  };
}

function problemOf(each: LoadsCase): string | undefined {
  const graph = each.value === undefined ? { root: null, nodes: [] } : values[each.value]!;
  try {
    const got = loads(streams[each.stream]!, optionsOf(each, graph));
    if (each.error !== undefined) return `accepted, but CPython raises ${each.error}`;
    return new GraphCheck(graph).problem(got, graph.root);
  } catch (error) {
    if (!isCurtidoError(error)) return `untagged ${String((error as Error).stack)}`;
    return each.error === undefined ? `refused: ${error.message}` : undefined;
  }
}

it("reads the streams of CPython's own tests as CPython does", () => {
  const problems: string[] = [];
  const outside: Record<string, number> = {};
  for (const each of cases) {
    if (each.outside !== undefined) {
      outside[each.outside] = (outside[each.outside] ?? 0) + 1;
      continue;
    }
    const problem = problemOf(each);
    const shown = () => Buffer.from(streams[each.stream]!.subarray(0, 70)).toString("latin1");
    if (problem !== undefined) problems.push(`${each.tests.map((test) => tests[test])}: ${problem} ${shown()}`);
  }
  expect(problems).toEqual([]);
  expect([cases.length, outside]).toMatchInlineSnapshot(`
    [
      10851,
      {
        "keys that are compared by code of their classes": 12,
        "objects that take their state with code of their classes": 1,
        "the unpickler has a memo of what it read before": 9,
        "what is named turns out to be no class": 4,
      },
    ]
  `);
});

it("refuses numbers of any length with a tagged error", () => {
  const codeOf = (...parts: readonly Uint8Array[]): string => {
    try {
      loads(Buffer.concat(parts));
      return "none";
    } catch (error) {
      return isCurtidoError(error) ? error.code : String(error);
    }
  };
  for (const head of ["I", "L", "F", "Np"])
    expect(codeOf(Buffer.from(head), Buffer.alloc(12_000_000, "9"), Buffer.from("\n."))).toBe("E_LIMIT");
  expect(codeOf(Buffer.of(0x8b, 1, 0, 0, 4), Buffer.alloc(2 ** 26 + 1, 1), Buffer.from("."))).toBe("E_LIMIT");
  expect(codeOf(Buffer.of(0x8b, 0, 0, 16, 0), Buffer.alloc(1 << 20, 1), Buffer.from("."))).toBe("none");
});
