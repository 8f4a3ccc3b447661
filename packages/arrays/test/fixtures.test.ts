import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Complex, Instance } from "@curtido/pickle";
import { expect, it } from "vitest";
import { type Check, checker, taggedFloat } from "../../pickle/test/expected.ts";
import {
  Csr,
  DataFrame,
  type DType,
  dtypeName,
  Index,
  loads,
  NdArray,
  reviveDType,
  type Series,
} from "../src/index.ts";
import { decompress } from "../src/node.ts";

const root = join(import.meta.dirname, "../../../fixtures/arrays");
const cases = readdirSync(root).filter((name) => name.endsWith(".json"));

// biome-ignore lint/suspicious/noExplicitAny: JSON of many shapes
type Tagged = Readonly<Record<string, any>>;

function number(value: unknown): unknown {
  if (typeof value === "string" && /^(nan|-?inf)$/.test(value)) return taggedFloat(value);
  if (typeof value === "object" && value !== null && "$float" in value) return taggedFloat(String(value.$float));
  if (typeof value === "object" && value !== null && "$int" in value) return BigInt(String(value.$int));
  return value;
}

const NOT_A_TIME = -(2n ** 63n);

function sameElement(got: unknown, expected: unknown, dtype: DType, check: Check): boolean {
  if (dtype.kind === "M" || dtype.kind === "m")
    return expected === "NaT" ? got === NOT_A_TIME : got === BigInt(String((expected as Tagged)?.["$int"] ?? expected));
  if (dtype.kind === "c") {
    const [real, imaginary] = (expected as unknown[]).map(number);
    return got instanceof Complex && Object.is(got.real, real) && Object.is(got.imaginary, imaginary);
  }
  if (dtype.subarray === undefined && dtype.fields !== undefined) {
    return dtype.fields.every((field, at) =>
      sameElement((got as unknown[])[at], (expected as unknown[])[at], field.dtype, check),
    );
  }
  if (dtype.subarray !== undefined)
    return JSON.stringify((got as unknown[]).flat(8)) === JSON.stringify((expected as unknown[]).map(number));
  if ("iufb".includes(dtype.kind)) {
    const wanted = number(expected);
    return Object.is(got, wanted) || (typeof got === "bigint" && typeof wanted === "string" && got === BigInt(wanted));
  }
  return check(got, expected, []) === undefined;
}

/** numpy's spelling of a dtype, as the fixtures have it. */
function spelled(dtype: DType): string {
  const order =
    dtype.itemsize === 1 || dtype.kind === "S" || dtype.kind === "O" || dtype.kind === "V"
      ? "|"
      : dtype.littleEndian
        ? "<"
        : ">";
  const size = dtype.kind === "O" ? "" : dtype.kind === "U" ? dtype.itemsize / 4 : dtype.itemsize;
  const unit =
    dtype.unit === undefined || dtype.unit[0] === "generic"
      ? ""
      : `[${dtype.unit[1] === 1 ? "" : dtype.unit[1]}${dtype.unit[0]}]`;
  return `${order}${dtype.kind}${size}${unit}`;
}

