import { scanFile } from "@curtido/arrays";
import { nodeInflate } from "@curtido/arrays/node";
import { hostileFiles } from "../bench/kit/hostile.ts";
import { lookAt } from "../packages/server/src/models/look.ts";

for (const [name, bytes] of hostileFiles()) {
  let t = performance.now();
  const r = scanFile(bytes, { inflate: nodeInflate });
  const s = performance.now() - t;
  t = performance.now();
  let m = "";
  try {
    const l = lookAt({ bytes, name: "x", scan: false, allow: [], own: [] });
    m = "ok " + l.milliseconds.toFixed(1);
  } catch (e) {
    m = String(e).slice(0, 120);
  }
  console.log(
    name.padEnd(34),
    bytes.length,
    r.verdict,
    r.findings.length,
    "scan",
    s.toFixed(0),
    "load",
    (performance.now() - t).toFixed(0),
    m,
    (process.memoryUsage.rss() / 1e6).toFixed(0) + "MB",
  );
}
