import { expect, test } from "vitest";
import { Random } from "../../pickle/test/mutate.ts";
import { lyingFile, lyingFiles } from "./lying_tensors.ts";

// `npm run fuzz:tensors` runs as many as one likes.
test("files of tensors that lie are refused, or are what they say", { timeout: 60_000 }, () => {
  const makers = lyingFiles();
  let sound = 0;
  for (let seed = 1; seed <= 4000; seed++) if (lyingFile(makers, new Random(seed))) sound++;
  expect(sound).toBeGreaterThan(250);
  expect(sound).toBeLessThan(3600);
});
