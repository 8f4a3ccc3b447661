/** @module From symbols to the inert values that containers look at: what joblib says of an array behind its wrapper. */

import { Dict } from "../dict.ts";
import { Global, Instance, Tuple } from "../values.ts";
import { BagSymbol, DictSymbol, MadeSymbol, NameSymbol, PlainSymbol, plain, type Sym, TupleSymbol } from "./symbols.ts";

/** Nesting of structured dtypes, with room to spare. */
const DEEPEST = 40;
/** Turns symbols into inert values, as many as it may. */
export class Inert {
  /** How many values may still be made. */
  left: number;

  constructor(most: number) {
    this.left = most;
  }

  /** What was made, with what is known of its state; `undefined` when it was made by no name. */
  instanceOf(made: MadeSymbol): Instance | undefined {
    const value = this.value(made, 0);
    return value instanceof Instance ? value : undefined;
  }

  private value(symbol: Sym, depth: number): unknown {
    if (depth > DEEPEST || this.left-- <= 0) return undefined;
    if (symbol instanceof NameSymbol) return new Global(symbol.module, symbol.name);
    if (symbol instanceof TupleSymbol) return new Tuple(symbol.items.map((item) => this.value(item, depth + 1)));
    if (symbol instanceof DictSymbol) {
      const dict = new Dict();
      for (const [key, value] of symbol.entries()) dict.set(key, this.value(value, depth + 1));
      return dict;
    }
    if (symbol instanceof MadeSymbol) return this.instance(symbol, depth);
    // The unit of dates: that it is one decides nothing here.
    if (symbol === plain.bytes) return new Uint8Array(0);
    return symbol instanceof PlainSymbol || symbol instanceof BagSymbol ? undefined : symbol;
  }

  private instance(made: MadeSymbol, depth: number): unknown {
    if (!(made.by instanceof NameSymbol)) return undefined;
    const args = (made.args?.items ?? []).map((item) => this.value(item, depth + 1));
    const instance = new Instance(new Global(made.by.module, made.by.name), args, "reduce");
    if (made.state !== null) instance.states.push(this.value(made.state, depth + 1));
    return instance;
  }
}
