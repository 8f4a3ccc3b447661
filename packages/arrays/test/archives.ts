import { gzipSync } from "node:zlib";

/** Bytes of texts (latin-1), bytes and lists. */
export const joined = (...parts: readonly (string | Uint8Array | readonly number[])[]) =>
  new Uint8Array(
    Buffer.concat(parts.map((part) => (typeof part === "string" ? Buffer.from(part, "latin1") : Buffer.from(part)))),
  );

/** A zip archive with stored entries. */
export function stored(entries: readonly (readonly [string, Uint8Array])[]): Uint8Array {
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const [name, content] of entries) {
    const header = Buffer.alloc(30);
    header.writeUInt32LE(0x04034b50, 0);
    header.writeUInt16LE(20, 4);
    header.writeUInt32LE(crc(content), 14);
    header.writeUInt32LE(content.length, 18);
    header.writeUInt32LE(content.length, 22);
    header.writeUInt16LE(name.length, 26);
    const central = Buffer.alloc(46);
    central.writeUInt32LE(0x02014b50, 0);
    header.copy(central, 6, 4, 30);
    central.writeUInt32LE(at, 42);
    const local = joined(header, name, content);
    parts.push(local);
    directory.push(joined(central, name));
    at += local.length;
  }
  const listed = joined(...directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return joined(...parts, listed, end);
}

function crc(bytes: Uint8Array): number {
  const file = gzipSync(bytes);
  return file.readUInt32LE(file.length - 8);
}

/** A tar archive with one file, or an entry of another kind. */
export function tar(name: string, content: Uint8Array, kind = "0"): Uint8Array {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write(`${content.length.toString(8).padStart(11, "0")} `, 124);
  header.write(kind, 156);
  header.write("ustar\x0000", 257);
  header.fill(0x20, 148, 156);
  header.write(
    `${header
      .reduce((sum, byte) => sum + byte, 0)
      .toString(8)
      .padStart(6, "0")}\0 `,
    148,
  );
  return joined(header, content, new Uint8Array(((512 - (content.length % 512)) % 512) + 1024));
}

/** A npy file of two elements. */
export function npy(code: string, content: Uint8Array): Uint8Array {
  const header = `${`{'descr': '${code}', 'fortran_order': False, 'shape': (2,), }`.padEnd(117)}\n`;
  return joined([0x93], "NUMPY", [1, 0, header.length, 0], header, content);
}
