/** @module How objects of unknown classes are made, and given their state. */

import { Dict } from "../dict.ts";
import { CurtidoError } from "../errors.ts";
import { BUILD, INST, MARK, NEWOBJ, NEWOBJ_EX, OBJ, POP, REDUCE, TUPLE2 } from "../opcodes.ts";
import { Global, type Instance, StateSetter, Tuple } from "../values.ts";
import { saveGlobal } from "./globals.ts";
import type { Writer } from "./writer.ts";

/** The call that makes an instance, in the form that made it. */
export function saveMaking(writer: Writer, { class: callable, args, form, kwargs, reconstructed }: Instance): boolean {
  if (form === "inst" || form === "obj") return saveOldInstance(writer, callable, args);
  if (form === "newobj_ex") return saveKeywords(writer, callable, args, kwargs ?? new Dict());
  if (form === "newobj" && (reconstructed || writer.protocol < 2))
    return saveReconstruction(writer, callable, args, reconstructed);
  return writer.steps(
    () => writer.save(callable),
    () => writer.saveArguments(args),
    () => writer.op(form === "newobj" ? NEWOBJ : REDUCE),
  );
}

/** An instance of a class of Python 2's old kind. */
function saveOldInstance(writer: Writer, callable: Global | Instance, args: readonly unknown[]): boolean {
  writer.op(MARK);
  if (writer.protocol === 0) {
    if (!(callable instanceof Global))
      throw new CurtidoError("E_TYPE", "protocol 0 makes such an instance by name only");
    return writer.steps(
      () => writer.each(args, (arg) => writer.save(arg)),
      () => saveGlobal(writer, callable, INST),
    );
  }
  return writer.steps(
    () => writer.save(callable),
    () => writer.each(args, (arg) => writer.save(arg)),
    () => writer.op(OBJ),
  );
}

function saveKeywords(writer: Writer, callable: unknown, args: readonly unknown[], kwargs: Dict): boolean {
  if (writer.protocol >= 4) {
    return writer.steps(
      () => writer.save(callable),
      () => writer.saveArguments(args),
      () => writer.save(kwargs),
      () => writer.op(NEWOBJ_EX),
    );
  }
  return writer.saveCall(new Global("copyreg", "__newobj_ex__"), [callable, new Tuple(args), kwargs]);
}

/** `object.__new__` makes no list, dict or any other type written in C: only the class itself is sure to. */
function saveReconstruction(
  writer: Writer,
  callable: unknown,
  args: readonly unknown[],
  reconstructed: boolean,
): boolean {
  if (!reconstructed || args.length > 0)
    return writer.saveCall(new Global("copyreg", "__newobj__"), [callable, ...args]);
  return writer.saveCall(new Global("copyreg", "_reconstructor"), [callable, new Global("builtins", "object"), null]);
}

/** What gives an object its state. */
export function saveState(writer: Writer, object: object, state: unknown): boolean {
  if (!(state instanceof StateSetter)) {
    return writer.steps(
      () => writer.save(state),
      () => writer.op(BUILD),
    );
  }
  return writer.steps(
    () => writer.save(state.setter),
    () => writer.save(object),
    () => writer.save(state.state),
    () => writer.op(TUPLE2) && writer.op(REDUCE) && writer.op(POP),
  );
}
