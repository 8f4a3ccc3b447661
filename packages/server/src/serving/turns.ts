/** @module Turns of the event loop, which requests share. */

/** How long a long batch may keep everybody else waiting, in milliseconds. */
const TURN = 20;

/** What a function gives; `undefined` when it throws. */
export function attempt<T>(run: () => T): T | undefined {
  try {
    return run();
  } catch {
    return undefined;
  }
}

/** Lets other requests in whenever a turn is over. */
export function letOthersIn(): () => Promise<void> | undefined {
  let began = performance.now();
  return () => {
    if (performance.now() - began < TURN) return undefined;
    return new Promise((resolve) =>
      setImmediate(() => {
        began = performance.now();
        resolve();
      }),
    );
  };
}
