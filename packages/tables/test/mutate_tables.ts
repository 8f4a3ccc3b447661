/** @module Tables that lie: sound files in which numbers became others that a reader would pay for. */

import { strFromU8, strToU8, unzipSync, zipSync } from "fflate";
import type { Random } from "../../pickle/test/mutate.ts";

/** Varints of Thrift and of runs: most, most of 31 bits, least, a million, a hundred million. */
const VARINTS = [
  [0xff, 0xff, 0xff, 0xff, 0x0f],
  [0xfe, 0xff, 0xff, 0xff, 0x07],
  [0x80, 0x80, 0x80, 0x80, 0x08],
  [0x80, 0x89, 0x7a],
  [0x80, 0xc2, 0xd7, 0x2f],
  [0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x01],
  [0x00],
  [0x01],
] as const;
const WORDS = [0, 1, -1, 0x7fffffff, -0x80000000, 0x1000000, 0x8000000, 65536, 16, 255] as const;
/** What stands in the XML of workbooks instead of a number or a name. */
const TOKENS = [
  ...[
    "XFD1048576",
    "ZZZZZZ999999999",
    "A0",
    "-1",
    "1e308",
    "99999999999999999999",
    "NaN",
    "",
    "0x10",
    "s",
    "d",
    "&#1;",
  ],
  ...["inlineStr", "b", "<c/>", "<row>", "</row>", "<c r='C3'><v>1</v></c>", "2147483648", "A1:XFD9", "_x0000_"],
] as const;

function pick<T>(random: Random, list: readonly T[]): T {
  return list[random.below(list.length)]!;
}

function spliced(bytes: Uint8Array, at: number, removed: number, added: readonly number[]): Uint8Array {
  return Uint8Array.from([...bytes.subarray(0, at), ...added, ...bytes.subarray(at + removed)]);
}

/** A parquet file with other numbers in its footer, whose length is mended, or over its pages. */
function parquet(bytes: Uint8Array, random: Random): Uint8Array {
  const length = new DataView(bytes.buffer, bytes.byteOffset).getUint32(bytes.length - 8, true);
  const start = bytes.length - 8 - length;
  const varint = pick(random, VARINTS);
  if (random.below(2) === 0) {
    const changed = spliced(bytes, start + random.below(length), 1 + random.below(3), varint);
    new DataView(changed.buffer).setUint32(changed.length - 8, length + changed.length - bytes.length, true);
    return changed;
  }
  const changed = bytes.slice();
  changed.set(varint.slice(0, start), 4 + random.below(Math.max(1, start - 4 - varint.length)));
  return changed;
}

/** Words of a flatbuffer and of buffers are aligned. */
function arrow(bytes: Uint8Array, random: Random): Uint8Array {
  const changed = bytes.slice();
  const view = new DataView(changed.buffer);
  view.setInt32(4 * random.below(Math.floor(bytes.length / 4)), pick(random, WORDS), true);
  return changed;
}

/** XML with another token instead of a name, a text or a value of an attribute. */
function lyingXml(text: string, random: Random, tokens: readonly string[]): string {
  const place = pick(random, [...text.matchAll(/"[^"]*"|>[^<]+<|<\/?[\w:]+/g)]);
  const [from, to] = [place.index + 1, place.index + place[0].length - 1];
  return text.slice(0, from) + pick(random, tokens) + text.slice(to);
}

function xlsx(bytes: Uint8Array, random: Random): Uint8Array {
  const parts = unzipSync(bytes);
  const name = pick(
    random,
    Object.keys(parts).filter((each) => /\.(xml|rels)$/.test(each)),
  );
  return zipSync({ ...parts, [name]: strToU8(lyingXml(strFromU8(parts[name]!), random, TOKENS)) });
}

/** What stands in a table of XML besides: what unfolds, nests, closes nothing or never ends. */
const XML_TOKENS = [
  ...TOKENS,
  ...['<!DOCTYPE d [<!ENTITY e "ee">]>', "&e;", "<![CDATA[", "]]>", "<!--", "-->", "<?", "?>", "/>", "cell name='a'"],
  ...["<a>".repeat(5000), "<row a='1'/>".repeat(5000), "a='1' ".repeat(5000), "&amp;".repeat(5000), "<".repeat(5000)],
  ...["'".repeat(5001), " ".repeat(5000), "<row><a>".repeat(500), "curtido-json", '<d columns="[1]">', "&#xd800;"],
] as const;

function xml(bytes: Uint8Array, random: Random): Uint8Array {
  return strToU8(lyingXml(strFromU8(bytes), random, XML_TOKENS));
}

const CHANGES = { parquet, arrow, xlsx, xml } as const;

/** A sound file of a format with up to four lies. */
export function lying(format: keyof typeof CHANGES, bytes: Uint8Array, random: Random): Uint8Array {
  let changed = bytes;
  for (let left = 1 + random.below(4); left > 0; left--) changed = CHANGES[format](changed, random);
  return changed;
}
