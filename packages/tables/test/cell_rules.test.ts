import { expect, test } from "vitest";
import { BAD, cellOf, datePart, daysOf, dayText, type Numerals, readByRule, writtenNumber } from "../src/index.ts";

const EUROPEAN: Numerals = { decimal: ",", thousands: "." };
const ENGLISH: Numerals = { decimal: ".", thousands: "," };

test.each<[string, Numerals, unknown]>([
  ["1.234,5", EUROPEAN, 1234.5],
  ["1.200 €", EUROPEAN, 1200],
  ["EUR 1.200", EUROPEAN, 1200],
  ["-3,5", EUROPEAN, -3.5],
  ["$1,200", ENGLISH, 1200],
  ["-$1,200.50", ENGLISH, -1200.5],
  ["$-1,200.50", ENGLISH, -1200.5],
  ["(1,200)", ENGLISH, -1200],
  ["12%", { decimal: "." }, 12],
  ["12,5 %", { decimal: "," }, 12.5],
  ["1 234 567,8", { decimal: ",", thousands: " " }, 1234567.8],
  ["1\u00a0234", { decimal: ".", thousands: " " }, 1234],
  ["1\u2019234.5", { decimal: ".", thousands: "'" }, 1234.5],
  ["S/ 15", { decimal: "." }, 15],
  ["\u221215", { decimal: "." }, -15],
  [".5", { decimal: "." }, 0.5],
  // What is no number in that notation stays a text.
  ["1.23", EUROPEAN, "1.23"],
  ["1.2345", EUROPEAN, "1.2345"],
  ["1,2,3", ENGLISH, "1,2,3"],
  ["12 kWh", { decimal: "." }, "12 kWh"],
  ["<5", { decimal: "." }, "<5"],
  ["$5€", { decimal: "." }, "$5€"],
  ["--5", { decimal: "." }, "--5"],
  ["", { decimal: "." }, ""],
  ["1".repeat(100), { decimal: "." }, "1".repeat(100)],
])("%s is read as a number as people write it", (text, numerals, expected) => {
  expect(readByRule(text, { numerals })).toBe(expected);
});

test("what is no text stays as it is", () => {
  const rule = { numerals: EUROPEAN, date: { unit: "days" }, spellings: { "?": null } } as const;
  for (const value of [1.5, true, null, undefined, 3n]) expect(readByRule(value, rule)).toBe(value);
});

test("a number knows what stands beside it", () => {
  expect(writtenNumber("12%")?.mark).toBe("percent");
  expect(writtenNumber("12 €")?.mark).toBe("currency");
  expect(writtenNumber("12")?.mark).toBeUndefined();
  expect(writtenNumber("doce")).toBeUndefined();
});

test("dates are days since 1970, in the order that is told", () => {
  expect(daysOf("1970-01-02T12:00")).toBe(1.5);
  expect(daysOf("2024-02-29")).toBe(19782);
  expect(daysOf("2024/02/29")).toBe(19782);
  expect(daysOf("29/02/2024", "dmy")).toBe(19782);
  expect(daysOf("2/29/2024", "mdy")).toBe(19782);
  expect(daysOf("29.2.2024 6:00", "dmy")).toBe(19782.25);
  expect(daysOf("29/02/2024")).toBeUndefined();
  expect(daysOf("29/02/2023", "dmy")).toBeUndefined();
  expect(daysOf("13/13/2024", "dmy")).toBeUndefined();
  expect([dayText(19782), dayText(19782.25), dayText(-0.5)]).toEqual([
    "2024-02-29",
    "2024-02-29T06:00:00",
    "1969-12-31T12:00:00",
  ]);
});

test("a cell is read by the rule of its column before anything else", () => {
  const number = { name: "precio", type: "number", missing: true } as const;
  const price = cellOf({ ...number, numerals: EUROPEAN, spellings: { "N/D": null, cero: "0" } });
  expect(["1.200", "1.200,5 €", "N/D", "cero", 1.2, "1e3"].map((value) => price.read(value))).toEqual([
    1200,
    1200.5,
    Number.NaN,
    0,
    1.2,
    1000,
  ]);
  const lift = cellOf({
    name: "ascensor",
    type: "string",
    missing: true,
    categories: ["No", "Sí"],
    spellings: { si: "Sí" },
  });
  expect(["si", "Sí", " si "].map((value) => lift.read(value))).toEqual(["Sí", "Sí", "Sí"]);
  const sold = cellOf({ ...number, name: "vendido", date: { unit: "days", order: "dmy" } });
  expect(["29/02/2024", "2024-02-29", 19782, "19782"].map((value) => sold.read(value))).toEqual([
    19782, 19782, 19782, 19782,
  ]);
  expect([1667347200000, "1667347200000", -1667347200].map((value) => sold.read(value))).toEqual([BAD, BAD, BAD]);
  expect(sold.read(2_932_896)).toBe(2_932_896);
  expect(sold.expected).toBe("a date such as 2024-02-29, or days since 1970");
});

test("months and days of the week of days since 1970, before it too", () => {
  for (const text of ["2024-02-29", "1970-01-01", "1969-12-31", "1900-03-01", "2024-12-30T23:59"]) {
    const date = new Date(`${text.slice(0, 10)}T00:00:00Z`);
    const days = daysOf(text)!;
    expect([datePart(days, "month"), datePart(days, "weekday")]).toEqual([
      date.getUTCMonth() + 1,
      (date.getUTCDay() + 6) % 7,
    ]);
  }
});
