/** @module Where a pickle may begin among bytes that are none. */

import { GLOBAL, INST, opcodeByCode, PROTO } from "../opcodes.ts";
import { python3Name } from "../python2.ts";
import { decodeLatin1 } from "../text.ts";
import { namePolicy } from "./policy.ts";

const LINE_FEED = 0x0a;
/** Characters of a module or a name that are looked at. */
const LONGEST_NAME = 64;
const NAME = /^[A-Za-z_][\w.]*$/;

/** The next place where PROTO announces a protocol that binary pickles have, and an opcode follows. */
export function nextStart(bytes: Uint8Array, from: number): number | undefined {
  for (let at = bytes.indexOf(PROTO, from); at >= 0 && at + 2 < bytes.length; at = bytes.indexOf(PROTO, at + 1)) {
    const protocol = bytes[at + 1]!;
    if (protocol >= 2 && protocol <= 5 && opcodeByCode[bytes[at + 2]!] !== undefined) return at;
  }
  return undefined;
}

/** A GLOBAL or INST among other bytes that names something dangerous. */
interface DangerousLine {
  readonly offset: number;
  readonly name: string;
}

/** Every GLOBAL and INST between two places that names something dangerous, wherever it stands. */
export function* dangerousLines(bytes: Uint8Array, from: number, to: number): Generator<DangerousLine> {
  for (let at = bytes.indexOf(LINE_FEED, from); at >= 0 && at < to; at = bytes.indexOf(LINE_FEED, at + 1)) {
    const next = bytes.indexOf(LINE_FEED, at + 1);
    if (next < 0) return;
    if (next - at > LONGEST_NAME) continue;
    const name = decodeLatin1(bytes, at + 1, next);
    if (!NAME.test(name)) continue;
    const found = moduleBefore(bytes, Math.max(from, at - LONGEST_NAME), at, name);
    if (found !== undefined) yield found;
  }
}

/** The text before a line feed is the end of anything: each `c` and `i` in it may be the opcode, the first one first. */
function moduleBefore(bytes: Uint8Array, from: number, to: number, name: string): DangerousLine | undefined {
  let start = to;
  while (start > from && isNameByte(bytes[start - 1]!)) start--;
  for (let at = start; at < to - 1; at++) {
    if (bytes[at] !== GLOBAL && bytes[at] !== INST) continue;
    const module = decodeLatin1(bytes, at + 1, to);
    if (NAME.test(module) && namePolicy(module, name).verdict === "dangerous")
      return { offset: at, name: python3Name(module, name).join(".") };
  }
  return undefined;
}

function isNameByte(byte: number): boolean {
  return (
    (byte >= 0x61 && byte <= 0x7a) || (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x2e && byte <= 0x39) || byte === 0x5f
  );
}
