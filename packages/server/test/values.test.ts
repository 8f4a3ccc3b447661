/** @module Values that are no models, as resources: tables, arrays, dicts, lists; their rows and entries. */

import { readFileSync } from "node:fs";
import { loads } from "@curtido/arrays";
import { describe, expect, test } from "vitest";
import { service } from "../src/app.ts";
import { ask, fixture, MODELS } from "./help.ts";

const NAMES = ["movies", "by_id", "similarity", "ratings", "titles", "names", "counts"];
const bytesOf = (name: string) => new Uint8Array(readFileSync(fixture(`values/${name}.pkl`)));
const values = Object.fromEntries(NAMES.map((name) => [name, loads(bytesOf(name))]));
const app = service({ models: { linear: MODELS.linear }, values });
const get = (path: string, accept?: string) => ask(app, path, accept === undefined ? {} : { accept });

describe("a table", () => {
  test("is its records, as pandas has them", async () => {
    const wanted = JSON.parse(readFileSync(fixture("values/movies.json"), "utf8")) as { seen: string | null }[];
    const { json, headers } = await get("/movies");
    expect(json.map(({ seen: _, ...rest }: { seen: unknown }) => rest)).toEqual(
      wanted.map(({ seen: _, ...rest }) => rest),
    );
    expect(json[1].seen).toBe("2024-02-03T10:30:00");
    expect(json[2].seen).toBeNull();
    expect(headers.get("curtido-rows")).toBe("5");
  });

  test.each([
    ["where=year>=2010", ["Inception", "Interstellar", null]],
    ["where=year=2010&where=score<8", [null]],
    ["where=title>The", ["The Matrix", "The Godfather"]],
    ["where=score!=8.7", ["Inception", "Interstellar", "The Godfather", null]],
    ["where=seen>=2024-03-01", ["The Godfather", null]],
    ["limit=2&offset=1", ["Inception", "Interstellar"]],
    ["where=year>=2010&limit=1&offset=1", ["Interstellar"]],
    ["where=year>3000", []],
  ])("?%s", async (query, titles) => {
    const { json } = await get(`/movies?${query}`);
    expect(json.map(({ title }: { title: string | null }) => title)).toEqual(titles);
  });

  test("tells where the rest is", async () => {
    const { headers } = await get("/movies?where=year>=2010&limit=1");
    const next = /<([^>]+)>; rel="next"/.exec(headers.get("link")!)![1]!;
    expect((await get(next)).json[0].title).toBe("Interstellar");
    expect((await get("/movies?limit=5")).headers.get("link")).toBeNull();
  });

  test("in other formats, some columns of it", async () => {
    const csv = await get("/movies?columns=year,tags&limit=2", "text/csv");
    expect(csv.text).toBe('year,tags\n1999,"[""scifi""]"\n2010,"[""scifi"",""heist""]"\n');
    expect((await get("/movies?columns=title", "application/vnd.apache.arrow.stream")).status).toBe(200);
    expect(Object.keys((await get("/movies?columns=score")).json[0])).toEqual(["score"]);
  });

  test("has rows by their labels, and by their places where there are none", async () => {
    expect((await get("/movies/1")).json.title).toBe("Inception");
    expect((await get("/by_id/tt1")).json).toMatchObject({ index: "tt1", title: "The Matrix" });
    expect((await get("/by_id/tt2")).json).toHaveLength(2);
    expect((await get("/by_id/tt9")).status).toBe(404);
    expect((await get("/titles/tt3")).json).toEqual({ index: "tt3", title: "Interstellar" });
  });

  test.each([
    ["limit=0", "limit=0 is no number from 1 to 10000"],
    ["limit=x", "limit=x"],
    ["columns=nothing", "there is no column 'nothing'; there are title, year"],
    ["where=year", "is no condition"],
    ["where=nothing=1", "there is no column 'nothing'"],
  ])("refuses ?%s", async (query, words) => {
    const { status, json } = await get(`/movies?${query}`);
    expect([status, json.detail]).toEqual([400, expect.stringContaining(words)]);
  });
});

describe("what is no table", () => {
  test.each([
    [
      "/similarity?limit=2&offset=3",
      [
        [0, 0.1875, 0.375, 0.5625, 0.75],
        [0, 0.25, 0.5, 0.75, 1],
      ],
    ],
    ["/similarity/1", [0, 0.0625, 0.125, 0.1875, 0.25]],
    ["/ratings", { 7: [1, 2], ana: { tt1: 5, tt2: 4.5 }, luis: {} }],
    ["/ratings/ana", { tt1: 5, tt2: 4.5 }],
    ["/ratings/7", [1, 2]],
    ["/names", ["age", "fare"]],
    ["/counts/2", [0, 0, 1]],
  ])("%s", async (path, wanted) => {
    expect((await get(path)).json).toEqual(wanted);
  });

  test("says what it is where models are listed, and takes nothing", async () => {
    const { json } = await get("/", "application/json");
    expect(json.values[0]).toEqual({ name: "movies", uri: "/movies", what: "a data frame of 5 rows and 5 columns" });
    const { status, headers } = await ask(app, "/movies", { method: "POST", body: "{}", type: "application/json" });
    expect([status, headers.get("allow")]).toEqual([405, "GET, HEAD, OPTIONS"]);
  });

  test("is refused where it is neither of these, or is called as a model is", () => {
    expect(() => service({ models: {}, values: { x: 1.5 } })).toThrow("a float is neither a model, a table");
    expect(() => service({ models: { linear: MODELS.linear }, values: { Linear: [1] } })).toThrow("would both be");
  });
});
