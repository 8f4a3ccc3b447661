/** @module Artefacts as objects of a bucket, with the credentials of the usual AWS_* variables. */

import { AwsClient } from "aws4fetch";
import { type Artifacts, hashOf, isHash, noArtifact, proved } from "./artifacts.ts";
import { asStoreError, storeError } from "./errors.ts";

const MARK = "database";
const RETRIES = 2;
/** Milliseconds for an answer, and more per MiB that is sent or fetched. */
const PATIENCE = 5_000;
const PER_MIB = 1_000;
/** The largest artefact that is fetched, in MiB, when it comes to how long that may take. */
const LARGE = 60;

type Environment = Readonly<Record<string, string | undefined>>;

interface Bucket {
  readonly place: string;
  /** URL of the bucket, without a slash at its end. */
  readonly url: string;
  /** Before every key: empty, or with a slash at its end. */
  readonly prefix: string;
  readonly client: AwsClient;
}

/**
 * A bucket; `place` is `s3://bucket/prefix`.
 *
 * AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY, AWS_SESSION_TOKEN, AWS_REGION (or AWS_DEFAULT_REGION); AWS_ENDPOINT_URL_S3 or
 * AWS_ENDPOINT_URL for others than Amazon, asked with the bucket in the path.
 *
 * @throws StoreError E_STORE when there are no credentials, or no bucket is named
 */
export function s3Artifacts(place: string, environment: Environment): Artifacts {
  const bucket = bucketOf(place, environment);
  return {
    place,
    inDatabase: false,
    put: (sha256, bytes) => put(bucket, sha256, bytes, sha256),
    async get(sha256) {
      const bytes = await get(bucket, sha256);
      if (bytes === undefined) throw noArtifact(sha256, place);
      return proved(sha256, bytes, place);
    },
    async remove(sha256) {
      await done(bucket, await ask(bucket, "DELETE", objectOf(bucket, sha256)), [404]);
    },
    list: () => list(bucket),
    async tidy() {}, // an object is there whole or not at all
    async bind(database) {
      const known = await get(bucket, MARK);
      if (known !== undefined) return new TextDecoder().decode(known);
      const bytes = new TextEncoder().encode(database);
      await put(bucket, MARK, bytes, hashOf(bytes));
      return new TextDecoder().decode(await get(bucket, MARK));
    },
  };
}

function bucketOf(place: string, environment: Environment): Bucket {
  const [, name, path = ""] = /^s3:\/\/([a-z0-9][a-z0-9.-]*)(?:\/(.*))?$/i.exec(place) ?? [];
  if (name === undefined) throw storeError("E_STORE", `${place}: names no bucket; write s3://bucket/prefix`, { place });
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment;
  if (!accessKeyId || !secretAccessKey) {
    const message = `${place}: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY`;
    throw storeError("E_STORE", message, { place });
  }
  const region = environment["AWS_REGION"] || environment["AWS_DEFAULT_REGION"] || "us-east-1";
  const endpoint = environment["AWS_ENDPOINT_URL_S3"] || environment["AWS_ENDPOINT_URL"];
  const sessionToken = environment["AWS_SESSION_TOKEN"];
  const prefix = path.replace(/^\/+|\/+$/g, "");
  return {
    place,
    url: endpoint ? `${endpoint.replace(/\/+$/, "")}/${name}` : `https://${name}.s3.${region}.amazonaws.com`,
    prefix: prefix === "" ? "" : `${prefix}/`,
    client: new AwsClient({
      accessKeyId,
      secretAccessKey,
      ...(sessionToken ? { sessionToken } : {}),
      service: "s3",
      region,
      retries: RETRIES,
    }),
  };
}

function objectOf({ url, prefix }: Bucket, name: string): string {
  return `${url}/${prefix.split("/").map(encodeURIComponent).join("/")}${name}`;
}

async function put(bucket: Bucket, name: string, bytes: Uint8Array, sha256: string): Promise<void> {
  const init = { body: bytes as Uint8Array<ArrayBuffer>, headers: { "X-Amz-Content-Sha256": sha256 } };
  await done(bucket, await ask(bucket, "PUT", objectOf(bucket, name), init, bytes.length / 2 ** 20));
}

async function get(bucket: Bucket, name: string): Promise<Uint8Array | undefined> {
  const answer = await ask(bucket, "GET", objectOf(bucket, name), {}, LARGE);
  if (answer.status === 404 && !(await isNoBucket(answer.clone()))) return undefined;
  await done(bucket, answer, [], false);
  try {
    return new Uint8Array(await answer.arrayBuffer());
  } catch (error) {
    throw asStoreError(error, bucket.place);
  }
}

async function isNoBucket(answer: Response): Promise<boolean> {
  return (await answer.text()).includes("NoSuchBucket");
}

async function list(bucket: Bucket): Promise<readonly string[]> {
  const names: string[] = [];
  for (let token: string | undefined = ""; token !== undefined; ) {
    const query = new URLSearchParams({ "list-type": "2", prefix: bucket.prefix });
    if (token !== "") query.set("continuation-token", token);
    const answer = await ask(bucket, "GET", `${bucket.url}/?${query}`);
    const text = await done(bucket, answer);
    for (const [, key] of text.matchAll(/<Key>([^<]*)<\/Key>/g)) {
      const name = key!.slice(key!.lastIndexOf("/") + 1);
      if (isHash(name) && unescaped(key!) === bucket.prefix + name) names.push(name);
    }
    token = unescaped(/<NextContinuationToken>([^<]+)<\/NextContinuationToken>/.exec(text)?.[1]);
  }
  return names;
}

function unescaped(text: string): string;
function unescaped(text: string | undefined): string | undefined;
function unescaped(text: string | undefined): string | undefined {
  return text
    ?.replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&amp;", "&");
}

async function ask(
  bucket: Bucket,
  method: string,
  url: string,
  init: RequestInit = {},
  mebibytes = 0,
): Promise<Response> {
  const signal = AbortSignal.timeout(PATIENCE + Math.ceil(PER_MIB * mebibytes));
  try {
    return await bucket.client.fetch(url, { ...init, method, signal });
  } catch (error) {
    const cause = (error as { cause?: unknown }).cause;
    throw asStoreError(cause instanceof Error ? cause : error, bucket.place);
  }
}

/** The body of an answer that is one of success, or of what is as good. */
async function done(bucket: Bucket, answer: Response, asGood: readonly number[] = [], read = true): Promise<string> {
  if (answer.ok || asGood.includes(answer.status)) return read ? await answer.text() : "";
  const text = await answer.text().catch(() => "");
  const code = /<Code>([^<]{1,100})<\/Code>/.exec(text)?.[1] ?? "";
  const what = `${bucket.place}: the bucket answered ${answer.status}${code === "" ? "" : ` (${code})`}`;
  const fields = { place: bucket.place, status: answer.status, reason: code };
  if (answer.status === 507 || /Quota|InsufficientStorage|StorageFull/i.test(code)) {
    throw storeError("E_FULL", `${what}: there is no room left; nothing was changed`, fields);
  }
  if (answer.status === 403 || answer.status === 401) {
    throw storeError("E_STORE", `${what}; check the AWS_* variables and what they may do`, fields);
  }
  throw storeError("E_STORE", what, fields);
}
