/** @module The templates by name. They are text in modules, so that nothing has to be found on a disk. */

import { ERROR } from "./error.ts";
import { INDEX } from "./index_page.ts";
import { KEYS } from "./keys.ts";
import { LAYOUT } from "./layout.ts";
import { LOGIN } from "./login.ts";
import { MODEL } from "./model.ts";
import { STYLE } from "./style.ts";

export const TEMPLATES = {
  "layout.html": LAYOUT,
  "style.css": STYLE,
  "index.html": INDEX,
  "model.html": MODEL,
  "error.html": ERROR,
  "login.html": LOGIN,
  "keys.html": KEYS,
} as const;
