import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type DisassembleOptions,
  type Disassembly,
  type DisassemblyMemo,
  disassemble,
  disassembly,
  isCurtidoError,
  opcodes,
  optimize,
} from "../src/index.ts";
import { corpusJson, corpusStreams } from "./corpus.ts";

/** Itself, or length in UTF-8 and SHA-256 of what is long. */
type Long<T> = T | readonly [number, string];
type PythonsError = readonly [type: string, message: string];
type CorpusRow = readonly [
  plain: readonly [Long<string>, PythonsError | null],
  annotated: readonly [Long<string>, PythonsError | null],
  optimized: number | Long<string> | { readonly error: PythonsError },
];
type EdgeRow = readonly [
  stream: string,
  options: { readonly annotate?: number; readonly indent?: number; readonly memo?: true },
  outcome: readonly (string | PythonsError | null)[],
  optimized: string | PythonsError,
];

const streams = corpusStreams();
const rows = corpusJson<CorpusRow[]>("disassembly");
const edges = corpusJson<EdgeRow[]>("dis_edges");

const sameAs = (got: Uint8Array, expected: readonly [number, string]): boolean =>
  got.length === expected[0] && createHash("sha256").update(got).digest("hex") === expected[1];

const errorOf = (error: unknown): PythonsError | null =>
  isCurtidoError(error) ? [error.fields["type"] as string, error.message] : null;

const shown = (stream: Uint8Array): string => Buffer.from(stream.subarray(0, 60)).toString("latin1");

function unlike(got: Disassembly, text: Long<string>, error: PythonsError | null): string | undefined {
  const same = typeof text === "string" ? got.text === text : sameAs(Buffer.from(got.text), text);
  const raised = errorOf(got.error);
  if (same && JSON.stringify(raised) === JSON.stringify(error)) return undefined;
  return `${JSON.stringify(raised)}, expected ${JSON.stringify(error)}\n${same ? "" : `${got.text.slice(-300)}\nexpected\n${String(text).slice(-300)}`}`;
}

function optimizedOrError(stream: Uint8Array): Uint8Array | PythonsError {
  try {
    return optimize(stream);
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return errorOf(error)!;
  }
}

describe("CPython's corpus", () => {
  it.each([
    ["without descriptions", 0, {}],
    ["with descriptions", 1, { annotate: 30 }],
  ] as const)("is disassembled %s", (_, place, options) => {
    const problems: string[] = [];
    for (const [at, stream] of streams.entries()) {
      const [text, error] = rows[at]![place];
      const problem = unlike(disassemble(stream, options), text, error);
      if (problem !== undefined) problems.push(`${shown(stream)}: ${problem}`);
    }
    expect(problems).toEqual([]);
    expect(rows.length).toBeGreaterThan(11_000);
    expect(rows.length).toBe(streams.length);
  });

  it("is optimized", () => {
    const problems: string[] = [];
    for (const [at, stream] of streams.entries()) {
      const expected = rows[at]![2];
      const got = optimizedOrError(stream);
      const same =
        got instanceof Uint8Array
          ? typeof expected === "number"
            ? Buffer.from(got).equals(streams[expected]!)
            : typeof expected === "string"
              ? Buffer.from(got).toString("hex") === expected
              : Array.isArray(expected) && sameAs(got, expected as [number, string])
          : JSON.stringify({ error: got }) === JSON.stringify(expected);
      if (!same) problems.push(`${shown(stream)}: ${String(got).slice(0, 200)}`);
    }
    expect(problems).toEqual([]);
  });
});

describe("edge streams", () => {
  /** One pickle, or with a memo all that stand one behind the other. */
  function outcomes(stream: Uint8Array, options: EdgeRow[1]): Disassembly[] {
    const { memo, ...rest } = options;
    const given: DisassembleOptions = memo === undefined ? rest : { ...rest, memo: new Map() as DisassemblyMemo };
    const all = [disassemble(stream, given)];
    while (memo !== undefined && all.at(-1)!.error === undefined && all.at(-1)!.end < stream.length)
      all.push(disassemble(stream, { ...given, position: all.at(-1)!.end }));
    return all;
  }

  it("are disassembled as Python does, up to the same error", () => {
    const problems: string[] = [];
    for (const [base64, options, expected] of edges) {
      const stream = Buffer.from(base64, "base64");
      const got = outcomes(stream, options);
      if (got.length * 2 !== expected.length) problems.push(`${shown(stream)}: ${got.length} pickles`);
      for (const [at, each] of got.entries()) {
        const problem = unlike(each, expected[2 * at] as string, expected[2 * at + 1] as PythonsError | null);
        if (problem !== undefined) problems.push(`${shown(stream)}: ${problem}`);
      }
    }
    expect(problems).toEqual([]);
    expect(edges.length).toBeGreaterThan(4000);
  });

  it("are optimized as Python does, or refused with the same error", () => {
    const problems: string[] = [];
    for (const [base64, , , expected] of edges) {
      const stream = Buffer.from(base64, "base64");
      const got = optimizedOrError(stream);
      const told = got instanceof Uint8Array ? Buffer.from(got).toString("base64") : got;
      if (JSON.stringify(told) !== JSON.stringify(expected))
        problems.push(`${shown(stream)}: ${String(told)}, expected ${String(expected)}`);
    }
    expect(problems).toEqual([]);
  });
});

