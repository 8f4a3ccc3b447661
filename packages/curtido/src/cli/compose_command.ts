/** @module The command that puts models together. */

import type { Command } from "commander";
import { cardOption, listOf } from "./shared_options.ts";

/** Adds `compose`; `done` is told the exit code. */
export function composeCommand(program: Command, done: (code: number) => void): void {
  program
    .command("compose")
    .description("Put models together that a program called one after the other, as one pickle that Python loads")
    .argument("<part...>", "files, or parts of one such as bundle.pkl#scaler, in the order in which rows go through")
    .requiredOption("-o, --output <file>", "the model's file: .pkl, .joblib or .skops")
    .option("--column <name=file...>", "an encoder for a column, such as sex=le_sex.pkl; the others pass through")
    .option("--target <file>", "what transformed the target: predictions are transformed back")
    .option("--labels <words>", "the words for the classes: le.pkl, 0=Setosa,1=Virginica, or no,yes in their order")
    .option("--features <names>", "the names of the features in their order, such as age,fare", listOf)
    .addOption(cardOption())
    .addHelpText("after", "\nExample:\n  curtido compose examples/scaler.pkl examples/regresion.pkl -o modelo.pkl")
    .action(async (parts: string[], options) =>
      done(await (await import("../commands/compose.ts")).compose(parts, options)),
    );
}
