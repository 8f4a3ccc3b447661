import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { columnOf, DataFrame, NdArray, parseDType } from "@curtido/arrays";
import { Served, service } from "@curtido/server";
import { writeTable } from "@curtido/tables";
import { expect, test } from "vitest";
import { load } from "../../src/index.ts";
import { folder, run } from "../help.ts";

const ROWS = 60;

/** A table of {@link ROWS} rows, whose cells follow from the number of the row, and its target from them. */
function csv(columns: Readonly<Record<string, (row: number) => unknown>>, separator = ","): string {
  const path = join(folder(), "datos.csv");
  const names = Object.keys(columns);
  const lines = Array.from({ length: ROWS }, (_, row) => names.map((name) => columns[name]!(row)).join(separator));
  writeFileSync(path, `${[names.join(separator), ...lines].join("\n")}\n`);
  return path;
}

async function trained(data: string, target: string, ...args: string[]) {
  const out = join(folder(), "modelo.pkl");
  const { code, out: said, err } = await run(["train", data, "--target", target, "-o", out, "--json", ...args]);
  expect([code, err]).toEqual([0, ""]);
  return { report: JSON.parse(said), out };
}

interface Said {
  readonly name: string;
  readonly type?: string;
  readonly done?: readonly string[];
  readonly otherwise?: string;
}

const saidOf = (columns: readonly Said[], name: string) => columns.find((column) => column.name === name)!;
const amount = (row: number) => 1000 + ((row * 37) % 60) * 25;
const european = (value: number) =>
  value
    .toFixed(1)
    .replace(".", ",")
    .replace(/^(\d)(\d{3})/, "$1.$2");

test("a European table: money, percents, words, dates, what is missing, ids and constants, in one run", async () => {
  const yes = ["Sí", "si", "SI", "Sí", "no", "NO", "no"];
  const data = csv(
    {
      id: (row) => row + 1,
      referencia: (row) => `R-${row}`,
      "m² útiles": (row) => (row % 15 === 3 ? "N/D" : 40 + ((row * 7) % 60)),
      gastos: (row) => `${european(amount(row))} €`,
      descuento: (row) => (row % 10 === 0 ? "-" : `${row % 9}%`),
      ascensor: (row) => yes[row % 7],
      "fecha de venta": (row) => `${String((row % 28) + 1).padStart(2, "0")}/0${(row % 9) + 1}/2023`,
      país: () => "España",
      nada: () => "",
      precio: (row) => european(amount(row) * 2.5 + (row % 7 < 4 ? 300 : 0)),
    },
    ";",
  );
  const { report, out } = await trained(data, "precio", "--estimator", "Ridge");
  const said = (name: string) => saidOf(report.features, name);
  expect(report.features.map(({ name }: Said) => name)).toEqual([
    "m² útiles",
    "gastos",
    "descuento",
    "ascensor",
    "fecha de venta",
  ]);
  expect(said("m² útiles")).toMatchObject({
    type: "numeric",
    missing: 4,
    done: ["missing where 'N/D', 4 of 60"],
    otherwise: "--categorical 'm² útiles'",
  });
  expect(said("gastos")).toMatchObject({ type: "numeric", least: 1000, most: 2475 });
  expect(said("gastos").done).toEqual(["'1.000,0 €' read as 1000"]);
  expect(said("descuento")).toMatchObject({ missing: 6, least: 0, most: 8 });
  expect(said("descuento").done).toEqual(["'1%' read as 1", "missing where '-', 6 of 60"]);
  expect(said("ascensor")).toMatchObject({ type: "categorical", categories: 2 });
  expect(said("ascensor").done).toEqual(["read 'si' as 'Sí', 'SI' as 'Sí', 'NO' as 'no'"]);
  expect(said("fecha de venta").done?.[0]).toBe("dates -> days since 1970");
  expect(report.data.leftOut).toEqual([
    { name: "id", done: ["an id: another number in every row"], otherwise: "--numeric id" },
    { name: "referencia", done: ["an id: another text in every row"], otherwise: "--categorical referencia" },
    { name: "país", done: ["the same in every row: España"], otherwise: "--categorical 'país'" },
    { name: "nada", done: ["empty in every row"] },
  ]);
  expect(report.test.metrics.r2).toBeGreaterThan(0.99);

  // The model takes what it was trained on, as it was written.
  const model = await load(out);
  const served = new Served("modelo", model);
  const row = {
    "m² útiles": "N/D",
    gastos: "1.200,5 €",
    descuento: "3%",
    ascensor: "SI",
    "fecha de venta": "05/03/2023",
  };
  const plain = { "m² útiles": null, gastos: 1200.5, descuento: 3, ascensor: "Sí", "fecha de venta": "2023-03-05" };
  const days = (Date.UTC(2023, 2, 5) / 86_400_000) as number;
  const answers = [row, plain].map((each) => served.answer({ rows: [each], single: true }));
  expect(answers[0]).toEqual(answers[1]);
  const numbers = [{ ...plain, "m² útiles": Number.NaN, "fecha de venta": days }];
  expect(answers[0]!.predict).toBe(model.predict(numbers).tolist()[0]);
  expect(() => served.answer({ rows: [{ ...plain, "fecha de venta": "ayer" }], single: true })).toThrow(
    "'fecha de venta' must be a date such as 2024-02-29, or days since 1970",
  );
  const again = await run(["predict", out, data, "--unexpected", "ignore", "--format", "json"]);
  expect(again.code).toBe(0);
  expect(JSON.parse(again.out).predict).toHaveLength(ROWS);
});

