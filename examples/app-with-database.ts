// Takes an id from the URI, reads the features from SQLite, predicts and answers. Run it with:
// npx tsx examples/app-with-database.ts
import { load } from "curtido";
import { listen } from "curtido/server";
import { Hono } from "hono";
import Database from "libsql";

const database = new Database(":memory:");
database.exec(`
  CREATE TABLE patients (id INTEGER PRIMARY KEY, age, sex, bmi, bp, s1, s2, s3, s4, s5, s6);
  INSERT INTO patients VALUES (1, 60, 1, 23.4, 76.67, 247, 148, 65, 3.8, 5.1358, 77), (2, 27, 1, 22.6, 71, 116, 43.4, 56, 2, 4.4188, 79);
`);
const patient = database.prepare("SELECT age, sex, bmi, bp, s1, s2, s3, s4, s5, s6 FROM patients WHERE id = ?");
const diabetes = await load(new URL("diabetes.pkl", import.meta.url));

const app = new Hono();
app.get("/patients/:id/progression", (context) => {
  const id = Number(context.req.param("id"));
  const [features] = patient.all(id) as Record<string, number>[];
  if (features === undefined) return context.json({ error: `there is no patient ${id}` }, 404);
  return context.json({ id, progression: diabetes.predict([features]).item() });
});
const { url } = await listen(app, { port: Number(process.env["PORT"] ?? 5000) });
console.log(`curl ${url}/patients/1/progression`);
