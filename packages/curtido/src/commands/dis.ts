/** @module `curtido dis`: pickles opcode by opcode, as `python -m pickletools` shows them. */

import { CurtidoError, type DisassemblyMemo, disassembly, isCurtidoError } from "@curtido/pickle";
import { openFile, readStandardInput, readWhole, TextOutput } from "../files.ts";
import { preambleOf } from "../preamble.ts";
import { UsageError } from "../terminal.ts";

/** The options of the command, with the names that Python gives them. */
export interface DisOptions {
  readonly output?: string;
  readonly memo?: true;
  readonly indentlevel?: number;
  readonly annotate?: true;
  readonly preamble?: string;
  readonly python?: "3.11" | "3.13";
}

/** The column where descriptions start. */
const ANNOTATE = 30;
const PREAMBLE = "==> {name} <==";

/** A pickle file; standard input goes on where it stopped when it is named again. */
interface Input {
  readonly name: string;
  readonly read: () => Promise<{ readonly bytes: Uint8Array; position: number }>;
}

/**
 * Writes the disassembly of every file. Like Python, it opens all of them before it reads any (a file that cannot be
 * opened is wrong usage), and stops at the first stream that makes no sense. Unlike Python, standard input may be a pipe.
 *
 * @throws CurtidoError in Python's words, behind the file's name
 */
export async function dis(files: readonly string[], options: DisOptions): Promise<number> {
  const { inputs, output } = opened(files, options.output);
  const memo: DisassemblyMemo | undefined = options.memo === true && files.length > 1 ? new Map() : undefined;
  const layout = {
    ...(options.annotate === true ? { annotate: ANNOTATE } : {}),
    ...(options.indentlevel === undefined ? {} : { indent: options.indentlevel }),
    ...(memo === undefined ? {} : { memo }),
    ...(options.python === undefined ? {} : { python: options.python }),
  };
  try {
    for (const { name, read } of inputs) {
      if (inputs.length > 1) await output.write(`${preambleOf(options.preamble ?? PREAMBLE, name)}\n`);
      const source = await read();
      const pieces = disassembly(source.bytes, { ...layout, position: source.position });
      let next = pieces.next();
      for (; next.done !== true; next = pieces.next()) {
        const written = output.write(next.value);
        if (written !== undefined) await written;
        if (output.unread) return 0;
      }
      const { end, error } = next.value;
      source.position = end;
      if (error !== undefined)
        throw new CurtidoError(error.code, `${name}: ${error.message} (at byte ${end})`, error.fields, error);
    }
  } finally {
    await output.close();
  }
  return 0;
}

function opened(files: readonly string[], output: string | undefined) {
  try {
    let standard: ReturnType<Input["read"]> | undefined;
    const readStandard = () => {
      standard ??= readStandardInput().then((bytes) => ({ bytes, position: 0 }));
      return standard;
    };
    const inputs = files.map((path): Input => {
      if (path === "-") return { name: "<stdin>", read: readStandard };
      const file = openFile(path, "r");
      return { name: path, read: async () => ({ bytes: readWhole(file, path), position: 0 }) };
    });
    return { inputs, output: new TextOutput(output) };
  } catch (error) {
    if (isCurtidoError(error)) throw new UsageError(error.message, { cause: error });
    throw error;
  }
}
