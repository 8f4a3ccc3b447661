/**
 * The lines of CSV and their cells, as pandas tells them apart: a quote opens a cell only where the cell begins; behind the
 * quote that closes it, what follows belongs to the cell as it is. A line of nothing is none, one of a quoted nothing is.
 *
 * @module
 */

/** Cells that are texts; `null` is an empty one. */
export type Line = (string | null)[];

/** Lines of cells. */
export interface Lines {
  readonly cells: readonly Line[];
  /** Where each begins in the text, counted in lines. */
  readonly numbers: Numbers;
  /** The line in which a quoted cell begins that does not end. */
  readonly unclosed?: number;
}

/**
 * Cuts a text into lines and cells. Lines end with `\n`, `\r\n` or `\r`.
 *
 * @param first - the number of its first line
 * @example
 * linesOf('a,b\n1,"x\ny"\n', ",").cells; // [["a", "b"], ["1", "x\ny"]]
 */
export function linesOf(text: string, delimiter: string, first = 1): Lines {
  if (text.includes('"')) return new Quoted(text, delimiter, first).read();
  const cells: Line[] = [];
  const numbers = new Numbers(first);
  const lines = (text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text).split("\n");
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (isBlank(line, delimiter)) continue;
    numbers.add(cells.length, first + at);
    cells.push(emptied(line.split(delimiter)));
  }
  return { cells, numbers };
}

function isBlank(line: string, delimiter: string): boolean {
  if (line === "") return true;
  const code = line.charCodeAt(0);
  return (code === 32 || code === 9) && /^[ \t]*$/.test(line) && !line.includes(delimiter);
}

/** Empty cells as `null`, in place: a table may have millions. */
function emptied(line: Line): Line {
  for (let at = 0; at < line.length; at++) if (line[at] === "") line[at] = null;
  return line;
}

/** The numbers of lines: one behind the other, as long as none is left out. */
export class Numbers {
  private readonly first: number;
  private list: number[] | undefined;

  constructor(first: number) {
    this.first = first;
  }

  add(place: number, line: number): void {
    if (this.list === undefined) {
      if (line === this.first + place) return;
      this.list = Array.from({ length: place }, (_, at) => this.first + at);
    }
    this.list.push(line);
  }

  of(place: number): number {
    return this.list?.[place] ?? this.first + place;
  }

  /** The first place whose line has a number; -1 when none has. */
  placeOf(line: number, places: number): number {
    for (let place = 0; place < places; place++) if (this.of(place) === line) return place;
    return -1;
  }
}

/** Where a character comes next; it is looked for once. */
class Next {
  private readonly text: string;
  private readonly what: string;
  private found = -1;

  constructor(text: string, what: string) {
    this.text = text;
    this.what = what;
  }

  from(at: number): number {
    if (this.found < at) {
      const found = this.text.indexOf(this.what, at);
      this.found = found < 0 ? Number.POSITIVE_INFINITY : found;
    }
    return this.found;
  }
}

class Quoted {
  private readonly text: string;
  private readonly delimiter: string;
  private readonly quote: Next;
  private readonly separator: Next;
  private readonly newline: Next;
  private readonly carriage: Next;
  private at = 0;
  private line: number;
  private unclosed: number | undefined;

  constructor(text: string, delimiter: string, first: number) {
    this.text = text;
    this.delimiter = delimiter;
    this.quote = new Next(text, '"');
    this.separator = new Next(text, delimiter);
    this.newline = new Next(text, "\n");
    this.carriage = new Next(text, "\r");
    this.line = first;
  }

  read(): Lines {
    const cells: Line[] = [];
    const numbers = new Numbers(this.line);
    const { text } = this;
    while (this.at < text.length) {
      const from = this.line;
      const end = this.endFrom(this.at);
      if (this.quote.from(this.at) > end) {
        const line = text.slice(this.at, end);
        if (!isBlank(line, this.delimiter)) {
          numbers.add(cells.length, from);
          cells.push(emptied(line.split(this.delimiter)));
        }
        this.at = end;
      } else {
        numbers.add(cells.length, from);
        cells.push(this.quotedLine());
      }
      this.behindEnd();
    }
    return { cells, numbers, ...(this.unclosed !== undefined && { unclosed: this.unclosed }) };
  }

  private endFrom(at: number): number {
    return Math.min(this.newline.from(at), this.carriage.from(at), this.text.length);
  }

  private behindEnd(): void {
    if (this.at >= this.text.length) return;
    this.at += this.text.startsWith("\r\n", this.at) ? 2 : 1;
    this.line++;
  }

  private quotedLine(): Line {
    const line: Line = [];
    for (;;) {
      const cell = this.cell();
      line.push(cell === "" ? null : cell);
      if (!this.text.startsWith(this.delimiter, this.at)) return line;
      this.at += this.delimiter.length;
    }
  }

  private cell(): string {
    const { text } = this;
    const opened = text.charCodeAt(this.at) === 34;
    const quoted = opened ? this.quotedText() : "";
    const end = Math.min(this.separator.from(this.at), this.endFrom(this.at));
    const rest = text.slice(this.at, end);
    this.at = end;
    return quoted + rest;
  }

  private quotedText(): string {
    const { text } = this;
    const from = this.at + 1;
    let doubled = false;
    let to = text.indexOf('"', from);
    while (to >= 0 && text.charCodeAt(to + 1) === 34) {
      doubled = true;
      to = text.indexOf('"', to + 2);
    }
    if (to < 0) this.unclosed ??= this.line;
    const inner = text.slice(from, to < 0 ? text.length : to);
    this.at = to < 0 ? text.length : to + 1;
    this.line += inner.match(/\r\n?|\n/g)?.length ?? 0;
    return doubled ? inner.replaceAll('""', '"') : inner;
  }
}
