import { describe, expect, it } from "vitest";
import { findingRules, isDangerous, namePolicy } from "../src/index.ts";
import { safeNames } from "../src/scan/policy.ts";

describe("the policy", () => {
  it("keeps nothing between scans", () => {
    const policy = namePolicy("numpy", "ndarray");
    expect(policy).toEqual({ verdict: "safe", call: "never", level: 2, makes: 0, state: "none", groups: ["array"] });
    expect(namePolicy("mymodule", "Model", new Set(["mymodule.Model"])).verdict).toBe("safe");
    expect(namePolicy("mymodule", "Model").verdict).toBe("unknown");
    expect(Object.isFrozen(policy)).toBe(true);
  });

  it("has a severity, a meaning and advice for every kind of finding", () => {
    for (const { severity, means, advice } of Object.values(findingRules)) {
      expect(["danger", "warning", "undecided"]).toContain(severity);
      expect(means).toMatch(/^[A-Z].*\.$/);
      expect(advice).toMatch(/^[A-Z].*\.$/);
    }
  });
});

describe("what readers refuse", () => {
  it("is what the scanner calls dangerous, of every name in its tables", () => {
    const names = Array.from(safeNames().keys(), (key) => key.split(":"));
    const more = ["os system", "builtins eval", "__builtin__ eval", "sklearn.datasets load_files", "mine Model"];
    const pairs = [...names, ...more.map((each) => each.split(" "))] as [string, string][];
    const differ = pairs.filter(
      ([module, name]) => isDangerous({ module, name }) !== (namePolicy(module, name).verdict === "dangerous"),
    );
    expect(differ).toEqual([]);
    expect(pairs.length).toBeGreaterThan(1000);
    expect(isDangerous({ module: "os", name: "system" })).toBe(true);
  });
});
