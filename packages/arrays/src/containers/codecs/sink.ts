/** @module Where a decoder puts its bytes: memory that grows as it fills, and never beyond a limit. */

import type { CurtidoError } from "@curtido/pickle";
import { arrayError } from "../../errors.ts";

const FIRST = 1 << 16;
/** How much larger than its input an output is guessed to be at first. */
const GUESS = 4;

/**
 * The output of a decoder. Nothing is taken beyond `limit`; when a decoder stops half-way, what came out until then is in
 * {@link result}.
 */
export class Sink {
  /** Memory; only the first {@link length} bytes are output. {@link reserve} may replace it. */
  bytes: Uint8Array;
  /** How many bytes came out. */
  length = 0;
  /** The most bytes that may come out. */
  readonly limit: number;

  constructor(limit: number, inputLength: number) {
    this.limit = limit;
    this.bytes = new Uint8Array(Math.min(limit, Math.max(FIRST, inputLength * GUESS)));
  }

  /**
   * Makes room for `count` more bytes, behind {@link length}.
   *
   * @throws CurtidoError E_LIMIT when that is beyond the limit; no memory is taken then
   */
  reserve(count: number): Uint8Array {
    const needed = this.length + count;
    if (needed <= this.bytes.length) return this.bytes;
    if (needed > this.limit) {
      throw arrayError("E_LIMIT", unfoldsTooMuch(this.limit), {
        limit: "decompressedLimit",
        most: this.limit,
      });
    }
    const larger = new Uint8Array(Math.min(this.limit, Math.max(needed, this.bytes.length * 2)));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
    return larger;
  }

  /** Adds bytes; the first ones are taken over without a copy when nothing came out before. */
  push(chunk: Uint8Array): void {
    if (this.length === 0 && chunk.length <= this.limit) {
      this.bytes = chunk;
      this.length = chunk.length;
      return;
    }
    this.reserve(chunk.length).set(chunk, this.length);
    this.length += chunk.length;
  }

  /** Repeats `count` bytes from `distance` back; the two may overlap. */
  repeat(distance: number, count: number): void {
    const bytes = this.reserve(count);
    const from = this.length - distance;
    if (distance >= count) {
      bytes.copyWithin(this.length, from, from + count);
    } else {
      for (let at = 0; at < count; at++) bytes[this.length + at] = bytes[from + at]!;
    }
    this.length += count;
  }

  /** What came out. */
  result(): Uint8Array {
    return this.bytes.subarray(0, this.length);
  }
}

/** What is said of a file that unfolds to more than it may. */
export function unfoldsTooMuch(limit: number): string {
  return `the file unfolds to more than ${limit} bytes; if you trust it, unpack it first, or raise decompressedLimit`;
}

/** An error of a decoder, with the place in the compressed bytes. */
export function corrupt(format: string, problem: string, offset: number): CurtidoError {
  return arrayError("E_CONTAINER", `the ${format} data is malformed: ${problem} (at compressed byte ${offset})`, {
    format,
    offset,
  });
}

/** The error of compressed bytes that end before they are complete. */
export function truncated(format: string, offset: number): CurtidoError {
  return arrayError("E_CONTAINER", `the ${format} data is truncated (at compressed byte ${offset})`, {
    format,
    offset,
    truncated: true,
  });
}
