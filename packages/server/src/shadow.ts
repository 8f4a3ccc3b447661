/** @module Versions in the shadow: asked what others were asked, after the answer is sent; what differs is counted. */

import { writeJson } from "./representations/json.ts";
import type { Asked } from "./watch.ts";

/** How many requests may wait to be asked again; more are dropped and counted. */
const MOST_WAITING = 256;

/** What became of the requests of a version in the shadow. */
export interface ShadowCount {
  readonly model: string;
  readonly version: number;
  compared: number;
  different: number;
  failed: number;
  dropped: number;
}

/** Asks versions in the shadow, one request in each turn of the event loop. */
export class Shadows {
  private readonly waiting: Asked[] = [];
  private readonly byVersion = new Map<string, ShadowCount>();

  /** What was counted since the start. */
  get counts(): readonly ShadowCount[] {
    return [...this.byVersion.values()];
  }

  /** Takes a request whose choice has a shadow. */
  take(asked: Asked): void {
    if (this.waiting.length >= MOST_WAITING) this.countOf(asked).dropped++;
    else if (this.waiting.push(asked) === 1) this.later();
  }

  private later(): void {
    setTimeout(() => this.next(), 0).unref();
  }

  private next(): void {
    const asked = this.waiting.shift()!;
    const count = this.countOf(asked);
    try {
      const answer = asked.choice.shadow!.served.answer(asked.batch, asked.options);
      count.compared++;
      if (writeJson(answer) !== writeJson(asked.answer)) count.different++;
    } catch {
      count.failed++;
    }
    if (this.waiting.length > 0) this.later();
  }

  private countOf({ entry, choice }: Asked): ShadowCount {
    const { version } = choice.shadow!;
    const name = `${entry.name}/${version}`;
    let count = this.byVersion.get(name);
    if (count === undefined) {
      count = { model: entry.name, version, compared: 0, different: 0, failed: 0, dropped: 0 };
      this.byVersion.set(name, count);
    }
    return count;
  }
}
