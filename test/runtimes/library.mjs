// The library and the service in whichever runtime this runs in: a model is loaded, asked and served; says `ok` at the end.
import { readFileSync } from "node:fs";
import { load } from "curtido";
import { service } from "curtido/server";

const EXPECTED = 5423.1426779786;
const file = new URL("../../examples/modelo.pkl", import.meta.url);
const near = (found, what) => {
  if (!(Math.abs(found - EXPECTED) < 1e-8)) throw new Error(`${what}: ${found}`);
};

for (const source of [file, new Uint8Array(readFileSync(file))]) {
  const model = await load(source);
  near(model.predict([[1, 0, 1, 1]]).tolist()[0], "the library");
}
const app = service({ models: { modelo: file } });
const body = '{"feature1": "1", "feature2": "0", "feature3": "1", "feature4": "1"}';
const request = { method: "POST", headers: { "content-type": "application/json" }, body };
const answer = await app.fetch(new Request("http://localhost/modelo", request));
near((await answer.json()).predict, "the service");
await app.close();
console.log("ok");
