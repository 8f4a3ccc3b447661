/** @module Places of a stream that readers read differently: frames, text arguments, PROTO in the middle. */

import { FRAME, opcodeByCode, PROTO, STOP, STRING } from "../opcodes.ts";
import { decodeLatin1 } from "../text.ts";
import { Tokenizer } from "../tokens.ts";
import { PAYLOADS } from "./payload.ts";

/** Tells of a place and of what readers make of it. */
type Tell = (offset: number, words: string) => void;

/** Tells of a text or bytes in the stream: it may hold a pickle of its own. */
export type Payload = (tokenizer: Tokenizer, code: number) => void;

/** A range between the opcodes, which no token is read from: raw data, or a pickle of its own. */
export type Skipped = readonly [from: number, to: number, raw: boolean];

const DECIMAL = /^(?:0|[1-9][0-9]*)$/;
/** How Python writes the text arguments of opcodes; other forms are read by some readers and refused by others. */
const FORMS: Readonly<Record<number, readonly [form: RegExp, what: string]>> = {
  73: [/^(?:00|01|0|-?[1-9][0-9]*)$/, "integer"], // INT
  76: [/^-?(?:0|[1-9][0-9]*)L?$/, "integer"], // LONG
  70: [/^-?(?:[0-9]+(?:\.[0-9]+)?(?:e[+-]?[0-9]+)?|inf|nan)$/, "float"], // FLOAT
  83: [/^(?:'.*'|".*")$/s, "text"], // STRING
  103: [DECIMAL, "memo index"], // GET
  112: [DECIMAL, "memo index"], // PUT
};
/** Characters of an argument that are shown. */
const SHOWN = 40;

/**
 * Walks the tokens of one pickle that a machine has run over.
 *
 * @param skipped - raw data between the opcodes, in order
 * @param end - behind the last token that the machine took
 */
export function walkForms(
  bytes: Uint8Array,
  from: number,
  end: number,
  skipped: readonly Skipped[],
  tell: Tell,
  payload: Payload,
): void {
  const tokenizer = new Tokenizer(bytes, from);
  let frameEnd = 0;
  let beyond: number | undefined;
  let next = 0;
  while (tokenizer.position < end) {
    try {
      tokenizer.next();
    } catch {
      return;
    }
    const { code, start, position } = tokenizer;
    if (code === FRAME) {
      if (start < frameEnd)
        tell(start, "a frame begins inside another one: Python's own reader refuses it, others go on");
      frameEnd = position + tokenizer.value;
      if (frameEnd > bytes.length) beyond ??= start;
    } else if (start < frameEnd && position > frameEnd && frameEnd <= bytes.length) {
      tell(start, `${nameOf(code)} reaches across the end of its frame: Python's own reader refuses it, others go on`);
    }
    if (code === PROTO && start !== from)
      tell(start, "PROTO stands in the middle: it changes what later names mean, but not for every reader");
    if (code === STOP && position < frameEnd && frameEnd <= bytes.length)
      tell(start, "the frame goes on behind STOP: readers differ on where the next pickle begins");
    // Without a STOP it is a file that was cut off.
    if (code === STOP && beyond !== undefined)
      tell(beyond, "a frame reaches past the end: the C reader stops, Python's own goes on");
    checkForm(tokenizer, tell);
    if (PAYLOADS.has(code)) payload(tokenizer, code);
    const gap = skipped[next];
    if (gap !== undefined && position >= gap[0]) {
      if (position < frameEnd)
        tell(start, "raw data stands inside a frame: joblib reads it behind the frame, others here");
      tokenizer.position = Math.max(position, gap[1]);
      next++;
    }
  }
}

function nameOf(code: number): string {
  return opcodeByCode[code]?.name ?? "an opcode";
}

function checkForm(tokenizer: Tokenizer, tell: Tell): void {
  const known = FORMS[tokenizer.code];
  if (known === undefined) return;
  const { bytes, from, to, start, code } = tokenizer;
  const [form, what] = known;
  // A long text is looked at by its ends.
  const text =
    to - from <= 2 * SHOWN || code !== STRING
      ? decodeLatin1(bytes, from, to)
      : decodeLatin1(bytes, from, from + SHOWN) + decodeLatin1(bytes, to - SHOWN, to);
  if (form.test(text)) return;
  const shown = JSON.stringify(text.slice(0, SHOWN));
  tell(
    start,
    `the ${what} of ${nameOf(code)} is written ${shown}, as Python does not write it: readers read it differently`,
  );
}
