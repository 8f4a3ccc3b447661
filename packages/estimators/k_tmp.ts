import * as fit from "./src/fit/index.ts";
import { NdArray } from "@curtido/arrays";
import {readFileSync} from "node:fs";
const X=new Float64Array(readFileSync("/tmp/tr/X.bin").buffer.slice(0)); const s=new Float64Array(new Uint8Array(readFileSync("/tmp/tr/s.bin")).buffer);
const x=NdArray.of(new Float64Array(new Uint8Array(readFileSync("/tmp/tr/X.bin")).buffer),[20000,20]); const y=Array.from(s,v=>v>0?1:0);
for(const [C,t,n] of [["RandomForestClassifier",y,100],["ExtraTreesClassifier",y,100],["ExtraTreesRegressor",s,20],["RandomForestRegressor",s,10],["DecisionTreeRegressor",s,0],["DecisionTreeClassifier",y,0]] as any){
 const m=new (fit as any)[C](n?{randomState:0,nEstimators:n}:{randomState:0}); const t0=performance.now(); m.fit(x,t); console.log(C,n,((performance.now()-t0)/1000).toFixed(2));
}
