import { expect, it } from "vitest";
import { TextPlaces } from "../src/dump/texts.ts";
import { dumps, loads } from "../src/index.ts";

it("finds every text again, also where all have one hash", () => {
  const places = new TextPlaces();
  // Only characters that the hash of a long text passes over differ.
  const texts = Array.from(
    { length: 2000 },
    (_, at) => `${"a".repeat(17)}${String(at).padStart(6, "0")}${"b".repeat(400)}`,
  );
  for (const list of [texts, Array.from({ length: 5000 }, (_, at) => `t${at}`), ["", "\ud800", "é"]])
    for (const text of list) {
      expect(places.get(text)).toBe(-1);
      places.add(text, text.length * 10_000 + Number(/\d+/.exec(text)?.[0] ?? 7));
    }
  for (const text of [...texts, "t0", "t4999", "", "\ud800", "é"])
    expect(places.get(text)).toBe(text.length * 10_000 + Number(/\d+/.exec(text)?.[0] ?? 7));
});

it("reads and writes texts of every length and kind", () => {
  const kinds = ["a", "é", "€", "😀", "\ud800", "\ufffd", "\ufeff"];
  const lengths = [0, 1, 15, 16, 17, 20, 21, 84, 85, 86, 127, 128, 255, 256, 1000, 21_844, 21_845, 21_846, 65_536];
  for (const kind of kinds)
    for (const length of lengths)
      for (const protocol of [0, 1, 2, 3, 4, 5]) {
        const texts = [kind.repeat(length), `${"x".repeat(length)}${kind}`];
        const bytes = dumps(texts, { protocol });
        expect(loads(bytes)).toEqual(texts);
        if (protocol === 0 || kind === "\ud800") continue;
        // The payload is UTF-8, behind its length.
        const at = Buffer.from(bytes).lastIndexOf(Buffer.from(texts[1]!));
        const size = Buffer.byteLength(texts[1]!);
        const before = size < 256 && protocol >= 4 ? bytes[at - 1] : new DataView(bytes.buffer).getUint32(at - 4, true);
        expect(before).toBe(size);
      }
});
