import type { About } from "../../src/store/index.ts";

/** What is known of every artefact that the tests publish. */
export const ABOUT: About = {
  className: "LinearRegression",
  pythonName: "sklearn.linear_model._base.LinearRegression",
  trainedBy: "1.5.0",
};
