/** Files that are no pickles, and pickles that were damaged on their way: what is said of them, and what can be undone. */

import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { isCurtidoError } from "@curtido/pickle";
import { describe, expect, it, test } from "vitest";
import { explainFile, loadFile, otherFile, repaired } from "../src/index.ts";

const text = (value: string) => new TextEncoder().encode(value);
const binary = (value: string) => Uint8Array.from(value, (character) => character.charCodeAt(0));
const model = new Uint8Array(readFileSync(new URL("../../../examples/modelo.pkl", import.meta.url)));
const joblib = new Uint8Array(readFileSync(new URL("../../../fixtures/bundles/three.joblib", import.meta.url)));

function said(bytes: Uint8Array): string {
  try {
    loadFile(bytes);
  } catch (error) {
    if (isCurtidoError(error)) return `${error.code} ${error.message}`;
    throw error;
  }
  return "read";
}

describe("what is no pickle says what it is", () => {
  const lfs = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n";
  test.each([
    ["a pointer of Git LFS", text(lfs), "a pointer of Git LFS, not the file of 12,345 bytes"],
    ["a page", text("\n<!DOCTYPE html><html>"), "an HTML page"],
    ["PMML", text('<?xml version="1.0"?><PMML version="4.4">'), "PMML"],
    ["HDF5", binary("\x89HDF\r\n\x1a\n\0\0"), "HDF5"],
    ["a zip", binary("PK\x03\x04\x14\0"), "a zip archive"],
    ["npy", binary("\x93NUMPY\x01\0"), "a npy file"],
    ["Parquet", binary("PAR1\x15\x04"), "a Parquet file"],
    ["R", binary("X\n\0\0\0\x03\0\x04"), "a file of R"],
    ["RData", text("RDX3\nX\n"), "a file of R"],
    ["ONNX", binary("\x08\x07\x12\x07skl2onnx\x1a\x051.16"), "a model in ONNX"],
    ["TensorFlow", binary("\x08\x01\x12\xfb\x01\n\x9c\x01\n\x05serve"), "TensorFlow"],
    ["safetensors", binary('\x40\0\0\0\0\0\0\0{"weight":{"dtype":"F32"'), "a safetensors file"],
    ["a tar", binary(`${"a".padEnd(257, "\0")}ustar\x0000`), "a tar archive"],
    ["Python", text("import pickle\nprint(1)\n"), "the source of a Python program"],
    ["JSON", text('{"a": 1}'), "JSON or text"],
    ["nothing", new Uint8Array(0), "the file is empty"],
  ])("%s", (_, bytes, words) => {
    expect(said(bytes)).toMatch(/^E_NOT_A_PICKLE not a pickle: /);
    expect(said(bytes)).toContain(words);
  });

  test("a file that was cut off says where", () => {
    expect(said(model.subarray(0, 300))).toMatch(/^E_TRUNCATED .*the file has 300 bytes, and was cut off there$/);
  });

  test("what reads is not explained", () => {
    expect(said(model)).toBe("read");
    expect(otherFile(model)).toBeUndefined();
    expect(explainFile(new TypeError("x"), model)).toBeInstanceOf(TypeError);
  });
});

/** As a copy in text mode writes a file. */
function withReturns(bytes: Uint8Array): Uint8Array {
  return Uint8Array.from([...bytes].flatMap((byte) => (byte === 10 ? [13, 10] : [byte])));
}

describe("a pickle that was damaged", () => {
  const asUtf8 = (bytes: Uint8Array) => text(String.fromCharCode(...bytes));
  const asBase64 = (bytes: Uint8Array) => text(btoa(String.fromCharCode(...bytes)).replace(/.{76}/g, "$&\n"));
  test.each([
    ["line ends", withReturns, "line ends became CR LF"],
    ["UTF-8", asUtf8, "UTF-8"],
    ["base64", asBase64, "base64"],
  ])("by %s is told, and as it was once that is undone", (_, damage, words) => {
    for (const whole of [model, joblib]) {
      const damaged = damage(whole);
      expect(said(damaged)).toContain(words);
      expect(said(damaged)).toContain("curtido convert --repair");
      expect(repaired(damaged)!.bytes).toEqual(whole);
    }
  });

  test("beyond doubt only: what does not read then is left alone", () => {
    expect(repaired(model)).toBeUndefined();
    const broken = withReturns(model).subarray(0, 400);
    expect(repaired(broken)).toBeUndefined();
    expect(repaired(gzipSync(model))).toBeUndefined();
    expect(said(text("\ufffd\u0004\ufffd"))).toContain("they are lost");
  });

  it("takes no longer than reading it", () => {
    const large = text(`gASV${"A".repeat(1 << 20)}`);
    expect(repaired(large)).toBeUndefined();
  });
});
