// Reads pickles and writes them again, for oracle/pickle_differential.py: a line of [protocol, base64] in, a line of base64 out, or
// an error behind "!".
import { createInterface } from "node:readline";
import { dumps, loads } from "@curtido/pickle";

for await (const line of createInterface({ input: process.stdin })) {
  const [protocol, text] = JSON.parse(line) as [number, string];
  try {
    const value = loads(Buffer.from(text, "base64"), { exact: true });
    console.log(Buffer.from(dumps(value, { exact: true, protocol })).toString("base64"));
  } catch (error) {
    console.log(`! ${String(error).replaceAll("\n", " ")}`);
  }
}
