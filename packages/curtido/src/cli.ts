/** @module The command line: what may be asked for. What each command does is imported when it is asked for. */

import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { composeCommand } from "./cli/compose_command.ts";
import { convertCommand } from "./cli/convert_command.ts";
import { pickleCommands } from "./cli/pickle_commands.ts";
import { scoreCommand } from "./cli/score_command.ts";
import { serviceCommands } from "./cli/service_commands.ts";
import { cardOption, featuresOption, formulasOption, listOf, readingOptions } from "./cli/shared_options.ts";
import { trainCommand } from "./cli/train_command.ts";
import { FAILURE, fail, USAGE, UsageError } from "./terminal.ts";
import { VERSION } from "./version.ts";

/**
 * Runs one command.
 *
 * @param args - what stands behind `curtido` on the command line
 * @returns the exit code: 0, 1 for a failure, 2 for wrong usage
 * @example
 * process.exitCode = await main(["inspect", "modelo.pkl"]);
 */
export async function main(args: readonly string[]): Promise<number> {
  let code = 0;
  const program = programOf((result) => {
    code = result;
  });
  try {
    await program.parseAsync(args, { from: "user" });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : USAGE;
    fail(error, args.includes("--verbose"));
    return error instanceof UsageError ? USAGE : FAILURE;
  }
}

function programOf(done: (code: number) => void): Command {
  const program = new Command("curtido")
    .description("Serve the models that Python pickled, without Python")
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .helpCommand("help [command]", "print the help of a command")
    .showHelpAfterError("(add --help for all options)")
    .exitOverride()
    .addHelpText("after", "\nExample:\n  curtido serve examples/modelo.pkl");
  serveCommand(program, done);
  predictCommand(program, done);
  inspectCommand(program, done);
  scanCommand(program, done);
  pickleCommands(program, done);
  convertCommand(program, done);
  serviceCommands(program, done);
  trainCommand(program, done);
  scoreCommand(program, done);
  composeCommand(program, done);
  for (const command of program.commands)
    command
      .exitOverride()
      .option("--verbose", "say the cause of an error too")
      .helpOption("-h, --help", "print this help");
  return program;
}

/** What concerns the registry and what it keeps. */
function registryOptions(command: Command): Command {
  return command
    .option(
      "--data <place>",
      "a folder or postgres:// address: models are published there, keys and logs are kept there",
    )
    .option(
      "--artifacts <place>",
      "a folder or s3://bucket/prefix for the files of models; beside --data when none is given",
    )
    .option("--max-artifact <size>", "the largest file that is published, such as 500MiB (default: 2GiB)", size)
    .option("--allow <name...>", "Python names that published files may hold, such as mymodule.MyClass or mymodule.*")
    .option("--log-predictions <rate>", "the share of requests that is logged, 0 to 1; needs --data", rate)
    .option("--log-hash <columns>", "columns of which the log keeps a hash", listOf)
    .option("--log-omit <columns>", "columns that the log leaves out", listOf)
    .option("--log-retention <days>", "how long the log is kept; for ever when not given", count);
}

/** How much a model may cost. */
function limitOptions(command: Command): Command {
  return command
    .addOption(
      new Option(
        "--limit-model-memory <size>",
        "how much memory a model may take; what needs more is refused (default: half of the machine's)",
      )
        .env("CURTIDO_LIMIT_MODEL_MEMORY")
        .argParser(size),
    )
    .addOption(
      new Option(
        "--limit-operations <count>",
        "how many operations a row of a model may take, a nanosecond each; what needs more is refused (default: 500000000)",
      )
        .env("CURTIDO_LIMIT_OPERATIONS")
        .argParser(count),
    );
}

function serveCommand(program: Command, done: (code: number) => void): void {
  limitOptions(registryOptions(program.command("serve")))
    .description("Serve models over HTTP: files, or all models in a folder (this one when none is named)")
    .argument("[file|dir...]", "files, parts of files such as bundle.pkl#pipe, or folders")
    .option("-p, --port <port>", "the port; 5000 or the next free one when none is given, 0 for any", port)
    .option("--host <address>", "the address to listen on; this machine only when none is given")
    .option("--name <name>", "the name of the one model that is served")
    .option("--names <file>", 'a module whose default export holds your own Python names: { "mymodule.f": (x) => ... }')
    .addOption(featuresOption())
    .addOption(cardOption())
    .option("--templates <dir>", "a folder with page templates of your own")
    .option("--max-body <size>", "the largest request body, such as 512KiB or 64MiB", size)
    .option(
      "--allow-host <name...>",
      "other names in the Host header that are answered while listening on this machine only",
    )
    .option("--workers <count>", "how many processes serve on the one port", count)
    .option("--validate-rows <rows>", "up to how many rows a batch is checked whole before it is answered", count)
    .option("--max-queue <requests>", "how many requests may be underway; more are answered with 503", count)
    .addOption(
      new Option("--log-level <level>", "what is logged to standard error; info has a line per request").choices([
        "silent",
        "error",
        "warn",
        "info",
        "debug",
      ]),
    )
    .addOption(new Option("--log-format <format>", "how it is logged").choices(["json", "pretty"]))
    .option("--public-predict", "let everybody read and predict who reaches the address that --host names")
    .option("--watch", "load files anew when they change; a bad one is said, and the old one stays")
    .option("--default-model <name>", "the model of /invocations and its like, when there are several")
    .option("--cors <origin...>", "origins whose pages may ask, such as https://app.example; none when not given")
    .option(
      "--grace <seconds>",
      "how long requests may still take when the server is told to stop (default: 30)",
      count,
    )
    .addHelpText("after", "\nExample:\n  curtido serve examples/modelo.pkl --port 8080")
    .action(async (files: string[], options) =>
      done(await (await import("./commands/serve.ts")).serve(files, options)),
    );
}

