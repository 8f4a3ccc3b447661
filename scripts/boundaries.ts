/**
 * Proves who imports whom: packages by their own package.json, files and rooms (folders) without circles, and a few rooms
 * by the rules below. Run by `npm run check`; `npm run boundaries -- --rooms server` lists the arrows of a package.
 *
 * @module
 */

import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import ts from "typescript";

const ROOT = join(import.meta.dirname, "..");

/** Packages that run in a browser: `node:` only in the room or file named `node`, and in tests. */
const BROWSER = new Set(["pickle", "kernels", "arrays", "tables", "estimators"]);

/** Rooms within a package: what files of the first may not import. */
const ROOMS: readonly (readonly [from: RegExp, never: RegExp, why: string])[] = [
  [/^server\/src\/(rows|models|serving|store|watch|work)\//, /\/(http|resources|auth|listen)\//, "it knows no HTTP"],
  [/^server\/src\/(http|auth)\//, /\/(resources|listen)\//, "they know no resource"],
  [/^server\/src\/resources\//, /\/listen\//, "resources do not know who listens"],
  [/^estimators\/src\/(?!fit\/|testing\/)/, /\/(fit|testing)\//, "inference knows neither training nor tests"],
  [/^estimators\/src\/(?!node\/)/, /estimators\/src\/node\//, "what runs in a browser knows nothing of Node"],
  [/^estimators\/src\/base\//, /estimators\/src\/(?!base\/)/, "the base knows no family"],
];

/** The most rooms of the server, and arrows between them. */
const MOST = { server: { rooms: 18, arrows: 80 } } as const;

interface Arrow {
  readonly from: string;
  readonly to: string;
  /** Whether the import is there when the program runs, not only for its types. */
  readonly value: boolean;
}

interface Found {
  readonly arrows: Arrow[];
  readonly problems: string[];
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) {
    if (node.isTypeOnly) return true;
    const { exportClause } = node;
    return (
      exportClause !== undefined &&
      ts.isNamedExports(exportClause) &&
      exportClause.elements.every((each) => each.isTypeOnly)
    );
  }
  const clause = node.importClause;
  if (clause === undefined) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return (
    clause.name === undefined &&
    names !== undefined &&
    ts.isNamedImports(names) &&
    names.elements.every((each) => each.isTypeOnly)
  );
}

/** What a file imports: `value` false for types, and for what is imported when it is first needed. */
function importsOf(file: string): { readonly target: string; readonly value: boolean }[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ESNext);
  const found: { target: string; value: boolean }[] = [];
  const visit = (node: ts.Node): void => {
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier !== undefined)
      found.push({ target: (node.moduleSpecifier as ts.StringLiteral).text, value: !isTypeOnly(node) });
    const isCall = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword;
    const [argument] = isCall ? node.arguments : [];
    if (argument !== undefined && ts.isStringLiteral(argument)) found.push({ target: argument.text, value: false });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

/** A file below packages/, with slashes on every system. */
function placeOf(file: string): string {
  return relative(join(ROOT, "packages"), file).replaceAll("\\", "/");
}

function packageOf(target: string): string {
  if (target.startsWith("node:")) return "node:";
  return target
    .split("/")
    .slice(0, target.startsWith("@") ? 2 : 1)
    .join("/");
}

/** Imports of one package: arrows between its own files, and what is against the rules. */
function look(name: string): Found {
  const folder = join(ROOT, "packages", name);
  const manifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
  // What the build bundles stands among the devDependencies.
  const listed = ["dependencies", "peerDependencies", "devDependencies"].map((key) => manifest[key]);
  const may = new Set<string>(listed.flatMap((each) => Object.keys(each ?? {})));
  const used = new Set<string>([...peersOf(manifest.dependencies ?? {}), ...neededBy(manifest.devDependencies ?? {})]);
  const found: Found = { arrows: [], problems: [] };
  for (const file of filesOf(join(folder, "src"))) {
    const from = placeOf(file);
    for (const { target, value } of importsOf(file)) {
      if (target.startsWith(".")) {
        const to = placeOf(join(dirname(file), target));
        found.arrows.push({ from, to, value });
        found.problems.push(...roomProblems(from, to));
        continue;
      }
      const bare = packageOf(target);
      used.add(bare);
      if (bare === "node:") {
        const allowed = !BROWSER.has(name) || /\/(node|testing)(\.ts$|\/)/.test(from);
        if (!allowed) found.problems.push(`${from} imports ${target}; it runs in a browser`);
      } else if (!may.has(bare)) found.problems.push(`${from} imports ${target}, which its package.json does not name`);
    }
  }
  for (const each of may)
    if (!used.has(each)) found.problems.push(`${name}/package.json names ${each}; nothing needs it`);
  return found;
}

/** What the packages of this repository that a package needs want beside them. */
function peersOf(dependencies: Readonly<Record<string, string>>): string[] {
  return Object.keys(dependencies)
    .filter((name) => name.startsWith("@curtido/"))
    .flatMap((name) => {
      const file = join(ROOT, "packages", name.slice("@curtido/".length), "package.json");
      return Object.keys(JSON.parse(readFileSync(file, "utf8")).peerDependencies ?? {});
    });
}

/** What the packages that the build bundles import: a dependency of ours among them is left outside of the bundle. */
function neededBy(bundled: Readonly<Record<string, string>>): string[] {
  return Object.keys(bundled).flatMap((name) => {
    const file = join(ROOT, "node_modules", name, "package.json");
    return Object.keys(JSON.parse(readFileSync(file, "utf8")).dependencies ?? {});
  });
}

function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => join(folder, name));
}

function roomProblems(from: string, to: string): string[] {
  const [own] = from.split("/");
  if (!to.startsWith(`${own}/src/`)) return [`${from} reaches into ${to}`];
  return ROOMS.filter(([place, never]) => place.test(from) && never.test(to)).map(
    ([, , why]) => `${from} imports ${to}: ${why}`,
  );
}

/** A folder is a room; a file that stands in none is a room of its own. */
function roomOf(file: string): string {
  const folder = dirname(file);
  return basename(folder) === "src" ? file : folder;
}

/** The circles of a graph: groups of nodes that reach each other (Tarjan's algorithm). */
function circles(edges: ReadonlyMap<string, ReadonlySet<string>>): string[][] {
  const found: string[][] = [];
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const open = new Set<string>();
  const visit = (node: string): void => {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    open.add(node);
    for (const next of edges.get(node) ?? []) {
      if (!index.has(next)) visit(next);
      if (open.has(next)) low.set(node, Math.min(low.get(node)!, low.get(next)!));
    }
    if (low.get(node) !== index.get(node)) return;
    const group = stack.splice(stack.indexOf(node));
    for (const each of group) open.delete(each);
    if (group.length > 1) found.push(group.sort());
  };
  for (const node of edges.keys()) if (!index.has(node)) visit(node);
  return found;
}

function graph(arrows: readonly Arrow[], nodeOf: (file: string) => string): Map<string, Set<string>> {
  const edges = new Map<string, Set<string>>();
  for (const { from, to } of arrows) {
    const [a, b] = [nodeOf(from), nodeOf(to)];
    if (!edges.has(a)) edges.set(a, new Set());
    if (!edges.has(b)) edges.set(b, new Set());
    if (a !== b) edges.get(a)!.add(b);
  }
  return edges;
}

const problems: string[] = [];
const listed = process.argv[process.argv.indexOf("--rooms") + 1];
for (const name of readdirSync(join(ROOT, "packages")).sort()) {
  const { arrows, problems: against } = look(name);
  problems.push(...against);
  const byValue = circles(
    graph(
      arrows.filter(({ value }) => value),
      (file) => file,
    ),
  );
  const rooms = graph(arrows, roomOf);
  const betweenRooms = circles(rooms);
  const count = [...rooms.values()].reduce((sum, each) => sum + each.size, 0);
  console.log(
    `${name}: ${rooms.size} rooms, ${count} arrows; circles: ${byValue.length} by value, ${betweenRooms.length} between rooms`,
  );
  for (const circle of byValue) problems.push(`a circle by value: ${circle.join(" ")}`);
  for (const circle of betweenRooms) problems.push(`a circle between rooms: ${circle.join(" ")}`);
  const most = MOST[name as keyof typeof MOST];
  if (most !== undefined && (rooms.size > most.rooms || count > most.arrows))
    problems.push(`${name} has ${rooms.size} rooms and ${count} arrows; at most ${most.rooms} and ${most.arrows}`);
  if (listed === name)
    for (const [from, to] of [...rooms].sort()) console.log(`  ${from} -> ${[...to].sort().join(", ") || "nothing"}`);
}
for (const problem of problems) console.error(problem);
if (problems.length > 0) process.exit(1);
console.log("boundaries hold");
