/** @module Versions in the shadow: asked what others were asked, after the answer is sent; what differs is counted. */

import { writeJson } from "@curtido/tables";
import type { Distant, Model } from "../models/distant.ts";
import type { AnswerOptions } from "../models/served.ts";
import type { ShadowCount } from "../observe/metrics.ts";
import type { Answer } from "../rows/answer.ts";
import type { Batch } from "../rows/rows.ts";
import type { Asked } from "./watch.ts";

/** How many requests may wait to be asked again; more are dropped and counted. */
const MOST_WAITING = 256;
/** How many bytes of long bodies and their answers may wait. */
const MOST_BYTES = 256 * 1024 * 1024;

/** How a version in the shadow is asked where its answer is compared elsewhere. */
export interface Again {
  /** Bytes that wait with it. */
  readonly bytes: number;
  /** Whether the shadow answers the same. */
  agrees(shadow: Model): Promise<boolean>;
}

/** Asks versions in the shadow, one request after the other, each in a turn of the event loop of its own. */
export class Shadows {
  /** Asks a version that only threads hold; set by whoever has threads. */
  elsewhere: ((model: Distant, batch: Batch, options: AnswerOptions) => Promise<Answer>) | undefined;
  private readonly waiting: { readonly asked: Asked; readonly again: Again | undefined }[] = [];
  private readonly byVersion = new Map<string, ShadowCount>();
  private bytes = 0;
  private busy = false;

  /** What was counted since the start. */
  get counts(): readonly ShadowCount[] {
    return [...this.byVersion.values()];
  }

  /** Takes a request whose choice has a shadow. */
  take(asked: Asked, again?: Again): void {
    const bytes = again?.bytes ?? 0;
    if (this.waiting.length >= MOST_WAITING || this.bytes + bytes > MOST_BYTES) {
      this.drop(asked);
      return;
    }
    this.waiting.push({ asked, again });
    this.bytes += bytes;
    if (!this.busy) this.later();
  }

  /** Counts a request that the shadow is not asked. */
  drop(asked: Asked): void {
    this.countOf(asked).dropped++;
  }

  private later(): void {
    this.busy = true;
    setTimeout(() => void this.next(), 0).unref();
  }

  private async next(): Promise<void> {
    const { asked, again } = this.waiting.shift()!;
    const count = this.countOf(asked);
    const { served } = asked.choice.shadow!;
    try {
      const same =
        again === undefined
          ? writeJson(await this.ask(served, asked)) === writeJson(asked.answer)
          : await again.agrees(served);
      count.compared++;
      if (!same) count.different++;
    } catch {
      count.failed++;
    }
    this.bytes -= again?.bytes ?? 0;
    this.busy = false;
    if (this.waiting.length > 0) this.later();
  }

  private ask(model: Model, { batch, options }: Asked): Answer | Promise<Answer> {
    return model.here ? model.answer(batch, options) : this.elsewhere!(model, batch, options);
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
