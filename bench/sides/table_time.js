// How long our table of a CSV takes, its bytes in memory, without start-up and imports:
//     node bench/sides/table_time.js FILE
import { readFileSync } from "node:fs";
import { readTable } from "@curtido/tables";

const bytes = new Uint8Array(readFileSync(process.argv[2]));
const used = process.cpuUsage();
const start = performance.now();
const table = await readTable(bytes, { format: "csv" });
const milliseconds = performance.now() - start;
const { user, system } = process.cpuUsage(used);
const sum = table.series[0].values.data.slice(0, 1000).reduce((total, value) => total + value, 0);
console.log(JSON.stringify({ milliseconds, cpu: (user + system) / 1000, sum }));
