// A whole service in a process of its own, until it is killed: its data and port are its arguments.
import { listen, openService } from "@curtido/server";

const [data = "", port = "0"] = process.argv.slice(2);
const app = await openService({ data, models: {} });
const secret = process.env["CURTIDO_KEY"]!;
if ((await app.access!.keys.find(secret)) === undefined)
  await app.access!.keys.create({ name: "test", scopes: ["admin"], secret });
const server = await listen(app, { port: Number(port), host: "127.0.0.1" });
process.stdout.write(`listening ${server.port}\n`);
