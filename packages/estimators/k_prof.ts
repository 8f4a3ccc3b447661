import * as fit from "./src/fit/index.ts";
import { NdArray } from "@curtido/arrays";
import {readFileSync} from "node:fs";
const s=new Float64Array(new Uint8Array(readFileSync("/tmp/tr/s.bin")).buffer);
const x=NdArray.of(new Float64Array(new Uint8Array(readFileSync("/tmp/tr/X.bin")).buffer),[20000,20]); const y=Array.from(s,v=>v>0?1:0);
const C=process.argv[2]!, n=+process.argv[3]!; const t=C.includes("Class")?y:s;
const m=new (fit as any)[C](n?{randomState:0,nEstimators:n}:{randomState:0}); const c0=process.cpuUsage(); m.fit(x,t); const c=process.cpuUsage(c0); console.log(C,n,((c.user+c.system)/1e6).toFixed(2));
