/** @module What a model says of itself once it is revived. */

import { type Estimator, estimatorError, type Signature } from "@curtido/estimators";
import { type AnswerMethod, INCLUDES } from "../rows/answer.ts";
import { type Description, versionText } from "./described.ts";
import { METHOD_OF } from "./included.ts";
import { saidOf, signatureOf } from "./note.ts";

/** What a model says of itself once it is revived. @throws CurtidoError E_NO_METHOD */
export function descriptionOf(estimator: Estimator): Description {
  const method = answering(estimator);
  const { className, pythonName, cost } = estimator;
  const signature = signatureOf(estimator);
  return {
    className,
    pythonName,
    version: versionText(estimator.version),
    method,
    signature,
    includes: INCLUDES.filter((include) =>
      include === "warnings" ? signature.features.some(isOpen) : estimator.offers(METHOD_OF[include]),
    ),
    gathers: method === "predict" && signature.features.length > 0 && estimator.gathers,
    card: saidOf(estimator),
    part: estimator.part,
    estimate: { perCall: cost.perCall, perRow: cost.perRow, perCharacter: cost.perCharacter },
  };
}

/** Whether a feature takes categories that training has not seen. */
function isOpen({ categories, closed }: Signature["features"][number]): boolean {
  return categories !== undefined && closed !== true;
}

function answering(estimator: Estimator): AnswerMethod {
  if (estimator.offers("predict")) return "predict";
  if (estimator.offers("transform")) return "transform";
  if (estimator.offers("kneighbors")) return "neighbors";
  if (estimator.offers("scoreSamples")) return "score";
  const message = `a ${estimator.className} cannot be served: it neither predicts, transforms, finds neighbours nor scores; ${estimator.instead()}`;
  throw estimatorError("E_NO_METHOD", message, { method: "predict", methods: estimator.methods });
}
