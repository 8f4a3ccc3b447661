import { readFileSync } from "node:fs";
import { loads, Instance, Tuple, Dict, Global } from "@curtido/pickle";
const show=(v:unknown,d=0):string=>{const p="  ".repeat(d); if(d>12) return "...";
 if(v instanceof Instance){ if(/_reconstruct$/.test(v.className)) return "NDARRAY("+show((v.state as Tuple)?.items[1])+","+show(((v.state as Tuple)?.items[2] as Instance)?.args[0])+","+(Array.isArray((v.state as Tuple).items.at(-1))?show((v.state as Tuple).items.at(-1),d+1):"bytes")+")"; return `${v.className}<${v.form}>(${v.args.map(a=>show(a,d+1)).join(", ")})`+v.states.map(s=>`\n${p}  BUILD ${show(s,d+1)}`).join("");}
 if(v instanceof Tuple) return "("+v.items.map(a=>show(a,d+1)).join(", ")+")";
 if(Array.isArray(v)) return "["+v.map(a=>show(a,d+1)).join(", ")+"]";
 if(v instanceof Dict) return "{"+[...v].map(([k,x])=>`\n${p}  ${String(k)}: ${show(x,d+1)}`).join("")+"}";
 if(v instanceof Global) return "<"+v.toString()+">";
 if(v instanceof Uint8Array) return `bytes[${v.length}]`;
 return JSON.stringify(v)??String(v)};
console.log(show(loads(readFileSync(process.argv[2]!),{encoding:"latin1"})));
