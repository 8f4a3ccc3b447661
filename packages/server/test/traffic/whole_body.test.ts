// A long body of a known length is put together as it comes: what is copied at once, is a piece of it.
import type { HonoRequest } from "hono";
import { expect, test } from "vitest";
import { readBody } from "../../src/http/body.ts";

const SIZE = 3 << 20;
const PIECE = 1 << 16;

function requestOf(length: number, size = SIZE): { readonly request: HonoRequest; readonly asked: string[] } {
  const asked: string[] = [];
  let at = 0;
  const body = new ReadableStream<Uint8Array>({
    pull(controller) {
      if (at >= size) return controller.close();
      controller.enqueue(new Uint8Array(PIECE).fill(at / PIECE));
      at += PIECE;
    },
  });
  const headers: Record<string, string> = { "content-length": String(length) };
  const request = {
    header: (name: string) => headers[name],
    raw: { body, bodyUsed: false },
    arrayBuffer: async () => {
      asked.push("all at once");
      return new ArrayBuffer(size);
    },
  };
  return { request: request as unknown as HonoRequest, asked };
}

test("its pieces are where they belong", async () => {
  const { request, asked } = requestOf(SIZE);
  const bytes = await readBody(request, SIZE);
  expect([bytes.length, asked]).toEqual([SIZE, []]);
  for (let at = 0; at < SIZE; at += PIECE) expect([bytes[at], bytes[at + PIECE - 1]]).toEqual([at / PIECE, at / PIECE]);
});

test("a length that does not hold is no body of that length", async () => {
  expect(await readBody(requestOf(SIZE, SIZE - PIECE).request, SIZE)).toHaveLength(SIZE - PIECE);
  await expect(readBody(requestOf(SIZE - PIECE).request, SIZE)).rejects.toMatchObject({ status: 400 });
  await expect(readBody(requestOf(SIZE).request, SIZE - 1)).rejects.toMatchObject({ status: 413 });
});
