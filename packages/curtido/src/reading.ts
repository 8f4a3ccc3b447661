/** @module How the command line says that a table is read; the options are in `cli/shared_options.ts`. */

import type { Reading } from "@curtido/tables";
import { warn } from "./terminal.ts";

/** How a table is read, as the command line says it. */
export interface ReadingOptions {
  readonly sheet?: string;
  readonly separator?: string;
  readonly decimal?: "." | ",";
  readonly thousands?: string;
  readonly encoding?: string;
  readonly missing?: readonly string[];
  readonly header?: "present" | "absent" | number;
  readonly features?: readonly string[];
}

/** The options of the command line as the readers of tables take them. */
export function readingOf(options: ReadingOptions): Reading {
  const { sheet, separator, decimal, thousands, encoding, missing, header, features } = options;
  return {
    told: warn,
    ...(sheet !== undefined && { sheet }),
    ...(separator !== undefined && { separator }),
    ...(decimal !== undefined && { decimal }),
    ...(thousands !== undefined && { thousands }),
    ...(encoding !== undefined && { charset: encoding }),
    ...(missing !== undefined && { missing }),
    ...(header !== undefined && { header }),
    ...(features !== undefined && { features }),
  };
}
