import * as onNode from "curtido";
import * as service from "curtido/server";
import { expect, test } from "vitest";
import * as inBrowser from "../src/browser.ts";
import { ROOT } from "./help.ts";

test("the library reads, asks and writes; the service is beside it", () => {
  const names = ["load", "save", "loads", "dumps", "revive", "NdArray", "DataFrame", "Csr", "isCurtidoError", "tokens"];
  expect(Object.keys(onNode)).toEqual(expect.arrayContaining(names));
  expect(Object.keys(onNode)).not.toEqual(expect.arrayContaining(["listen"]));
  expect(Object.keys(service)).toEqual(expect.arrayContaining(["model", "service", "openService", "listen"]));
});

test("a browser has the same library, but for what needs files", () => {
  const missing = Object.keys(onNode).filter((name) => !(name in inBrowser));
  expect(missing).toEqual(["loadNow", "save"]);
});

test("Node loads a Blob as a browser does", async () => {
  const { readFile } = await import("node:fs/promises");
  const model = await onNode.load(new Blob([await readFile(`${ROOT}examples/modelo.pkl`)]));
  expect(model.predict([[1, 0, 1, 1]]).tolist()).toEqual([expect.closeTo(5423.1426779786, 8)]);
});

test("a browser loads bytes, a Blob and a URL", async () => {
  const { readFile } = await import("node:fs/promises");
  const bytes = new Uint8Array(await readFile(`${ROOT}examples/modelo.pkl`));
  const url = `data:application/octet-stream;base64,${Buffer.from(bytes).toString("base64")}`;
  const shared = new SharedArrayBuffer(bytes.length);
  new Uint8Array(shared).set(bytes);
  const wide = new Uint8Array(bytes.length + 7);
  wide.set(bytes, 3);
  const held = [bytes, bytes.buffer, shared, new DataView(wide.buffer, 3, bytes.length), new Uint8ClampedArray(bytes)];
  for (const source of held) {
    expect((await onNode.load(source)).predict([[1, 0, 1, 1]]).item(0)).toBeCloseTo(5423.1426779786, 8);
    expect(
      onNode
        .loadNow(source)
        .predict([[1, 0, 1, 1]])
        .item(0),
    ).toBeCloseTo(5423.1426779786, 8);
  }
  for (const source of [...held, new Blob([bytes]), url, new URL(url)]) {
    const model = await inBrowser.load(source);
    expect(model.predict([[1, 0, 1, 1]]).tolist()).toEqual([expect.closeTo(5423.1426779786, 8)]);
    expect(await inBrowser.load(model)).toBe(model);
  }
  await expect(inBrowser.load("data:text/plain,no")).rejects.toMatchObject({ code: "E_NOT_A_PICKLE" });
  await expect(inBrowser.load("http://127.0.0.1:1/m.pkl")).rejects.toMatchObject({ code: "E_FILE" });
});

test("a model is loaded and asked, by position and by name", async () => {
  const model = await onNode.load(`${ROOT}examples/modelo.pkl`);
  expect(model.predict([[1, 0, 1, 1]]).tolist()).toEqual([expect.closeTo(5423.1426779786, 8)]);
  expect(model.predict([{ feature4: 1, feature3: 1, feature2: 0, feature1: 1 }]).tolist()).toEqual(
    model.predict([[1, 0, 1, 1]]).tolist(),
  );
  expect(model.signature).toMatchObject({ task: "regression", named: false, features: { length: 4 } });
});
