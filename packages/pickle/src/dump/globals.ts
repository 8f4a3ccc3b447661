/** @module Classes and functions by name. */

import { CurtidoError } from "../errors.ts";
import { EXT1, EXT2, EXT4, GLOBAL, STACK_GLOBAL } from "../opcodes.ts";
import { python2Name } from "../python2.ts";
import { encodeUtf8, latin1Of } from "../text.ts";
import { Global } from "../values.ts";
import type { Writer } from "./writer.ts";

/** Writes a name, or its memo entry; `opcode` is INST where the name stands within it, and is not kept then. */
export function saveGlobal(writer: Writer, { module, name }: Global, opcode = GLOBAL): boolean {
  const key = `${module}\0${name}`;
  const known = opcode === GLOBAL ? writer.globals.get(key) : undefined;
  if (known !== undefined) {
    writer.get(known);
    return true;
  }
  const keep = () => {
    if (opcode === GLOBAL) writer.globals.set(key, writer.remember());
    return true;
  };
  if (opcode === GLOBAL && saveExtension(writer, `${module}.${name}`)) return true;
  if (writer.protocol >= 4 && opcode === GLOBAL) {
    writer.save(module);
    writer.save(name);
    writer.op(STACK_GLOBAL);
    return keep();
  }
  const dot = opcode === GLOBAL ? name.lastIndexOf(".") : -1;
  if (dot < 0) {
    writer.sink.lines(opcode, ...spelled(writer, module, name));
    return keep();
  }
  const parent = new Global(module, name.slice(0, dot));
  return writer.steps(() => writer.saveCall(new Global("builtins", "getattr"), [parent, name.slice(dot + 1)]), keep);
}

function saveExtension(writer: Writer, name: string): boolean {
  const code = writer.protocol >= 2 ? writer.options.extensions?.get(name) : undefined;
  if (code === undefined) return false;
  if (!Number.isInteger(code) || code <= 0 || code > 0x7fffffff)
    throw new CurtidoError("E_EXTENSION", `the extension code of ${name} is 1 to 2147483647, not ${code}`, {
      name,
      code,
    });
  if (code <= 0xff) writer.sink.opU1(EXT1, code);
  else if (code <= 0xffff) writer.sink.opU2(EXT2, code);
  else writer.sink.opU4(EXT4, code);
  return true;
}

/** The two lines of a name: ASCII, and as Python 2 knows it, below protocol 3; UTF-8 from then on. */
function spelled({ protocol, options }: Writer, module: string, name: string): [string, string] {
  for (const part of [module, name])
    if (part.includes("\n"))
      throw new CurtidoError("E_TYPE", "a name with a line feed needs protocol 4 or later", { module, name });
  if (protocol >= 3) return [latin1Of(encodeUtf8(module)), latin1Of(encodeUtf8(name))];
  const [oldModule, oldName] = options.fixImports === false ? [module, name] : python2Name(module, name);
  for (const part of [oldModule, oldName]) {
    if (!/^[\0-\x7f]*$/.test(part))
      throw new CurtidoError("E_TYPE", `the name ${module}.${name} is not ASCII: it needs protocol 3 or later`, {
        module,
        name,
      });
  }
  return [oldModule, oldName];
}
