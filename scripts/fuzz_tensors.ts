// Files of PyTorch and safetensors that lie, many of them: `npm run fuzz:tensors -- [CASES] [FIRST SEED]`.
import { lyingFile, lyingFiles } from "../packages/arrays/test/lying_tensors.ts";
import { Random } from "../packages/pickle/test/mutate.ts";

const [cases = 1_000_000, first = 1] = process.argv.slice(2).map(Number);
/** A case that takes longer is told, in milliseconds. */
const SLOW = 500;

const makers = lyingFiles();
let sound = 0;
let wrong = 0;
for (let seed = first; seed < first + cases; seed++) {
  const start = performance.now();
  try {
    if (lyingFile(makers, new Random(seed))) sound++;
  } catch (error) {
    wrong++;
    console.log(`seed ${seed}: ${(error as Error).stack?.slice(0, 500)}`);
  }
  if (performance.now() - start > SLOW) console.log(`seed ${seed}: slow`);
}
const memory = Math.round(process.memoryUsage().rss / 2 ** 20);
console.log(`${cases} files from seed ${first} on: ${sound} were sound, ${wrong} went wrong; ${memory} MiB`);
process.exitCode = wrong === 0 ? 0 : 1;
