import { isCurtidoError } from "@curtido/pickle";
import { FixtureFolder } from "../../../test/fixture_files.ts";
import type { Random } from "../../pickle/test/mutate.ts";
import { loadFile, readZip, scanFile, writeZip, zipContent } from "../src/index.ts";
import { decompress } from "../src/node.ts";

/** What a mutated file may unfold to, in bytes. */
const LIMIT = 1 << 24;
const SMALL = 40_000;

/** A file of skops, taken apart. */
export interface Sound {
  readonly bytes: Uint8Array;
  readonly schema: string;
  readonly others: readonly { readonly name: string; readonly bytes: Uint8Array }[];
}

/** The small files of skops among the fixtures. */
export function soundFiles(): readonly Sound[] {
  const folder = new FixtureFolder("skops");
  const files = folder.names.filter((name) => name.endsWith(".skops")).map((name) => folder.read(name));
  return files
    .filter(({ length }) => length < SMALL)
    .map((bytes) => {
      const parts = readZip(bytes).entries.map((entry) => ({
        name: entry.name,
        bytes: zipContent(bytes, entry, 1 << 28).bytes,
      }));
      const schema = new TextDecoder().decode(parts.find(({ name }) => name === "schema.json")!.bytes);
      return {
        bytes,
        schema: JSON.stringify(JSON.parse(schema)),
        others: parts.filter(({ name }) => name !== "schema.json"),
      };
    });
}

type Tree = Record<string, unknown>;

/** All objects and lists of a tree, each with what holds it. */
function places(tree: unknown): { readonly holder: Tree; readonly key: string }[] {
  const found: { holder: Tree; key: string }[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const key of Object.keys(value)) {
      found.push({ holder: value as Tree, key });
      visit((value as Tree)[key]);
    }
  };
  visit(tree);
  return found;
}

const WORDS: readonly unknown[] = [
  null,
  0,
  -1,
  2 ** 53,
  "",
  "os",
  "system",
  "builtins",
  "numpy",
  "DictNode",
  "ObjectNode",
  "CachedNode",
  "TreeNode",
  "[[",
  "NaN",
  "1e999",
  "schema.json",
  [],
  {},
  true,
];

function mutatedSchema(sound: Sound, random: Random): Uint8Array {
  const tree = JSON.parse(sound.schema) as Tree;
  for (let left = 1 + random.below(3); left > 0; left--) {
    const all = places(tree);
    const { holder, key } = random.pick(all);
    const other = random.pick(all);
    const change = random.below(4);
    if (change === 0) delete holder[key];
    else if (change === 1) holder[key] = random.pick(WORDS);
    else if (change === 2) holder[key] = structuredClone(other.holder[other.key]);
    else
      [holder[key], other.holder[other.key]] = [structuredClone(other.holder[other.key]), structuredClone(holder[key])];
  }
  const schema = { name: "schema.json", bytes: new TextEncoder().encode(JSON.stringify(tree)) };
  return writeZip([...sound.others, schema]);
}

function flipped(bytes: Uint8Array, random: Random): Uint8Array {
  const copy = bytes.slice();
  for (let left = 1 + random.below(8); left > 0; left--) copy[random.below(copy.length)] = random.below(256);
  return random.below(8) === 0 ? copy.subarray(0, random.below(copy.length)) : copy;
}

/** Bytes within an entry, in an archive that is in order. */
function flippedEntry(sound: Sound, random: Random): Uint8Array {
  const at = random.below(Math.max(1, sound.others.length));
  const others = sound.others.map((part, place) =>
    place === at ? { ...part, bytes: flipped(part.bytes, random) } : part,
  );
  return writeZip([...others, { name: "schema.json", bytes: new TextEncoder().encode(sound.schema) }]);
}

/** A file that was changed; whether it could be read. Throws when reading ends otherwise than with a refusal. */
export function readMutated(files: readonly Sound[], random: Random): boolean {
  const sound = random.pick(files);
  const way = random.below(4);
  const bytes =
    way === 0 ? flipped(sound.bytes, random) : way === 1 ? flippedEntry(sound, random) : mutatedSchema(sound, random);
  scanFile(bytes, { path: "f" });
  try {
    loadFile(bytes, { decompress, decompressedLimit: LIMIT });
    return true;
  } catch (error) {
    if (isCurtidoError(error)) return false;
    throw error;
  }
}
