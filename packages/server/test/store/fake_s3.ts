import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";

/** A bucket in memory, as far as the store asks of one. */
export interface FakeS3 {
  readonly url: string;
  readonly objects: Map<string, Buffer>;
  /** What it answers instead, while it is set: a status, and a code in the body. */
  failure: { readonly status: number; readonly code: string } | undefined;
  close(): Promise<void>;
}

const PAGE = 3;

/** Starts one that knows the bucket `models`, and gives pages of a few keys. */
export async function startFakeS3(): Promise<FakeS3> {
  const objects = new Map<string, Buffer>();
  const server = createServer((request, response) => void answer(request, response));
  const fake: FakeS3 = {
    url: "",
    objects,
    failure: undefined,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const fail = (status: number, code: string) => {
      response.writeHead(status).end(`<Error><Code>${code}</Code></Error>`);
    };
    if (fake.failure !== undefined) return fail(fake.failure.status, fake.failure.code);
    const { authorization, "x-amz-content-sha256": claimed } = request.headers;
    if (!authorization?.startsWith("AWS4-HMAC-SHA256 Credential=id/")) return fail(403, "AccessDenied");
    const url = new URL(request.url!, "http://localhost");
    const [, bucket, ...rest] = decodeURIComponent(url.pathname).split("/");
    const key = rest.join("/");
    if (bucket !== "models") return fail(404, "NoSuchBucket");
    if (request.method === "PUT") {
      if (claimed !== createHash("sha256").update(body).digest("hex")) return fail(400, "XAmzContentSHA256Mismatch");
      objects.set(key, body);
      response.end();
    } else if (request.method === "DELETE") {
      objects.delete(key);
      response.writeHead(204).end();
    } else if (key === "") {
      response.end(listing(objects, url.searchParams));
    } else {
      const found = objects.get(key);
      if (found === undefined) return fail(404, "NoSuchKey");
      response.end(found);
    }
  }
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return Object.assign(fake, { url: `http://127.0.0.1:${(server.address() as { port: number }).port}` });
}

function listing(objects: ReadonlyMap<string, Buffer>, query: URLSearchParams): string {
  const prefix = query.get("prefix") ?? "";
  const after = query.get("continuation-token") ?? "";
  const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort();
  const page = keys.slice(0, PAGE);
  const escaped = (text: string) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
  const next = keys.length > PAGE ? `<NextContinuationToken>${escaped(page.at(-1)!)}</NextContinuationToken>` : "";
  return `<ListBucketResult>${page.map((key) => `<Contents><Key>${escaped(key)}</Key></Contents>`).join("")}${next}</ListBucketResult>`;
}
