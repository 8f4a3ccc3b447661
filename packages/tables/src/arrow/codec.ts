/** @module What decodes and encodes Arrow, loaded once, when it is asked for. */

type Codec = typeof import("@uwdata/flechette");
let loading: Promise<Codec> | undefined;

export function codec(): Promise<Codec> {
  loading ??= import("@uwdata/flechette");
  return loading;
}
