/**
 * @module The part of YAML that PyYAML writes for descriptions of models: mappings and lists by their indentation, plain and
 * quoted texts over one line or several, empty mappings and lists. Anchors, tags, block texts and flow are none of it.
 */

import { CurtidoError } from "@curtido/pickle";

/** What YAML gives: texts stay texts, whatever they look like. */
export type Yaml = string | null | readonly Yaml[] | ReadonlyMap<string, Yaml>;

/** Characters, lines and depth of a description. */
const MOST_CHARACTERS = 4_000_000;
const DEEPEST = 50;

interface Line {
  readonly indent: number;
  readonly text: string;
}

/**
 * Reads a description.
 *
 * @throws CurtidoError E_FILE for what is none that PyYAML writes
 * @example
 * readYaml("flavors:\n  sklearn:\n    pickled_model: model.pkl\n"); // Map { "flavors" => Map { ... } }
 */
export function readYaml(text: string): Yaml {
  if (text.length > MOST_CHARACTERS) throw wrong(`it has more than ${MOST_CHARACTERS} characters`);
  const lines = text
    .split(/\r?\n/)
    .map((line) => ({ indent: line.length - line.trimStart().length, text: line.trim() }))
    .filter((line) => line.text === "" || !/^(#|---$|%)/.test(line.text));
  return new YamlReader(lines).document();
}

function wrong(problem: string): CurtidoError {
  return new CurtidoError("E_FILE", `the description is no YAML that is read here: ${problem}`, { path: "" });
}

class YamlReader {
  private readonly lines: readonly Line[];
  private at = 0;

  constructor(lines: readonly Line[]) {
    this.lines = lines;
  }

  document(): Yaml {
    const value = this.block(0, 0);
    this.blank();
    if (this.at < this.lines.length) throw wrong(`'${this.lines[this.at]!.text.slice(0, 50)}' stands at no place`);
    return value;
  }

  private blank(): Line | undefined {
    while (this.lines[this.at]?.text === "") this.at++;
    return this.lines[this.at];
  }

  /** A mapping, a list or a text whose lines are indented at least so far. */
  private block(least: number, depth: number): Yaml {
    if (depth > DEEPEST) throw wrong("it is nested too deeply");
    const first = this.blank();
    if (first === undefined || first.indent < least) return null;
    if (isItem(first.text)) return this.list(first.indent, depth);
    if (keyIn(first.text) !== undefined) return this.mapping(first.indent, depth);
    this.at++;
    return this.scalar(first.text, least);
  }

  private mapping(indent: number, depth: number): Yaml {
    const map = new Map<string, Yaml>();
    for (let line = this.blank(); line?.indent === indent && !isItem(line.text); line = this.blank()) {
      const [key, rest] = keyIn(line.text) ?? [];
      if (key === undefined || rest === undefined) throw wrong(`'${line.text.slice(0, 50)}' is no key with a value`);
      this.at++;
      map.set(key, this.member(rest, indent, depth));
    }
    return map;
  }

  /** What stands behind a key: on its line, or in lines below; a list may stand as far left as its key. */
  private member(rest: string, indent: number, depth: number): Yaml {
    if (rest !== "") return this.scalar(rest, indent + 1);
    const next = this.blank();
    if (next?.indent === indent && isItem(next.text)) return this.list(indent, depth + 1);
    return this.block(indent + 1, depth + 1);
  }

  private list(indent: number, depth: number): Yaml {
    if (depth > DEEPEST) throw wrong("it is nested too deeply");
    const items: Yaml[] = [];
    for (let line = this.blank(); line?.indent === indent && isItem(line.text); line = this.blank()) {
      const rest = line.text.slice(1).trimStart();
      const inner = indent + line.text.length - rest.length;
      const nested = rest !== "" && !/^['"]/.test(rest) && (isItem(rest) || keyIn(rest) !== undefined);
      if (nested) {
        // The first line of what the item holds stands behind the mark.
        (this.lines as Line[])[this.at] = { indent: inner, text: rest };
        items.push(this.block(inner, depth + 1));
      } else {
        this.at++;
        items.push(rest === "" ? this.block(indent + 1, depth + 1) : this.scalar(rest, indent + 1));
      }
    }
    return items;
  }

  /** A text that goes on in lines which are indented at least so far. */
  private scalar(first: string, least: number): Yaml {
    const quote = /^['"]/.exec(first)?.[0];
    if (quote !== undefined) return this.quoted(first, quote);
    if (/^[|>&*!@`]/.test(first)) throw wrong(`'${first.slice(0, 50)}' is not read here`);
    if (first === "{}") return new Map();
    if (first === "[]") return [];
    let text = first;
    for (let line = this.lines[this.at]; line !== undefined && line.text !== "" && line.indent >= least; ) {
      text += ` ${line.text}`;
      line = this.lines[++this.at];
    }
    return /^(null|~)$/.test(text) ? null : text.replace(/\s+#.*$/, "");
  }

  private quoted(first: string, quote: string): string {
    const ends = quote === "'" ? /^'(?:[^']|'')*'$/ : /^"(?:[^"\\]|\\.)*"$/;
    let text = first;
    let empty = 0;
    while (!ends.test(text)) {
      const line = this.lines[this.at++];
      if (line === undefined) throw wrong("a text does not end");
      if (line.text === "") {
        empty++;
        continue;
      }
      // A line's end is a space, an empty line is one; a backslash at its end joins it to the next.
      const joined = quote === '"' && /(?<!\\)(\\\\)*\\$/.test(text);
      text = joined ? text.slice(0, -1) + line.text : text + (empty > 0 ? "\n".repeat(empty) : " ") + line.text;
      empty = 0;
      if (text.length > MOST_CHARACTERS) throw wrong("a text is too long");
    }
    return quote === "'" ? text.slice(1, -1).replaceAll("''", "'") : unescaped(text.slice(1, -1));
  }
}

const isItem = (text: string) => text === "-" || text.startsWith("- ");

/** The key of a line, and what stands behind it. */
function keyIn(text: string): [key: string, rest: string] | undefined {
  const found = /^('(?:[^']|'')*'|"(?:[^"\\]|\\.)*"|[^'"[{#&*!|>%@`\s][^#]*?)\s*:(?:\s+(.*))?$/.exec(text);
  if (found === null) return undefined;
  const key = found[1]!;
  const plain = key.startsWith("'") || key.startsWith('"') ? key.slice(1, -1) : key;
  return [plain, (found[2] ?? "").trim()];
}

const ESCAPES: Readonly<Record<string, string>> = { n: "\n", t: "\t", r: "\r", "0": "\0", " ": " ", e: "\x1b" };

function unescaped(text: string): string {
  return text.replace(/\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|(.))/g, (whole, x, u, long, one) => {
    const code = Number.parseInt(x ?? u ?? long ?? "", 16);
    if (code > 0x10ffff) return whole as string;
    return Number.isNaN(code) ? (ESCAPES[one as string] ?? (one as string)) : String.fromCodePoint(code);
  });
}
