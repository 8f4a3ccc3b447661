import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataFrame } from "@curtido/arrays";
import { expect, it, test } from "vitest";
import { difference } from "../../../arrays/test/same.ts";
import { frames, sameTable } from "../../../tables/test/kit.ts";
import { convertedNamed } from "../../src/convert/formats.ts";
import { ROOT } from "../help.ts";

const ENDINGS = ["pkl", "joblib"];

it("what Python was shown to read back is written as it was then (oracle/convert.py)", async () => {
  const sums: Record<string, string> = JSON.parse(readFileSync(join(ROOT, "fixtures/written/converted.json"), "utf8"));
  const own = Object.entries(sums).filter(([file]) => ENDINGS.includes(file.split(".")[1]!));
  expect(own.length).toBeGreaterThan(20);
  for (const [file, sum] of own) {
    const [name, ending] = file.split(".") as [string, string];
    const bytes = await convertedNamed(ending)!.write(frames.get(name), {});
    expect(createHash("sha256").update(bytes).digest("hex"), file).toBe(sum);
  }
});

test.each(ENDINGS)("tables come back from %s as they were", async (ending) => {
  const format = convertedNamed(ending)!;
  for (const [name, frame] of frames) {
    const again = (await format.read(await format.write(frame, {}), {})) as DataFrame;
    sameTable(again, frame, String(name));
    expect(difference(again, frame), String(name)).toBeUndefined();
  }
});
