/** @module The stylesheet of the report's page, inline: nothing is loaded. */

/** Colours that stay apart for people who do not see all of them (Okabe and Ito 2008), and lighter ones for dark paper. */
const CURVES = [
  "#0072b2",
  "#d55e00",
  "#009e73",
  "#cc79a7",
  "#e69f00",
  "#56b4e9",
  "#7f7f7f",
  "#8c564b",
  "#17becf",
  "#bcbd22",
];

export const STYLE = `
:root { color-scheme: light dark; --ink: #1d2419; --quiet: #5b6654; --paper: #fbfcf8; --card: #fff; --line: #d8dfcf; --accent: #3f6b22; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #e6ebdf; --quiet: #a5b09b; --paper: #161a13; --card: #1e241a; --line: #353d2e; --accent: #a4cf7c; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main { max-width: 64rem; margin: 0 auto; padding: 0 1.25rem 4rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
.look { border-left: .3rem solid #d55e00; padding: .5rem 1rem; background: var(--card); font-weight: 600; }
.quiet, small { color: var(--quiet); }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere; }
.tiles { display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(11rem, 1fr)); }
.tile { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; display: flex; flex-direction: column; }
.tile strong { font-size: 1.6rem; line-height: 1.3; }
.plots { display: grid; gap: 1rem; grid-template-columns: repeat(auto-fill, minmax(18rem, 1fr)); margin-top: 2rem; }
figure { margin: 0; background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: .75rem; }
figcaption { font-weight: 600; }
svg { width: 100%; height: auto; display: block; }
svg text { font: 11px system-ui, sans-serif; fill: var(--quiet); }
svg .title { font-size: 12px; fill: var(--ink); }
.area { fill: none; stroke: var(--line); }
.guide { stroke: var(--quiet); stroke-dasharray: 4 4; }
.dots circle { fill: var(--accent); fill-opacity: .55; }
.bars rect { fill: var(--accent); fill-opacity: .75; }
.curve { fill: none; stroke-width: 2; }
${CURVES.map((colour, at) => `.c${at} { stroke: ${colour}; background: ${colour}; }`).join("\n")}
.legend { list-style: none; margin: .5rem 0 0; padding: 0; font-size: .9rem; }
.key { display: inline-block; width: 1rem; height: .2rem; margin-right: .5rem; vertical-align: middle; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; overflow-wrap: anywhere; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; padding-right: .75rem; }
.wide { width: 50%; }
.bar { height: .8rem; background: var(--accent); border-radius: .2rem; min-width: 1px; }
.confusion { width: auto; }
.confusion td.number { background: color-mix(in srgb, var(--accent) calc(var(--share) * .6), transparent); }
`;
