/** @module The command that says how good a model is. */

import { type Command, Option } from "commander";
import { cardOption, featuresOption, readingOptions } from "./shared_options.ts";

/** Adds `score`; `done` is told the exit code. */
export function scoreCommand(program: Command, done: (code: number) => void): void {
  readingOptions(program.command("score"))
    .description("Say how good a model is on rows whose targets are known, beside answering without one")
    .argument("<model>", "a file, or a part of one: bundle.pkl#pipe")
    .argument("<data>", "rows as .json, .jsonl, .csv, .tsv, .arrow, .parquet, .xlsx or .xml; - is standard input")
    .option("--target <column>", "the column that is predicted; the one that train was told, or the last one")
    .option("--importances", "say too how much worse it becomes when the values of a column are mixed up")
    .option("--from <format>", "the format of the rows, whatever the name of their file is")
    .addOption(new Option("--format <format>", "of the figures").choices(["text", "json"]).default("text"))
    .addOption(featuresOption())
    .addOption(cardOption())
    .option("--names <file>", "a module whose default export holds your own Python names")
    .addHelpText(
      "after",
      "\nExample:\n  curtido score examples/penguins.pkl examples/train/penguins.csv --target species",
    )
    .action(async (model: string, data: string, options) =>
      done(await (await import("../commands/score.ts")).score(model, data, options)),
    );
}