test("the example that the report shows has dates as texts, and asks the model as it stands", async () => {
  const data = csv({
    fecha: (row) => `2024-01-${String((row % 30) + 1).padStart(2, "0")}`,
    y: (row) => (row % 30) * 1.5,
  });
  const { report, out } = await trained(data, "y", "--estimator", "LinearRegression");
  expect(report.ask).toMatch(/"fecha":"2024-01-\d\d"/);
  expect((await load(out)).predict([[19723]]).tolist()[0]).toBeCloseTo(0, 9);
});

test("--missing says what is missing everywhere, texts too, and the model keeps it", async () => {
  const data = csv({
    zona: (row) => (row % 6 === 0 ? "sin datos" : ["norte", "sur"][row % 2]),
    x: (row) => (row % 4 === 1 ? "99" : row),
    y: (row) => row * 1.5,
  });
  const { report, out } = await trained(data, "y", "--estimator", "Ridge", "--missing", "sin datos,99");
  expect(report.features[0]).toMatchObject({ name: "zona", categories: 2, missing: 10 });
  const served = new Served("modelo", await load(out));
  const ask = (zona: unknown) => served.answer({ rows: [{ zona, x: 3 }], single: true });
  expect(ask("sin datos")).toEqual(ask(null));
});

test("texts beside numbers are missing only where they are few, and no numbers themselves", async () => {
  const data = csv({
    censurado: (row) => (row % 6 === 0 ? "<5" : 5 + (row % 8)),
    muchos: (row) => (row % 3 === 0 ? ["?", "-", "x"][(row / 3) % 3] : row % 8),
    y: (row) => row * 1.5,
  });
  const { report } = await trained(data, "y", "--estimator", "Ridge");
  expect(report.features.map(({ type }: Said) => type)).toEqual(["categorical", "categorical"]);
});

test("labels in words are one each, whatever their case and accents", async () => {
  const data = csv({ x: (row) => row % 9, socio: (row) => ["Sí", "si", "SI", "No", "no"][row % 5] });
  const { report } = await trained(data, "socio", "--estimator", "GaussianNB");
  expect(report.target.labels.map(({ label }: { label: string }) => label).sort()).toEqual(["No", "Sí"]);
  expect(report.target.done).toEqual(["read 'si' as 'Sí', 'SI' as 'Sí', 'no' as 'No'"]);
});

test.each([
  ["$1,200", "$900", 1200],
  ["1.200 EUR", "900 EUR", 1200],
  ["1,5 €", "2,25 €", 1.5],
  ["12.345%", "2.5%", 12.345],
  ["1 200", "900", 1200],
])("%s beside %s is %d", async (first, second, value) => {
  const data = csv({ x: (row) => `"${row % 2 === 0 ? first : second}"`, z: (row) => row % 7, y: (row) => row * 1.5 });
  const { report } = await trained(data, "y", "--estimator", "Ridge");
  expect(report.features[0].type).toBe("numeric");
  expect([report.features[0].least, report.features[0].most]).toContain(value);
});

