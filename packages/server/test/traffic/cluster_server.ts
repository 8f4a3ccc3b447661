/** A server of two processes, for cluster.test.ts. */
import {
  announce,
  isPrimary,
  join,
  listen,
  serveTogether,
  service,
  sharedPort,
  Together,
  tellListening,
} from "@curtido/server";

if (isPrimary()) process.exit(await serveTogether(2));
const app = service({ models: { linear: process.argv[2]! } });
const together = new Together();
join(app, together);
app.get("/test/announce", async (context) => {
  await announce(together, 1);
  return context.json({ announced: true });
});
const server = await listen(app, { port: sharedPort() ?? 0 });
tellListening(server.port, 0);
process.stdout.write(`port ${server.port}\n`);
await server.closed;
await app.close();
