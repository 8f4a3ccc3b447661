/** @module The keys of a card: one table, which is checked with, and from which the JSON Schema is made. */

import { type Rule, schemaOf } from "./card_rules.ts";

const text = (help: string): Rule => ({ kind: "text", help });
const number = (help: string): Rule => ({ kind: "number", help });
const texts = (help: string): Rule => ({ kind: "list", of: { kind: "text" }, help });
const words = (help: string): Rule => ({ kind: "map", of: { kind: "text" }, help });
const any = (help: string): Rule => ({ kind: "any", help });

/** How the texts of a column are read, as training notes it. */
const reading = (): Readonly<Record<string, Rule>> => ({
  order: {
    kind: "text",
    of: ["dmy", "mdy"],
    help: "Of dates such as 1/2/2024: whether the day or the month comes first",
  },
  decimal: { kind: "text", of: [".", ","], help: "What stands before the fraction of a number" },
  thousands: text("What groups the digits of a number"),
  spellings: {
    kind: "map",
    of: { kind: "either", rules: [{ kind: "text" }, { kind: "plain" }] },
    help: "Texts that stand for another one, or, null, for a missing value",
  },
});

/** One feature, or the target. */
const feature = (): Rule => ({
  kind: "object",
  required: ["name"],
  keys: {
    name: text("As the model knows it"),
    type: {
      kind: "text",
      of: ["number", "boolean", "category", "text", "date"],
      help: "What people mean by it; a date becomes days since 1970",
    },
    label: text("What people call it"),
    help: text("What they have to know to fill it in"),
    unit: text("Of a number, such as kg; of a date, days"),
    default: {
      kind: "plain",
      help: "What a form begins with; a row that leaves the feature out is refused all the same",
    },
    min: number("The least that is plausible"),
    max: number("The most that is plausible"),
    categories: { kind: "list", of: { kind: "plain" }, help: "What it may be" },
    labels: words('What people call a category: { "0": "no" }'),
    missing: texts("Further spellings of a missing value"),
    ...reading(),
    of: text("The date that it is a part of"),
    part: { kind: "text", of: ["month", "weekday"], help: "Which part" },
  },
});

const NAME: Rule = { kind: "text" };

/** How a model came to be, and how it answers. */
const training = (): Readonly<Record<string, Rule>> => ({
  trained: {
    kind: "object",
    keys: {
      rows: number("Of how many rows it learned"),
      date: text("When"),
      scores: { kind: "map", of: any("A score"), help: "How well it did on rows that it had not seen" },
      release: text("Of the library that trained it"),
      baseline: any("What a guess without features would reach"),
    },
    help: "How it was trained",
  },
  reference: {
    kind: "map",
    of: any("Of one feature"),
    help: "Quantiles and frequencies of each feature in training",
  },
  examples: {
    kind: "list",
    of: {
      kind: "object",
      required: ["row"],
      keys: {
        row: any("A row as a request has it"),
        predict: any("What the model answers; checked when it is loaded"),
        transform: any("What a transformer answers; checked when it is loaded"),
      },
    },
    help: "Rows with their answers, asked when the model is loaded",
  },
});

/** A card. A function, so that a bundler drops it where nobody needs it. */
const card = (): Rule => ({
  kind: "object",
  help: "What a model says of itself: names, words and units that its file does not hold",
  keys: {
    title: text("What the model is called"),
    description: text("What it is for, and what it must not be used for"),
    features: { kind: "list", of: { kind: "either", rules: [NAME, feature()] }, help: "The features in their order" },
    labels: {
      kind: "either",
      rules: [
        { kind: "map", of: { kind: "text" } },
        { kind: "list", of: { kind: "either", rules: [NAME, { kind: "map", of: NAME }, { kind: "list", of: NAME }] } },
      ],
      help: 'The word for each class: { "0": "Setosa" }, words in the order of the classes, or one such object per output',
    },
    outputs: {
      kind: "list",
      of: {
        kind: "either",
        rules: [NAME, { kind: "object", keys: { name: text("Its name"), unit: text("Its unit") } }],
      },
      help: "The numbers that it answers",
    },
    round: { kind: "number", whole: true, least: 0, most: 15, help: "To how many decimals `rounded` is rounded" },
    target: { kind: "either", rules: [NAME, feature()], help: "What it predicts" },
    left_out: texts("Columns of the table that it was not given"),
    loose_names: {
      kind: "truth",
      help: "Whether names of features may differ in case, accents, spaces and punctuation",
    },
    ...training(),
  },
});

/** What a card may be. */
export const CARD: Rule = /* @__PURE__ */ card();

/** The JSON Schema of a card. */
export const cardSchema: Readonly<Record<string, unknown>> = /* @__PURE__ */ schemaOfCard(CARD);

function schemaOfCard(rule: Rule): Readonly<Record<string, unknown>> {
  return { $schema: "https://json-schema.org/draft/2020-12/schema", title: "The card of a model", ...schemaOf(rule) };
}
