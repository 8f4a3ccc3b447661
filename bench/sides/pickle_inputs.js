// Writes the inputs of the pickle benchmark, all in protocol 4 but where the name says another one:
//     node bench/sides/pickle_inputs.js FOLDER
// Prints their names.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { dumps as dumpArrays, dumpJoblib, NdArray } from "@curtido/arrays";
import { dumps } from "@curtido/pickle";

const [folder] = process.argv.slice(2);
let state = 42;
/** A number from 0 to `below` - 1, the same in every run. */
const random = (below) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return state % below;
};

function records() {
  const rows = [];
  for (let id = 0; id < 50_000; id++)
    rows.push({ id, name: `user${id}`, score: id * 0.37 + 0.1, active: id % 2 === 0, group: `g${id % 10}` });
  return rows;
}

/** What a web service answers: lists of objects with keys of their own at each level. */
function document(depth) {
  if (depth === 0) return [null, true, 1, 2.5, "abc", `x${random(1000)}`][random(6)];
  if (depth % 2 === 0) return Array.from({ length: 6 }, () => document(depth - 1));
  return Object.fromEntries(Array.from({ length: 6 }, (_, at) => [`key${at}`, document(depth - 1)]));
}

/** Texts of so many characters, no two of them equal. */
const texts = (count, length) =>
  Array.from({ length: count }, (_, at) => `${random(1e9)} ${at} `.padEnd(length, "abcdefg hijk ").slice(0, length));

const numbers = NdArray.of(Float64Array.from({ length: 1 << 23 }, (_, at) => at / 7));
const inputs = {
  dicts: dumps(records()),
  ints: dumps(Array.from({ length: 1_000_000 }, (_, at) => at)),
  document: dumps(document(7)),
  texts10: dumps(texts(200_000, 10)),
  texts100: dumps(texts(100_000, 100)),
  texts1000: dumps(texts(20_000, 1000)),
  array: dumpArrays(numbers),
  array_aligned: dumpJoblib(numbers),
};
for (const [name, bytes] of Object.entries(inputs)) writeFileSync(join(folder, `${name}.pickle`), bytes);
console.log(JSON.stringify(Object.keys(inputs)));
