/** @module How the numbers of a column are written: which of dot and comma stands before fractions, and what groups digits. */

import type { Numerals, Written } from "@curtido/tables";

/** What the numbers of a column say of a dot or a comma. */
interface Evidence {
  decimal: boolean;
  thousands: boolean;
  /** `1.200`, which may be either. */
  unclear: boolean;
}

/**
 * The notation that all numbers of a column can be read in; `undefined` when they contradict each other.
 *
 * @param given - what stands before fractions, as the command line says
 * @example
 * notationOf([{ digits: "1.234,5", negative: false, mark: undefined }]); // { decimal: ",", thousands: "." }
 */
export function notationOf(numbers: readonly Written[], given?: "." | ","): Numerals | undefined {
  const dot: Evidence = { decimal: false, thousands: false, unclear: false };
  const comma: Evidence = { decimal: false, thousands: false, unclear: false };
  for (const { digits } of numbers) {
    weigh(digits, ".", ",", dot);
    weigh(digits, ",", ".", comma);
  }
  const decimal = given ?? decimalOf(dot, comma, numbers);
  if (decimal === undefined) return undefined;
  const other = decimal === "." ? comma : dot;
  const grouped = (pattern: RegExp) => numbers.some(({ digits }) => pattern.test(digits));
  const thousands =
    other.thousands || other.unclear
      ? decimal === "."
        ? ","
        : "."
      : grouped(/\s/u)
        ? " "
        : grouped(/['\u2019]/u)
          ? "'"
          : undefined;
  return thousands === undefined ? { decimal } : { decimal, thousands };
}

function weigh(digits: string, mark: string, other: string, evidence: Evidence): void {
  const at = digits.indexOf(mark);
  if (at < 0) return;
  const last = digits.lastIndexOf(mark);
  if (last > at) evidence.thousands = true;
  else if (digits.includes(other)) evidence[digits.lastIndexOf(other) < at ? "decimal" : "thousands"] = true;
  else if (digits.length - at - 1 === 3 && /^[1-9]\d{0,2}$/.test(digits.slice(0, at))) evidence.unclear = true;
  else evidence.decimal = true;
}

function decimalOf(dot: Evidence, comma: Evidence, numbers: readonly Written[]): "." | "," | undefined {
  if (dot.decimal || comma.decimal) {
    const contradicted = (dot.decimal && (comma.decimal || dot.thousands)) || (comma.decimal && comma.thousands);
    return contradicted ? undefined : dot.decimal ? "." : ",";
  }
  if (comma.thousands && dot.thousands) return undefined;
  if (comma.thousands || comma.unclear) return ".";
  // Amounts of money have two digits behind the mark, or none: three are a group.
  const money = dot.unclear && numbers.some(({ mark }) => mark === "currency");
  return dot.thousands || money ? "," : ".";
}
