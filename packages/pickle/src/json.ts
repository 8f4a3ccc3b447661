/** @module Python values as JSON, plain or typed, and back. */

import { analyse, Describer } from "./json/describe.ts";
import { JsonParser } from "./json/parse.ts";
import { JsonReader, type ReadJsonOptions } from "./json/read.ts";
import { isPlainInteger, jsonError } from "./json/types.ts";
import { walk } from "./json/walk.ts";
import { JsonWriter, type WriteJsonOptions } from "./json/write.ts";
import { NumberError } from "./numbers.ts";
import { Float } from "./values.ts";

/**
 * Writes a value as JSON text. Plain JSON holds None, bools, texts, lists, dicts whose keys are texts, ints of any size and
 * finite floats (`1.0` is a float, `1` an int). Where that says everything, `auto` writes it; otherwise typed JSON, in which
 * any JSON parser may read and write without a loss: `{"$tuple": [1, 2]}`, `{"$bytes": "AAE="}`, `{"$float": "1.0"}`,
 * `{"$global": "module.name"}`, and `{"$id": 1, "$value": ...}` with `{"$ref": 1}` for what is there more than once.
 *
 * @throws CurtidoError E_JSON for a type that has no JSON form, E_LIMIT for what plain JSON would repeat without end
 * @example
 * toJson(new Tuple([1, "a"])); // '{"$tuple":[1,"a"]}'
 * toJson(new Tuple([1, "a"]), { form: "plain" }); // '[1,"a"]'
 */
export function toJson(value: unknown, options: WriteJsonOptions = {}): string {
  const describer = new Describer(options.types ?? []);
  const analysis = options.form === "plain" ? undefined : analyse(value, describer, isPlainAtom);
  return new JsonWriter(options, describer, analysis).run(value);
}

/** Whether plain JSON has a value that is no container. */
function isPlainAtom(value: unknown): boolean {
  if (value instanceof Float) return Number.isFinite(value.value);
  if (typeof value === "bigint") return isPlainInteger(value);
  return typeof value === "number" ? Number.isFinite(value) : true;
}

/**
 * Reads JSON: a text, or what a JSON parser made of one. In a text `1` is an int of any size and `1.0` a float; what
 * `JSON.parse` gives cannot tell, and is right for typed JSON, which tags the floats in question. Say `parsed` where that
 * may be a string.
 *
 * @throws CurtidoError E_JSON with line and column for what is malformed, E_LIMIT
 * @example
 * fromJson('{"$tuple": [1, 2]}'); // Tuple { items: [1, 2] }
 */
export function fromJson(json: unknown, options: ReadJsonOptions = {}): unknown {
  const reader = new JsonReader(options);
  try {
    if (typeof json === "string" && options.parsed !== true) new JsonParser(json, reader).run();
    else walk(json, reader);
  } catch (error) {
    if (error instanceof NumberError) throw jsonError(error.message, {}, error);
    throw error;
  }
  return reader.value;
}