describe("disassemble", () => {
  it("says where and why it stopped", () => {
    const { text, error, end } = disassemble(Buffer.from("NNq\x05q\x05."));
    expect(text.split("\n").length).toBe(5);
    expect(error?.code).toBe("E_MEMO");
    expect(error?.message).toBe("memo key 5 already defined");
    expect(error?.fields).toEqual({ offset: 4, type: "ValueError" });
    expect(end).toBe(4);
  });

  it("starts where it is told, counts from the start of the bytes, and ends behind STOP", () => {
    const stream = Buffer.from("junkN.K\x07.");
    expect(disassemble(stream, { position: 4 })).toEqual({
      text: "    4: N    NONE\n    5: .    STOP\nhighest protocol among opcodes = 0\n",
      end: 6,
    });
    expect(disassemble(stream, { position: 6 }).text).toContain("    6: K    BININT1    7\n");
  });

  it("holds no more than a piece of a long argument, and gives it whole", () => {
    const payload = new Uint8Array(3_000_000).map((_, at) => at % 251);
    const stream = Buffer.concat([Buffer.from("B\xc0\xc6\x2d\x00", "latin1"), payload, Buffer.from(".")]);
    let [longest, all] = [0, ""];
    for (const piece of disassembly(stream)) {
      longest = Math.max(longest, piece.length);
      all += piece;
    }
    expect(longest).toBeLessThan(100_000);
    expect(all).toBe(disassemble(stream).text);
    expect(all.length).toBeGreaterThan(3_000_000);
  });

  it("keeps characters whole where a long text is cut into pieces", () => {
    const text = "aé€😀".repeat(30_000);
    const encoded = Buffer.from(text);
    const header = Buffer.from([0x8d, 0, 0, 0, 0, 0, 0, 0, 0]);
    header.writeUInt32LE(encoded.length, 1);
    const stream = Buffer.concat([header, encoded, Buffer.from(".")]);
    expect(disassemble(stream).text).toContain(`BINUNICODE8 '${text}'\n`);
    encoded[200_001] = 0xff;
    const damaged = Buffer.concat([header, encoded, Buffer.from(".")]);
    expect(disassemble(damaged).error?.message).toMatch(/^'utf-8' codec can't decode .* in position 20000\d/);
  });

  it("neither takes long nor runs out of memory on hostile streams", () => {
    const marks = disassemble(new Uint8Array(2000).fill(0x28));
    expect(marks.error?.message).toBe("pickle exhausted before seeing STOP");
    const wide = disassemble(new Uint8Array(100).fill(0x28), { indent: 2 ** 40 });
    expect(wide.error?.code).toBe("E_LIMIT");
    const digits = Buffer.concat([Buffer.from("I"), Buffer.alloc(20_000_000, "9"), Buffer.from("\n.")]);
    expect(disassemble(digits).error?.code).toBe("E_LIMIT");
    const float = Buffer.concat([Buffer.from("F"), Buffer.alloc(20_000_000, "9"), Buffer.from("\n.")]);
    expect(disassemble(float).text).toContain("FLOAT      inf\n");
    const long = Buffer.concat([Buffer.from([0x8b, 0, 0, 0, 1]), Buffer.alloc(1 << 24, 1), Buffer.from(".")]);
    expect(disassemble(long).error?.code).toBe("E_LIMIT");
  });

  it("gives any bytes a text and at most a tagged error, and reads as far as optimize", () => {
    const opcode = fc.constantFrom(...opcodes.map((each) => each.code));
    const stream = fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc
        .array(fc.oneof(opcode, fc.integer({ min: 0, max: 255 })), { maxLength: 40 })
        .map((codes) => Uint8Array.from(codes)),
    );
    fc.assert(
      fc.property(stream, fc.constantFrom(0, 30), (bytes, annotate) => {
        const { text, error, end } = disassemble(bytes, { annotate });
        expect(error === undefined || isCurtidoError(error)).toBe(true);
        expect(end).toBeLessThanOrEqual(bytes.length);
        if (error === undefined) expect(text).toMatch(/highest protocol among opcodes = \d\n$/);
        const optimized = optimizedOrError(bytes);
        if (error === undefined && optimized instanceof Uint8Array) expect(optimized.at(-1)).toBe(0x2e);
      }),
      { numRuns: 3000 },
    );
  });
});

it("gives the listings of Python 3.13, which differ in a word", () => {
  const rows = JSON.parse(
    readFileSync(join(import.meta.dirname, "../../../fixtures/pickle_dis_3.13.json"), "utf8"),
  ) as [string, string][];
  let others = 0;
  for (const [stream, text] of rows) {
    const bytes = new Uint8Array(Buffer.from(stream, "base64"));
    expect(disassemble(bytes, { annotate: 30, python: "3.13" }).text).toBe(text);
    if (disassemble(bytes, { annotate: 30 }).text !== text) others++;
  }
  expect(others).toBe(4);
});
