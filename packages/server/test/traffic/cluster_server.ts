/** A server of two processes, for cluster.test.ts and its like: of a model's file, or of what is published in a folder. */
import {
  announce,
  isPrimary,
  join,
  listen,
  openService,
  serveTogether,
  service,
  sharedPort,
  Together,
  tellListening,
} from "@curtido/server";

const [model, data] = process.argv.slice(2) as [string, string | undefined];
if (isPrimary()) process.exit(await serveTogether(2, { following: 2_000 }));
const app = data === undefined ? service({ models: { linear: model } }) : await openService({ models: {}, data });
const together = new Together();
await join(app, together);
app.get("/test/announce", async (context) => {
  await announce(together, 1);
  return context.json({ announced: true });
});
app.get("/test/pid", (context) => context.json(process.pid));
const refresh = app.refresh.bind(app);
app.get("/test/fail/:fail", (context) => {
  const fail = context.req.param("fail") === "yes";
  app.refresh = (revision) => (fail ? Promise.reject(new Error("told to fail")) : refresh(revision));
  return context.json({ fail });
});
const server = await listen(app, { port: sharedPort() ?? 0 });
tellListening(server.port, 0);
process.stdout.write(`port ${server.port}\n`);
await server.closed;
await app.close();
