/** @module A browser that npm brought: nothing has to be on the machine. */

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium } from "playwright-core";

/** Whether `@sparticuz/chromium` runs on this machine. */
export const HAS_BROWSER = process.platform === "linux" && process.arch === "x64";

/** Unpacks the browser once, with the libraries that it needs, and starts it. */
export async function launch(): Promise<Browser> {
  const folder = fileURLToPath(new URL("../../../node_modules/.cache/curtido-browser", import.meta.url));
  mkdirSync(folder, { recursive: true });
  const fonts = join(folder, "fonts.conf");
  writeFileSync(
    fonts,
    `<fontconfig><dir>${folder}/fonts</dir><cachedir>${folder}/fonts-cache</cachedir></fontconfig>\n`,
  );
  const before = { ...process.env };
  // The package unpacks its own libraries and fonts only where it believes itself on Amazon's Linux.
  Object.assign(process.env, { TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x", FONTCONFIG_FILE: fonts });
  try {
    const { default: packed } = await import("@sparticuz/chromium");
    const executablePath = await packed.executablePath();
    const env = { ...process.env, TMPDIR: before["TMPDIR"] ?? "/tmp" } as Record<string, string>;
    return await chromium.launch({ executablePath, args: packed.args, env });
  } finally {
    process.env = before;
  }
}
