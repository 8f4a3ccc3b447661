/** @module States that a class turns into code when it is given them. */

import { DictSymbol, type NameSymbol, type Sym, TupleSymbol } from "./symbols.ts";

const SHAPES = /^\ndef _parse_args\(self, ((?:[A-Za-z_]\w*, )*) (loc=0, scale=1|loc=0)\):\n/;

/** The functions that `scipy.stats` makes of the names of a distribution's shapes, as text; it executes them. */
function template(shapes: string, given: string): string {
  const passed = given === "loc=0" ? "loc, 1" : "loc, scale";
  return `
def _parse_args(self, ${shapes} ${given}):
    return (${shapes}), ${passed}

def _parse_args_rvs(self, ${shapes} ${given}, size=None):
    return self._argcheck_rvs(${shapes} ${passed}, size=size)

def _parse_args_stats(self, ${shapes} ${given}, moments='mv'):
    return (${shapes}), ${passed}, moments
`;
}

function isTemplate(text: Sym): boolean {
  const match = typeof text === "string" ? SHAPES.exec(text) : null;
  return match !== null && text === template(match[1]!, match[2]!);
}

/** Why a class may not be given this state; `undefined` when it may. */
export function stateProblem(name: NameSymbol, state: Sym): string | undefined {
  const made = name.toString();
  // What these give is not of the file's own making.
  if (made === "logging.getLogger" || made === "builtins.getattr")
    return "a state, which changes an object of the program";
  // All of scipy's distributions hand a text of their state to exec().
  if (!/^scipy\.stats\._(?:continuous|discrete)_distns$/.test(name.module)) return undefined;
  const first = state instanceof TupleSymbol ? state.items[0] : undefined;
  // Before scipy 1.6: (arguments of the constructor, random state). A dict of two keys would be taken for an entry.
  const old = first instanceof DictSymbol && first.size > 2;
  const entries = old ? first : state;
  if (!(entries instanceof DictSymbol) || !entries.plain) return "a state that it may execute";
  const text = entries.get("_parse_arg_template");
  return text === undefined || isTemplate(text) ? undefined : "code in its state, which it executes";
}
