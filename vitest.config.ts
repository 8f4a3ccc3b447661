import { configDefaults, defineConfig } from "vitest/config";
import { LONG, type Tier } from "./test/tiers.ts";

const conditions = ["curtido-source", "module", "node", "default"];
/** How often the full tier kills processes. */
const KILLS = { CURTIDO_KILLS: "60", CURTIDO_SERVICE_KILLS: "50" };

export default defineConfig(({ mode }) => {
  const tier: Tier = mode === "quick" || mode === "full" ? mode : "test";
  return {
    resolve: { conditions },
    ssr: { resolve: { conditions, externalConditions: conditions } },
    test: {
      include: ["packages/*/{src,test}/**/*.test.ts", "test/**/*.test.ts"],
      exclude: [...configDefaults.exclude, ...(tier === "quick" ? Object.values(LONG).flat() : [])],
      env: { CURTIDO_TIER: tier, ...(tier === "full" ? KILLS : {}) },
      setupFiles: ["test/setup.ts"],
      testTimeout: 30_000,
      // Files share their modules there: half of the time goes into importing them.
      isolate: tier !== "quick",
      coverage: {
        include: ["packages/*/src/**/*.ts"],
        exclude: ["**/generated/**", "**/testing/**"],
        reporter: ["text-summary", "html"],
        thresholds: { lines: 85, functions: 82, branches: 72 },
      },
    },
  };
});
