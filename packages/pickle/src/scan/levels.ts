/** @module How much a value can do: data, an object, something that can be called; and what holds what. */

/**
 * What is known of a value.
 *
 * - 0: data. Nothing in it is code that a call would reach: numbers, texts, arrays, tables, and what holds only these.
 * - 1: an object of a listed class that is no value: an estimator, a metric.
 * - 2: something that can be called: a function, a class, a bound method, `functools.partial`, an object with `__call__`.
 */
export type Level = 0 | 1 | 2;

/** Something that holds values: its level is the highest of theirs, also of those that come later. */
export abstract class Holder {
  level: Level = 0;
  /** Whether its level can rise no more, so that nobody needs to be told. */
  settled = false;
  /** Who holds it; one, or several. */
  protected holders: Holder | Holder[] | undefined = undefined;

  /** Takes note of something that it holds. */
  protected hold(level: Level, held: Holder | undefined): void {
    if (level > this.level) raise(this, level);
    if (held === undefined || held.settled || held.level === 2 || this.level === 2 || held === this) return;
    const { holders } = held;
    if (holders === undefined) held.holders = this;
    else if (Array.isArray(holders)) {
      if (holders[holders.length - 1] !== this) holders.push(this);
    } else if (holders !== this) held.holders = [holders, this];
  }

  /** Takes the level, and gives those who are to take it, too. */
  static take(holder: Holder, level: Level): Holder | Holder[] | undefined {
    if (holder.level >= level) return undefined;
    holder.level = level;
    const { holders } = holder;
    // Nothing rises beyond 2.
    if (level === 2) holder.holders = undefined;
    return holders;
  }
}

/** Raises a level, and those of all who hold it: each link is walked twice at most, without recursion. */
export function raise(from: Holder, level: Level): void {
  const work: Holder[] = [from];
  for (let holder = work.pop(); holder !== undefined; holder = work.pop()) {
    const holders = Holder.take(holder, level);
    if (Array.isArray(holders)) for (const each of holders) work.push(each);
    else if (holders !== undefined) work.push(holders);
  }
}
