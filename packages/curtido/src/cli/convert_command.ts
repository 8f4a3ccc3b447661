/** @module The command that converts files. */

import { type Command, InvalidArgumentError, Option } from "commander";
import { formulasOption, readingOptions } from "./shared_options.ts";

/** Adds `convert`; `done` is told the exit code. */
export function convertCommand(program: Command, done: (code: number) => void): void {
  readingOptions(program.command("convert"))
    .description(
      "Convert a file: pkl, joblib, skops, json, jsonl, csv, tsv, arrow, parquet, xlsx, xml, npy, npz, pth and safetensors, by what its name ends with",
    )
    .argument("<in>", "the file to read, or a part of it, as file#part; - is standard input")
    .argument("<out>", "the file to write; - is standard output")
    .option("--from <format>", "the format of the input, whatever its name is")
    .option("--to <format>", "the format of the output, whatever its name is")
    .addOption(
      new Option(
        "--json <form>",
        "plain JSON, which loses what JSON cannot say, or typed JSON, which loses nothing",
      ).choices(["plain", "typed"]),
    )
    .option("--protocol <number>", "of a pickle, 0 to 5 (default: 4)", protocol)
    .addOption(
      new Option("--numpy <version>", "the numpy that reads the pickle; 1 is read by 2 too").choices(["1", "2"]),
    )
    .addOption(
      new Option("--pandas <version>", "the pandas that reads the pickle; 3 keeps its own texts").choices([
        "1",
        "2",
        "3",
      ]),
    )
    .addOption(formulasOption())
    .option("--repair", "undo first what happened to a pickle that was copied as text, where that is without doubt")
    .addHelpText("after", '\nExample:\n  echo \'[{"a": 1, "b": "x"}]\' | curtido convert - - --from json --to csv')
    .action(async (from: string, to: string, options) =>
      done(await (await import("../commands/convert.ts")).convert(from, to, options)),
    );
}

function protocol(text: string): number {
  if (/^[0-5]$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a number from 0 to 5.");
}
