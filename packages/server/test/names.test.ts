import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, test } from "vitest";
import { hostAllowed } from "../src/listen/hosts.ts";
import { checkName, nameOfFile, RESERVED } from "../src/store/names.ts";

describe("names of models", () => {
  test.each([
    ["models/modelo.pkl", "modelo"],
    ["iris.v2.joblib", "iris.v2"],
    ["C:\\models\\wine.pkl", "wine"],
    ["forest.pkl.gz", "forest"],
    ["noending", "noending"],
    ["n\u0303andu\u0301.pkl", "\u00f1and\u00fa"],
  ])("%s is %s", (path, name) => {
    expect(nameOfFile(path)).toBe(name);
  });

  test.each(["modelo", "ñandú", "型号", "a.b_c-1", "_x", "x".repeat(100)])("%s is a name", (name) => {
    expect(checkName(name)).toBe(name);
  });

  test.each([...RESERVED, "Healthz", ".hidden", "a b", "a/b", "", "x".repeat(101), "a?b", "..", "a%20b"])(
    "%j is refused, and another is offered",
    (name) => {
      try {
        checkName(name);
        expect.unreachable();
      } catch (error) {
        if (!isCurtidoError(error, "E_NAME")) throw error;
        expect(error.message).toContain("--name ");
        expect(checkName(String(error.fields["suggestion"]))).not.toBe("");
      }
    },
  );
});

test.each([
  ["localhost:5000", true],
  ["LOCALHOST", true],
  ["curtido.localhost:5000", true],
  ["127.0.0.1:5000", true],
  ["127.8.9.1", true],
  ["[::1]:5000", true],
  ["allowed.example:5000", true],
  ["evil.example", false],
  ["localhost.evil.example", false],
  ["127.0.0.1.evil.example", false],
  ["evil.example:localhost", false],
  ["", false],
  ["10.0.0.1", false],
])("Host %j on loopback: %j", (host, expected) => {
  expect(hostAllowed(host, ["allowed.example"])).toBe(expected);
});
