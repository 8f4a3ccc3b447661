// How long our load takes on one file, without start-up and imports, and the memory at its highest:
//     node bench/sides/load_time.js FILE
// Without a file: the memory of a process that does nothing.
const peak = () => process.resourceUsage().maxRSS * 1024;
const [file] = process.argv.slice(2);
if (file === undefined) {
  console.log(JSON.stringify({ bytes: peak() }));
} else {
  const { load } = await import("curtido");
  const imported = peak();
  const start = performance.now();
  const model = await load(file);
  const milliseconds = performance.now() - start;
  const bytes = peak();
  const [first] = model.predict([new Array(20).fill(0)]).tolist();
  console.log(JSON.stringify({ milliseconds, bytes, imported, first }));
}
