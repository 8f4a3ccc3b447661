/** @module How the command line says that a table is read; the options are in `cli/shared_options.ts`. */

import { headerWish, markOf, type Reading } from "@curtido/tables";
import { UsageError, warn } from "./terminal.ts";

/** How a table is read, as the command line says it. */
export interface ReadingOptions {
  readonly sheet?: string;
  readonly separator?: string;
  readonly decimal?: "." | ",";
  readonly thousands?: string;
  readonly encoding?: string;
  readonly missing?: readonly string[];
  readonly header?: string;
  readonly features?: readonly string[];
}

/** The options of the command line as the readers of tables take them. */
export function readingOf(options: ReadingOptions): Reading {
  const { sheet, separator, decimal, thousands, encoding, missing, header, features } = options;
  return {
    told: warn,
    ...(sheet !== undefined && { sheet }),
    ...(separator !== undefined && { separator: mark("--separator", separator) }),
    ...(decimal !== undefined && { decimal }),
    ...(thousands !== undefined && { thousands: mark("--thousands", thousands) }),
    ...(encoding !== undefined && { charset: encoding }),
    ...(missing !== undefined && { missing }),
    ...(header !== undefined && { header: line(header) }),
    ...(features !== undefined && { features }),
  };
}

function mark(option: string, text: string): string {
  const character = markOf(text);
  if (character !== undefined) return character;
  throw new UsageError(`${option} '${text}' is not known. It is one character, or one of tab, space.`);
}

function line(text: string): NonNullable<Reading["header"]> {
  const header = headerWish(text);
  if (header !== undefined) return header;
  throw new UsageError(
    `--header '${text}' is not known. It is present, absent, or the number of a line, counted from 1.`,
  );
}
