/** @module Where rows of CSV end, found in their bytes: a line break within a quoted cell ends none. */

const NEWLINE = 10;
const SPACE = 32;
const QUOTE = 34;
/** UTF-8's byte order mark. */
const MARK = [0xef, 0xbb, 0xbf];

/**
 * Behind the end of the last whole row of bytes that begin with one; 0 when there is none. As in the parser of whole
 * bodies, a quote opens a cell only where the cell begins, and closes it only where the cell ends: elsewhere it is a
 * character like any other.
 *
 * @param delimiter - the byte that separates cells
 * @example
 * lastRowEnd(new TextEncoder().encode('5" pipe,1\n2,"a\n'), 44); // 10
 */
export function lastRowEnd(bytes: Uint8Array, delimiter: number): number {
  return scan(bytes, delimiter, false);
}

/** Behind the end of the first row; 0 when there is none. */
export function firstRowEnd(bytes: Uint8Array, delimiter: number): number {
  return scan(bytes, delimiter, true);
}

function scan(bytes: Uint8Array, delimiter: number, first: boolean): number {
  let end = 0;
  let begins = true;
  const mark = MARK.every((byte, at) => bytes[at] === byte) ? MARK.length : 0;
  for (let at = mark; at < bytes.length; at++) {
    const byte = bytes[at];
    if (begins && byte === QUOTE) {
      at = closingQuote(bytes, at + 1, delimiter);
      begins = false;
    } else if (byte === NEWLINE) {
      end = at + 1;
      if (first) return end;
      begins = true;
    } else begins = byte === delimiter;
  }
  return end;
}

/** Where the quote stands that ends a cell; behind the bytes when there is none. */
function closingQuote(bytes: Uint8Array, from: number, delimiter: number): number {
  for (let at = bytes.indexOf(QUOTE, from); at >= 0; at = bytes.indexOf(QUOTE, at + 1)) {
    if (bytes[at + 1] === QUOTE) {
      at++;
      continue;
    }
    let next = at + 1;
    while (next < bytes.length && isBlank(bytes[next]!, delimiter)) next++;
    if (next === bytes.length || bytes[next] === NEWLINE || bytes[next] === delimiter) return at;
  }
  return bytes.length;
}

function isBlank(byte: number, delimiter: number): boolean {
  return byte <= SPACE && byte !== NEWLINE && byte !== delimiter;
}
