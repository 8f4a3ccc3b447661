import { expect, it } from "vitest";
import { dumps, loads } from "../src/index.ts";

it("tells how far it has read, in steps, and never beyond the end", () => {
  const bytes = dumps(Array.from({ length: 200_000 }, (_, at) => [`row ${at}`, at, [at / 7]]));
  const told: number[] = [];
  loads(bytes, {
    onProgress: (position, total) => {
      expect(total).toBe(bytes.length);
      told.push(position);
    },
  });
  expect(told.length).toBe(Math.floor(bytes.length / 2 ** 22));
  expect(told.length).toBeGreaterThan(0);
  expect(told.every((position, at) => position <= bytes.length && position > (told[at - 1] ?? 0))).toBe(true);
});
