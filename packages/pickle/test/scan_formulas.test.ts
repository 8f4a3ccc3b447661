import { describe, expect, it } from "vitest";
import { isPlainFormula } from "../src/scan/formulas.ts";

describe("formulas that Python evaluates when it loads a file", () => {
  it.each([
    "y ~ x + C(g)",
    "y ~ C(g, Treatment('b')) + np.log1p(np.abs(x)) - 1",
    "y ~ (x + z)**2 + I(x**2) + bs(z, df=4)",
    "y ~ Q('two words') + np.where(z > 2, 1, 0)",
  ])("do nothing but arithmetic: %s", (formula) => expect(isPlainFormula(formula)).toBe(true));

  it.each([
    "y ~ open('x')",
    "y ~ x.__class__",
    "y ~ np.load('x')",
    "y ~ (open)('x')",
    "y ~ [open][0]('x')",
    "y ~ C(g)(x)",
    "y ~ C(g).apply(x)",
    "y ~ 'open'('x')",
    "y ~ I(lambda: 1)",
    "y ~ I([x for x in z])",
    "y ~ {open('x')}",
    "y ~ `open`('x')",
    "y ~ 9**9**9",
    "y ~ x**99",
    "y ~ I('a' * 99999)",
    "y ~ a*b*c*d*e*f*g*h*i*j*k",
    `y ~ ${"x + ".repeat(1000)}x`,
  ])("may do more: %s", (formula) => expect(isPlainFormula(formula)).toBe(false));
});
