/** @module Plots as SVG, without a script: the page's stylesheet colours them. */

import { figure } from "./data.ts";

const SIZE = 320;
const EDGE = 46;
const INNER = SIZE - EDGE - 14;

/** Text within markup. */
export function escaped(text: unknown): string {
  return String(text).replace(/[&<>"']/g, (letter) => `&#${letter.codePointAt(0)};`);
}

interface Axis {
  readonly least: number;
  readonly most: number;
  readonly title: string;
}

/** Where a value lies along an axis, 0 to 1. */
function place({ least, most }: Axis, value: number): number {
  return most === least ? 0.5 : (value - least) / (most - least);
}

const x = (axis: Axis, value: number) => (EDGE + place(axis, value) * INNER).toFixed(1);
const y = (axis: Axis, value: number) => (14 + (1 - place(axis, value)) * INNER).toFixed(1);

function frame(across: Axis, up: Axis, title: string, body: string): string {
  const bottom = 14 + INNER;
  const ticks = [0, 0.5, 1].map((share) => {
    const [a, b] = [across.least + share * (across.most - across.least), up.least + share * (up.most - up.least)];
    return `<text x="${x(across, a)}" y="${bottom + 15}" text-anchor="middle">${figure(a)}</text>
<text x="${EDGE - 6}" y="${Number(y(up, b)) + 4}" text-anchor="end">${figure(b)}</text>`;
  });
  return `<svg viewBox="0 0 ${SIZE} ${SIZE}" role="img" aria-label="${escaped(title)}">
<rect class="area" x="${EDGE}" y="14" width="${INNER}" height="${INNER}"/>
${body}
${ticks.join("\n")}
<text x="${EDGE + INNER / 2}" y="${SIZE - 6}" text-anchor="middle" class="title">${escaped(across.title)}</text>
<text x="12" y="${14 + INNER / 2}" text-anchor="middle" class="title" transform="rotate(-90 12 ${14 + INNER / 2})">${escaped(up.title)}</text>
</svg>`;
}

function axisOf(values: readonly number[], title: string): Axis {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const value of values) {
    if (value < least) least = value;
    if (value > most) most = value;
  }
  return { least, most, title };
}

/** Points, with a line where both are equal. */
export function scatter(
  points: readonly (readonly [number, number])[],
  across: string,
  up: string,
  title: string,
): string {
  const both = axisOf(points.flat(), "");
  const [a, b] = [
    { ...both, title: across },
    { ...both, title: up },
  ];
  const dots = points.map(([one, other]) => `<circle cx="${x(a, one)}" cy="${y(b, other)}" r="2.5"/>`).join("");
  const line = `<line class="guide" x1="${x(a, both.least)}" y1="${y(b, both.least)}" x2="${x(a, both.most)}" y2="${y(b, both.most)}"/>`;
  return frame(a, b, title, `${line}<g class="dots">${dots}</g>`);
}

/** Points around a line at 0. */
export function around(
  points: readonly (readonly [number, number])[],
  across: string,
  up: string,
  title: string,
): string {
  const a = axisOf(
    points.map(([one]) => one),
    across,
  );
  const reach = points.reduce((most, [, other]) => Math.max(most, Math.abs(other)), 0) || 1;
  const b = { least: -reach, most: reach, title: up };
  const dots = points.map(([one, other]) => `<circle cx="${x(a, one)}" cy="${y(b, other)}" r="2.5"/>`).join("");
  const line = `<line class="guide" x1="${EDGE}" y1="${y(b, 0)}" x2="${EDGE + INNER}" y2="${y(b, 0)}"/>`;
  return frame(a, b, title, `${line}<g class="dots">${dots}</g>`);
}

/** How many values are how great. */
export function histogram(values: readonly number[], across: string, title: string): string {
  const a = axisOf(values, across);
  const bins = Math.max(5, Math.min(30, Math.ceil(Math.sqrt(values.length))));
  const counts = new Array<number>(bins).fill(0);
  for (const value of values) counts[Math.min(bins - 1, Math.floor(place(a, value) * bins))]!++;
  const b = { least: 0, most: Math.max(...counts), title: "rows" };
  const width = INNER / bins;
  const bars = counts.map(
    (count, at) =>
      `<rect x="${(EDGE + at * width + 0.5).toFixed(1)}" y="${y(b, count)}" width="${(width - 1).toFixed(1)}" height="${(place(b, count) * INNER).toFixed(1)}"/>`,
  );
  return frame(a, b, title, `<g class="bars">${bars.join("")}</g>`);
}

/** Curves from 0 to 1 in both directions. */
export function curves(
  lines: readonly { readonly points: readonly (readonly [number, number])[] }[],
  across: string,
  up: string,
  title: string,
): string {
  const a = { least: 0, most: 1, title: across };
  const b = { least: 0, most: 1, title: up };
  const paths = lines.map(({ points }, at) => {
    const path = points.map(([one, other]) => `${x(a, one)},${y(b, other)}`).join(" ");
    return `<polyline class="curve c${at % 10}" points="${path}"/>`;
  });
  const guide = `<line class="guide" x1="${x(a, 0)}" y1="${y(b, 0)}" x2="${x(a, 1)}" y2="${y(b, 1)}"/>`;
  return frame(a, b, title, guide + paths.join(""));
}
