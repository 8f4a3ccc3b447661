/** @module Objects that a stream fills as it fills lists and dicts: of classes that are made of them. */

import { MadeSymbol, NameSymbol, type Sym } from "./symbols.ts";

/** Classes that APPEND and APPENDS are pickled for, beside lists. */
const LISTS = new Set(["collections.deque", "pandas.core.indexes.frozen.FrozenList", "collections.UserList"]);
/** Classes that SETITEM and SETITEMS are pickled for, beside dicts. */
const DICTS = new Set([
  "collections.OrderedDict",
  "collections.defaultdict",
  "collections.Counter",
  "sklearn.utils.Bunch",
  "sklearn.utils._bunch.Bunch",
  "sklearn.datasets.base.Bunch",
  "sklearn.utils.deprecation.DeprecationDict",
  "sklearn.covariance._graph_lasso._DictWithDeprecatedKeys",
]);

export const takesItems = (target: Sym): boolean => isOneOf(target, LISTS);
export const takesEntries = (target: Sym): boolean => isOneOf(target, DICTS);

function isOneOf(target: Sym, classes: ReadonlySet<string>): boolean {
  return target instanceof MadeSymbol && target.by instanceof NameSymbol && classes.has(target.by.toString());
}
