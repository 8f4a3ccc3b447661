import { describe, expect, it } from "vitest";
import { rounds } from "../../../test/tiers.ts";
import { Random } from "../../pickle/test/mutate.ts";
import { lyingModel, soundModels } from "./lying_model.ts";

describe("a library's own model file that lies", () => {
  it("is refused with a tagged error, or answers", { timeout: 3_600_000 }, () => {
    const models = soundModels();
    const count = rounds(1500, 1_000_000);
    let answered = 0;
    for (let seed = 1; seed <= count; seed++)
      expect(() => {
        if (lyingModel(models, new Random(seed))) answered++;
      }, `seed ${seed}`).not.toThrow();
    expect(answered).toBeGreaterThan(count / 10);
    expect(answered).toBeLessThan(count);
  });
});
