/** @module The names of a design's columns, which say what each is: `C(g)[T.b]:np.log(x)` is a product of two factors. */

/** A factor of a column: an expression, and which of its columns it is. */
export interface Part {
  /** `C(g)` */
  readonly factor: string;
  /** `T.b`; `undefined` for a number. */
  readonly level: string | undefined;
}

/** The names that a column of ones has. */
export const ONES: ReadonlySet<string> = new Set(["Intercept", "1"]);

/**
 * The factors that a column is the product of.
 *
 * @param columns - names of the data, which may hold any character
 * @example
 * partsOf("C(g)[T.b]:x", new Set(["g", "x"])); // [{ factor: "C(g)", level: "T.b" }, { factor: "x", level: undefined }]
 */
export function partsOf(name: string, columns: ReadonlySet<string>): readonly Part[] {
  if (columns.has(name)) return [{ factor: name, level: undefined }];
  return split(name, ":").map((text): Part => {
    if (columns.has(text)) return { factor: text, level: undefined };
    // patsy names the columns of polynomials without brackets.
    const degree = POLYNOMIAL.exec(text);
    if (degree !== null) return { factor: degree[1]!, level: degree[2]! };
    const bracket = text.endsWith("]") ? opening(text) : -1;
    if (bracket <= 0) return { factor: text, level: undefined };
    return { factor: text.slice(0, bracket), level: text.slice(bracket + 1, -1) };
  });
}

const POLYNOMIAL = /^(C\(.*\))(\.(?:Constant|Linear|Quadratic|Cubic)|\^\d{1,3})$/;

/** Where the outermost bracket opens that a text ends with. */
function opening(text: string): number {
  const found = scan(text, (character, depth) => character === "[" && depth === 0);
  return found[0] ?? -1;
}

function split(text: string, mark: string): readonly string[] {
  const places = scan(text, (character, depth) => character === mark && depth === 0);
  return [...places, text.length].map((to, at) => text.slice(at === 0 ? 0 : places[at - 1]! + 1, to));
}

/** The places of some characters outside quotes, with how many brackets are open before each. */
function scan(text: string, wanted: (character: string, depth: number) => boolean): readonly number[] {
  const places: number[] = [];
  let depth = 0;
  let quote = "";
  for (let at = 0; at < text.length; at++) {
    const character = text[at]!;
    if (quote !== "") {
      if (character === "\\") at++;
      else if (character === quote) quote = "";
      continue;
    }
    if (wanted(character, depth)) places.push(at);
    if (QUOTES.has(character) && depth > 0 && insideCall(text, at)) quote = character;
    else if ("([{".includes(character)) depth++;
    else if (")]}".includes(character) && depth > 0) depth--;
  }
  return places;
}

const QUOTES: ReadonlySet<string> = new Set(["'", '"']);

/** Whether a quote opens a text: an apostrophe in the name of a level does not. */
function insideCall(text: string, at: number): boolean {
  return /[(,[=\s]\s*$/.test(text.slice(Math.max(0, at - 3), at));
}
