// Compiles assembly/*.ts to WebAssembly and writes it, as base64, to src/generated. Run: npm run kernels
import { readFile, writeFile } from "node:fs/promises";
import asc from "assemblyscript/asc";

const root = new URL("../", import.meta.url);

/** The kernels and the flags each of them needs: `place` and `trees` go without SIMD, so trees answer where it is missing. */
export const kernels = {
  place: [],
  trees: [],
  grow: ["--enable", "simd"],
  histograms: ["--enable", "simd"],
  clusters: ["--enable", "simd"],
  linear: ["--enable", "simd"],
  logistic: ["--enable", "simd"],
  smo: ["--enable", "simd"],
  matrix: ["--enable", "simd"],
};

/**
 * Compiles one kernel.
 *
 * @param {keyof typeof kernels} name file name in assembly/, without its ending
 * @returns {Promise<Uint8Array>} the module
 */
export async function compile(name) {
  let binary;
  const flags = [
    "--outFile",
    "out.wasm",
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    "--importMemory",
    "--noExportMemory",
  ];
  const { error, stderr } = await asc.main([`${name}.ts`, ...flags, ...kernels[name]], {
    // A kernel's parts lie in a folder of its name. What is not there, the compiler looks for elsewhere.
    readFile: (file) =>
      file === `${name}.ts` || file.startsWith(`${name}/`)
        ? readFile(new URL(`assembly/${file}`, root), "utf8").catch(() => null)
        : null,
    writeFile: (file, contents) => {
      if (file === "out.wasm") binary = contents;
    },
    listFiles: () => [],
  });
  if (error) throw new Error(`${name}: ${stderr.toString()}`, { cause: error });
  return binary;
}

/**
 * The text of src/generated/<name>.ts.
 *
 * @param {keyof typeof kernels} name
 * @returns {Promise<string>}
 */
export async function generate(name) {
  const lines =
    Buffer.from(await compile(name))
      .toString("base64")
      .match(/.{1,116}/g) ?? [];
  const text = lines.map((line) => `  "${line}"`).join(" +\n");
  return `// Generated from assembly/${name}.ts by scripts/build.mjs. Do not edit.\nexport const ${name} =\n${text};\n`;
}

if (process.argv[1] && import.meta.url === new URL(`file://${process.argv[1]}`).href) {
  for (const name of Object.keys(kernels)) {
    await writeFile(new URL(`src/generated/${name}.ts`, root), await generate(name));
  }
}