function checkDType(got: DType, expected: unknown): string | undefined {
  // numpy turns some arrays into the machine's byte order when it reads them; here they keep the file's.
  if (typeof expected === "string")
    return spelled(got).replace(">", "<") === expected.replace(">", "<") || (expected === "<M8" && got.kind === "M")
      ? undefined
      : `dtype ${spelled(got)}, expected ${expected}`;
  const { fields, itemsize, base, shape } = expected as Tagged;
  if (base !== undefined)
    return String(got.subarray?.shape) === String(shape) ? checkDType(got.subarray!.dtype, base) : "another sub-array";
  if (got.itemsize !== itemsize) return `item size ${got.itemsize}, expected ${itemsize}`;
  for (const [at, field] of (fields as Tagged[]).entries()) {
    const own = got.fields?.[at];
    if (own?.name !== field["name"] || own?.offset !== field["offset"])
      return `field ${own?.name} at ${own?.offset}, expected ${field["name"]} at ${field["offset"]}`;
    const problem = checkDType(own!.dtype, field["dtype"]);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function checkArray(got: unknown, { dtype, shape, order, data, bytes }: Tagged, check: Check): string | undefined {
  if (!(got instanceof NdArray)) return "no array";
  const problem = checkDType(got.dtype, dtype);
  if (problem !== undefined) return problem;
  if (got.shape.join() !== shape.join()) return `shape (${got.shape}), expected (${shape})`;
  if (
    order !== undefined &&
    got.ndim > 1 &&
    got.dtype.kind !== "O" &&
    got.size > 0 &&
    Math.min(...got.shape) > 1 &&
    "CF".includes(order) &&
    got.order !== order
  )
    return `order ${got.order}, expected ${order}`;
  if (bytes !== undefined) return undefined;
  const flat = got.flat();
  const bad = (data as unknown[]).findIndex((value, at) => !sameElement(flat[at], value, got.dtype, check));
  return bad < 0 ? undefined : `element ${bad}: ${String(flat[bad])}, expected ${JSON.stringify(data[bad])}`;
}

function checkSparse(got: unknown, { format, shape, data, indices, indptr, row, col }: Tagged): string | undefined {
  if (!(got instanceof Csr)) return "no sparse matrix";
  if (got.shape.join() !== shape.join()) return `shape (${got.shape}), expected (${shape})`;
  const dense = new Float64Array(shape[0] * shape[1]);
  const flat = (part: Tagged | readonly unknown[]) =>
    (Array.isArray(part) ? part : (part as Tagged)["data"]).map(number) as number[];
  const values = flat(data);
  const add = (at: number, r: number, c: number) => (dense[r * shape[1] + c]! += values[at]!);
  if (format === "coo") values.forEach((_, at) => add(at, flat(row)[at]!, flat(col)[at]!));
  else {
    const starts = flat(indptr);
    for (let major = 0; major + 1 < starts.length; major++) {
      for (let at = starts[major]!; at < starts[major + 1]!; at++) {
        const minor = flat(indices)[at]!;
        add(at, format === "csr" ? major : minor, format === "csr" ? minor : major);
      }
    }
  }
  return JSON.stringify([...dense]) === JSON.stringify(got.toDense().flat()) ? undefined : "other elements";
}

function sameLabel(got: unknown, expected: unknown): boolean {
  if (Array.isArray(got)) {
    const list = (expected as Tagged)?.["$tuple"] ?? expected;
    return Array.isArray(list) && got.length === list.length && got.every((part, at) => sameLabel(part, list[at]));
  }
  const wanted = number(expected);
  if (typeof got === "bigint") return wanted === "NaT" ? got === NOT_A_TIME : got === BigInt(String(wanted));
  // A missing label is NaN, None or NA, depending on the dtype.
  const missing = (value: unknown) => value === null || (typeof value === "number" && Number.isNaN(value));
  return Object.is(got, wanted) || (missing(got) && missing(wanted));
}

function checkColumn(got: Series, { data }: Tagged, check: Check): string | undefined {
  const flat = got.values.flat();
  if (flat.length !== data.length) return `${flat.length} rows, expected ${data.length}`;
  const bad = (data as unknown[]).findIndex(
    (value, at) => !sameLabel(flat[at], value) && check(flat[at], value, []) !== undefined,
  );
  return bad < 0 ? undefined : `row ${bad}: ${String(flat[bad])}, expected ${JSON.stringify(data[bad])}`;
}

function checkLabels(got: readonly unknown[] | undefined, { data }: Tagged): string | undefined {
  const labels = got ?? [];
  if (labels.length !== data.length) return `${labels.length} labels, expected ${data.length}`;
  const bad = (data as unknown[]).findIndex((value, at) => !sameLabel(labels[at], value));
  return bad < 0 ? undefined : `label ${bad}: ${String(labels[bad])}, expected ${JSON.stringify(data[bad])}`;
}

function own(got: unknown, tagged: Tagged, check: Check): string | undefined | null {
  if ("$array" in tagged) return checkArray(got, tagged["$array"], check);
  if ("$scalar" in tagged)
    return checkArray(
      got,
      { dtype: tagged["$scalar"].dtype, shape: [], data: [tagged["$scalar"].value], bytes: tagged["$scalar"].bytes },
      check,
    );
  if ("$dtype" in tagged) return checkDType(reviveDType(got), tagged["$dtype"]);
  if ("$masked" in tagged) return got instanceof Instance ? undefined : "no masked array";
  if ("$sparse" in tagged && tagged["$sparse"].format === "dia")
    return got instanceof Instance ? undefined : "no inert matrix";
  if ("$sparse" in tagged) return checkSparse(got, tagged["$sparse"]);
  if ("$index" in tagged) return got instanceof Index ? checkLabels(got.labels, tagged["$index"]) : "no index";
  if ("$series" in tagged) {
    if (typeof got !== "object" || got === null || !("values" in got)) return "no series";
    return (
      checkColumn(got as Series, tagged["$series"], check) ??
      checkLabels((got as Series).index, tagged["$series"].index)
    );
  }
  if (!("$frame" in tagged)) return null;
  const { columns, index, data } = tagged["$frame"];
  if (!(got instanceof DataFrame)) return "no frame";
  const problem =
    checkLabels(got.columns, columns) ??
    (index.data.length === got.length ? undefined : "another number of rows") ??
    checkLabels(got.index, index);
  if (problem !== undefined) return problem;
  for (const [at, column] of (data as Tagged[]).entries()) {
    const bad = checkColumn(got.series[at]!, column, check);
    if (bad !== undefined) return `column ${at} (${dtypeName(got.series[at]!.values.dtype)}): ${bad}`;
  }
  return undefined;
}

const part = (name: string) => readFileSync(join(root, name));

it("reads numpy, scipy.sparse, pandas and joblib of every release", () => {
  const check = checker(own);
  const problems: string[] = [];
  for (const name of cases) {
    const fixture = JSON.parse(readFileSync(join(root, name), "utf8"));
    try {
      const problem = check(loads(readFileSync(join(root, fixture.file)), { decompress, part }), fixture.value, []);
      if (problem !== undefined) problems.push(`${name}: ${problem}`);
    } catch (error) {
      problems.push(`${name}: ${(error as Error).message}`);
    }
  }
  expect(problems).toEqual([]);
  expect(cases.length).toBeGreaterThan(300);
});
