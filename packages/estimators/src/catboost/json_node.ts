/** @module Parts of a JSON document whose kinds are asked for: what is of another kind is an error that names it. */

import { CatModelError } from "./flatbuffer.ts";

/** A value of a document, and the name by which errors call it. */
export class JsonNode {
  readonly value: unknown;
  readonly name: string;

  constructor(value: unknown, name: string) {
    this.value = value;
    this.name = name;
  }

  private fail(what: string): never {
    throw new CatModelError(`'${this.name.slice(-80)}' is not ${what}`);
  }

  /** A value of an object; of nothing where it has none of that name. */
  child(key: string): JsonNode {
    const { value } = this;
    if (typeof value !== "object" || value === null || Array.isArray(value)) return this.fail("an object");
    return new JsonNode(Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined, key);
  }
  has(key: string): boolean {
    return this.child(key).value !== undefined;
  }
  entries(): readonly (readonly [string, unknown])[] {
    this.child("");
    return Object.entries(this.value as object);
  }
  /** The values of a list; none where there is no list, which is how empty ones are written. */
  list(): readonly unknown[] {
    if (this.value === undefined || this.value === null) return [];
    return Array.isArray(this.value) ? this.value : this.fail("a list");
  }
  nodes(): readonly JsonNode[] {
    return this.list().map((value) => new JsonNode(value, this.name));
  }
  number(fallback?: number): number {
    const { value } = this;
    if (value === undefined && fallback !== undefined) return fallback;
    return typeof value === "number" ? value : this.fail("a number");
  }
  integer(fallback?: number): number {
    const value = this.number(fallback);
    return Number.isSafeInteger(value) ? value : this.fail("an integer");
  }
  numbers(): readonly number[] {
    return this.nodes().map((node) => node.number());
  }
  text(fallback?: string): string {
    const { value } = this;
    if (value === undefined && fallback !== undefined) return fallback;
    return typeof value === "string" ? value : this.fail("a text");
  }
}
