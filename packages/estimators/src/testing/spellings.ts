/** @module Where an answer's dtype is not spelled as Python's was, and why: the one table of it. */

interface Spelling {
  /** The dtype that Python gave. */
  readonly python: RegExp;
  /** What we give: a dtype, or what has none. */
  readonly ours: string;
  /** Which Pythons this is about. */
  readonly release: RegExp;
  readonly why: string;
}

const ANY = /^/;

const SPELLINGS: readonly Spelling[] = [
  {
    python: /^str$/,
    ours: "object",
    release: ANY,
    why: "numpy's texts are as wide as the longest of them ('<U7'); ours have any length, as pandas keeps them",
  },
  {
    python: /^bytes$/,
    ours: "object",
    release: /^2\./,
    why: "the texts of Python 2 are bytes to every other Python; answers are texts",
  },
  {
    python: ANY,
    ours: "tuple",
    release: ANY,
    why: "the labels of a row are a tuple in Python, which has no dtype; the fixtures wrote the array that numpy makes of it",
  },
  {
    python: /^(u?int|float)\d+$/,
    ours: "number",
    release: ANY,
    why: "an attribute that is a plain int or float in Python, or a scalar of numpy, is a number",
  },
  { python: /^bool$/, ours: "boolean", release: ANY, why: "a plain True or False has no dtype" },
];

/** Whether `ours` is how we spell Python's dtype. */
export function isSpelled(python: string, ours: string, release: string): boolean {
  return SPELLINGS.some((each) => each.ours === ours && each.python.test(python) && each.release.test(release));
}
