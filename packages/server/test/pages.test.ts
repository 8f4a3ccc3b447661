import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { model, service } from "@curtido/server";
import { expect, test } from "vitest";
import { ask, LINEAR, MODELS, testService } from "./help.ts";

const app = testService();
const HTML = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";
const FORM = "application/x-www-form-urlencoded";
const [row] = LINEAR.rows;
const fields = (values: Record<string, unknown>) =>
  new URLSearchParams(Object.entries(values).map(([name, value]) => [name, String(value)])).toString();

test("browsers get a list of the models", async () => {
  const { type, text, headers } = await ask(app, "/", { accept: HTML });
  expect(type).toBe("text/html; charset=utf-8");
  expect(headers.get("content-security-policy")).toContain("default-src 'none'");
  for (const name of Object.keys(MODELS)) expect(text).toContain(`<a href="/${name}">${name}</a>`);
});

test("a model's page has a field for every feature", async () => {
  const { text } = await ask(app, "/houses", { accept: HTML });
  expect(text).toMatch(/<select id="field-1" name="colour"/);
  expect(text).toMatch(/<option selected>blue<\/option>/);
  expect(text).toMatch(/<input id="field-3" name="age"[^>]*type="number" step="any"/);
  expect(text).not.toContain("<script");
  expect((await ask(app, "/linear", { accept: HTML })).text).toMatch(/name="feature1"[^>]* required/);
});

test("a form is answered with the page and the prediction", async () => {
  const { status, text } = await ask(app, "/linear", { accept: HTML, type: FORM, body: fields(row!) });
  const { json } = await ask(app, "/linear", { body: row });
  expect(status).toBe(200);
  expect(text).toContain(`<p class="value" id="prediction">${json.predict}</p>`);
  expect(text).toContain(`name="feature1" value="${row!["feature1"]}"`);
  const labels = await ask(app, "/houses", {
    accept: HTML,
    type: FORM,
    body: fields({ colour: "green", size: "L", age: 36.3, rooms: 3, income: "" }),
  });
  expect(labels.text).toMatch(/id="prediction">(cheap|dear)</);
  expect(labels.text).toContain("<meter");
});

test("several outputs stand beside each other", async () => {
  const { json } = await ask(app, "/several", { body: [1, 2, 3, 4] });
  const { text } = await ask(app, "/several", { accept: HTML, body: [1, 2, 3, 4] });
  expect(text).toContain(`id="prediction">${json.predict.join(", ")}<`);
});

test("what is wrong stands at its field", async () => {
  const { status, text } = await ask(app, "/linear", {
    accept: HTML,
    type: FORM,
    body: fields({ ...row, feature2: "<b>x</b>" }),
  });
  expect(status).toBe(422);
  expect(text).toMatch(/id="field-2-problem">&#39;feature2&#39; must be a number/);
  expect(text).not.toContain("<b>x</b>");
  expect(text).toContain("aria-invalid");
});

test("many rows are a table, several outputs too", async () => {
  const { text } = await ask(app, "/binary", {
    accept: "text/html",
    body: [
      [3.09, 2.848, 2.757, 0.011],
      [0, 0, 0, 0],
    ],
  });
  expect(text).toContain('<th scope="col">probability_0</th>');
  expect((await ask(app, "/several", { accept: "text/html", body: [[1, 2, 3, 4]] })).text).toContain(
    '<th scope="col">predict2</th>',
  );
});

test("errors are pages for browsers, problem documents for everybody else", async () => {
  const { status, type, text } = await ask(app, "/nothing", { accept: HTML });
  expect([status, type]).toEqual([404, "text/html; charset=utf-8"]);
  expect(text).toContain("there is nothing at /nothing");
  const method = await ask(app, "/linear", { method: "PUT", accept: HTML });
  expect(method.headers.get("allow")).toBe("GET, HEAD, POST, OPTIONS");
});

test("names that are markup are escaped", async () => {
  const { text } = await ask(model(MODELS.linear, { name: "<script>alert(1)</script>" }), "/", { accept: HTML });
  expect(text).not.toContain("<script>");
});

test("a folder of templates stands in for ours", async () => {
  const templates = mkdtempSync(join(tmpdir(), "curtido-templates-"));
  writeFileSync(
    join(templates, "model.html"),
    '{% extends "layout.html" %}{% block content %}{{ model.name }} says {{ result.headline }}{% endblock %}',
  );
  const own = service({ models: { linear: MODELS.linear }, templates });
  const { text, headers } = await ask(own, "/linear", { accept: HTML, type: FORM, body: fields(row!) });
  expect(text).toMatch(/linear says -?\d/);
  expect(headers.get("content-security-policy")).toBe("frame-ancestors 'none'");
  expect((await ask(own, "/", { accept: HTML })).text).toContain("<h1>Models</h1>");
});
