/** @module The command that trains. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { readingOptions } from "./shared_options.ts";

/** Adds `train`; `done` is told the exit code. */
export function trainCommand(program: Command, done: (code: number) => void): void {
  readingOptions(program.command("train"))
    .description("Train a model on a table and write it as a pickle that Python loads")
    .argument(
      "<data>",
      "a table: json, jsonl, csv, tsv, arrow, parquet, xlsx, xml, or a pickled data frame; - is standard input",
    )
    .requiredOption("--target <column>", "the column to predict")
    .requiredOption("-o, --output <file>", "the model's file: .pkl, .joblib or .skops")
    .option("--estimator <name>", "a class of scikit-learn; auto compares a few by cross-validation", "auto")
    .option("--set <name=value...>", "parameters of the estimator, such as n_estimators=200")
    .addOption(
      new Option("--task <task>", "what the target is for; inferred when not given").choices([
        "classification",
        "regression",
      ]),
    )
    .option("--numeric <column...>", "columns that are numbers, whatever they look like")
    .option("--categorical <column...>", "columns that are categories, whatever they look like")
    .option("--drop <column...>", "columns that are not learned from, also as a,b,c")
    .addOption(
      new Option("--dates <how>", "dates become days since 1970; with parts, month and day of the week too").choices([
        "days",
        "parts",
      ]),
    )
    .option(
      "--max-categories <number>",
      "categories of a column that get a column of their own, the rest together; 50 unless the table becomes too wide",
      wholeFrom2,
    )
    .option("--skip-missing-target", "leave out rows without a target, which are an error otherwise")
    .option("--seed <number>", "of everything that is drawn", seed, 0)
    .option(
      "--test-size <size>",
      "the share or number of rows that are held back for testing; 0 for none",
      testSize,
      0.2,
    )
    .option("--refit", "learn from all rows in the end, those held back too")
    .option(
      "--scikit-learn <release>",
      "the release that is to read the file without a warning, such as 1.2 (default: 1.9.1)",
    )
    .option("--report <file...>", "the report as .html (with plots), .json or .txt")
    .option("--json", "print the report as JSON")
    .option("--from <format>", "the format of the data, whatever its name is")
    .addHelpText("after", "\nExample:\n  curtido train examples/train/penguins.csv --target species -o especies.pkl")
    .action(async (data: string, options) => done(await (await import("../commands/train.ts")).train(data, options)));
}

function wholeFrom2(text: string): number {
  if (/^\d+$/.test(text) && Number(text) >= 2) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 2 on.");
}

function seed(text: string): number {
  if (/^\d+$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new InvalidArgumentError("It is a whole number below 4294967296.");
}

function testSize(text: string): number {
  const number = Number(text);
  const valid = text.trim() !== "" && number >= 0 && (number < 1 || Number.isInteger(number));
  if (valid) return number;
  throw new InvalidArgumentError("It is a share from 0 to below 1, or a whole number of rows.");
}
