/** @module What `curtido dis` writes above each of several files: Python's `text.format(name=...)`. */

import { CurtidoError } from "@curtido/pickle";

/** Characters that a preamble is filled up to, at most. */
const WIDEST = 10_000;
const PART = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;
const FIELD = /^name(?:!s)?(?::(.*))?$/s;
const SPEC = /^(?:([\s\S]?)([<>^]))?(0?)(\d{0,5})(?:\.(\d{1,9}))?s?$/u;

/**
 * The preamble with the file's name in the place of `{name}`, which may be aligned and cut as Python has it (`{name:>20.8}`);
 * `{{` and `}}` are braces.
 *
 * @throws CurtidoError E_PREAMBLE for anything else in braces
 * @example
 * preambleOf("==> {name} <==", "a.pkl"); // "==> a.pkl <=="
 */
export function preambleOf(template: string, name: string): string {
  return template.replace(PART, (part, field: string | undefined) => {
    if (part === "{{") return "{";
    if (part === "}}") return "}";
    const spec = FIELD.exec(field ?? "");
    const shown = spec === null ? undefined : aligned(name, spec[1] ?? "");
    if (shown !== undefined) return shown;
    const hint = "write {name} for the file, {{ and }} for braces";
    throw new CurtidoError("E_PREAMBLE", `--preamble: ${part} is not known; ${hint}`, { part });
  });
}

function aligned(name: string, spec: string): string | undefined {
  const match = SPEC.exec(spec);
  if (match === null) return undefined;
  const [, fill, align = "<", zero, width = "", most] = match;
  const characters = [...name].slice(0, most === undefined ? undefined : Number(most));
  const missing = Math.max(0, Number(width) - characters.length);
  if (missing > WIDEST) return undefined;
  const before = align === "<" ? 0 : align === ">" ? missing : Math.floor(missing / 2);
  const filling = fill || (zero === "0" ? "0" : " ");
  return filling.repeat(before) + characters.join("") + filling.repeat(missing - before);
}
