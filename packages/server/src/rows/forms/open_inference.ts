/** @module The form of Open Inference V2: tensors in, tensors out. */

import { columnsIn, type Form, misshapen } from "./form.ts";
import { rowsOfTensors, tensorOfValues } from "./tensors.ts";

export const openInference: Form = {
  rows({ id, inputs, outputs }, { method }) {
    checkOutputs(outputs, method);
    return { ...rowsOfTensors(inputs), ...(typeof id === "string" ? { id } : {}) };
  },
  answer(answer, { id, count }, { model, version }) {
    return {
      model_name: model,
      ...(version === undefined ? {} : { model_version: String(version) }),
      ...(id === undefined ? {} : { id }),
      outputs: columnsIn(answer, count).map(([name, values]) => tensorOfValues(name, values)),
    };
  },
};

function checkOutputs(outputs: unknown, method: string): void {
  if (outputs === undefined) return;
  const names = Array.isArray(outputs)
    ? outputs.map((output) => (output as { name?: unknown } | null)?.name)
    : [undefined];
  if (!names.every((name) => name === method)) throw misshapen(`the only output is '${method}'`);
}
