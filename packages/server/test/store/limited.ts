// A process whose files may not grow beyond a limit: publishes what fits, what does not, and what fits again.
import { randomBytes } from "node:crypto";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { isStoreError, openStore } from "../../src/store/index.ts";
import { ABOUT } from "./fixture.ts";

const data = process.argv[2]!;
const { registry, close } = await openStore({ data });
await registry.publish("m", randomBytes(1_000), ABOUT, null);
const code = await registry.publish("m", randomBytes(5_000_000), ABOUT, null).then(
  () => "published",
  (error) => (isStoreError(error) ? error.code : String(error)),
);
const versions = (await registry.snapshot()).models[0]!.versions.map(({ version }) => version);
const files = readdirSync(join(data, "artifacts")).length;
const { outcome: after } = await registry.publish("m", randomBytes(1_000), ABOUT, null);
console.log(JSON.stringify({ code, versions, files, after }));
await close();
