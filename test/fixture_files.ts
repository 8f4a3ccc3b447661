import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { readTar } from "@curtido/arrays";
import { decompress } from "@curtido/arrays/node";

const ROOT = join(import.meta.dirname, "../fixtures");
const ARCHIVE = /^older(-\d+)?\.tar\.xz$/;
/** More than any archive of fixtures unfolds to. */
const LIMIT = 1 << 27;
const PAIR = /\.(sk|v)\d[^/]*\.json$/;

/** The files of a tar.xz archive, by name. */
export function unpack(path: string): ReadonlyMap<string, Uint8Array> {
  const { entries } = readTar(decompress("xz", readFileSync(path), LIMIT));
  return new Map(entries.map(({ name, bytes }) => [name, bytes]));
}

/** The files of a folder of fixtures by name, those of older releases from its archives; loose ones go before. */
export class FixtureFolder {
  readonly family: string;
  private readonly folder: string;
  private readonly loose: ReadonlySet<string>;
  private unpacked: ReadonlyMap<string, Uint8Array> | undefined;

  constructor(family: string) {
    this.family = family;
    this.folder = join(ROOT, family);
    this.loose = new Set(readdirSync(this.folder));
  }

  private get archives(): readonly string[] {
    return [...this.loose].filter((name) => ARCHIVE.test(name));
  }

  private get older(): ReadonlyMap<string, Uint8Array> {
    this.unpacked ??= new Map(this.archives.flatMap((name) => [...unpack(join(this.folder, name))]));
    return this.unpacked;
  }

  /** Every file but the archives, in order. */
  get names(): readonly string[] {
    const names = new Set([...this.loose, ...this.older.keys()]);
    for (const archive of this.archives) names.delete(archive);
    return [...names].sort();
  }

  /** The descriptions of models that Python pickled, in order. */
  get cases(): readonly string[] {
    return this.names.filter((name) => PAIR.test(name));
  }

  has(name: string): boolean {
    return this.loose.has(name) || this.older.has(name);
  }

  readonly read = (name: string): Uint8Array => {
    if (this.loose.has(name)) return new Uint8Array(readFileSync(join(this.folder, name)));
    const bytes = this.older.get(name);
    if (bytes === undefined) throw new Error(`there is no fixture ${this.family}/${name}`);
    return bytes;
  };

  json(name: string): unknown {
    return JSON.parse(new TextDecoder().decode(this.read(name)));
  }
}

/** Folders whose pairs are tensors and what they hold: nothing there answers. */
const TENSORS: ReadonlySet<string> = new Set(["torch"]);

/** All folders of fixtures. */
export function fixtureFolders(): readonly FixtureFolder[] {
  return readdirSync(ROOT, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => new FixtureFolder(entry.name));
}

/** The folders of models that Python pickled: each file beside what the model answered there. */
export function modelFolders(): readonly FixtureFolder[] {
  return fixtureFolders().filter(({ family, cases }) => cases.length > 0 && !TENSORS.has(family));
}
