/** @module What a plain HTML form sends: one row. */

export const FORM_TYPE = "application/x-www-form-urlencoded";

/** Whether a body under the form's type is JSON in truth: `curl -d` sends it so. */
export function isJsonInDisguise(text: string): boolean {
  return /^\s*[{[]/.test(text);
}

/**
 * The fields of a form; an empty one is `null`, one that comes twice counts as its last.
 *
 * @example
 * parseForm("bmi=0.1&island="); // { bmi: "0.1", island: null }
 */
export function parseForm(text: string): Record<string, string | null> {
  const fields = [...new URLSearchParams(text.trim())].map(
    ([name, value]) => [name, value === "" ? null : value] as const,
  );
  return Object.fromEntries(fields);
}
