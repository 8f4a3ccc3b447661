import { readFileSync } from "node:fs";
import { loads, DataFrame } from "@curtido/arrays";
for (const f of process.argv.slice(2)) { try { const v=loads(readFileSync(f)); console.log(f, v instanceof DataFrame ? JSON.stringify(v.tolist(),(k,x)=>typeof x==="bigint"?String(x):x)+v.series.map(s=>s.dtype) : v instanceof Map ? [...v].map(([k,x])=>k+":"+JSON.stringify((x as any).labels??(x as any).values?.tolist(),(k,x)=>typeof x==="bigint"?String(x):x)).join(" ") : v);} catch(e){console.log(f,(e as Error).stack)} }
