/** @module Where rows of CSV end, found in their bytes: a line break within a quoted cell ends none. */

const NEWLINE = 10;
const RETURN = 13;
const QUOTE = 34;
/** UTF-8's byte order mark. */
const MARK = [0xef, 0xbb, 0xbf];

/**
 * Behind the end of the last whole row of bytes that begin with one; 0 when there is none. As in the reader of whole bodies,
 * a quote opens a cell only where the cell begins; elsewhere it is a character like any other.
 *
 * @param delimiter - the byte that separates cells
 * @example
 * lastRowEnd(new TextEncoder().encode('5" pipe,1\n2,"a\n'), 44); // 10
 */
export function lastRowEnd(bytes: Uint8Array, delimiter: number): number {
  return scan(bytes, delimiter, false);
}

/** Behind the end of the first row, which a `\r` alone ends too; 0 when there is none. */
export function firstRowEnd(bytes: Uint8Array, delimiter: number): number {
  return scan(bytes, delimiter, true);
}

/**
 * Behind the row in which a line stands; behind the bytes when there are fewer lines.
 *
 * @param line - counted from 1
 */
export function rowEndOfLine(bytes: Uint8Array, delimiter: number, line: number): number {
  let [end, lines] = [0, 0];
  while (lines < line && end < bytes.length) {
    const length = firstRowEnd(bytes.subarray(end), delimiter) || bytes.length - end;
    for (let at = end; at < end + length; at++) if (isEnd(bytes, at)) lines++;
    end += length;
  }
  return end;
}

function isEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === NEWLINE || (bytes[at] === RETURN && bytes[at + 1] !== NEWLINE);
}

function scan(bytes: Uint8Array, delimiter: number, first: boolean): number {
  let end = 0;
  let begins = true;
  let mark = 0;
  while (MARK.every((byte, at) => bytes[mark + at] === byte)) mark += MARK.length;
  for (let at = mark; at < bytes.length; at++) {
    const byte = bytes[at];
    if (begins && byte === QUOTE) {
      at = closingQuote(bytes, at + 1);
      begins = false;
    } else if (byte === NEWLINE || (first && isEnd(bytes, at))) {
      end = at + 1;
      if (first) return end;
      begins = true;
    } else begins = byte === delimiter || byte === RETURN;
  }
  return end;
}

/** Where the quote stands that is closed and not doubled; behind the bytes when there is none. */
function closingQuote(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    if (bytes[at + 1] !== QUOTE) return at;
    at++;
  }
  return bytes.length;
}
