// Tries what is built in other runtimes and frameworks: `npm run test:runtimes`. Installs them here first, when they are not.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

const here = import.meta.dirname;
const npm = process.platform === "win32" ? "npm.cmd" : "npm";
const run = (command, args, options = {}) =>
  spawnSync(command, args, { cwd: here, encoding: "utf8", timeout: 120_000, ...options });

if (!existsSync(join(here, "node_modules"))) {
  const { status } = run(npm, ["ci", "--ignore-scripts"], { stdio: "inherit", shell: process.platform === "win32" });
  if (status !== 0) process.exit(1);
}

const cli = join(here, "../../packages/curtido/bin/curtido.js");
const examples = join(here, "../../examples");
const inside = (path) => join(here, "node_modules", path);
/** Runtimes: the program, what stands before a script, and whether the command line is promised there. */
const RUNTIMES = [
  { name: `Node ${process.versions.node}`, program: process.execPath, before: [], commands: true },
  { name: "Node 22", program: inside("node-22/bin/node"), before: [], commands: true },
  { name: "Node 24", program: inside("node-24/bin/node"), before: [], commands: true },
  { name: "Bun", program: inside("@oven/bun-linux-x64/bin/bun"), before: [], commands: false },
  { name: "Deno", program: inside("@deno/linux-x64-glibc/deno"), before: ["run", "--allow-all"], commands: false },
];
const TRIES = [
  { what: "the library and the service", args: [join(here, "library.mjs")], says: /^ok$/m, commands: false },
  {
    what: "curtido predict",
    args: [cli, "predict", join(examples, "diabetes.pkl"), join(examples, "diabetes.csv")],
    says: /^predict\n/,
    commands: true,
  },
  { what: "curtido scan", args: [cli, "scan", examples], says: /clean/, commands: true },
];

let failed = 0;
function tell(name, what, { status, stdout, stderr, error }, says) {
  const ok = status === 0 && says.test(stdout ?? "");
  if (!ok) failed++;
  console.log(`${ok ? "passed" : "FAILED"}  ${name}: ${what}${ok ? "" : `\n${error ?? ""}${stdout}${stderr}`}`);
}

for (const { name, program, before, commands } of RUNTIMES) {
  if (!existsSync(program)) {
    console.log(`absent  ${name}: it is not published for this machine`);
    continue;
  }
  for (const { what, args, says, commands: isCommand } of TRIES)
    if (commands || !isCommand) tell(name, what, run(program, [...before, ...args]), says);
}
tell("express, fastify", "a mounted model", run(process.execPath, [join(here, "frameworks.mjs")]), /^ok$/m);
process.exitCode = failed === 0 ? 0 : 1;
