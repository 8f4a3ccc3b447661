/** @module What the server's tests share: real models, and requests in few words. */

import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { fileURLToPath } from "node:url";
import { type Service, type ServiceOptions, service } from "@curtido/server";

/** The path of a fixture. */
export function fixture(name: string): string {
  return fileURLToPath(new URL(`../../../fixtures/${name}`, import.meta.url));
}

/** The file of a fixture's model, whichever container it is in. */
export function modelOf(name: string): string {
  const { file } = JSON.parse(readFileSync(fixture(`${name}.json`), "utf8"));
  return fixture(`${dirname(name)}/${file}`);
}

/** The models that the tests serve. */
export const MODELS = {
  linear: modelOf("linear_model/LinearRegression-diabetes.sk1.9.1"),
  one: modelOf("linear_model/LinearRegression-one_feature.sk1.9.1"),
  named: modelOf("linear_model/LinearRegression-frame.sk1.9.1"),
  several: modelOf("linear_model/LinearRegression-multi_output.sk1.9.1"),
  binary: modelOf("linear_model/LogisticRegression-binary.sk1.9.1"),
  truth: modelOf("linear_model/LogisticRegression-bool.sk1.9.1"),
  houses: modelOf("pipeline/Pipeline-columns_forest.sk1.9.1"),
  encoder: modelOf("preprocessing/OneHotEncoder-text.sk1.9.1"),
  tree: modelOf("tree/DecisionTreeClassifier-iris.sk1.9.1"),
} as const;

/** A row that `linear` takes, and what Python answers to it. */
export const LINEAR = expectedOf("linear_model/LinearRegression-diabetes.sk1.9.1.json");

/** The input rows of a fixture, by name, and the predictions of Python. */
export function expectedOf(name: string): {
  readonly rows: readonly Record<string, unknown>[];
  readonly predict: readonly unknown[];
} {
  const { input, expected } = JSON.parse(readFileSync(fixture(name), "utf8"));
  const table: unknown[][] = Array.isArray(input.data[0]) ? input.data : chunks(input.data, input.shape[1]);
  const columns: readonly string[] = input.columns ?? table[0]!.map((_, at) => `feature${at + 1}`);
  const rows = table.map((row) => Object.fromEntries(columns.map((column, at) => [column, row[at]])));
  return { rows, predict: expected.predict?.data ?? [] };
}

function chunks(flat: readonly unknown[], width: number): unknown[][] {
  return Array.from({ length: flat.length / width }, (_, row) => flat.slice(row * width, (row + 1) * width));
}

/** A service of {@link MODELS}. */
export function testService(options: Partial<ServiceOptions> = {}): Service {
  return service({ models: MODELS, ...options });
}

/** A request to an app, and the parts of its answer that tests look at. */
export async function ask(
  app: { request(path: string, init?: RequestInit): Response | Promise<Response> },
  path: string,
  init: { method?: string; type?: string; accept?: string; body?: unknown } = {},
) {
  const headers = new Headers();
  if (init.type !== undefined) headers.set("content-type", init.type);
  if (init.accept !== undefined) headers.set("accept", init.accept);
  const raw = typeof init.body === "string" || init.body instanceof Uint8Array || init.body === undefined;
  if (!raw) headers.set("content-type", "application/json");
  const body = raw ? (init.body as BodyInit | undefined) : JSON.stringify(init.body);
  const method = init.method ?? (body === undefined ? "GET" : "POST");
  const response = await app.request(path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  const type = response.headers.get("content-type") ?? "";
  return {
    status: response.status,
    headers: response.headers,
    type,
    text,
    json: /\bjson\b/.test(type) && text !== "" ? JSON.parse(text) : undefined,
  };
}
