// Files that wait to be published take no memory, and one publisher's many keep no other's one waiting.
import { readFileSync } from "node:fs";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Shares, Turns } from "../../src/resources/turns.ts";
import { fillFrom } from "../../src/store/files.ts";
import { MODELS } from "../help.ts";
import { type Live, live } from "../live.ts";

vi.mock("../../src/store/files.ts", async (original) => {
  const { fillFrom: real } = await original<typeof import("../../src/store/files.ts")>();
  return { fillFrom: vi.fn(real) };
});

test("each has a turn of their own, and work of one is done in its order", async () => {
  const turns = new Turns();
  const done: string[] = [];
  const work = (what: string) => async () => {
    await Promise.resolve();
    done.push(what);
    if (what === "a2") throw new Error(what);
  };
  const all = ["a1", "a2", "a3", "a4", "b1", "c1", "b2"].map((what) => turns.take(what[0]!, work(what)));
  const ended = await Promise.allSettled(all);
  expect(done).toEqual(["a1", "a2", "b1", "c1", "a3", "b2", "a4"]);
  expect(ended.map(({ status }) => status === "rejected")).toEqual([false, true, false, false, false, false, false]);
  await turns.take("a", work("a5"));
  expect(done.at(-1)).toBe("a5");
});

test("nobody has more underway than their share", () => {
  const shares = new Shares(10);
  shares.take("a", 9);
  shares.take("b", 10);
  expect(() => shares.take("a", 2)).toThrow(expect.objectContaining({ code: "E_BUSY" }));
  shares.give("a", 9);
  shares.take("a", 2);
});

let it: Live;
const bytes = new Uint8Array(readFileSync(MODELS.linear));
beforeAll(async () => {
  it = await live({ maxArtifact: bytes.length });
});
afterAll(() => it.close());

test("files wait outside of memory, as many as a key may have", async () => {
  const { secret: key } = await it.app.access!.keys.create({ name: "many", scopes: ["publish"] });
  const loader = it.app.parts.catalog.loader!;
  const check = loader.check.bind(loader);
  const order: string[] = [];
  let open!: () => void;
  const gate = new Promise<void>((resolve) => {
    open = resolve;
  });
  vi.spyOn(loader, "check").mockImplementation(async (name, given, allow) => {
    order.push(name);
    await gate;
    return check(name, given, allow);
  });
  vi.mocked(fillFrom).mockClear();
  const put = (name: string, by: string) => it.ask(`/${name}`, { method: "PUT", body: bytes, key: by });
  const many = [put("a1", key)];
  await vi.waitFor(() => expect(order).toEqual(["a1"]));
  for (const name of ["a2", "a3", "a4"]) many.push(put(name, key));
  const { turns } = it.app.parts.publisher as unknown as {
    readonly turns: { readonly waiting: Map<string, unknown[]> };
  };
  await vi.waitFor(() => expect([...turns.waiting.values()].map(({ length }) => length)).toEqual([3]));
  const refused = await put("a5", key);
  expect(refused.status).toBe(503);
  expect(refused.json.code).toBe("E_BUSY");
  expect(vi.mocked(fillFrom)).toHaveBeenCalledTimes(1);
  const other = put("b1", it.admin);
  await vi.waitFor(() => expect(turns.waiting.size).toBe(2));
  open();
  expect((await Promise.all([...many, other])).map(({ status }) => status)).toEqual([201, 201, 201, 201, 201]);
  expect(order.indexOf("b1")).toBeLessThanOrEqual(2);
});
