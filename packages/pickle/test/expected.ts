import { Complex, Dict, FrozenSet, Global, Instance, latin1Bytes, PySet, Range, Slice, Tuple } from "../src/index.ts";
import { python3Name } from "../src/python2.ts";
import { reducedLibraryValue } from "../src/standard/library.ts";

/** Says why `got` is not what a fixture's tagged JSON stands for, or `undefined` when it is. */
export type Check = (got: unknown, expected: unknown, above: readonly unknown[]) => string | undefined;

type Tagged = Readonly<Record<string, unknown>>;

const FLOATS: Readonly<Record<string, number>> = {
  nan: Number.NaN,
  inf: Number.POSITIVE_INFINITY,
  "-inf": Number.NEGATIVE_INFINITY,
};

/** The double that a `$float` tag spells. */
export function taggedFloat(text: string): number {
  return FLOATS[text] ?? Number(text);
}

function hex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function items(
  got: readonly unknown[],
  expected: readonly unknown[],
  above: readonly unknown[],
  check: Check,
): string | undefined {
  if (got.length !== expected.length) return `${got.length} items, expected ${expected.length}`;
  for (let at = 0; at < expected.length; at++) {
    const problem = check(got[at], expected[at], above);
    if (problem !== undefined) return `[${at}] ${problem}`;
  }
  return undefined;
}

function members(
  got: Iterable<unknown>,
  expected: readonly unknown[],
  above: readonly unknown[],
  check: Check,
): string | undefined {
  const left = [...got];
  for (const member of expected) {
    const found = left.findIndex((each) => check(each, member, above) === undefined);
    if (found < 0) return `no member ${JSON.stringify(member)}`;
    left.splice(found, 1);
  }
  return left.length > 0 ? `${left.length} members too many` : undefined;
}

function pairs(
  got: unknown,
  expected: readonly (readonly [unknown, unknown])[],
  above: readonly unknown[],
  check: Check,
): string | undefined {
  if (!(got instanceof Dict)) return "no dict";
  if (got.size !== expected.length) return `${got.size} keys, expected ${expected.length}`;
  const entries = [...got];
  for (const [key, value] of expected) {
    const found = entries.find(([each]) => check(each, key, [...above, got]) === undefined);
    if (found === undefined) return `no key ${JSON.stringify(key)}`;
    const problem = check(found[1], value, [...above, got]);
    if (problem !== undefined) return `[${JSON.stringify(key)}] ${problem}`;
  }
  return undefined;
}

function sameName(got: Global, spelled: string): boolean {
  const dot = spelled.split(".");
  return dot.slice(1).some((_, at) => {
    const [module, name] = [dot.slice(0, at + 1).join("."), dot.slice(at + 1).join(".")];
    return got.toString() === spelled || got.toString() === python3Name(module, name).join(".");
  });
}

/** Whether an instance, or a value of Python's library, is of the class that is spelled. */
function sameClass(got: unknown, spelled: string): boolean {
  const made = got instanceof Instance ? got : reducedLibraryValue(got as object, 4);
  return made?.class instanceof Global && sameName(made.class, spelled.replace("pathlib._local.", "pathlib."));
}

function checkTag(got: unknown, tagged: Tagged, above: readonly unknown[], check: Check): string | undefined {
  const [tag, value] = Object.entries(tagged)[0]!;
  const is = (same: boolean) => (same ? undefined : `${String(got)}, expected ${JSON.stringify(tagged)}`);
  switch (tag) {
    case "$int":
      return is(typeof got === "bigint" && got === BigInt(value as string));
    case "$float":
      return is(Object.is(got, taggedFloat(value as string)));
    case "$complex": {
      const [real, imaginary] = (value as unknown[]).map((part) =>
        typeof part === "number" ? part : taggedFloat(String((part as Tagged)?.["$float"] ?? part)),
      );
      return is(got instanceof Complex && Object.is(got.real, real) && Object.is(got.imaginary, imaginary));
    }
    case "$bytes":
      return is(
        (typeof got === "string" || got instanceof Uint8Array) &&
          hex(typeof got === "string" ? latin1Bytes(got) : got) === value,
      );
    case "$bytearray":
      return is(got instanceof Uint8Array && got.constructor.name === "ByteArray" && hex(got) === value);
    case "$tuple":
      return got instanceof Tuple ? items(got.items, value as unknown[], [...above, got], check) : "no tuple";
    case "$set":
      return got instanceof PySet ? members(got, value as unknown[], [...above, got], check) : "no set";
    case "$frozenset":
      return got instanceof FrozenSet ? members(got, value as unknown[], [...above, got], check) : "no frozenset";
    case "$dict":
      return pairs(got, value as [unknown, unknown][], above, check);
    case "$global":
      return is(got instanceof Global && sameName(got, value as string));
    case "$object":
      if (got instanceof Slice || got instanceof Range) return undefined;
      return is(sameClass(got, String((value as Tagged)["class"] ?? value)));
    case "$up":
      return is(got === above.at(-(value as number)));
    default:
      return `unknown tag ${tag}`;
  }
}

/** Compares with tagged JSON; `own` answers for tags of its own (`null` when it has none for this one). */
export function checker(
  own: (got: unknown, tagged: Tagged, check: Check) => string | undefined | null = () => null,
): Check {
  const check: Check = (got, expected, above) => {
    if (Array.isArray(expected)) return Array.isArray(got) ? items(got, expected, [...above, got], check) : "no list";
    if (typeof expected === "object" && expected !== null) {
      const answer = own(got, expected as Tagged, check);
      return answer === null ? checkTag(got, expected as Tagged, above, check) : answer;
    }
    return Object.is(got, expected) ? undefined : `${String(got)}, expected ${JSON.stringify(expected)}`;
  };
  return check;
}
