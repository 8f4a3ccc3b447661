// How long our load takes on one file, without start-up and imports, and the memory of the process at its highest:
//     node bench/sides/load_time.js FILE
// Without a file: the memory of a process that does nothing.
const peak = () => process.resourceUsage().maxRSS * 1024;
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.log(JSON.stringify({ bytes: peak() }));
} else {
  const { load } = await import("curtido");
  const used = process.cpuUsage();
  const start = performance.now();
  const model = await load(file);
  const loaded = performance.now();
  const { user, system } = process.cpuUsage(used);
  const [first] = model.predict([new Array(20).fill(0)]).tolist();
  const milliseconds = loaded - start;
  const answered = performance.now() - start;
  console.log(JSON.stringify({ milliseconds, cpu: (user + system) / 1000, answered, bytes: peak(), first }));
}
