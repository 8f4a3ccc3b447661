import { Dict, Global, Instance, namePolicy, PySet, Tuple } from "@curtido/pickle";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { fixtureFolders } from "../../../test/fixture_files.ts";
import { loadFile, NdArray, scanFile } from "../src/index.ts";
import { decompress, nodeInflate } from "../src/node.ts";
import { joined } from "./archives.ts";

const look = (bytes: Uint8Array) => scanFile(bytes, { path: "f", inflate: nodeInflate });

/** Every name in what a reader sees, and every name that it would call, up to where it fails. */
function namesRead(bytes: Uint8Array): Set<string> {
  const names = new Set<string>();
  const onCall = (callable: Global) => names.add(`${callable.module}\n${callable.name}`);
  try {
    const open: unknown[] = [loadFile(bytes, { decompress, decompressedLimit: 1 << 24, encoding: "latin1", onCall })];
    const seen = new Set<unknown>();
    while (open.length > 0) {
      const next = open.pop();
      if (typeof next !== "object" || next === null || seen.has(next)) continue;
      seen.add(next);
      if (next instanceof Global) onCall(next);
      else if (next instanceof Instance)
        open.push(next.class, ...next.args, ...next.states, ...next.items, ...next.entries.flat());
      else if (next instanceof Dict) open.push(...next.keys(), ...next.values());
      else if (Array.isArray(next) || next instanceof Tuple || next instanceof PySet) open.push(...next);
      else if (next instanceof NdArray && next.dtype.kind === "O") open.push(...(next.data as unknown[]));
    }
  } catch {
    // What it called before it failed counts.
  }
  return names;
}

describe("damaged files", () => {
  const seeds = fixtureFolders()
    .filter(({ family }) => family !== "cpython")
    .flatMap((folder) =>
      folder.names
        .filter((name) => /(?:\.sk1\.9\.1|\.sk0\.17\.1|joblib[^/]*|np2[^/]*|py[23][^/]*)\.(?:pkl|joblib)$/.test(name))
        .map((name) => () => folder.read(name)),
    )
    .filter((_, at) => at % 12 === 0)
    .map((read) => read())
    .filter((bytes) => bytes.length < 20_000);
  const gadgets = [
    "cos\nsystem\n",
    "cmymodule\nf\n",
    ")R",
    "b",
    ".",
    "(",
    "\x80\x02",
    "i os\n",
    "\x93",
    "0",
    "N.",
    "\x82\x01",
  ];
  const change = fc.oneof(
    fc.record({ at: fc.nat(), byte: fc.integer({ min: 0, max: 255 }) }),
    fc.record({ at: fc.nat(), insert: fc.constantFrom(...gadgets) }),
    fc.record({ at: fc.nat(), cut: fc.integer({ min: 1, max: 40 }) }),
  );

  it("never crash a scan, and are clean only when a reader sees nothing but safe names", { timeout: 120_000 }, () => {
    expect(seeds.length).toBeGreaterThan(50);
    fc.assert(
      fc.property(
        fc.constantFrom(...seeds),
        fc.array(change, { minLength: 1, maxLength: 4 }),
        fc.nat(20),
        (seed, changes, end) => {
          let bytes = end === 0 ? seed.subarray(0, Math.floor(seed.length / 2)) : seed;
          for (const each of changes) {
            const at = each.at % (bytes.length + 1);
            if ("byte" in each) bytes = joined(bytes.subarray(0, at), [each.byte], bytes.subarray(at + 1));
            else if ("insert" in each) bytes = joined(bytes.subarray(0, at), each.insert, bytes.subarray(at));
            else bytes = joined(bytes.subarray(0, at), bytes.subarray(at + each.cut));
          }
          const start = performance.now();
          const { verdict } = look(bytes);
          expect(performance.now() - start).toBeLessThan(5000);
          if (verdict !== "clean") return;
          for (const name of namesRead(bytes)) {
            const [module, own] = name.split("\n") as [string, string];
            expect([name, namePolicy(module, own).verdict]).toEqual([name, "safe"]);
          }
        },
      ),
      { numRuns: 3000 },
    );
  });
});
