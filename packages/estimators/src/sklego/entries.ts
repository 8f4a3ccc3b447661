import { alike, type Entries, family } from "../base/entry.ts";
import { ColumnCapper, IdentityTransformer, IntervalEncoder, NamedColumns } from "./columns.ts";
import { EstimatorTransformer, Thresholder, ZeroInflatedRegressor } from "./models.ts";

/** scikit-lego. */
export const sklegoEntries: Entries = family(
  alike("sklego.preprocessing", "ColumnCapper", (state) => new ColumnCapper(state)),
  alike("sklego.preprocessing", "ColumnDropper", (state) => new NamedColumns(state, "columns_", false)),
  alike("sklego.preprocessing", "ColumnSelector", (state) => new NamedColumns(state, "columns_", true)),
  alike(
    "sklego.preprocessing",
    "TypeSelector PandasTypeSelector",
    (state) => new NamedColumns(state, "feature_names_", true),
  ),
  alike("sklego.preprocessing", "IntervalEncoder", (state) => new IntervalEncoder(state)),
  alike("sklego.preprocessing", "IdentityTransformer", (state) => new IdentityTransformer(state)),
  alike("sklego.meta", "Thresholder", (state) => new Thresholder(state)),
  alike("sklego.meta", "ZeroInflatedRegressor", (state) => new ZeroInflatedRegressor(state)),
  alike("sklego.meta", "EstimatorTransformer", (state) => new EstimatorTransformer(state)),
);