test("what is found can be said otherwise, with names as a shell takes them", async () => {
  const data = csv({
    "nº de 'id'": (row) => row + 1,
    "-raro": () => "igual",
    si: (row) => ["yes", "YES", "no"][row % 3],
    y: (row) => row * 1.5,
  });
  const { report } = await trained(data, "y", "--estimator", "Ridge");
  expect(saidOf(report.data.leftOut, "nº de 'id'").otherwise).toBe(`--numeric 'nº de '\\''id'\\'''`);
  expect(saidOf(report.data.leftOut, "-raro").otherwise).toBe("--categorical=-raro");
  const args = ["--numeric", "nº de 'id'", "--categorical=-raro", "--categorical", "si"];
  const kept = await trained(data, "y", "--estimator", "Ridge", ...args);
  expect(kept.report.data.leftOut).toEqual([]);
  expect(saidOf(kept.report.features, "si")).toMatchObject({ categories: 3 });
});

test("dates of workbooks and of Parquet are days too", async () => {
  const days = BigInt64Array.from({ length: ROWS }, (_, row) => BigInt(19723 + (row % 30)));
  const fecha = {
    name: "fecha",
    values: NdArray.of(
      days.map((day) => day * 86_400_000n),
      [ROWS],
      parseDType("M8[ms]"),
    ),
    dtype: "datetime64[ms]",
  };
  const y = columnOf(
    "y",
    Array.from({ length: ROWS }, (_, row) => (row % 30) * 1.5),
  );
  const table = new DataFrame([fecha, y], undefined, ROWS);
  for (const format of ["xlsx", "parquet"]) {
    const path = join(folder(), `datos.${format}`);
    writeFileSync(path, await writeTable(table, { format }));
    const { report, out } = await trained(path, "y", "--estimator", "LinearRegression");
    expect(report.features[0]).toMatchObject({ name: "fecha", least: 19723, most: 19752 });
    expect((await load(out)).predict([[19724]]).tolist()[0]).toBeCloseTo(1.5, 9);
  }
});

test("an older release keeps what was written down beside the model", async () => {
  const data = csv({
    fecha: (row) => `2024-01-${String((row % 30) + 1).padStart(2, "0")}`,
    y: (row) => (row % 30) * 1.5,
  });
  const { out } = await trained(data, "y", "--estimator", "LinearRegression", "--scikit-learn", "1.2");
  const served = new Served("modelo", await load(out));
  expect(served.answer({ rows: [{ fecha: "2024-01-01" }], single: true }).predict).toBeCloseTo(0, 9);
});

