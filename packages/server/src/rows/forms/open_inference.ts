/** @module The form of Open Inference V2: tensors in, tensors out. */

import { OUTPUTS, type Output } from "../answer.ts";
import { type Asked, columnsIn, type Form, misshapen } from "./form.ts";
import { rowsOfTensors, tensorOfValues } from "./tensors.ts";

export const openInference: Form = {
  rows({ id, inputs, outputs }, asked) {
    const order = outputsIn(outputs, asked);
    const more = order.filter((name): name is Output => name !== asked.method);
    return {
      ...rowsOfTensors(inputs),
      ...(typeof id === "string" ? { id } : {}),
      ...(order.length > 0 && { order }),
      ...(more.length > 0 && { outputs: more }),
    };
  },
  answer(answer, { id, count, order }, { model, version }) {
    const columns = columnsIn(answer, count);
    const asked = order?.flatMap((name) => columns.filter(([each]) => each === name));
    // What a function of the user's put in the place of the answer is all that there is.
    const shown = asked === undefined || asked.length < order!.length ? columns : asked;
    return {
      model_name: model,
      ...(version === undefined ? {} : { model_version: String(version) }),
      ...(id === undefined ? {} : { id }),
      outputs: shown.map(([name, values]) => tensorOfValues(name, values)),
    };
  },
};

/** The names of the outputs that are wanted, in their order; none when the body does not say. */
function outputsIn(outputs: unknown, { method, includes }: Asked): readonly string[] {
  if (outputs === undefined || outputs === null) return [];
  if (!Array.isArray(outputs)) throw misshapen("'outputs' must be an array of { name }", "/outputs");
  const more = (Object.keys(OUTPUTS) as Output[]).filter((name) => includes.includes(OUTPUTS[name]));
  const known: readonly string[] = [method, ...more];
  return outputs.map((output, at) => {
    const name = (output as { name?: unknown } | null)?.name;
    if (typeof name === "string" && known.includes(name)) return name;
    const place = `/outputs/${at}/name`;
    throw misshapen(`this model's outputs are ${known.join(", ")}`, place);
  });
}
