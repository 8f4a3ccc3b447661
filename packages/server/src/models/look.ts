/** @module A first look at a file that is to be served: scanned, revived, asked once, described. Runs where it can be ended. */

import { scanFile } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import type { CardInput, Limits } from "@curtido/estimators";
import { type Origin, reviveOrigin } from "@curtido/estimators/node";
import { CurtidoError, isCurtidoError } from "@curtido/pickle";
import { plainValue } from "../rows/results.ts";
import { hashOf } from "../store/artifacts.ts";
import { type BriefFeature, type BriefSignature, briefly } from "./brief.ts";
import type { Description } from "./described.ts";
import { exampleRow } from "./example.ts";
import { Served } from "./served.ts";

/** A file that is to be served. */
export interface Look {
  readonly bytes: Uint8Array;
  readonly name: string;
  /** What is said of it beside the file. */
  readonly card?: CardInput;
  /** Whether somebody wants to publish it: then it has to be clean. */
  readonly scan: boolean;
  /** Python names that are known to whoever publishes it. */
  readonly allow: readonly string[];
  /** Python names that stand for functions of the program, which no thread can have. */
  readonly own: readonly string[];
  /** What the model may cost; as `DEFAULT_LIMITS` has it, and half of the machine's memory, unless told otherwise. */
  readonly limits?: Partial<Limits>;
}

/** What came of it. */
export interface Looked {
  /** What the model says of itself; `undefined` when it needs functions that no thread can have. */
  readonly description: Description | undefined;
  /** How long it takes to revive it and to ask it once, in milliseconds. */
  readonly milliseconds: number;
  /** Of the bytes, in hexadecimal. */
  readonly sha256: string;
}

/** Takes a {@link Look}, wherever that is done. */
export type Looker = (look: Look) => Promise<Looked>;

/** How many findings of a scan an error names. */
const MOST_FINDINGS = 20;
/** What is said of a file that may not be published. */
const WORDS = {
  danger: "the file is not safe",
  undecided: "it could not be told whether the file is safe",
  "unknown-names": "the file calls what is not known; if you know it, allow it by name",
};
/** Milliseconds of reviving that may be those of code that runs for the first time: then it is done again. */
const COLD = 150;

/**
 * Looks at a file.
 *
 * @throws CurtidoError E_SCAN with the findings; why it is no model
 */
export function lookAt({ bytes, name, card, scan, allow, own, limits = {} }: Look): Looked {
  const origin: Origin = { bytes, ...(card && { card }) };
  if (scan) refuseFindings(bytes, [...allow, ...own]);
  const sha256 = hashOf(bytes);
  try {
    let { served, milliseconds } = revived(name, origin, limits);
    if (milliseconds < COLD) {
      const again = revived(name, origin, limits);
      served = again.served;
      milliseconds = Math.min(milliseconds, again.milliseconds);
    }
    return { description: plain(served), milliseconds, sha256 };
  } catch (error) {
    if (own.length === 0 || !isCurtidoError(error, "E_UNKNOWN_NAME")) throw error;
    return { description: undefined, milliseconds: 0, sha256 };
  }
}

function revived(
  name: string,
  origin: Origin,
  limits: Partial<Limits>,
): { readonly served: Served; readonly milliseconds: number } {
  const began = performance.now();
  const served = warmed(new Served(name, reviveOrigin(origin, { limits })));
  return { served, milliseconds: performance.now() - began };
}

/** Asks a model once, so that nobody waits for what is prepared then. */
export function warmed(served: Served): Served {
  try {
    served.answer({ rows: [exampleRow(served.signature)], single: true });
  } catch (error) {
    if (!isCurtidoError(error, "E_FEATURES")) throw error; // a row of our making may not fit; that it is judged is enough
  }
  return served;
}

function refuseFindings(bytes: Uint8Array, allow: readonly string[]): void {
  const { concern, findings, unlisted } = scanFile(bytes, { path: "", inflate: nodeInflate, allow });
  if (concern === "none") return;
  // What an unknown class would do is not known; that the model answers without it is found out next.
  const bad = unlisted > 0 ? findings : findings.filter(({ kind }) => kind !== "unknown-name");
  if (bad.length === 0) return;
  const words = bad.slice(0, MOST_FINDINGS).map((finding) => finding.words);
  const what = WORDS[concern];
  throw new CurtidoError("E_SCAN", `${what}: ${words[0] ?? "its scan failed"}`, { findings: words });
}

/** A description that one thread can send another: in brief, the rest stays with the model. */
function plain(served: Served): Description {
  const { className, pythonName, version, method, includes, gathers, estimate, card, part } = served;
  return {
    className,
    pythonName,
    version,
    method,
    signature: sendable(briefly(served.signature)),
    includes,
    gathers,
    estimate,
    card,
    part,
    width: served.cost.width,
  };
}

function sendable(signature: BriefSignature): BriefSignature {
  const feature = ({ categories, ...rest }: BriefFeature): BriefFeature => ({
    ...rest,
    ...(categories === undefined ? {} : { categories: categories.map(simple) }),
    ...(rest.default === undefined ? {} : { default: simple(rest.default) }),
  });
  return {
    ...signature,
    features: signature.features.map(feature),
    ...(signature.classes === undefined ? {} : { classes: signature.classes.map((labels) => labels.map(simple)) }),
  };
}

/** A value as it stands in documents. */
function simple(value: unknown): unknown {
  const text = plainValue(value);
  return typeof text === "object" && text !== null ? String(text) : text;
}
