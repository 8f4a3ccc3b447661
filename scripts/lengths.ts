// Proves that no file is longer than 300 lines and no function longer than 50, but for those that say why. Run by
// `npm run check`.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const PACKAGES = join(import.meta.dirname, "../packages");
const MOST_OF_A_FILE = 300;
const MOST_OF_A_FUNCTION = 50;

/** Files and functions that are longer, and why. One that is not any more is told too. */
const LONGER: Readonly<Record<string, string>> = {
  "pickle/src/codes.ts": "the table of every error code",
  "pickle/src/machine.ts": "the switch below",
  "pickle/src/machine.ts: Machine.step": "one switch over all opcodes: the engine turns it into a jump table",
  "pickle/src/fast_machine.ts: FastMachine.hot": "the loop that every byte of a stream goes through",
};

/** A file, or a function of it by its name, and how many lines it has. */
interface Length {
  readonly name: string;
  readonly lines: number;
  readonly most: number;
}

function lengthsIn(file: string): Length[] {
  const text = readFileSync(join(PACKAGES, file), "utf8");
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ESNext, true);
  const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line;
  const found: Length[] = [{ name: file, lines: lineOf(text.trimEnd().length) + 1, most: MOST_OF_A_FILE }];
  const visit = (node: ts.Node, inside: string): void => {
    const name = nameOf(node);
    const place = name === undefined ? inside : inside === "" ? name : `${inside}.${name}`;
    if (ts.isFunctionLike(node) && "body" in node && node.body !== undefined) {
      const lines = lineOf(node.getEnd()) - lineOf(node.getStart()) + 1;
      found.push({ name: `${file}: ${place}`, lines, most: MOST_OF_A_FUNCTION });
    }
    ts.forEachChild(node, (child) => visit(child, place));
  };
  visit(source, "");
  return found;
}

/** What a class, a function or what holds one is called. */
function nameOf(node: ts.Node): string | undefined {
  if (ts.isConstructorDeclaration(node)) return "constructor";
  const named = ts.isFunctionLike(node) || ts.isClassLike(node) || ts.isVariableDeclaration(node);
  return named || ts.isPropertyAssignment(node) ? (node as ts.NamedDeclaration).name?.getText() : undefined;
}

const files = readdirSync(PACKAGES, { recursive: true, encoding: "utf8" })
  .map((file) => file.replaceAll("\\", "/"))
  .filter((file) => /^[^/]+\/src\/(?!.*\/?generated\/).*\.ts$/.test(file))
  .sort();
const long = files.flatMap(lengthsIn).filter(({ lines, most }) => lines > most);
const names = new Set(long.map(({ name }) => name));
const problems = [
  ...long
    .filter(({ name }) => LONGER[name] === undefined)
    .map(({ name, lines, most }) => `${name} has ${lines} lines; at most ${most}`),
  ...Object.keys(LONGER)
    .filter((name) => !names.has(name))
    .map((name) => `${name} is not too long any more: take it out of scripts/lengths.ts`),
];
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log(`${files.length} files and their functions keep their lengths, but for ${names.size} that say why`);
