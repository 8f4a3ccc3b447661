/** @module `uuid.UUID`, the paths of `pathlib`, and members of enumerations. */

import type { Keyed } from "../keyed.ts";
import type { Global } from "../values.ts";

/** A universally unique identifier of 128 bits. */
export class Uuid implements Keyed {
  /** The number; 0 until the object has its state. */
  int: bigint;
  /** Whether it was made safely, when that was said: a member of `uuid.SafeUUID`. */
  isSafe: unknown;

  constructor(int: bigint, isSafe?: unknown) {
    this.int = int;
    this.isSafe = isSafe;
  }

  key(): string {
    return `uuid ${this.int}`;
  }

  /** `12345678-1234-5678-1234-567812345678` */
  toString(): string {
    const hex = this.int.toString(16).padStart(32, "0");
    return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  }
}

/** The classes of paths. */
export type PathClass = "PosixPath" | "WindowsPath" | "PurePosixPath" | "PureWindowsPath" | "Path" | "PurePath";

/** A path of a file system. */
export class PyPath implements Keyed {
  readonly className: PathClass;
  /** As Python keeps them: the root first, when there is one. */
  readonly parts: readonly string[];

  constructor(className: PathClass, parts: readonly string[]) {
    this.className = className;
    this.parts = parts;
  }

  key(): string {
    return `path ${/Windows/.test(this.className)} ${JSON.stringify(this.parts)}`;
  }

  toString(): string {
    if (this.parts.length === 0) return ".";
    const separator = /Windows/.test(this.className) ? "\\" : "/";
    const [first = "", ...rest] = this.parts;
    return first.endsWith(separator) ? first + rest.join(separator) : this.parts.join(separator);
  }
}

/** A member of an enumeration of Python's library, by its value, or by its name where Python says it so. */
export class EnumMember implements Keyed {
  readonly class: Global;
  readonly value: unknown;
  readonly name: string | undefined;

  constructor(cls: Global, value: unknown, name?: string) {
    this.class = cls;
    this.value = value;
    this.name = name;
  }

  key(): string | undefined {
    const said = this.name ?? (typeof this.value === "object" ? undefined : String(this.value));
    return said === undefined ? undefined : `enum ${this.class} ${said}`;
  }

  toString(): string {
    return this.name === undefined ? `${this.class}(${String(this.value)})` : `${this.class}.${this.name}`;
  }
}
