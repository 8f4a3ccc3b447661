import { createServer } from "node:http";
import { service, listen } from "@curtido/server";
const which = process.argv[2], port = Number(process.argv[3]);
if (which === "bare") {
  const body = Buffer.from('{"predict":131.25081779227844}');
  createServer((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (c: Buffer) => chunks.push(c));
    req.on("end", () => { const v = JSON.parse(Buffer.concat(chunks).toString()); if (!v) return; res.writeHead(200, { "Content-Type": "application/json", "Content-Length": body.length }); res.end(body); });
  }).listen(port, "127.0.0.1");
} else {
  const app = service({ models: { modelo: process.argv[4]! } });
  if (which === "hono") { const { serve } = await import("@hono/node-server"); serve({ fetch: app.fetch, port, hostname: "127.0.0.1" }); }
  else await listen(app, { port });
}
