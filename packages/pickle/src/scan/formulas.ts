/** @module Formulas that Python evaluates when it loads a file: which of them can do nothing but arithmetic on columns. */

/** Functions of numbers, and what patsy and formulaic have for columns. */
const FUNCTIONS: ReadonlySet<string> = new Set(
  `I C Q center standardize scale bs cr cc poly Treatment Sum Helmert Poly Diff abs float int pow round min max
   contr.treatment contr.sum contr.helmert contr.poly contr.diff contr.sas`
    .concat(
      ` ${"log log2 log10 log1p exp exp2 expm1 sqrt cbrt square abs absolute fabs negative reciprocal sign floor ceil trunc round sin cos tan arcsin arccos arctan sinh cosh tanh power maximum minimum where clip"
        .split(" ")
        .flatMap((name) => [name, `np.${name}`, `numpy.${name}`])
        .join(" ")}`,
    )
    .split(/\s+/),
);

const LONGEST = 2000;
const MOST_PRODUCTS = 8;
const TOKEN =
  /\s*(?:(\d{1,15}(?:\.\d{0,20})?(?:e[+-]?\d{1,2})?)|([\p{L}_][\p{L}\p{N}_]*(?:\.[\p{L}_][\p{L}\p{N}_]*)*)(\s*\()?|("[^"\\{}]*"|'[^'\\{}]*')|(\*\*\s*\d(?![\w.*])|\*(?!\*)|[-+/%(),[\]<>=&|~:^!]))/uy;
const WORDS = /^(?:lambda|for|if|else|await|yield|import|while|with|async|del|raise|return|exec)$|__/;

/**
 * Whether a formula calls nothing but functions of numbers and of columns, and is evaluated in no time.
 *
 * @example
 * isPlainFormula("y ~ np.log(x) + C(g)"); // true
 * isPlainFormula("y ~ open('x')"); // false
 */
export function isPlainFormula(text: string): boolean {
  if (text.length > LONGEST || (text.match(/\*|:|\//g) ?? []).length > MOST_PRODUCTS) return false;
  const end = text.trimEnd().length;
  let quoted = false;
  for (let at = 0; at < end; ) {
    TOKEN.lastIndex = at;
    const [whole, number, name, call, quote, mark] = TOKEN.exec(text) ?? [];
    if (whole === undefined) return false;
    if (
      name !== undefined &&
      (WORDS.test(name) || (call === undefined ? name.includes(".") && !isFunction(name) : !isFunction(name)))
    )
      return false;
    // What is called is named: neither a text nor what a call gives is called or multiplied.
    const before = text.slice(0, at).trimEnd().at(-1) ?? "";
    const opens = whole.trimStart().startsWith("(");
    if (opens && /[)\]"'\d]/.test(before)) return false;
    if (quoted && mark !== undefined && !/^[),\]=!]$/.test(mark)) return false;
    if (quote !== undefined && /[*%+-]/.test(before)) return false;
    if (number !== undefined && number.length > 15) return false;
    quoted = quote !== undefined;
    at = TOKEN.lastIndex;
  }
  return true;
}

const isFunction = (name: string) => FUNCTIONS.has(name);
