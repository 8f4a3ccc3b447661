import { model } from "@curtido/server";

model("x", {
  before: (row) => {
    row["a"] = 1;
  },
  after: async (a) => {
    a.predict = 3;
  },
});
model("x", { before: async (row) => ({ ...row, b: 1 }), after: (a) => ({ ...a, x: 3 }) });