function predictCommand(program: Command, done: (code: number) => void): void {
  readingOptions(program.command("predict"))
    .description("Predict rows of a table: a file in, by what its name ends with, another out")
    .argument("<model>", "a file, or a part of one: bundle.pkl#pipe")
    .argument(
      "[input]",
      "rows as .json, .jsonl, .csv, .tsv, .arrow, .parquet, .xlsx or .xml; - or nothing is standard input",
    )
    .option("-o, --output <file>", "where the predictions go; standard output when none is given")
    .option("--from <format>", "the format of the rows, whatever the name of their file is")
    .addOption(
      new Option("--format <format>", "of the predictions; by the name of their file, or that of the rows").choices([
        "json",
        "jsonl",
        "csv",
        "tsv",
        "arrow",
        "parquet",
        "xlsx",
        "xml",
      ]),
    )
    .option("--include <parts>", "what to add: probabilities, decision, neighbors, leaves, warnings", listOf)
    .option("--keep", "keep the columns of the input, in front of the predictions")
    .addOption(
      new Option("--unexpected <what>", "columns that are no features are refused or ignored").choices([
        "refuse",
        "ignore",
      ]),
    )
    .option("--loose-names", "accept names that differ from the model's in case, accents, spaces or punctuation")
    .addOption(
      new Option(
        "--on-error <what>",
        "a bad row refuses the file, or itself alone: then a column 'error' says why, and the exit code is 1",
      ).choices(["refuse", "row"]),
    )
    .addOption(featuresOption())
    .addOption(cardOption())
    .addOption(formulasOption())
    .option("--names <file>", "a module whose default export holds your own Python names")
    .addHelpText("after", "\nExample:\n  echo '[[1, 0, 1, 1]]' | curtido predict examples/modelo.pkl")
    .action(async (model: string, input: string | undefined, options) =>
      done(await (await import("./commands/predict.ts")).predict(model, input, options)),
    );
}

function inspectCommand(program: Command, done: (code: number) => void): void {
  program
    .command("inspect")
    .description("Say what a file is: class, version, parameters, features, the Python names it uses, its values")
    .argument("<file>", "a file, or a part of one: bundle.pkl#pipe")
    .option("--json", "as JSON")
    .option("--types", "as a TypeScript module: the types of its rows and answers, and a function that asks it")
    .option("--depth <levels>", "how deep the tree of values goes", count)
    .option("--names <file>", "a module whose default export holds your own Python names")
    .addOption(featuresOption())
    .addOption(cardOption())
    .addHelpText("after", "\nExample:\n  curtido inspect examples/modelo.pkl")
    .action(async (file: string, options) =>
      done(await (await import("./commands/inspect.ts")).inspect(file, options)),
    );
}

function scanCommand(program: Command, done: (code: number) => void): void {
  program
    .command("scan")
    .description("Say what files would do when Python loads them: exit 0 clean, 1 findings, 3 could not tell")
    .argument("<path...>", "files of any kind, folders, or - for standard input")
    .option("--json", "as JSON, with the packages of each file")
    .option("--sarif", "as SARIF 2.1.0, for code scanning")
    .option("--allow <name...>", "Python names of your own that are safe, such as mymodule.MyClass or mymodule.*")
    .option("--max-unfolded <size>", "the most that compressed files and archives may unfold to, such as 8GiB", size)
    .addHelpText("after", "\nExample:\n  curtido scan examples")
    .action(async (paths: string[], options) => done(await (await import("./commands/scan.ts")).scan(paths, options)));
}

function port(text: string): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= 65535) return number;
  throw new InvalidArgumentError("It is a number from 0 to 65535.");
}

function rate(text: string): number {
  const number = Number(text);
  if (text.trim() !== "" && number >= 0 && number <= 1) return number;
  throw new InvalidArgumentError("It is a number from 0 to 1.");
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number.");
}

const UNITS: Readonly<Record<string, number>> = {
  "": 1,
  b: 1,
  k: 1e3,
  kb: 1e3,
  kib: 2 ** 10,
  m: 1e6,
  mb: 1e6,
  mib: 2 ** 20,
  g: 1e9,
  gb: 1e9,
  gib: 2 ** 30,
};

function size(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([a-z]*)$/i.exec(text);
  const unit = UNITS[(match?.[2] ?? "?").toLowerCase()];
  if (match === null || unit === undefined)
    throw new InvalidArgumentError("It is a number of bytes, or one with KiB, MiB or GiB.");
  return Math.floor(Number(match[1]) * unit);
}
