/** @module Options that several commands have. */

import { type Command, Option } from "commander";

/** `--formulas`: what becomes in CSV of texts that a spreadsheet would compute. */
export function formulasOption(): Option {
  const words = "texts of CSV that a spreadsheet would compute get a quote in front, or are kept as they are";
  return new Option("--formulas <what>", words).choices(["quote", "keep"]);
}

/** Adds the options that say how a table is read: the same for every command that reads one. */
export function readingOptions(command: Command): Command {
  return command
    .option("--sheet <name>", "the sheet of a workbook; its first one when none is given")
    .option("--separator <character>", "what separates the cells of CSV, such as ; or tab; seen when not given")
    .addOption(
      new Option("--decimal <mark>", "what stands before the fraction of a number; seen when not given").choices([
        ".",
        ",",
      ]),
    )
    .option("--thousands <mark>", "what groups the digits of a number, such as . or space; seen when not given")
    .option("--encoding <name>", "of texts, such as windows-1252; seen when not given")
    .option("--missing <spellings>", "what else stands for a missing value, such as N/D,?", listOf)
    .option("--header <line>", "present, absent, or the number of the line that names the columns");
}

/** `--features`: the names of the features, for a model that does not tell them. */
export function featuresOption(): Option {
  const words = "the names of the features in their order, such as age,fare, where the model does not tell them";
  return new Option("--features <names>", words).argParser(listOf);
}

/** `--card`: what is said of a model beside its file. */
export function cardOption(): Option {
  const words = "a JSON file with names, words and units of the model; MODEL.card.json beside it when not given";
  return new Option("--card <file>", words);
}

/** A list with commas between. */
export function listOf(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}
