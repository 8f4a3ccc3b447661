/** @module Files of frames, as lz4 and zstd have them: one behind the other, some of them to be skipped. */

import { corrupt, truncated } from "./sink.ts";

/** The sixteen magic numbers of frames that hold nothing for a decoder differ in their last four bits. */
const SKIPPABLE = 0x184d2a50;

/**
 * Runs over all frames of a file.
 *
 * @param magic - what a frame with data begins with
 * @param run - decodes the frame whose magic stands at an offset, and gives the offset behind it
 * @throws CurtidoError E_CONTAINER when the file ends early, or is none of frames
 */
export function eachFrame(
  name: string,
  bytes: Uint8Array,
  magic: number,
  run: (view: DataView, at: number) => number,
): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  while (at < bytes.length) {
    if (bytes.length - at < 8) throw truncated(name, bytes.length);
    const found = view.getUint32(at, true);
    if ((found & 0xfffffff0) >>> 0 === SKIPPABLE) {
      at += 8 + view.getUint32(at + 4, true);
      if (at > bytes.length) throw truncated(name, bytes.length);
    } else if (found === magic) at = run(view, at);
    else throw corrupt(name, "no frame begins so", at);
  }
}
