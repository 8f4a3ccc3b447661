/** @module The commands that look at pickles as they are: `dis` and `optimize`. */

import { type Command, InvalidArgumentError, Option } from "commander";

/** Blanks that a mark may indent, at most. */
const WIDEST_INDENT = 10_000;

/** Adds `dis` and `optimize`; `done` is told the exit code. */
export function pickleCommands(program: Command, done: (code: number) => void): void {
  program
    .command("dis")
    .description("Show pickles opcode by opcode, as `python -m pickletools` does")
    .argument("[file...]", "pickles; - is standard input")
    .option("-o, --output <file>", "where the text goes; standard output when none is given")
    .option("-m, --memo", "go on with the memo of one file in the next")
    .option("-l, --indentlevel <blanks>", "how many blanks a MARK indents what follows it (default: 4)", indent)
    .option("-a, --annotate", "describe every opcode in a few words")
    .addOption(new Option("--python <version>", "whose words describe the opcodes").choices(["3.11", "3.13"]))
    .option("-p, --preamble <text>", 'what stands above each of several files (default: "==> {name} <==")')
    .addHelpText("after", "\nExample:\n  curtido dis -a examples/modelo.pkl")
    .action(async (files: string[], options, command: Command) => {
      if (files.length === 0) command.outputHelp();
      else done(await (await import("../commands/dis.ts")).dis(files, options));
    });
  program
    .command("optimize")
    .description("Leave out the memo entries of a pickle that nothing reads, as `pickletools.optimize` does")
    .argument("<in>", "a pickle; - is standard input")
    .argument("<out>", "where the smaller one goes; - is standard output")
    .addHelpText("after", "\nExample:\n  curtido optimize examples/modelo.pkl smaller.pkl")
    .action(async (from: string, to: string) =>
      done(await (await import("../commands/optimize.ts")).optimizeFile(from, to)),
    );
}

/** As Python's `int` reads it. */
function indent(text: string): number {
  const match = /^\s*([+-]?\d+(?:_\d+)*)\s*$/.exec(text);
  const blanks = Number(match?.[1]?.replaceAll("_", ""));
  if (blanks <= WIDEST_INDENT) return blanks;
  throw new InvalidArgumentError(`It is a whole number up to ${WIDEST_INDENT}.`);
}
