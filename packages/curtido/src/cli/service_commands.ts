/** @module The commands that concern a running service: push, pull, keys. */

import { type Command, InvalidArgumentError } from "commander";
import { cardOption } from "./shared_options.ts";

/** Adds `push`, `pull` and `keys`; `done` is told the exit code. */
export function serviceCommands(program: Command, done: (code: number) => void): void {
  program
    .command("push")
    .description("Publish a model at an address of a service")
    .argument("<file>", "a file, or a part of one: bundle.pkl#pipe")
    .argument("<url>", "the address of the model")
    .option("--key <key>", "a key with the scope 'publish'; CURTIDO_KEY when none is given")
    .option("--if-match <tag>", "publish only when this is the ETag of the current version")
    .option("--allow <name...>", "Python names that the file may hold, such as mymodule.MyClass or mymodule.*")
    .addOption(cardOption())
    .option("--change-signature", "publish it though clients of the current version could not ask this one")
    .addHelpText("after", "\nExample:\n  curtido push examples/modelo.pkl http://localhost:5000/modelo")
    .action(async (file: string, url: string, options) =>
      done(await (await import("../commands/push.ts")).push(file, url, options)),
    );
  program
    .command("pull")
    .description("Get the file of a published model")
    .argument("<url>", "the address of the model, or of one of its versions")
    .argument("<file>", "the file to write")
    .option("--key <key>", "a key with the scope 'publish'; CURTIDO_KEY when none is given")
    .addHelpText("after", "\nExample:\n  curtido pull http://localhost:5000/modelo/versions/1 modelo.pkl")
    .action(async (url: string, file: string, options) =>
      done(await (await import("../commands/push.ts")).pull(url, file, options)),
    );
  keysCommand(program, done);
}

function keysCommand(program: Command, done: (code: number) => void): void {
  const keys = program
    .command("keys")
    .description("Make, list and revoke the keys of a service")
    .addHelpText("after", "\nExample:\n  curtido keys list --data ./curtido-data");
  const data = ["--data <place>", "the folder or postgres:// address that 'serve --data' has"] as const;
  keys
    .command("create")
    .description("Make a key; its secret is printed once")
    .argument("<name>", "whose it is")
    .requiredOption(...data)
    .option("--scopes <list>", "any of predict, publish, admin (default: predict)", list)
    .option("--expires <moment>", "until when it is good, such as 2030-01-31")
    .option("--rate <number>", "how many requests a minute it may send", positive)
    .addHelpText("after", "\nExample:\n  curtido keys create ci --scopes publish --data ./curtido-data")
    .action(async (name: string, options) =>
      done(await (await import("../commands/keys.ts")).createKey(name, options)),
    );
  keys
    .command("list")
    .description("List the keys, without their secrets")
    .requiredOption(...data)
    .option("--json", "as JSON")
    .addHelpText("after", "\nExample:\n  curtido keys list --data ./curtido-data")
    .action(async (options) => done(await (await import("../commands/keys.ts")).listKeys(options)));
  keys
    .command("revoke")
    .description("Take a key away")
    .argument("<id>", "which one, as 'keys list' names it")
    .requiredOption(...data)
    .addHelpText("after", "\nExample:\n  curtido keys revoke 0123456789abcdef --data ./curtido-data")
    .action(async (id: string, options) => done(await (await import("../commands/keys.ts")).revokeKey(id, options)));
  for (const command of keys.commands) command.exitOverride().option("--verbose", "say the cause of an error too");
}

function list(text: string): string[] {
  return text
    .split(",")
    .map((part) => part.trim())
    .filter((part) => part !== "");
}

function positive(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It is a whole number from 1 on.");
}
