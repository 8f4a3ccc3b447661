/** @module The error for a name of the user's own that is not registered, with what to write. */

import type { CurtidoError } from "@curtido/pickle";
import { estimatorError } from "../base/errors.ts";
import type { OwnCode } from "./code.ts";

/** How many letters of a name or path out of a file are shown. */
const LONGEST = 200;

/** The name as text in code, however the file spells it. */
const quoted = (text: string) => JSON.stringify(text.slice(0, LONGEST));

/** Where the code stands and what it uses, in words. */
function origin({ args, file, line, imports, name }: OwnCode): string {
  const short = name.slice(name.lastIndexOf(".") + 1).slice(0, LONGEST);
  const signature = args === undefined ? short : `${short}(${args.join(", ")})`;
  const place = file === undefined ? "" : `, ${line === undefined ? "" : `line ${line} of `}${file.slice(0, LONGEST)}`;
  const uses = imports.length === 0 ? "" : `, uses ${imports.slice(0, 20).join(", ")}`;
  return `${signature}${place}${uses}`.replaceAll(/\s+/g, " ");
}

/** What the user writes to register a name: a TypeScript module, ready to paste. */
export function stubOf(code: OwnCode): string {
  const [first = "x", ...others] = (code.args ?? []).filter((arg) => /^[A-Za-z_]\w*$/.test(arg));
  const keywords = others.length === 0 ? "" : `, { ${others.join(", ")} }: Record<string, any>`;
  const value = first === "self" ? "x" : first;
  const lines =
    code.kind === "function"
      ? [
          `  // Called with one number at a time. When it mixes columns: { rows: (rows: number[][]) => rows }`,
          `  ${quoted(code.name)}: (${value}: number${keywords}): number => {`,
          `    throw new Error("say here what it gives for one number");`,
          `  },`,
        ]
      : [
          `  // state.number("name"), state.floats("name_"), state.string("name") ... read what the object holds.`,
          `  ${quoted(code.name)}: (state: any) => ({`,
          `    transform: (rows: number[][]): number[][] => {`,
          `      throw new Error("say here what it makes of the rows; or predict, predictProba ...");`,
          `    },`,
          `  }),`,
        ];
  return [`export default {`, `  // ${origin(code)}`, ...lines, `};`].join("\n");
}

/**
 * E_UNKNOWN_NAME for a function or class of the user's own: `fields.name`, `fields.path`, `fields.origin` (its signature,
 * file and line), `fields.imports`, `fields.stub`.
 */
export function unregistered(code: OwnCode, path: string): CurtidoError {
  const where = path === "" ? "the file" : `'${path}'`;
  const shape = code.kind === "function" ? "(x) => ..." : "...";
  const told = code.args === undefined && code.file === undefined ? "" : ` (${origin(code)})`;
  const message = `${where} is ${code.kind === "class" ? "a " : ""}${code.name.slice(0, LONGEST)}${told}, which is not known here: register it with names: { ${quoted(code.name)}: ${shape} }`;
  return estimatorError("E_UNKNOWN_NAME", message, {
    name: code.name,
    path,
    origin: origin(code),
    imports: code.imports,
    stub: stubOf(code),
  });
}
