// Milliseconds of reading and of writing one pickle again and again, what was read before being freed meanwhile:
//     node bench/sides/pickle_time.js READER loads|dumps FILE ROUNDS
// READER is curtido or pickleparser.
import { readFileSync } from "node:fs";

const [reader, what, file, rounds] = process.argv.slice(2);
const bytes = new Uint8Array(readFileSync(file));
const array = file.includes("array");
const work = await { curtido, pickleparser }[reader]();
for (let round = 0; round < 3; round++) work();
const start = performance.now();
for (let round = 0; round < Number(rounds); round++) work();
console.log(JSON.stringify({ milliseconds: (performance.now() - start) / Number(rounds) }));

async function curtido() {
  const { dumps, loads } = array ? await import("@curtido/arrays") : await import("@curtido/pickle");
  if (what === "loads") return () => loads(bytes);
  const value = loads(bytes);
  return () => dumps(value);
}

async function pickleparser() {
  const { Parser } = await import("pickleparser");
  return () => new Parser().parse(bytes);
}
