/**
 * @module How the table of names is written down. A line has modules, a colon, and names; several spellings of a module share
 * a line. A name may say how it is called, what its state may be, and what it belongs to: `name=call/state@group`. A name with
 * a dot is an attribute of a class, or of what a function makes: what is not listed may not be taken. `#` begins a reason.
 */

/** Names by what they are. */
export interface Table {
  /** How objects and what can be called are made, where their names do not say it. */
  readonly made?: string;
  /** They make data, which a state of data changes. */
  readonly values?: string;
  /** The same, made by `__new__` alone, as all picklers do: a constructor may read files, and walk over what it is given. */
  readonly bare?: string;
  /** They make data that no pickler gives a state: it may be shared with the program. */
  readonly fixed?: string;
  /** They make objects that keep what they are given: estimators and their parts. */
  readonly objects?: string;
  /** They make objects that can be called. */
  readonly callables?: string;
  /** They are named, as parameters are, but not called while a file is loaded. */
  readonly named?: string;
  /** They are data themselves. */
  readonly constants?: string;
}

/** A name as it is written down. */
export interface Entry {
  readonly module: string;
  readonly name: string;
  readonly call?: string;
  readonly state?: string;
  readonly group?: string;
}

const ENTRY = /^([^=/@]+)(?:=(\w+))?(?:\/(\w+))?(?:@(\w+))?$/;

/** Each name of a text of the table with each module of its line. */
export function* entriesIn(text = ""): Generator<Entry> {
  for (const line of text.trim().split("\n")) {
    if (line === "" || line.startsWith("#")) continue;
    const [modules, names] = line.split(": ") as [string, string];
    for (const entry of names.split(" ")) {
      const [, name, call, state, group] = ENTRY.exec(entry) as unknown as [string, string, string?, string?, string?];
      const rules = { ...(call && { call }), ...(state && { state }), ...(group && { group }) };
      for (const module of modules.split(" ")) yield { module, name, ...rules };
    }
  }
}

/** A name as a key of a table. */
export const keyOf = (module: string, name: string) => `${module}:${name}`;
