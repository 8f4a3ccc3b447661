// What the scanner says of many pickles, for programs that make them: frames on standard input, each a length of four bytes
// (little-endian) and that many bytes; one byte on standard output for each: `c` clean, `f` findings, `u` could not tell.
//
//   npx tsx --conditions=curtido-source scripts/scan_stream.ts [--allow NAME]... [--ignore REGEXP] < frames
//
// `--ignore` takes away findings whose words match: it opens a hole again, so that a search can show that it would find it.
import { once } from "node:events";
import { parseArgs } from "node:util";
import { scanFile } from "@curtido/arrays";
import type { ScanVerdict } from "@curtido/pickle";

const LENGTH = 4;
const BYTES: Readonly<Record<ScanVerdict, string>> = { clean: "c", findings: "f", unknown: "u" };

const { values } = parseArgs({
  options: { allow: { type: "string", multiple: true, default: [] }, ignore: { type: "string" } },
});
const { allow } = values;
const ignored = values.ignore === undefined ? undefined : new RegExp(values.ignore);

function verdictFor(bytes: Uint8Array): ScanVerdict {
  const { verdict, findings } = scanFile(bytes, { allow });
  return ignored !== undefined && findings.every(({ words }) => ignored.test(words)) ? "clean" : verdict;
}

let rest: Buffer = Buffer.alloc(0);
for await (const chunk of process.stdin) {
  rest = rest.length === 0 ? (chunk as Buffer) : Buffer.concat([rest, chunk as Buffer]);
  let verdicts = "";
  let at = 0;
  while (rest.length - at >= LENGTH) {
    const end = at + LENGTH + rest.readUInt32LE(at);
    if (end > rest.length) break;
    verdicts += BYTES[verdictFor(rest.subarray(at + LENGTH, end))];
    at = end;
  }
  rest = rest.subarray(at);
  if (verdicts !== "" && !process.stdout.write(verdicts)) await once(process.stdout, "drain");
}
if (rest.length > 0) {
  console.error(`the last frame is cut off: ${rest.length} bytes are left`);
  process.exitCode = 1;
}
