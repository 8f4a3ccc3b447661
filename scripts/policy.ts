// The scanner's table of names as JSON, for programs that try it: `npx tsx --conditions=curtido-source scripts/policy.ts`.
// Each name has its module, how it may be called, what a call makes (0 data, 1 an object, 2 something that can be called),
// what its state may be, and what it belongs to; a name with a dot is an attribute that may be taken.
import { safeNames } from "../packages/pickle/src/scan/policy.ts";

const names = Array.from(safeNames(), ([key, { call, level, makes, state, groups }]) => {
  const [module, name] = key.split(":") as [string, string];
  return { module, name, call, level, makes, state, groups };
});
process.stdout.write(`${JSON.stringify({ names }, undefined, 1)}\n`);
