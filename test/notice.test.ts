import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..");
/** Line breaks and the stars of comments are no part of what is said. */
const plain = (text: string) => text.replace(/\s*\n\s*(\*|\/\/)?\s*/g, " ");
const notice = plain(readFileSync(join(root, "NOTICE"), "utf8"));

/** Works of others by name, as comments cite them. */
const WORKS: Readonly<Record<string, RegExp>> = {
  "Arm Optimized Routines": /Arm('s)? Optimized Routines/,
  Boost: /\bBoost\b/,
  CatBoost: /\bCatBoost/,
  Cephes: /\bCephes\b/,
  CityHash: /\bCityHash/,
  "CPython's pickletools": /\bpickletools\b/,
  fdlibm: /\bfdlibm\b/,
  glibc: /\bglibc\b/,
  "L-BFGS-B": /\bL-BFGS-B\b/,
  LightGBM: /\bLightGBM/,
  libsvm: /\blibsvm\b/,
  "libstdc++": /libstdc\+\+/,
  "MINPACK-2": /\bMINPACK-2\b/,
  numpy: /\bnumpy\b/,
  pandas: /\bpandas\b/,
  "scikit-learn": /\bscikit-learn\b|\bsklearn\./,
  scipy: /\bscipy\b/,
  XGBoost: /\bXGBoost/,
  xxHash: /\bxxHash/,
};

/** `Liu, Ting and Zhou 2008`, `Lin, Lin and Weng (2007)`, `Ndiaye et al. 2017`, `Temme 1975`: the first author, and the year. */
const PAPER =
  /\b(\p{Lu}[\p{L}'-]+)((?:, \p{Lu}[\p{L}'-]+)*(?: and \p{Lu}[\p{L}'-]+)?(?: et al\.)?),? \(?((?:19[4-9]|20[0-2])\d)\b/gu;
/** What stands before a year and wrote nothing. */
const NO_AUTHORS = new Set(["Ito", "Since", "In", "RFC", "Applied", "NIPS", "Annals"]);

function comments(text: string): string {
  return [...text.matchAll(/\/\*[\s\S]*?\*\/|(?:^|\s)\/\/[^\n]*(?:\n\s*\/\/[^\n]*)*/g)]
    .map(([all]) => plain(all))
    .join("\n");
}

function papersIn(text: string): string[] {
  return [...text.matchAll(PAPER)].flatMap(([, author, , year]) =>
    NO_AUTHORS.has(author!) ? [] : [`${author} ${year}`],
  );
}

const sources = ["arrays", "estimators", "kernels", "pickle", "tables"]
  .flatMap((name) => [`packages/${name}/src`, `packages/${name}/assembly`])
  .filter((folder) => existsSync(join(root, folder)))
  .flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  )
  .filter((file) => file.endsWith(".ts") && !file.includes("generated"))
  .map((file) => ({ file, said: comments(readFileSync(join(root, file), "utf8")) }));

test("NOTICE names every work that a comment cites, and no other", () => {
  for (const [name, pattern] of Object.entries(WORKS)) {
    expect([name, sources.some(({ said }) => pattern.test(said))]).toEqual([name, true]);
    expect([name, notice.includes(name)]).toEqual([name, true]);
  }
  const first = sources.flatMap(({ said }) =>
    [...said.matchAll(/Source: (?:the algorithm of )?(?:\p{Lu}\. ?)*([\p{L}-]{3,})/gu)].map(([, name]) => name!),
  );
  expect(first.length).toBeGreaterThan(5);
  expect(first.filter((name) => !notice.includes(name))).toEqual([]);
});

test("NOTICE names every paper that a comment cites, and no other", () => {
  const cited = new Set(sources.flatMap(({ said }) => papersIn(said)));
  const named = new Set(papersIn(notice));
  expect([...cited].filter((paper) => !named.has(paper)).sort()).toEqual([]);
  expect([...named].filter((paper) => !cited.has(paper)).sort()).toEqual([]);
  expect(cited.size).toBeGreaterThan(30);
});
