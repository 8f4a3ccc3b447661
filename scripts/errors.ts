// Writes docs/errors.md from packages/pickle/src/codes.ts, the table of every error code: `npm run errors`. With --check
// it says only whether the page is what the table says.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";

const TABLE = join(import.meta.dirname, "../packages/pickle/src/codes.ts");
const PAGE = new URL("../docs/errors.md", import.meta.url);

/** One field of an error. */
interface Field {
  readonly name: string;
  readonly type: string;
  readonly optional: boolean;
  readonly means: string;
}

/** One code: what it means and what to do, and its fields. */
interface Code {
  readonly name: string;
  readonly means: string;
  readonly fields: readonly Field[];
}

/** The codes of one part of the product. */
interface Group {
  readonly title: string;
  readonly codes: readonly Code[];
}

/** The table, as it stands in the source. */
export function errorGroups(): Group[] {
  const program = ts.createProgram([TABLE], { strict: true, exactOptionalPropertyTypes: true, noLib: true });
  const source = program.getSourceFile(TABLE)!;
  const checker = program.getTypeChecker();
  const interfaces = source.statements.filter(
    (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node) && /.Errors$/.test(node.name.text),
  );
  return interfaces.map((node) => ({
    title: wordsOf(checker.getSymbolAtLocation(node.name)!, checker),
    codes: checker.getPropertiesOfType(checker.getTypeAtLocation(node)).map((code) => ({
      name: code.name,
      means: wordsOf(code, checker),
      fields: checker.getPropertiesOfType(checker.getTypeOfSymbol(code)).map((field) => fieldOf(field, checker)),
    })),
  }));
}

function fieldOf(symbol: ts.Symbol, checker: ts.TypeChecker): Field {
  const declared = (symbol.valueDeclaration as ts.PropertySignature).type!.getText().replace(/^readonly /, "");
  const type = declared.replace(/ \| undefined$/, "").replaceAll("readonly ", "");
  const optional = (symbol.flags & ts.SymbolFlags.Optional) !== 0;
  return { name: symbol.name, type, optional, means: wordsOf(symbol, checker) };
}

function wordsOf(symbol: ts.Symbol, checker: ts.TypeChecker): string {
  return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replace(/\s+/g, " ");
}

function section({ title, codes }: Group): string {
  const rows = codes.map(({ name, means, fields }) => {
    const list = fields.map(({ name, type, optional, means }) => {
      const written = `\`${name}${optional ? "?" : ""}: ${type.replaceAll("|", "\\|")}\``;
      return means === "" ? written : `${written} ${means}`;
    });
    return `| \`${name}\` | ${means} | ${list.join("<br>")} |`;
  });
  return `## ${title.replace(/\.$/, "")}

| Code | What it means, and what to do | Fields |
|---|---|---|
${rows.join("\n")}
`;
}

function page(groups: readonly Group[]): string {
  return `# Errors

Every error that curtido throws on purpose is a \`CurtidoError\`: its \`code\` says what happened, its \`fields\` where and with
what, its \`cause\` what was behind it. The words of its message are for people and may change; codes and fields do not.

\`\`\`ts
import { isCurtidoError, load } from "curtido";

try {
  await load("model.pkl");
} catch (error) {
  if (isCurtidoError(error, "E_UNKNOWN_NAME")) console.log(error.fields.path, error.fields.stub);
  else throw error;
}
\`\`\`

The guard narrows the type, so that an editor lists the fields of that code. A field with a question mark is there when it
is known. In an answer over HTTP the code stands in the problem document as \`code\`. This page is made of
\`packages/pickle/src/codes.ts\` by \`npm run errors\`.

${groups.map(section).join("\n")}`;
}

if (process.argv[1] === import.meta.filename) {
  const text = page(errorGroups());
  if (!process.argv.includes("--check")) writeFileSync(PAGE, text);
  else if (readFileSync(PAGE, "utf8") !== text) {
    console.error("docs/errors.md is not what packages/pickle/src/codes.ts says: run npm run errors");
    process.exitCode = 1;
  }
}
