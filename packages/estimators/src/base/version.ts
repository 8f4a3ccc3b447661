/** The release of scikit-learn that trained a model: its formulas are the ones that count. */
export class Version {
  readonly text: string;
  readonly major: number;
  readonly minor: number;

  constructor(text: string) {
    const match = /^(\d+)\.(\d+)/.exec(text);
    this.text = text;
    this.major = Number(match?.[1] ?? 0);
    this.minor = Number(match?.[2] ?? 0);
  }

  /** Whether this is `major.minor` or later (development and patch releases count as their minor release). */
  atLeast(major: number, minor: number): boolean {
    return this.major > major || (this.major === major && this.minor >= minor);
  }
}

/** What a file without `_sklearn_version` is taken for: releases before 0.18 did not write it. */
export const UNKNOWN_VERSION = new Version("0.17");
