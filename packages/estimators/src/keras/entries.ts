import type { Entries } from "../base/entry.ts";
import { Tokenizer } from "./tokenizer.ts";

/** What Keras has that is no network. Words are looked up: however many are known, a row costs the same. */
export const kerasEntries: Entries = [
  {
    name: "keras.preprocessing.text.Tokenizer",
    revive: (state) => new Tokenizer(state),
    cost: () => ({ parts: [], perCharacter: 10 }),
  },
];
