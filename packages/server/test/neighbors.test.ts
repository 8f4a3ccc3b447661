/** @module Neighbours over HTTP: one shape for one row and for many, as many as are asked for; models that only have those. */

import { load } from "@curtido/estimators/node";
import { describe, expect, test } from "vitest";
import { service } from "../src/app.ts";
import { ask, expectedOf, modelOf } from "./help.ts";

const NEAREST = "neighbors/NearestNeighbors-ball_tree.sk1.9.1";
const DENSITY = "neighbors/KernelDensity-exponential.sk1.9.1";

describe("NearestNeighbors", async () => {
  const source = modelOf(NEAREST);
  const model = await load(source);
  const rows = expectedOf(`${NEAREST}.json`).rows.slice(0, 3);
  const app = service({ models: { near: source, density: modelOf(DENSITY) } });
  const table = rows.map((row) => Object.values(row) as number[]);
  const wanted = (k?: number) => {
    const { indices, distances } = model.kneighbors(table, k);
    return { indices: (indices.tolist() as unknown[][]).map((row) => row.map(Number)), distances: distances.tolist() };
  };

  test("answers many rows with lists of lists, and one with flat ones", async () => {
    expect((await ask(app, "/near", { body: rows })).json).toEqual({ neighbors: wanted() });
    const { indices, distances } = wanted();
    const one = { indices: indices[0], distances: (distances as unknown[])[0] };
    expect((await ask(app, "/near", { body: rows[0] })).json).toEqual({ neighbors: one });
  });

  test("tells as many as are asked for", async () => {
    expect((await ask(app, "/near?k=2", { body: rows })).json).toEqual({ neighbors: wanted(2) });
    expect((await ask(app, "/near?k=0", { body: rows })).status).toBe(400);
    expect((await ask(app, "/near?k=9999", { body: rows })).status).toBe(422);
  });

  test("in CSV and lines of JSON too", async () => {
    const csv = await ask(app, "/near?k=1", { body: rows, accept: "text/csv" });
    expect(csv.text.split("\n")[0]).toBe("neighbor_indices1,neighbor_distances1");
    const lines = await ask(app, "/near?k=1", { body: rows, accept: "application/x-ndjson" });
    expect(JSON.parse(lines.text.split("\n")[0]!)).toEqual({
      neighbors: { indices: [wanted(1).indices[0]![0]], distances: [expect.any(Number)] },
    });
  });

  test("and says so of itself", async () => {
    expect((await ask(app, "/near", { accept: "application/json" })).json.answers).toBe("neighbors");
  });

  test("what only scores answers scores", async () => {
    const density = expectedOf(`${DENSITY}.json`).rows.slice(0, 2);
    const kde = await load(modelOf(DENSITY));
    const scores = kde.scoreSamples(density.map((row) => Object.values(row) as number[])).tolist();
    expect((await ask(app, "/density", { body: density })).json).toEqual({ score: scores });
  });
});
