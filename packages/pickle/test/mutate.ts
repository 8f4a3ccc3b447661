import { opcodeByCode, opcodes, Tokenizer } from "../src/index.ts";

/** Random numbers that a seed decides (xorshift32). */
export class Random {
  private state: number;
  constructor(seed: number) {
    this.state = (seed ^ 0x9e3779b9) | 1;
  }
  /** From 0 to `below` - 1. */
  below(below: number): number {
    this.state ^= this.state << 13;
    this.state ^= this.state >>> 17;
    this.state ^= this.state << 5;
    return (this.state >>> 0) % below;
  }
  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** The opcodes of a stream with their arguments, as far as they can be read. */
function pieces(stream: Uint8Array): Uint8Array[] {
  const tokenizer = new Tokenizer(stream);
  const found: Uint8Array[] = [];
  try {
    while (tokenizer.position < stream.length) {
      tokenizer.next();
      found.push(stream.subarray(tokenizer.start, tokenizer.position));
      if (opcodeByCode[tokenizer.code]?.name === "STOP") break;
    }
  } catch {
    found.push(stream.subarray(tokenizer.position));
  }
  return found;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts));
}

type Mutation = (parts: Uint8Array[], random: Random, other: readonly Uint8Array[]) => void;

/** What is done to the opcodes of a stream: they stay opcodes more often than not. */
const mutations: readonly Mutation[] = [
  (parts, random) => parts.splice(random.below(parts.length), 1 + random.below(3)),
  (parts, random) => parts.splice(random.below(parts.length), 0, random.pick(parts)),
  (parts, random, other) => parts.splice(random.below(parts.length), 0, random.pick(other)),
  (parts, random, other) =>
    parts.splice(random.below(parts.length), 1 + random.below(4), ...other.slice(0, 1 + random.below(8))),
  (parts, random) => {
    const [a, b] = [random.below(parts.length), random.below(parts.length)];
    [parts[a], parts[b]] = [parts[b]!, parts[a]!];
  },
  (parts, random) => {
    parts[random.below(parts.length)] = Uint8Array.of(random.pick(opcodes).code, random.below(4));
  },
  (parts, random) => {
    const at = random.below(parts.length);
    const changed = parts[at]!.slice();
    if (changed.length > 0) changed[random.below(changed.length)] = random.below(256);
    parts[at] = changed;
  },
  (parts, random) => {
    parts.length = random.below(parts.length) + 1;
  },
];

/** A stream made of one or two others by one to four changes. */
export function mutated(streams: readonly Uint8Array[], random: Random): Uint8Array {
  const parts = pieces(random.pick(streams));
  const other = pieces(random.pick(streams));
  for (let changes = 1 + random.below(4); changes > 0 && parts.length > 0; changes--)
    random.pick(mutations)(parts, random, other);
  return joined(parts.filter((part) => part !== undefined));
}
