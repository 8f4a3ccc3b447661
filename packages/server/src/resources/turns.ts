/** @module Work that is done one after the other: each who has some waits for one of everybody else's, however many they have. */

import { busy } from "../serving/question.ts";

/** Work, and who it is for, in turn. */
export class Turns {
  private readonly waiting = new Map<string, (() => Promise<void>)[]>();
  private running = false;

  /** Does work when its turn comes; that of one `who` in the order in which it came. */
  take<T>(who: string, work: () => Promise<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      const own = this.waiting.get(who) ?? [];
      own.push(() => work().then(resolve, reject));
      this.waiting.set(who, own);
      if (!this.running) void this.run();
    });
  }

  private async run(): Promise<void> {
    this.running = true;
    for (;;) {
      const [next] = this.waiting;
      if (next === undefined) break;
      const [who, own] = next;
      const work = own.shift()!;
      this.waiting.delete(who);
      if (own.length > 0) this.waiting.set(who, own); // behind everybody else
      await work();
    }
    this.running = false;
  }
}

/** How much of something each may have underway. */
export class Shares {
  private readonly most: number;
  private readonly taken = new Map<string, number>();

  constructor(most: number) {
    this.most = most;
  }

  /** Takes some. @throws CurtidoError E_BUSY when that is more than one may have */
  take(who: string, some: number): void {
    const all = (this.taken.get(who) ?? 0) + some;
    if (all > this.most) throw busy();
    this.taken.set(who, all);
  }

  give(who: string, some: number): void {
    const left = (this.taken.get(who) ?? 0) - some;
    if (left > 0) this.taken.set(who, left);
    else this.taken.delete(who);
  }
}
