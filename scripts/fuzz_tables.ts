// Tables that lie, many of them: `npm run fuzz:tables -- [CASES] [FIRST SEED]`. They are read in processes of their own: what
// ends one is told with its seed.
import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";
import { LYING, lyingCase, soundFiles } from "../packages/tables/test/lying_case.ts";

/** How many cases a process reads, and how many MiB V8 may take in it. */
const RANGE = 500;
const HEAP = 1024;

const self = fileURLToPath(import.meta.url);

/** Reads cases here; tells the parent of each before it begins. */
async function read(first: number, count: number): Promise<void> {
  const files = await soundFiles();
  let sound = 0;
  for (let seed = first; seed < first + count; seed++) {
    const format = LYING[seed % LYING.length]!;
    process.send!({ at: `${format} ${seed}` });
    try {
      if (await lyingCase(files, format, seed)) sound++;
    } catch (error) {
      process.send!({ wrong: `${format} ${seed}: ${(error as Error).stack?.slice(0, 600)}` });
    }
  }
  process.send!({ sound });
  process.disconnect();
}

/** Has cases read by a process; gives how many were sound, and what went wrong. */
function range(first: number, count: number): Promise<{ sound: number; wrong: string[] }> {
  return new Promise((resolve) => {
    const told = { sound: 0, wrong: [] as string[] };
    let at = "";
    const child = fork(self, ["read", String(first), String(count)], {
      execArgv: [...process.execArgv, `--max-old-space-size=${HEAP}`],
    });
    child.on("message", (message: { at?: string; wrong?: string; sound?: number }) => {
      if (message.at !== undefined) at = message.at;
      if (message.wrong !== undefined) told.wrong.push(message.wrong);
      told.sound += message.sound ?? 0;
    });
    child.on("exit", (code, signal) => {
      if (code !== 0) told.wrong.push(`${at}: the process ended with ${signal ?? code}`);
      resolve(told);
    });
  });
}

if (process.argv[2] === "read") await read(Number(process.argv[3]), Number(process.argv[4]));
else {
  const [cases = 100_000, first = 1] = process.argv.slice(2).map(Number);
  let [sound, wrong] = [0, 0];
  for (let seed = first; seed < first + cases; seed += RANGE) {
    const told = await range(seed, Math.min(RANGE, first + cases - seed));
    sound += told.sound;
    wrong += told.wrong.length;
    for (const line of told.wrong) console.log(line);
  }
  console.log(`${cases} tables from seed ${first} on: ${sound} were read, ${wrong} went wrong`);
  process.exitCode = wrong === 0 ? 0 : 1;
}
