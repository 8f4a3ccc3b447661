/**
 * curtido where there is no file system: a model comes from bytes, a `Blob` or a URL.
 *
 * @module
 * @example
 * import { load } from "curtido";
 * const model = await load("/models/modelo.pkl"); // fetched from where the page is
 * model.predict([{ feature1: 1, feature2: 0, feature3: 1 }]).tolist();
 */

import { Estimator, type ReviveOptions, revive } from "@curtido/estimators";
import { bytesIn } from "@curtido/estimators/core";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";

export * from "./library.ts";

/** A URL, the bytes of a file, a `Blob` as an `<input type="file">` gives it, or a model that is loaded already. */
export type Source = string | URL | ArrayBufferView | ArrayBufferLike | Blob | Estimator;

/**
 * Reads a model. Nothing in the file is executed.
 *
 * @throws CurtidoError E_FILE when it cannot be fetched; E_NOT_A_PICKLE, E_UNKNOWN_NAME ... when it is no model
 * @example
 * const model = await load(input.files[0]);
 */
export async function load(source: Source, options: ReviveOptions = {}): Promise<Estimator> {
  if (source instanceof Estimator) return source;
  const held = bytesIn(source);
  if (held !== undefined) return revive(held, options);
  if (source instanceof Blob) return revive(new Uint8Array(await source.arrayBuffer()), options);
  const bytes = await fetched(String(source));
  try {
    return revive(bytes, options);
  } catch (error) {
    throw isCurtidoError(error)
      ? new CurtidoError(error.code, `${String(source)}: ${error.message}`, error.fields, error)
      : error;
  }
}

async function fetched(url: string): Promise<Uint8Array> {
  try {
    const response = await fetch(url);
    if (response.ok) return new Uint8Array(await response.arrayBuffer());
    throw new CurtidoError("E_FILE", `${url}: the server answered ${response.status}`, { path: url });
  } catch (error) {
    if (isCurtidoError(error)) throw error;
    throw new CurtidoError("E_FILE", `${url}: cannot be fetched: ${(error as Error).message}`, { path: url }, error);
  }
}
