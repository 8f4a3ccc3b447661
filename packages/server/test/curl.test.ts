import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { curlOf } from "../src/resources/curl.ts";

const feature = (name: string, categories?: readonly unknown[]) => ({
  name,
  type: categories === undefined ? ("number" as const) : ("string" as const),
  missing: false,
  ...(categories === undefined ? {} : { categories }),
});
const signature = {
  features: [feature('the "best"\\'), feature("it's", ["a b", 'c"d'])],
  named: true,
  task: "regression" as const,
  outputs: 1,
};

test.skipIf(process.platform === "win32")("a line for sh says what it should, whatever the names are", () => {
  const line = curlOf("http://localhost:5000/a'b", signature).replace(/^curl /, "printf '%s\\n' ");
  const words = execFileSync("sh", ["-c", line], { encoding: "utf8" }).split("\n");
  expect(words.slice(0, 3)).toEqual(["-X", "POST", "http://localhost:5000/a'b"]);
  expect(JSON.parse(words[6]!)).toEqual({ 'the "best"\\': 1, "it's": "a b" });
});

/** Words as the C runtime of Windows takes them out of a command line. */
function windowsWords(line: string): string[] {
  const words: string[] = [];
  let word = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    let backslashes = 0;
    while (line[at] === "\\") {
      backslashes++;
      at++;
    }
    if (line[at] === '"') {
      word += "\\".repeat(backslashes >> 1);
      if (backslashes % 2 === 1) word += '"';
      else quoted = !quoted;
    } else {
      word += "\\".repeat(backslashes);
      if (line[at] === " " && !quoted) {
        words.push(word);
        word = "";
      } else word += line[at] ?? "";
    }
  }
  return [...words, word];
}

test("a line for Windows is taken apart into the same words", () => {
  const words = windowsWords(curlOf("http://localhost:5000/modelo", signature, "windows"));
  expect(words.slice(0, 6)).toEqual([
    "curl.exe",
    "-X",
    "POST",
    "http://localhost:5000/modelo",
    "-H",
    "content-type: application/json",
  ]);
  expect(JSON.parse(words[7]!)).toEqual({ 'the "best"\\': 1, "it's": "a b" });
});
