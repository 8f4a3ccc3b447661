/**
 * The three tiers of tests: `npm run test:quick` leaves out what is long or needs a browser, a database or processes;
 * `npm test` runs all of it, long searches on a seeded sample; `npm run test:full` runs the searches whole.
 *
 * @module
 */

/** A tier; vitest's mode says which. */
export type Tier = "quick" | "test" | "full";

/** The tier that runs. */
export const TIER = (process.env["CURTIDO_TIER"] ?? "test") as Tier;

/** Files that the quick tier leaves out, by what they need. */
export const LONG: Readonly<Record<string, readonly string[]>> = {
  "a browser": ["**/*.browser.test.ts"],
  "a database, or kills": [
    "packages/server/test/{kill,store}/**",
    "packages/server/test/outage.test.ts",
    "packages/server/test/openapi_store.test.ts",
  ],
  "load, threads and time": ["packages/server/test/{lane,node}.test.ts", "packages/server/test/traffic/**"],
  "processes of the command line": [
    "packages/curtido/test/{dis,examples,inspect,predict,save,scan,serve,service,types,workers,workers_keys}.test.ts",
    "packages/curtido/test/{convert,train}/**",
    "test/{examples,guide,readme,package,pickle_and_json,bundles,wide,public_surface}.test.ts",
  ],
  "a long search": [
    "packages/arrays/test/scan*.test.ts",
    "packages/estimators/test/{catboost,hostile,predict_row,suite}.test.ts",
    "packages/kernels/test/{generated,trees.conformance}.test.ts",
    "packages/pickle/test/{cpython_loads,disassemble,fuzz,limits}.test.ts",
  ],
};

/** How often a search tries: a sample, or all of it in the full tier. */
export function rounds(some: number, all: number): number {
  return TIER === "full" ? all : some;
}

/**
 * One of every so many in the quick tier, always the same ones; all of them in the others.
 *
 * @example
 * for (const name of sampled(cases, 20)) run(name);
 */
export function sampled<T>(items: readonly T[], every: number): readonly T[] {
  return TIER === "quick" ? items.filter((_, at) => at % every === 0) : items;
}
