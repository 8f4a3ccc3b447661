#!/usr/bin/env node
import { existsSync } from "node:fs";

process.stdout.on("error", (error) => {
  if (error.code === "EPIPE") return; // whoever reads our output may stop reading
  process.stderr.write(`error: standard output: ${error.message}\n`);
  process.exit(1);
});

const cli = new URL("../dist/cli.js", import.meta.url);
if (existsSync(cli)) {
  const { main } = await import(cli.href);
  process.exitCode = await main(process.argv.slice(2));
} else {
  process.stderr.write("curtido is not built yet: run `npm run build` in its repository first\n");
  process.exitCode = 1;
}
