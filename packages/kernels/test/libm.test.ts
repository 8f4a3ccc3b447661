import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { exp, expit, expm1, log, log1p, pow, tanh } from "../src/index.ts";

interface Vectors {
  y: string;
  digest: number;
}
type Name = "exp" | "log" | "expit" | "expm1" | "tanh" | "log1p";

// Written by scripts/vectors.py with glibc 2.36: exp, log, expit and pow with fused multiply-add, the others without.
const vectors = JSON.parse(readFileSync(new URL("libm.json", import.meta.url), "utf8")) as { x: string } & Record<
  Name,
  Vectors
> & { pow: Vectors };
const doubles = (text: string): Float64Array => new Float64Array(Uint8Array.from(Buffer.from(text, "base64")).buffer);
const x = doubles(vectors.x);

function mix(i: number): number {
  let h = i;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return (h ^ (h >>> 16)) >>> 0;
}

/** The arguments that scripts/vectors.py makes. */
function argumentsOf(n: number): Float64Array {
  const result = new Float64Array(n);
  const words = new Uint32Array(result.buffer);
  for (let i = 0; i < n; i++) {
    const high = mix(2 * i);
    const low = mix(2 * i + 1);
    const unit = high * 2 ** -32 + low * 2 ** -64 - 0.5;
    if ((i & 3) < 3) result[i] = unit * [6, 80, 1500][i & 3]!;
    else {
      words[2 * i] = low;
      words[2 * i + 1] = high;
    }
  }
  return result;
}

function digest(y: Float64Array): number {
  const words = new Uint32Array(y.buffer);
  let sum = 0;
  for (let i = 0; i < y.length; i++) {
    const missing = Number.isNaN(y[i]);
    const high = missing ? 0x7ff80000 : words[2 * i + 1]!;
    const low = missing ? 0 : words[2 * i]!;
    sum = (sum + Math.imul(Math.imul(high, 31) ^ low, 2 * i + 1)) | 0;
  }
  return sum >>> 0;
}

const many = argumentsOf(2 ** 20);
const size = Math.abs;

describe.each<[Name, (x: number) => number]>([
  ["exp", exp],
  ["log", (x) => log(size(x))],
  ["expit", expit],
  ["expm1", expm1],
  ["tanh", tanh],
  ["log1p", log1p],
])("%s", (name, f) => {
  it("has the bits of glibc at edges", () => {
    const expected = doubles(vectors[name].y);
    x.forEach((value, i) => {
      if (Number.isNaN(expected[i])) expect(f(value), `${name}(${value})`).toBeNaN();
      else expect(f(value), `${name}(${value})`).toBe(expected[i]);
    });
  });

  it("has the bits of glibc for a million arguments", () => {
    expect(digest(many.map((value) => f(value)))).toBe(vectors[name].digest);
  });
});

describe("pow", () => {
  const answers = (of: Float64Array) => of.map((base, i) => pow(base, of[of.length - 1 - i]!));

  it("has the bits of glibc at edges", () => {
    const expected = doubles(vectors.pow.y);
    answers(x).forEach((got, i) => {
      expect(got, `pow(${x[i]}, ${x[x.length - 1 - i]})`).toBe(expected[i]);
    });
  });

  it("has the bits of glibc for a million arguments", () => {
    expect(digest(answers(many))).toBe(vectors.pow.digest);
  });

  it("knows what C knows of one, zero and infinity", () => {
    expect([pow(1, Number.NaN), pow(Number.NaN, 0), pow(-1, Infinity), pow(0.5, Infinity)]).toEqual([1, 1, 1, 0]);
    expect([pow(-0, -3), pow(-2, 3), pow(-2, 0.5), pow(0, -0.5)]).toEqual([-Infinity, -8, Number.NaN, Infinity]);
    expect([pow(2, 1e300), pow(0.5, 1e300), pow(3, 1e-300)]).toEqual([Infinity, 0, 1]);
  });
});

it("log refuses negative numbers and knows zero", () => {
  expect(log(-1)).toBeNaN();
  expect(log(-Infinity)).toBeNaN();
  expect(log(Number.NaN)).toBeNaN();
  expect(log(-0)).toBe(-Infinity);
});
