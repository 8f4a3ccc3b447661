// A long run of what packages/pickle/test/fuzz.test.ts runs a little of: `npm run fuzz -- [CASES] [FIRST SEED]`.
import { corpusStreams } from "../packages/pickle/test/corpus.ts";
import { checkStream } from "../packages/pickle/test/fuzz_case.ts";
import { mutated, Random } from "../packages/pickle/test/mutate.ts";

const [cases = 1_000_000, first = 4000] = process.argv.slice(2).map(Number);
/** A case that takes longer is told, in milliseconds. */
const SLOW = 500;

const streams = corpusStreams().filter(({ length }) => length < 3000);
let read = 0;
let wrong = 0;
for (let seed = first; seed < first + cases; seed++) {
  const bytes = mutated(streams, new Random(seed));
  const start = performance.now();
  try {
    if (checkStream(bytes)) read++;
  } catch (error) {
    wrong++;
    console.log(`seed ${seed}: ${(error as Error).message.slice(0, 500)}`);
  }
  if (performance.now() - start > SLOW) console.log(`seed ${seed}: slow, ${bytes.length} bytes`);
}
console.log(`${cases} streams from seed ${first} on: ${read} were pickles, ${wrong} went wrong`);
process.exitCode = wrong === 0 ? 0 : 1;
