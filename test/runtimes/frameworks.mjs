// A model mounted in other frameworks by Hono's own adapter; says `ok` at the end.
import { createServer } from "node:http";
import { getRequestListener } from "@hono/node-server";
import { model } from "curtido/server";
import express from "express";
import fastify from "fastify";
import { Hono } from "hono";

const EXPECTED = 5423.1426779786;
const app = new Hono().route("/modelo", model(new URL("../../examples/modelo.pkl", import.meta.url)));
const listener = getRequestListener(app.fetch);

async function ask(port, name) {
  const body = '{"feature1": "1", "feature2": "0", "feature3": "1", "feature4": "1"}';
  const headers = { "content-type": "application/json" };
  const answer = await fetch(`http://127.0.0.1:${port}/modelo`, { method: "POST", headers, body });
  const { predict } = await answer.json();
  if (!(Math.abs(predict - EXPECTED) < 1e-8)) throw new Error(`${name}: ${predict}`);
}

const plain = express();
plain.use((request, response) => listener(request, response));
const first = createServer(plain).listen(0, "127.0.0.1");
await new Promise((resolve) => first.once("listening", resolve));
await ask(first.address().port, "express");
first.close();

const second = fastify();
second.removeAllContentTypeParsers();
second.addContentTypeParser("*", (_request, _payload, done) => done(null));
second.all("/*", (request, reply) => {
  reply.hijack();
  listener(request.raw, reply.raw);
});
await second.listen({ port: 0, host: "127.0.0.1" });
await ask(second.server.address().port, "fastify");
await second.close();
console.log("ok");
