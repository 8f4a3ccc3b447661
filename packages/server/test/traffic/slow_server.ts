/** A server of one process whose answers may take their time, for draining.test.ts: a model's file, milliseconds. */
import { listen, service } from "@curtido/server";

const [model, pause] = process.argv.slice(2) as [string, string | undefined];
const app = service({
  models: {
    linear: {
      source: model,
      async after(answer) {
        await new Promise((resolve) => setTimeout(resolve, Number(pause ?? 5)).unref());
        return answer;
      },
    },
  },
});
const server = await listen(app, { port: 0 });
process.stdout.write(`port ${server.port}\n`);
await server.closed;
await app.close();
