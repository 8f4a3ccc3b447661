import { expect, test } from "vitest";
import { mediaParameters, mediaType, preferred } from "../src/http/headers.ts";

const OFFERS = ["application/json", "text/csv", "text/html"] as const;

test.each([
  [undefined, "application/json"],
  ["", "application/json"],
  ["*/*", "application/json"],
  ["text/csv", "text/csv"],
  ["text/*", "text/csv"],
  ["text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8", "text/html"],
  ["application/json;q=0.5, text/csv;q=0.6", "text/csv"],
  ["application/json;q=0, */*", "text/csv"],
  ["APPLICATION/JSON", "application/json"],
  ["text/html;level=1", "text/html"],
  ["image/png", undefined],
  ["application/json;q=0", undefined],
  ["nonsense", undefined],
  ["application/json;q=nan", undefined],
] as const)("Accept %j gives %j", (accept, expected) => {
  expect(preferred(accept, OFFERS)).toBe(expected);
});

test("a media type comes without its parameters", () => {
  const header = 'Text/CSV; header=present; Charset="ISO-8859-1"; separator=";" ; decimal = ","';
  expect(mediaType(header)).toEqual({ type: "text/csv" });
  expect(mediaParameters(header)).toEqual({ header: "present", charset: "ISO-8859-1", separator: ";", decimal: "," });
  expect(mediaType(undefined)).toEqual({ type: "" });
  expect(mediaParameters(undefined)).toEqual({});
});
