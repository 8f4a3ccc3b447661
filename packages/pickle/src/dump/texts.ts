/** @module The texts that a pickle has in its memo. */

/** Characters of a text that its hash looks at: all of a short one. */
const SEEN = 24;
/** Steps to look for a text before it is left to a Map: texts may be chosen so that all have one hash. */
const MOST_STEPS = 32;
const START = 256;

/**
 * From texts to their places in the memo. A table of numbers: it takes a quarter of the time of a Map, which moves its entries
 * when it grows.
 */
export class TextPlaces {
  private readonly texts: string[] = [];
  private hashes = new Int32Array(START);
  private places = new Int32Array(START);
  /** Numbers of texts, from 1 on; 0 is free. */
  private table = new Int32Array(2 * START);
  private others: Map<string, number> | undefined = undefined;

  /** The place of a text, or -1. */
  get(text: string): number {
    const { table, texts, hashes } = this;
    const hash = hashOf(text);
    const mask = table.length - 1;
    let at = hash & mask;
    for (let step = 0; step < MOST_STEPS; step++) {
      const number = table[at]!;
      if (number === 0) return -1;
      if (hashes[number - 1] === hash && texts[number - 1] === text) return this.places[number - 1]!;
      at = (at + 1) & mask;
    }
    return this.others?.get(text) ?? -1;
  }

  /** Adds a text that is not there. */
  add(text: string, place: number): void {
    const { texts } = this;
    if (texts.length === this.places.length) this.grow();
    const hash = hashOf(text);
    const count = texts.length;
    if (!this.enter(hash, count + 1)) {
      this.others ??= new Map();
      this.others.set(text, place);
      return;
    }
    texts.push(text);
    this.hashes[count] = hash;
    this.places[count] = place;
  }

  /** Whether there was a free cell near enough. */
  private enter(hash: number, number: number): boolean {
    const { table } = this;
    const mask = table.length - 1;
    let at = hash & mask;
    for (let step = 0; step < MOST_STEPS; step++) {
      if (table[at] === 0) {
        table[at] = number;
        return true;
      }
      at = (at + 1) & mask;
    }
    return false;
  }

  private grow(): void {
    const size = 2 * this.places.length;
    const { texts, hashes, places } = this;
    this.hashes = new Int32Array(size);
    this.hashes.set(hashes);
    this.places = new Int32Array(size);
    this.places.set(places);
    this.table = new Int32Array(2 * size);
    for (let at = 0; at < texts.length; at++) {
      if (this.enter(hashes[at]!, at + 1)) continue;
      this.others ??= new Map();
      this.others.set(texts[at]!, places[at]!);
    }
  }
}

/** A number for a text: of a long one the beginning, the end, and some of what is in between count. */
function hashOf(text: string): number {
  const { length } = text;
  let hash = length;
  if (length <= SEEN) for (let at = 0; at < length; at++) hash = Math.imul(hash, 31) + text.charCodeAt(at);
  else {
    const part = SEEN / 3;
    const stride = Math.floor((length - 2 * part) / part) || 1;
    for (let at = 0; at < part; at++) {
      hash = Math.imul(hash, 31) + text.charCodeAt(at);
      hash = Math.imul(hash, 31) + text.charCodeAt(length - 1 - at);
      hash = Math.imul(hash, 31) + text.charCodeAt(part + at * stride);
    }
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
  return hash ^ (hash >>> 15);
}
