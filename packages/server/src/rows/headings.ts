/** @module Names of columns and keys as they were sent, and the features of the model that they stand for. */

import { BAD, type Cell, numberOf, type TextSource } from "@curtido/tables";
import { listed, type RowProblem, shownName, simplify } from "./problems.ts";

/** What becomes of a feature that the model does not have. */
export type Unexpected = "refuse" | "ignore";

/** How rows are read. */
export interface ReadOptions {
  readonly unexpected?: Unexpected | undefined;
  /** Whether names may differ in case, accents, spaces and punctuation, where only one feature can be meant. */
  readonly names?: "exact" | "loose" | undefined;
}

/** Where features stand among names that were sent, and what is wrong with those. */
export interface Matched {
  /** For each feature the place of its name, or -1. */
  readonly places: readonly number[];
  /** Names that stand for no feature. */
  readonly unknown: readonly string[];
}

/** What is known of the names of a model beside those of its features. */
export interface Naming {
  /** Whether the library that trained the model writes `_` for spaces in names. */
  readonly renames?: boolean;
  /** Whether training saw an array, so that the names of its features are ours. */
  readonly unnamed?: boolean;
  /** Columns of the table that it learned from and that are no features: what it predicts, what was left out. */
  readonly others?: readonly string[];
  /** Whether names may differ in case, accents, spaces and punctuation unless a request says otherwise. */
  readonly loose?: boolean;
}

/** The names that a model knows. */
export class Headings {
  readonly names: readonly string[];
  /** Names that several features have; they have to be told apart by their order. */
  readonly twins: ReadonlySet<string>;
  private readonly cells: readonly Cell[];
  private readonly places: ReadonlyMap<string, readonly number[]>;
  private readonly renames: boolean;
  private readonly unnamed: boolean;
  private readonly loose: boolean;
  /** In a table that has them, these are no features, and no mistake. */
  private readonly others: ReadonlySet<string>;

  constructor(
    names: readonly string[],
    cells: readonly Cell[],
    { renames = false, unnamed = false, others = [], loose = false }: Naming,
  ) {
    this.names = names;
    this.cells = cells;
    this.renames = renames;
    this.unnamed = unnamed;
    this.loose = loose;
    this.others = new Set(others);
    const places = new Map<string, number[]>();
    for (const [at, name] of names.entries()) {
      const known = places.get(name);
      if (known === undefined) places.set(name, [at]);
      else known.push(at);
    }
    this.places = places;
    this.twins = new Set([...places].filter(([, at]) => at.length > 1).map(([name]) => name));
  }

  has(name: string): boolean {
    return this.places.has(name);
  }

  /** Whether a name may stand in a row. */
  allows(name: string): boolean {
    return this.places.has(name) || this.others.has(name);
  }

  /** Whether a name that is no feature may stand for one. */
  guesses(options: ReadOptions): boolean {
    return this.renames || this.isLoose(options);
  }

  private isLoose({ names }: ReadOptions): boolean {
    return names === undefined ? this.loose : names === "loose";
  }

  /** Whether columns are taken in their order: a model without names has nothing else to go by, as in Python. */
  inOrder(sent: readonly string[]): boolean {
    const plain = (name: string) => !this.has(name) && numberOf(name) === undefined;
    return this.unnamed && sent.length === this.names.length && sent.every(plain);
  }

  /** Which feature each name stands for. Of a name that comes more often than the model has it, the last counts. */
  match(sent: readonly string[], options: ReadOptions): Matched {
    const places = new Array<number>(this.names.length).fill(-1);
    const seen = new Map<string, number>();
    const strange: number[] = [];
    for (const [at, name] of sent.entries()) {
      const features = this.places.get(name);
      if (features === undefined) {
        strange.push(at);
        continue;
      }
      const count = seen.get(name) ?? 0;
      seen.set(name, count + 1);
      places[features[Math.min(count, features.length - 1)]!] = at;
    }
    const left = this.guesses(options)
      ? strange.filter((at) => !this.guess(sent, at, places, strange, options))
      : strange;
    return { places, unknown: left.map((at) => sent[at]!).filter((name) => !this.others.has(name)) };
  }

  /** Gives a strange name the one feature that it can stand for, if there is one. */
  private guess(
    sent: readonly string[],
    at: number,
    places: number[],
    strange: readonly number[],
    options: ReadOptions,
  ): boolean {
    const name = sent[at]!;
    for (const form of this.isLoose(options) ? [underscored, simplify] : [underscored]) {
      const wanted = form(name);
      const rivals = strange.filter((other) => form(sent[other]!) === wanted);
      const meant = places.flatMap((place, feature) =>
        (place < 0 || place === at) && form(this.names[feature]!) === wanted ? [feature] : [],
      );
      if (meant.length !== 1 || rivals.length !== 1) continue;
      places[meant[0]!] = at;
      return true;
    }
    return false;
  }

  /** What is wrong with a header: names that come too often, that no feature has, or that are missing. */
  problems(
    sent: readonly string[],
    { places, unknown }: Matched,
    options: ReadOptions,
    text?: TextSource,
  ): RowProblem[] {
    if (sent.length > 0 && sent.every((name) => numberOf(name) !== undefined && !this.has(name)))
      return [{ path: [], detail: `the first line must hold the names of the features: ${listed(this.names)}` }];
    const problems: RowProblem[] = [];
    if (text !== "form")
      for (const [name, count] of countsOf(sent)) {
        const most = this.places.get(name)?.length ?? (options.unexpected === "ignore" ? count : 1);
        if (count > most)
          problems.push(aboutColumn(name, most > 1 ? `appears ${count} times, not ${most}` : "appears twice"));
      }
    if (options.unexpected !== "ignore") for (const name of unknown) problems.push(this.unknown([name], name));
    for (const [feature, place] of places.entries()) {
      const { name, absent, expected } = this.cells[feature]!;
      if (place < 0 && absent === BAD) problems.push(aboutColumn(name, `is missing: expected ${expected}`));
    }
    return problems;
  }

  /** A name that no feature has. */
  unknown(path: RowProblem["path"], sent: string, row?: number): RowProblem {
    const name = shownName(sent);
    const simple = simplify(name);
    const like = this.names.find((known) => simplify(known) === simple);
    const has = this.unnamed ? "was trained without names, and takes arrays or" : "has";
    const hint = like === undefined ? `; it ${has} ${listed(this.names)}` : `; did you mean '${like}'?`;
    const where = row === undefined ? {} : { row };
    return { path, ...where, feature: name, detail: `'${name}' is not a feature of this model${hint}` };
  }

  /** Why rows by name are refused by a model that has a name more than once. */
  get refusal(): string {
    const [name = ""] = this.twins;
    const count = this.places.get(name)?.length ?? 0;
    return (
      `the model has the feature '${name}' ${count} times, and an object can name it once: ` +
      `send rows as arrays of ${this.names.length} values, or CSV with the header ${listed(this.names)}`
    );
  }
}

function aboutColumn(sent: string, what: string): RowProblem {
  const name = shownName(sent);
  return { path: [name], feature: name, detail: `the column '${name}' ${what}` };
}

function underscored(name: string): string {
  return name.replace(/\s/g, "_");
}

function countsOf(names: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
}
