/** @module What a scan says: plain data, and the words for it. */

/** How bad a finding is: it runs code, it may, or it kept the scan from knowing. */
export type Severity = "danger" | "warning" | "undecided";

/** What a policy says of a name. */
export type NameVerdict = "safe" | "dangerous" | "unknown";

/** `clean`: every byte was read, every name is known, every reader sees the same. `unknown`: could not tell. */
export type ScanVerdict = "clean" | "findings" | "unknown";

/** One kind of finding: its severity, what it means, and what to do. */
export interface FindingRule {
  readonly severity: Severity;
  readonly means: string;
  readonly advice: string;
}

const REJECT = "Do not load the file; ask who made it, and get one that does not need this.";
const TRUST = "Load the file only if you trust whoever made it; name what is yours as allowed.";
const AGAIN = "Get the whole file again, and scan that.";

/** Every kind of finding. */
export const findingRules = {
  "dangerous-name": {
    severity: "danger",
    means: "It names a function or class that runs code, reaches the system, or loads other files.",
    advice: REJECT,
  },
  "dangerous-call": {
    severity: "danger",
    means: "Loading the file calls a function that runs code, reaches the system, or loads other files.",
    advice: REJECT,
  },
  "computed-call": {
    severity: "danger",
    means: "Loading the file calls what the file itself makes, which no name says.",
    advice: REJECT,
  },
  "extension-code": {
    severity: "danger",
    means: "It stands for a name by a number that only the program that loads the file resolves.",
    advice: REJECT,
  },
  "state-on-name": {
    severity: "danger",
    means: "It sets attributes of a class, function or module itself, which changes the program that loads the file.",
    advice: REJECT,
  },
  "dangerous-operand": {
    severity: "danger",
    means:
      "What is harmless otherwise is given, or asked for, what leads to something else: an operand, a state or an attribute that is on no list.",
    advice: REJECT,
  },
  "unknown-name": {
    severity: "warning",
    means: "It names a function or class that is on no list: what it does is not known.",
    advice: TRUST,
  },
  "unknown-call": {
    severity: "warning",
    means: "Loading the file calls a function that is on no list: what it does with its operands is not known.",
    advice: TRUST,
  },
  "unlisted-call": {
    severity: "warning",
    means: "Loading the file calls a function that is known, but not as one that loading may call.",
    advice: TRUST,
  },
  "operand-type": {
    severity: "warning",
    means: "An opcode is given an object that no pickler gives it, which reaches methods of other objects.",
    advice: REJECT,
  },
  "readers-disagree": {
    severity: "warning",
    means: "Different readers of pickles read this place differently, so that one may miss what another one runs.",
    advice: REJECT,
  },
  "archive-lie": {
    severity: "warning",
    means: "Different readers of archives see different contents, so that one may miss what another one loads.",
    advice: REJECT,
  },
  "outside-file": {
    severity: "warning",
    means: "Loading the file opens another file, outside its own folder.",
    advice: REJECT,
  },
  "persistent-id": {
    severity: "undecided",
    means: "It stands for an object by an id that only the program that loads the file resolves.",
    advice: "Ask that program's documentation what it does with the ids of a file.",
  },
  "out-of-band": {
    severity: "undecided",
    means: "It refers to buffers that are kept elsewhere.",
    advice: "Scan them too, where they are.",
  },
  truncated: { severity: "undecided", means: "It ends before it is complete.", advice: AGAIN },
  malformed: { severity: "undecided", means: "It breaks the rules of its format.", advice: AGAIN },
  "trailing-data": {
    severity: "undecided",
    means: "Bytes that are no pickle follow a pickle: what reads them is not known.",
    advice: "Save the object again, to a file of its own.",
  },
  unopened: {
    severity: "undecided",
    means: "What is inside was not looked at.",
    advice: "Unpack it, and scan what comes out.",
  },
  "over-limit": {
    severity: "undecided",
    means: "It asks for more than a scan may take, so that the rest was not looked at.",
    advice: "Scan it again with a larger limit, if it may be as large as that.",
  },
  unreadable: { severity: "undecided", means: "It could not be read.", advice: "Check its path and permissions." },
} as const satisfies Readonly<Record<string, FindingRule>>;

/** The kind of a finding. */
export type FindingKind = keyof typeof findingRules;

/** One thing that was found, and where. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  /** The file, and what was opened on the way: `archive.pt!/data.pkl`, `model.pkl!pickle@1234`. */
  readonly path: string;
  /** The byte in the innermost of these. */
  readonly offset: number;
  /** The Python name that it is about. */
  readonly name?: string;
  readonly words: string;
  /** How often it was found, from `offset` on. */
  readonly count: number;
}

/** A name that a file uses, by the policy. */
export interface NameUse {
  readonly name: string;
  readonly verdict: NameVerdict;
  /** Where it is named first. */
  readonly path: string;
  readonly offset: number;
  readonly mentions: number;
  readonly calls: number;
  /** How often what it made was given a state. */
  readonly builds: number;
}

/**
 * What stands against loading a file, the worst of it: `danger` is any finding that is more than a name of no list,
 * `undecided` what could not be looked at, `unknown-names` only names that their user may know and allow.
 */
export type Concern = "none" | "unknown-names" | "undecided" | "danger";

/** What a scan found. */
export interface ScanReport {
  readonly path: string;
  readonly verdict: ScanVerdict;
  readonly concern: Concern;
  readonly findings: readonly Finding[];
  /** Findings beyond the limit, which are not listed. */
  readonly unlisted: number;
  readonly names: readonly NameUse[];
  /** The modules that the names belong to, in order. */
  readonly modules: readonly string[];
  /** The versions of packages that the file tells, by their first module: `sklearn`. */
  readonly versions: Readonly<Record<string, string>>;
  /** How many pickles were read, also inside others and inside containers. */
  readonly pickles: number;
  /** Bytes that were looked at, unfolded ones included. */
  readonly bytes: number;
}

/** The verdict that findings make. */
export function verdictOf(findings: Iterable<{ readonly severity: Severity }>): ScanVerdict {
  let verdict: ScanVerdict = "clean";
  for (const { severity } of findings) {
    if (severity !== "undecided") return "findings";
    verdict = "unknown";
  }
  return verdict;
}

/** The worst of what findings say. */
export function concernOf(findings: Iterable<{ readonly kind?: FindingKind; readonly severity: Severity }>): Concern {
  let concern: Concern = "none";
  for (const { kind, severity } of findings) {
    if (severity === "undecided") concern = "undecided";
    else if (kind !== "unknown-name" && kind !== "unknown-call") return "danger";
    else if (concern === "none") concern = "unknown-names";
  }
  return concern;
}
