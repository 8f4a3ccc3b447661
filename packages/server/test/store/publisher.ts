// A process that publishes, moves and removes as fast as it can, telling what was acknowledged, until it is killed.
import { CURRENT, isStoreError, openStore } from "../../src/store/index.ts";
import { ABOUT } from "./fixture.ts";

const options = JSON.parse(process.argv[2]!);
const seed = Number(process.argv[3]);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

const store = await openStore(options);
say({ opened: true });
for (let step = 0; ; step += 1) {
  const name = `m${step % 3}`;
  const bytes = Buffer.alloc(20_000 + (step % 5) * 10_000, `artefact ${seed} ${step} `);
  try {
    const { version } = await store.registry.publish(name, bytes, ABOUT, `process ${seed}`);
    say({ published: name, version: version.version, sha256: version.sha256 });
    const kept = await store.registry.publish(`kept${seed}`, Buffer.from(`kept ${seed} ${step}`), ABOUT, null);
    say({ published: `kept${seed}`, version: kept.version.version, sha256: kept.version.sha256 });
    if (step % 4 === 3) await store.registry.removeVersion(name, version.version - 1);
    if (step % 7 === 6) await store.registry.setAlias(name, "before", { split: { [version.version]: 100 } });
    if (step % 11 === 10) await store.registry.setAlias(name, CURRENT, { split: { [version.version]: 100 } });
    if (step % 23 === 22) await store.registry.removeModel(name);
  } catch (error) {
    if (!isStoreError(error, "E_CONFLICT") && !isStoreError(error, "E_NOT_FOUND") && !isStoreError(error, "E_TARGET")) {
      say({ failed: String(error) });
    } // another process was at the same model
  }
}
