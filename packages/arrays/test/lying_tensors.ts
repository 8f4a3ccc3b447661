import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isCurtidoError, Tokenizer } from "@curtido/pickle";
import { mutated, type Random } from "../../pickle/test/mutate.ts";
import { namedValues, readSafetensors, readTorch, readZip, Tensor, writeZip, zipContent } from "../src/index.ts";

const root = join(import.meta.dirname, "../../../fixtures/torch");

/** A file of tensors that lies, made of a sound one. */
type Maker = (random: Random) => { readonly bytes: Uint8Array; readonly read: (bytes: Uint8Array) => unknown };

/** Files that are small enough to be changed many times: archives with their pickle apart, old files, safetensors. */
export function lyingFiles(): readonly Maker[] {
  const read = (ending: RegExp) =>
    readdirSync(root)
      .filter((name) => ending.test(name))
      .map((name) => new Uint8Array(readFileSync(join(root, name))));
  const archives = read(/^(dtypes|views|module|unread)\.v.*\.pt$/).map((bytes) =>
    readZip(bytes).entries.map((entry) => ({ name: entry.name, bytes: zipContent(bytes, entry, 2 ** 20).bytes })),
  );
  const pickles = archives.map((parts) => parts.find(({ name }) => name.endsWith("data.pkl"))!.bytes);
  const old = read(/-old.*\.pt$/);
  const whole = [...read(/^views\.v.*\.pt$/), ...old];
  const safe = read(/\.safetensors$/);
  return [
    (random) => {
      const at = random.below(archives.length);
      const pickle = mutated([pickles[at]!], random);
      const parts = archives[at]!.map((part) => (part.name.endsWith("data.pkl") ? { ...part, bytes: pickle } : part));
      return { bytes: writeZip(parts), read: readTorch };
    },
    (random) => ({ bytes: changed(random.pick(whole), random), read: readTorch }),
    (random) => {
      const bytes = random.pick(old);
      const [from, to] = thirdStop(bytes);
      const parts = [bytes.subarray(0, from), mutated([bytes.subarray(from, to)], random), bytes.subarray(to)];
      return { bytes: new Uint8Array(Buffer.concat(parts)), read: readTorch };
    },
    (random) => ({ bytes: changed(random.pick(safe), random), read: readAll }),
    (random) => ({ bytes: otherNumbers(random.pick(safe), random), read: readAll }),
  ];
}

/** Where the pickle of an old file that holds its object begins and ends. */
function thirdStop(bytes: Uint8Array): readonly [from: number, to: number] {
  const tokenizer = new Tokenizer(bytes);
  const ends: number[] = [];
  while (ends.length < 4) {
    tokenizer.next();
    if (tokenizer.code === STOP) ends.push(tokenizer.position);
  }
  return [ends[2]!, ends[3]!];
}

const STOP = 0x2e;

/** A header whose digits are others here and there. */
function otherNumbers(bytes: Uint8Array, random: Random): Uint8Array {
  const out = bytes.slice();
  const digits = [...out.keys()].filter((at) => at >= 8 && at < 900 && out[at]! >= 0x30 && out[at]! <= 0x39);
  for (let left = 1 + random.below(2); left > 0; left--) out[random.pick(digits)] = 0x30 + random.below(10);
  return out;
}

const readAll = (bytes: Uint8Array) => [...readSafetensors(bytes).tensors.values()];

/** A few bytes other than they were, within the first ones; or cut off. */
function changed(bytes: Uint8Array, random: Random, within = bytes.length): Uint8Array {
  const out = bytes.slice();
  for (let left = 1 + random.below(4); left > 0; left--)
    out[random.below(Math.min(within, out.length))] = random.pick([random.below(256), 0, 255, 0x30 + random.below(10)]);
  return random.below(8) === 0 ? out.subarray(0, random.below(out.length)) : out;
}

/** The most that the elements of a file of some kilobytes may take. */
const MOST_BYTES = 2 ** 20 * 512;

/** Reads one, with every tensor in it; true when it could be. Throws for anything but an error of ours. */
export function lyingFile(makers: readonly Maker[], random: Random): boolean {
  const { bytes, read } = random.pick(makers)(random);
  try {
    const named = namedValues(read(bytes)).flatMap(([, value]) => (value instanceof Tensor ? [value] : []));
    const total = named.reduce((sum, { byteLength }) => sum + byteLength, 0);
    if (total > MOST_BYTES) throw new Error(`${bytes.length} bytes hold tensors of ${total}`);
    for (const tensor of named)
      if (tensor.byteLength < 2 ** 16 && tensor.type.dtype !== undefined && tensor.data.length < tensor.size)
        throw new Error(`a tensor of ${tensor.size} elements has ${tensor.data.length}`);
    return true;
  } catch (error) {
    if (!isCurtidoError(error)) throw error;
    return false;
  }
}
