/** @module `curtido push` and `curtido pull`: models to and from a service. */

import { writeFileSync } from "node:fs";
import type { CardInput } from "@curtido/estimators";
import { fileError, readCardFile } from "@curtido/estimators/node";
import { CurtidoError } from "@curtido/pickle";
import { publishedOf } from "../model.ts";
import { allowedName } from "../scan/allowed.ts";
import { say, UsageError } from "../terminal.ts";

/** The options of both commands. */
export interface TransferOptions {
  /** Else CURTIDO_KEY. */
  readonly key?: string;
  /** Publishes only when this tag is the current one's. */
  readonly ifMatch?: string;
  /** Python names that the file may hold. */
  readonly allow?: readonly string[];
  /** A file with the card that is published beside it. */
  readonly card?: string;
  /** Publishes it though clients of the current version could not ask this one. */
  readonly changeSignature?: true;
}

/** Publishes a file at a model's address. */
export async function push(file: string, url: string, options: TransferOptions): Promise<number> {
  const { bytes, card } = publishedOf(file, options.card === undefined ? {} : { card: readCardFile(options.card) });
  const headers = {
    ...headersOf(options),
    ...(card === undefined ? { "content-type": "application/octet-stream" } : {}),
    ...(options.ifMatch === undefined ? {} : { "if-match": options.ifMatch }),
  };
  const body = card === undefined ? (bytes as Uint8Array<ArrayBuffer>) : formOf(bytes, card);
  const response = await exchange(asking(url, options), { method: "PUT", headers, body });
  const { version, uri } = (await response.json()) as { version: number; uri: string };
  say(`${file}: is version ${version} now, ${new URL(uri, url).href}`);
  return 0;
}

/** Writes the artefact at a model's address to a file. */
export async function pull(url: string, file: string, options: TransferOptions): Promise<number> {
  const response = await exchange(url, { headers: { ...headersOf(options), accept: "application/octet-stream" } });
  const bytes = new Uint8Array(await response.arrayBuffer());
  try {
    writeFileSync(file, bytes);
  } catch (error) {
    throw fileError(file, error);
  }
  const version = response.headers.get("curtido-version");
  say(`${file}: ${bytes.length} bytes${version === null ? "" : ` of version ${version}`}`);
  return 0;
}

/** A file and its card in one body. */
function formOf(bytes: Uint8Array, card: CardInput): FormData {
  const form = new FormData();
  form.append("card", new Blob([JSON.stringify(card)], { type: "application/json" }), "card.json");
  form.append("model", new Blob([bytes as Uint8Array<ArrayBuffer>], { type: "application/octet-stream" }), "model");
  return form;
}

/** The address with what is allowed. */
function asking(url: string, { allow = [], changeSignature }: TransferOptions): string {
  if ((allow.length === 0 && changeSignature !== true) || !URL.canParse(url)) return url;
  const asked = new URL(url);
  for (const name of allow) asked.searchParams.append("allow", allowedName(name));
  if (changeSignature === true) asked.searchParams.set("change", "signature");
  return asked.href;
}

function headersOf({ key }: TransferOptions): Record<string, string> {
  const secret = key ?? process.env["CURTIDO_KEY"];
  return secret === undefined || secret === "" ? {} : { authorization: `Bearer ${secret}` };
}

async function exchange(url: string, init: RequestInit): Promise<Response> {
  if (!URL.canParse(url) || !/^https?:$/.test(new URL(url).protocol))
    throw new UsageError(`${url}: is no address such as http://localhost:5000/modelo`);
  let response: Response;
  try {
    response = await fetch(url, { ...init, redirect: "error" });
  } catch (error) {
    const { cause, message } = error as Error;
    throw new CurtidoError("E_HTTP", `${url}: ${(cause as Error | undefined)?.message || message}`, { url }, error);
  }
  if (response.ok) return response;
  const text = await response.text();
  throw new CurtidoError("E_HTTP", `${url}: ${response.status}: ${detailOf(text) ?? response.statusText}`, {
    url,
    status: response.status,
  });
}

function detailOf(text: string): string | undefined {
  try {
    const { detail } = JSON.parse(text) as { detail?: unknown };
    return typeof detail === "string" ? detail : undefined;
  } catch {
    return undefined;
  }
}
