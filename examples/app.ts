// A model at a URI, with one function before it and one behind it. Run it with: npx tsx examples/app.ts
import { listen, model } from "curtido/server";
import { Hono } from "hono";

const grams = (predict: unknown) => Math.round(Number(predict));
const penguin = model(new URL("modelo.pkl", import.meta.url), {
  before: ({ sex, species, eggs }) => ({
    feature1: sex === "male" ? 1 : 0,
    feature2: species === "Chinstrap" ? 1 : 0,
    feature3: species === "Gentoo" ? 1 : 0,
    feature4: Number(eggs) === 2 ? 1 : 0, // a form and a table send texts
  }),
  // One row has one prediction, several rows have a list of them.
  after: ({ predict }) => ({ weight: Array.isArray(predict) ? predict.map(grams) : grams(predict), unit: "g" }),
});
const app = new Hono().route("/penguin", penguin);
const { url } = await listen(app, { port: Number(process.env["PORT"] ?? 5000) });
console.log(`curl ${url}/penguin -d '{"sex": "male", "species": "Gentoo", "eggs": 2}'`);
