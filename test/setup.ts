/** @module Property tests try the same values in every run; the full tier tries others, and more of them. */

import fc from "fast-check";
import { rounds, TIER } from "./tiers.ts";

fc.configureGlobal({ ...(TIER === "full" ? {} : { seed: 1 }), numRuns: rounds(100, 1000) });
