/** @module What a benchmark says, and how it is printed. */

/** A figure to reach. */
export interface Target {
  readonly what: string;
  readonly measured: number;
  readonly bound: number;
  /** Whether `measured` must not be above the bound, or not below it. */
  readonly kind: "at most" | "at least";
  readonly unit?: string;
}

/** One subject's results. */
export interface Report {
  readonly subject: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | number)[])[];
  readonly targets: readonly Target[];
  /** What could not be measured, and why. */
  readonly leftOut: readonly string[];
  readonly notes: readonly string[];
}

/** Three digits that count, and no more than two behind the point. */
export function round(value: number): string {
  if (Math.abs(value) >= 100) return String(Math.round(value));
  return String(Number(value.toFixed(Math.abs(value) >= 10 ? 1 : 2)));
}

/** Whether a target is reached. */
export function reached({ measured, bound, kind }: Target): boolean {
  return kind === "at most" ? measured <= bound : measured >= bound;
}

/** A report as text for a terminal. */
export function format(report: Report): string {
  const cells = [
    report.columns,
    ...report.rows.map((row) => row.map((cell) => (typeof cell === "number" ? round(cell) : cell))),
  ];
  const widths = report.columns.map((_, at) => Math.max(...cells.map((row) => row[at]!.length)));
  const lines = cells.map((row) =>
    row.map((cell, at) => (at === 0 ? cell.padEnd(widths[at]!) : cell.padStart(widths[at]!))).join("  "),
  );
  const targets = report.targets.map((target) => {
    const unit = target.unit ?? "";
    const word = reached(target) ? "reached" : "MISSED";
    return `${word}: ${target.what} ${round(target.measured)}${unit}, ${target.kind} ${round(target.bound)}${unit}`;
  });
  const asides = [...report.notes.map((note) => `note: ${note}`), ...report.leftOut.map((what) => `left out: ${what}`)];
  return [`# ${report.subject}: ${report.title}`, ...lines, ...targets, ...asides].join("\n");
}
