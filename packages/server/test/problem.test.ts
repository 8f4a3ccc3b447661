import { describe, expect, test } from "vitest";
import { pointerOf, problemOf } from "../src/http/problem.ts";

describe("problems", () => {
  test.each([
    [[], "#"],
    [[2, "bmi"], "#/2/bmi"],
    [["a/b~c"], "#/a~1b~0c"],
    [["größe", "x y"], "#/gr%C3%B6%C3%9Fe/x%20y"],
    [["\ud800"], "#/%EF%BF%BD"],
    [["a#%?"], "#/a%23%25%3F"],
  ])("%j is pointed at by %s", (path, pointer) => {
    expect(pointerOf(path)).toBe(pointer);
  });
  test("an error that nobody foresaw says nothing of its inside", () => {
    const problem = problemOf(new Error("secret at /home/me/x.ts:1"));
    expect(problem.status).toBe(500);
    expect(JSON.stringify(problem)).not.toMatch(/secret|home|stack/);
  });
});
