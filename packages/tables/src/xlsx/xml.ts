/**
 * XML as workbooks have it, read from end to end in one pass. No document types, hence no entities of a document's own and
 * nothing outside of it; names go without their prefix.
 *
 * @module
 */

import { malformed } from "../errors.ts";
import { MOST_DEPTH } from "../limits.ts";

/** What is told of a document. */
export interface XmlReader {
  open?(
    name: string,
    attribute: (name: string) => string | undefined,
    attributes: () => readonly (readonly [name: string, value: string])[],
  ): void;
  close?(name: string): void;
  /** Some of the text of an element; it may come in several pieces. */
  text?(text: string): void;
}

const NAMED: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const ATTRIBUTE = /([^\s=/]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/y;

/**
 * Reads a document.
 *
 * @param format - what it belongs to, for errors
 * @throws CurtidoError E_TABLE when it is no XML, nests too deep, or has a document type; what the reader throws
 * @example
 * readXml("<a><b>1 &lt; 2</b></a>", { text: (text) => console.log(text) }, "xlsx"); // 1 < 2
 */
export function readXml(source: string, reader: XmlReader, format: string): void {
  new Document(source, reader, format).read();
}

class Document {
  private readonly source: string;
  private readonly reader: XmlReader;
  private readonly format: string;
  private readonly open: string[] = [];
  private at = 0;

  constructor(source: string, reader: XmlReader, format: string) {
    this.source = source;
    this.reader = reader;
    this.format = format;
  }

  read(): void {
    const { source } = this;
    for (let next = source.indexOf("<"); next >= 0; next = source.indexOf("<", this.at)) {
      if (next > this.at) this.text(source.slice(this.at, next));
      this.at = next + 1;
      const first = source.charCodeAt(this.at);
      if (first === 0x2f) this.end();
      else if (first === 0x3f) this.skip("?>");
      else if (first === 0x21) this.special();
      else this.start();
    }
    if (this.open.length > 0) throw this.wrong(`<${this.open.at(-1)}> is not closed`);
  }

  private wrong(problem: string): Error {
    return malformed(this.format, problem);
  }

  private text(text: string): void {
    if (this.open.length > 0) this.reader.text?.(this.decoded(text));
  }

  /** Goes behind the next `end`, and gives what lies before it. */
  private skip(end: string): string {
    const to = this.source.indexOf(end, this.at);
    if (to < 0) throw this.wrong("its XML ends too early");
    const between = this.source.slice(this.at, to);
    this.at = to + end.length;
    return between;
  }

  private special(): void {
    if (this.source.startsWith("!--", this.at)) {
      this.skip("-->");
      return;
    }
    if (!this.source.startsWith("![CDATA[", this.at)) throw this.wrong("its XML has a document type");
    this.at += "![CDATA[".length;
    this.reader.text?.(this.skip("]]>"));
  }

  private end(): void {
    const name = localName(this.skip(">").slice(1).trimEnd());
    if (this.open.pop() !== name) throw this.wrong(`</${name.slice(0, 60)}> closes what is not open`);
    this.reader.close?.(name);
  }

  private start(): void {
    const tag = this.tag();
    const closed = tag.endsWith("/");
    const space = tag.search(/[\s/]|$/);
    const name = localName(tag.slice(0, space));
    if (name === "") throw this.wrong("its XML has a tag without a name");
    if (this.open.length >= MOST_DEPTH) throw this.wrong(`its XML nests deeper than ${MOST_DEPTH}`);
    const attributes = () => [...this.attributes(tag, space)];
    this.reader.open?.(name, (wanted) => this.attribute(tag, space, wanted), attributes);
    if (closed) this.reader.close?.(name);
    else this.open.push(name);
  }

  /** What stands in a tag; `>` may stand in the values of attributes. */
  private tag(): string {
    const from = this.at;
    const { source } = this;
    const simple = source.indexOf(">", from);
    if (simple >= 0 && !hasOpenQuote(source, from, simple)) {
      this.at = simple + 1;
      return source.slice(from, simple);
    }
    let quote = 0;
    for (let at = from; at < source.length; at++) {
      const code = source.charCodeAt(at);
      if (quote !== 0) quote = code === quote ? 0 : quote;
      else if (code === 0x22 || code === 0x27) quote = code;
      else if (code === 0x3e) {
        this.at = at + 1;
        return source.slice(from, at);
      }
    }
    throw this.wrong("its XML ends too early");
  }

  private attribute(tag: string, from: number, wanted: string): string | undefined {
    for (const [name, value] of this.attributes(tag, from)) if (name === wanted) return value;
    return undefined;
  }

  private *attributes(tag: string, from: number): Generator<readonly [name: string, value: string]> {
    let at = from;
    for (;;) {
      while (/\s/.test(tag[at] ?? "")) at++;
      ATTRIBUTE.lastIndex = at;
      const found = ATTRIBUTE.exec(tag);
      if (found === null) return;
      at = ATTRIBUTE.lastIndex;
      if (!/^xmlns(?::|$)/.test(found[1]!)) yield [localName(found[1]!), this.decoded(found[2] ?? found[3]!)];
    }
  }

  private decoded(text: string): string {
    if (!text.includes("&")) return text;
    return text.replace(/&([^;&]{0,10});?/g, (_, name: string) => {
      const code = /^#(?:x([0-9a-f]+)|(\d+))$/i.exec(name);
      if (code === null && Object.hasOwn(NAMED, name)) return NAMED[name]!;
      const point = code === null ? -1 : Number.parseInt(code[1] ?? code[2]!, code[1] === undefined ? 10 : 16);
      if (!(point >= 0 && point <= 0x10ffff)) throw this.wrong(`its XML has an entity that is not known: &${name};`);
      return String.fromCodePoint(point);
    });
  }
}

function hasOpenQuote(source: string, from: number, to: number): boolean {
  let quote = 0;
  for (let at = from; at < to; at++) {
    const code = source.charCodeAt(at);
    if (quote !== 0) quote = code === quote ? 0 : quote;
    else if (code === 0x22 || code === 0x27) quote = code;
  }
  return quote !== 0;
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}