test("--dates parts makes months and days of the week of dates, and rows need the date alone", async () => {
  const day = (row: number) => new Date(Date.UTC(2024, 0, 1 + row * 6));
  const data = csv({
    fecha: (row) => day(row).toISOString().slice(0, 10),
    x: (row) => row % 5,
    y: (row) => day(row).getUTCMonth() * 10 + ((day(row).getUTCDay() + 6) % 7) + (row % 5) * 0.5,
  });
  const { report, out } = await trained(data, "y", "--estimator", "LinearRegression", "--dates", "parts");
  expect(report.features.map(({ name }: Said) => name)).toEqual(["fecha", "fecha_month", "fecha_weekday", "x"]);
  expect(report.features[2]).toMatchObject({ type: "categorical", categories: 7, otherwise: "--dates days" });
  expect(report.test.metrics.r2).toBeGreaterThan(0.999);
  expect(report.ask).not.toContain("fecha_month");
  expect(report.leaks.map(({ name }: Said) => name)).not.toContain("fecha_month");
  const model = await load(out);
  const served = new Served("modelo", model);
  const whole = { fecha: 19782, fecha_month: 2, fecha_weekday: 3, x: 1 };
  const expected = model.predict([whole]).tolist()[0];
  const rows = [{ fecha: "2024-02-29", x: 1 }, { fecha: 19782, x: 1, fecha_month: "" }, whole];
  for (const row of rows) expect(served.answer({ rows: [row], single: true }).predict).toBe(expected);
  const table = { columns: ["x", "fecha"], rows: [["1", "2024-02-29"]], single: false, text: "table" } as const;
  expect(served.answer(table).predict).toEqual([expected]);
  const empty = { ...table, columns: ["fecha_month", ...table.columns], rows: [[null, ...table.rows[0]]] };
  expect(served.answer(empty).predict).toEqual([expected]);
  const short = { ...table, rows: [["1"]] };
  expect(() => served.answer(short)).toThrow("a row has 1 value");
  expect(() => served.answer({ rows: [{ fecha: "ayer", x: 1 }], single: true })).toThrow("'fecha' must be a date");
  const predicted = JSON.parse((await run(["predict", out, data, "--unexpected", "ignore", "--format", "json"])).out);
  expect(predicted.predict).toHaveLength(ROWS);
  const page = await service({ models: [out] }).request("/modelo", { headers: { accept: "text/html" } });
  const html = await page.text();
  expect(html).toMatch(/name="fecha" value="2024-\d\d-\d\d" autocomplete="off" type="date"/);
  expect(html).toMatch(/may be empty: 2024-\d\d-\d\d</);
  expect(html).not.toContain('name="fecha_month"');
  const days = await trained(data, "y", "--estimator", "LinearRegression");
  expect(days.report.features.map(({ name }: Said) => name)).toEqual(["fecha", "x"]);
});

const two = (number: number) => String(number).padStart(2, "0");
test.each<[string, (row: number) => string, string[], number]>([
  ["29/02/2024", (row) => `${two((row % 28) + 2)}/02/2024`, ["dates -> days since 1970"], 19755],
  ["2/29/2024", (row) => `2/${(row % 28) + 2}/2024`, ["dates -> days since 1970"], 19755],
  [
    "01/02/2024",
    (row) => `0${(row % 9) + 1}/02/2024`,
    ["dates -> days since 1970", "the day before the month, which the table leaves open"],
    19754,
  ],
  ["2024-02-01 06:00", (row) => `2024-02-${two((row % 28) + 1)} 06:00`, ["dates -> days since 1970"], 19754.25],
  [
    "2024-02-01, s/f",
    (row) => (row % 10 === 0 ? "s/f" : `2024-02-${two((row % 9) + 1)}`),
    ["dates -> days since 1970", "missing where 's/f', 6 of 60"],
    19754,
  ],
])("dates such as %s are days", async (_, date, done, least) => {
  const data = csv({ fecha: date, x: (row) => row % 7, y: (row) => row * 1.5 });
  const { report } = await trained(data, "y", "--estimator", "Ridge");
  expect(report.features[0]).toMatchObject({ done, least });
  const asked = await trained(data, "y", "--estimator", "Ridge", "--categorical", "fecha");
  expect(asked.report.features[0]).toMatchObject({ type: "categorical", asked: true });
});

test("days and months that contradict each other are texts", async () => {
  const data = csv({
    fecha: (row) => ["13/02/2024", "02/13/2024"][row % 2],
    x: (row) => row % 7,
    y: (row) => row * 1.5,
  });
  const { report } = await trained(data, "y", "--estimator", "Ridge");
  expect(report.features[0]).toMatchObject({ type: "categorical", categories: 2 });
});

test("the very table that was learned from can be predicted, whatever of it was left out", async () => {
  const data = csv({
    Id: (row) => row + 1,
    country: () => "España",
    rooms: (row) => row % 5,
    area: (row) => amount(row) / 7,
    price: (row) => amount(row) + (row % 5) * 10,
  });
  const { out } = await trained(data, "price", "--estimator", "Ridge", "--drop", "rooms");
  const predicted = await run(["predict", out, data, "--format", "json"]);
  expect([predicted.code, predicted.err]).toEqual([0, ""]);
  const app = service({ models: [out] });
  const rows = [{ Id: 1, country: "x", rooms: 2, area: 200, price: 1 }];
  const post = (body: unknown) =>
    app.request("/modelo", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  expect((await post(rows)).status).toBe(200);
  expect((await post([{ ...rows[0], other: 1 }])).status).toBe(422);
});
