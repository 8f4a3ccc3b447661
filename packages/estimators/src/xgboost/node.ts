/** @module One object of a model file, read with types and counts checked. */

import { type FileList, type FileValue, ModelFileError } from "./ubjson.ts";

/** An object of a model file and where it stands. */
export class FileNode {
  readonly path: string;
  readonly #value: ReadonlyMap<string, FileValue>;

  constructor(value: FileValue | undefined, path: string) {
    if (!(value instanceof Map)) throw new ModelFileError(`'${path}' is no object`);
    this.#value = value;
    this.path = path;
  }

  fail(key: string, problem: string): never {
    throw new ModelFileError(`'${this.at(key)}' ${problem}`);
  }
  has(key: string): boolean {
    return this.#value.has(key);
  }
  raw(key: string): FileValue | undefined {
    return this.#value.get(key);
  }
  child(key: string): FileNode {
    return new FileNode(this.#value.get(key), this.at(key));
  }
  children(key: string): readonly FileNode[] {
    return Array.from(
      this.list(key) as readonly FileValue[],
      (value, at) => new FileNode(value, `${this.at(key)}[${at}]`),
    );
  }
  string(key: string): string {
    const value = this.#value.get(key);
    return typeof value === "string" ? value : this.fail(key, "is no text");
  }
  /** An integer, or a text that spells one. */
  integer(key: string, least: number, most: number, fallback?: number): number {
    const value = this.#value.get(key);
    if (value === undefined && fallback !== undefined) return fallback;
    const number = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
    if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
    return this.fail(key, `is no integer from ${least} to ${most}`);
  }
  list(key: string): FileList {
    const value = this.#value.get(key);
    return Array.isArray(value) || ArrayBuffer.isView(value) ? (value as FileList) : this.fail(key, "is no list");
  }
  strings(key: string): readonly string[] {
    return Array.from(this.list(key) as readonly FileValue[], (value) =>
      typeof value === "string" ? value : this.fail(key, "holds something that is no text"),
    );
  }
  /** Single-precision numbers; `null`, where the file says NaN, is NaN. */
  singles(key: string, count?: number): Float32Array {
    const list = this.list(key);
    this.checkCount(key, list, count);
    return Float32Array.from(list as readonly FileValue[], (value) => {
      if (typeof value === "number") return value;
      return value === null ? Number.NaN : this.fail(key, "holds something that is no number");
    });
  }
  integers(key: string, count: number | undefined, least: number, most = 2 ** 31 - 1): Int32Array {
    const list = this.list(key);
    this.checkCount(key, list, count);
    return Int32Array.from(list as readonly FileValue[], (value) => {
      const number = typeof value === "boolean" ? Number(value) : value;
      if (typeof number === "number" && Number.isInteger(number) && number >= least && number <= most) return number;
      return this.fail(key, `holds ${String(value).slice(0, 40)}, which is no integer from ${least} to ${most}`);
    });
  }

  private at(key: string): string {
    return this.path === "" ? key : `${this.path}.${key}`;
  }
  private checkCount(key: string, list: FileList, count: number | undefined): void {
    if (count !== undefined && list.length !== count) this.fail(key, `holds ${list.length} values, not ${count}`);
  }
}
