/** @module What the document of the service says of the parameters of a query. */

type Parameter = Readonly<Record<string, unknown>>;

function parameter(name: string, description: string, schema: Parameter): Parameter {
  return { name, in: "query", description, schema };
}

function choice(name: string, description: string, usual: string, other: string): Parameter {
  return parameter(name, description, { enum: [usual, other], default: usual });
}

const text = { type: "string" };

/** The parameters with which rows are sent to a model, by the name of their component. */
export const ROW_PARAMETERS: Readonly<Record<string, Parameter>> = {
  unexpected: choice(
    "unexpected",
    "Whether features that the model does not have are refused or ignored",
    "refuse",
    "ignore",
  ),
  names: choice(
    "names",
    "Whether names of features may differ in case, accents, spaces and punctuation",
    "exact",
    "loose",
  ),
  onError: choice(
    "on-error",
    "Whether a bad row refuses all rows, or has no answer and an error of its own",
    "refuse",
    "row",
  ),
  index: choice("index", "Whether the labels that the rows came with stand beside the answers", "leave", "keep"),
  formulas: choice(
    "formulas",
    "Whether texts of CSV that a spreadsheet would compute get a quote in front, or are kept as they are",
    "quote",
    "keep",
  ),
  k: parameter("k", "How many neighbours of each row are told, by models that have them", {
    type: "integer",
    minimum: 1,
    maximum: 10_000,
  }),
  encoding: parameter("encoding", "The encoding of texts, such as windows-1252; seen when not given", text),
  separator: parameter("separator", "What separates the cells of CSV, such as ; or tab; seen when not given", text),
  decimal: parameter("decimal", "What stands before the fraction of a number; seen when not given", {
    enum: [".", ","],
  }),
  thousands: parameter("thousands", "What groups the digits of a number, such as . or space", text),
  header: parameter("header", "present, absent, or the number of the line that names the columns", text),
  missing: parameter("missing", "What else stands for a missing value, with commas between", text),
  sheet: parameter("sheet", "The sheet of a workbook; its first one when none is given", text),
};
