/** @module What is wrong with rows, and where in the body it stands. */

import { type FeatureProblem, featureError, MOST_PROBLEMS } from "@curtido/estimators";
import { CurtidoError } from "@curtido/pickle";
import { type Cell, spellsMissing } from "@curtido/tables";
import type { Batch } from "./rows.ts";

/** Something wrong with the rows, and where in the body it stands: `[2, "bmi"]` is feature `bmi` of the third row. */
export interface RowProblem extends FeatureProblem {
  readonly path: readonly (string | number)[];
}

/** E_FEATURES with places in the body. */
export function problemsError(problems: readonly RowProblem[]) {
  return featureError(problems);
}

/** {@link problemsError} with how often each cause was found, where not all problems are listed. */
function countedError(
  problems: readonly RowProblem[],
  counts: ReadonlyMap<string, number>,
  total: number,
  hint: string,
) {
  const causes = Array.from(counts, ([detail, count]) => ({ detail, count }));
  const { message, fields } = problemsError(problems);
  if (total <= problems.length) return new CurtidoError("E_FEATURES", message + hint, fields);
  const words = message.replace(/, and \d+ more$/, "");
  return new CurtidoError("E_FEATURES", `${words}, and ${total - 1} more${hint}`, {
    ...fields,
    causes: causes.slice(0, MOST_CAUSES),
  });
}

/** A problem with the whole way to its place in the body. */
export function placedIn({ within }: Pick<Batch, "within">, problem: RowProblem): RowProblem {
  return within === undefined ? problem : { ...problem, path: [...within, ...problem.path] };
}

/** How many causes are told apart. */
const MOST_CAUSES = 100;

/** A value in words, cut short. */
export function describe(value: unknown): string {
  if (value === null) return "null";
  if (typeof value === "string") return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}...` : value);
  if (typeof value === "number" || typeof value === "boolean" || typeof value === "bigint") return String(value);
  return Array.isArray(value) ? "an array" : value === undefined ? "nothing" : "an object";
}

/** What is wrong with a batch, up to as much as an error lists. */
export class Findings {
  private readonly problems: RowProblem[] = [];
  private readonly counts = new Map<string, number>();
  private total = 0;
  /** A feature of which a value is missing that may not be. */
  private lacking: string | undefined;
  /** How many problems are names that no feature has. */
  surplus = 0;
  private readonly batch: Batch;

  constructor(batch: Batch) {
    this.batch = batch;
  }
  get full(): boolean {
    return this.problems.length >= MOST_PROBLEMS;
  }
  /** @param cause - what problems of its kind have in common; its own words unless told otherwise */
  add({ row, ...problem }: RowProblem, cause: string = problem.detail): void {
    this.count(cause);
    if (!this.full) this.problems.push(row === undefined || this.batch.single ? problem : { row, ...problem });
  }
  private count(cause: string): void {
    this.total++;
    const known = this.counts.get(cause);
    if (known !== undefined || this.counts.size < MOST_CAUSES) this.counts.set(cause, (known ?? 0) + 1);
  }
  /** Where a feature stands in the body. */
  path(row: number, place: string | number): (string | number)[] {
    if (this.batch.bare === true) return this.batch.single ? [] : [row];
    return this.batch.single ? [place] : [row, place];
  }
  cell(row: number, column: number, cell: Cell, present: boolean, value: unknown): void {
    const empty = value === null || value === undefined || (typeof value === "string" && this.spellsMissing(value));
    const what = !present || (empty && this.batch.text !== undefined) ? "is missing: expected" : "must be";
    if (present && empty) this.lacking ??= cell.name;
    const cause = `'${cell.name}' ${what} ${cell.expected}`;
    if (this.full) this.count(cause);
    else {
      const positional = Array.isArray(this.batch.rows[row]) && this.batch.columns === undefined;
      const path = this.path(row, positional ? column : cell.name);
      const instead = what === "must be" ? `, not ${describe(value)}` : "";
      this.add({ path, row, feature: cell.name, detail: `${cause}${instead}` }, cause);
    }
  }
  private spellsMissing(text: string): boolean {
    return spellsMissing(text) || this.batch.notation?.missing?.includes(text) === true;
  }
  /** What would help whoever has missing values, or nothing but too many columns. */
  private get hint(): string {
    if (this.surplus > 0 && this.surplus === this.total) return SURPLUS;
    if (this.lacking === undefined) return "";
    return `; the model was not trained to do without '${this.lacking}': fill it in, or train with an imputer`;
  }
  /** Ends with an error when something was found. */
  check(): void {
    const { problems, batch } = this;
    if (problems.length > 0)
      throw countedError(
        problems.map((each) => placedIn(batch, each)),
        this.counts,
        this.total,
        this.hint,
      );
  }
}

/** How to leave out what is too much. */
const SURPLUS = " (?unexpected=ignore, or --unexpected ignore, leaves out what is no feature)";

/** How much of a name is said. */
const LONGEST_NAME = 100;

/** A name as it is said, and as it stands in a place: cut short, where somebody sent megabytes. */
export function shownName(name: string): string {
  return name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}...` : name;
}

export function simplify(name: string): string {
  return name
    .normalize("NFKD")
    .toLowerCase()
    .replace(/[\s\p{M}_.-]/gu, "");
}

export function listed(names: readonly string[]): string {
  return names.length <= 8 ? names.join(", ") : `${names.slice(0, 3).join(", ")} ... ${names.at(-1)}`;
}
