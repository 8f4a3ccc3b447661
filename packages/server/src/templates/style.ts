/** @module The stylesheet of every page, inline: nothing is loaded. */

export const STYLE = `
:root {
  color-scheme: light dark;
  --ink: #1d2419; --quiet: #5b6654; --paper: #fbfcf8; --card: #fff; --line: #d8dfcf; --field: #8a947f;
  --accent: #3f6b22; --on-accent: #fff; --tint: #eef5e4; --bad: #a3271c; --bad-tint: #fdf0ee;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ink: #e6ebdf; --quiet: #a5b09b; --paper: #161a13; --card: #1e241a; --line: #353d2e; --field: #76816b;
    --accent: #a4cf7c; --on-accent: #16200e; --tint: #26331b; --bad: #ff9c8f; --bad-tint: #3a1f1c;
  }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
main, nav { max-width: 54rem; margin: 0 auto; padding: 0 1.25rem; }
nav { padding-top: 1rem; }
main { padding-bottom: 4rem; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 1.5rem 0 .25rem; overflow-wrap: anywhere; }
h2 { font-size: 1.1rem; margin: 2.25rem 0 .75rem; }
p { margin: .5rem 0; }
a { color: var(--accent); }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
.quiet { color: var(--quiet); }
code, pre { font: .875rem/1.5 ui-monospace, monospace; }
pre { background: var(--card); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; margin: .5rem 0; white-space: pre-wrap; overflow-wrap: anywhere; }
.card { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1.25rem; margin: 1.25rem 0; }
.models { list-style: none; padding: 0; display: grid; gap: .75rem; grid-template-columns: repeat(auto-fill, minmax(16rem, 1fr)); }
.models li { background: var(--card); border: 1px solid var(--line); border-radius: .75rem; padding: 1rem 1.25rem; overflow-wrap: anywhere; }
.models a { font-weight: 600; font-size: 1.1rem; }
.fields { display: grid; gap: 1rem 1.25rem; grid-template-columns: repeat(auto-fill, minmax(14rem, 1fr)); }
.field { display: flex; flex-direction: column; justify-content: flex-end; min-width: 0; }
label { font-weight: 600; font-size: .9rem; overflow-wrap: anywhere; }
.hint { color: var(--quiet); font-size: .8rem; font-weight: 400; }
input, select { width: 100%; margin-top: .25rem; padding: .5rem .65rem; font: inherit; color: inherit; background: var(--paper); border: 1px solid var(--field); border-radius: .4rem; }
[aria-invalid=true] { border-color: var(--bad); border-width: 2px; }
.problem { color: var(--bad); font-size: .85rem; margin: .25rem 0 0; overflow-wrap: anywhere; }
button { margin-top: 1.25rem; padding: .65rem 1.5rem; font: inherit; font-weight: 600; color: var(--on-accent); background: var(--accent); border: 0; border-radius: .4rem; cursor: pointer; }
.result { background: var(--tint); border: 1px solid var(--accent); border-radius: .75rem; padding: 1rem 1.25rem; margin: 1.25rem 0; }
.result h2 { margin: 0; font-size: .9rem; }
.value { font-size: 2rem; font-weight: 700; line-height: 1.3; overflow-wrap: anywhere; margin: 0; }
.problems { background: var(--bad-tint); border: 1px solid var(--bad); border-radius: .75rem; padding: 1rem 1.25rem; margin: 1.25rem 0; overflow-wrap: anywhere; }
.problems h2 { margin: 0; color: var(--bad); }
.problems ul { margin: .5rem 0 0; padding-left: 1.2rem; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .9rem; }
th, td { text-align: left; padding: .4rem .75rem .4rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
th { color: var(--quiet); font-weight: 600; }
meter { width: 8rem; height: .9rem; vertical-align: middle; }
`;
