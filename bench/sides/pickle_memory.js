// The memory of a process at its highest that reads one file with an array, and all of its elements:
//     node bench/sides/pickle_memory.js [FILE]
// Without a file: that of a process that only imports what reads it.
import { readFileSync } from "node:fs";
import { loadFile, reviveAll } from "@curtido/arrays";

const [file] = process.argv.slice(2);
let sum = 0;
if (file !== undefined) {
  const { data } = reviveAll(loadFile(new Uint8Array(readFileSync(file).buffer)));
  for (let at = 0; at < data.length; at++) sum += data[at];
}
console.log(JSON.stringify({ bytes: process.resourceUsage().maxRSS * 1024, sum }));
