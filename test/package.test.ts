import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { build } from "./build.ts";

const root = join(import.meta.dirname, "..");
const OWN = ["pickle", "kernels", "arrays", "tables", "estimators", "server", "curtido"];
let folder: string;

interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

function manifest(path: string): Manifest {
  return JSON.parse(readFileSync(join(path, "package.json"), "utf8")) as Manifest;
}

/** Where the packages that the tarballs need are installed here, theirs included. */
function dependencies(): string[] {
  const found = new Map<string, string>();
  const visit = (path: string) => {
    for (const name of Object.keys(manifest(path).dependencies ?? {})) {
      if (found.has(name) || name.startsWith("@curtido/")) continue;
      const place = join(root, "node_modules", name);
      found.set(name, place);
      visit(place);
    }
  };
  for (const name of OWN) visit(join(root, "packages", name));
  return [...found.values()];
}

function npm(args: readonly string[], cwd: string): string {
  return execFileSync("npm", [...args], {
    cwd,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "pipe"],
    shell: process.platform === "win32",
  });
}

function curtido(args: readonly string[]): string {
  return execFileSync("npx", ["--no-install", "curtido", ...args], {
    cwd: folder,
    encoding: "utf8",
    shell: process.platform === "win32",
  });
}

beforeAll(async () => {
  await build();
  folder = mkdtempSync(join(tmpdir(), "curtido-package-"));
  const tarballs = join(folder, "tarballs");
  mkdirSync(tarballs);
  const places = [...OWN.map((name) => join(root, "packages", name)), ...dependencies()];
  const packed = npm(["pack", "--json", "--ignore-scripts", "--pack-destination", tarballs, ...places], root);
  const files = JSON.parse(packed) as readonly { readonly name: string; readonly filename: string }[];
  const wanted = Object.fromEntries(files.map((file) => [file.name, `file:tarballs/${file.filename}`]));
  writeFileSync(
    join(folder, "package.json"),
    JSON.stringify({ name: "empty", private: true, type: "module", dependencies: wanted }),
  );
  npm(["install", "--offline", "--ignore-scripts", "--no-audit", "--no-fund"], folder);
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("the packed tarballs predict on the command line", () => {
  const answer = curtido(["predict", join(root, "examples/diabetes.pkl"), join(root, "examples/diabetes.csv")]);
  expect(answer.split("\n")[0]).toBe("predict");
  expect(answer.trim().split("\n").length).toBeGreaterThan(1);
});

it("the packed tarballs inspect a file", () => {
  expect(curtido(["inspect", join(root, "examples/modelo.pkl")])).toContain("LinearRegression");
});

it("the packed tarballs are a library, with types", () => {
  const program = `import { load } from "curtido"; console.log((await load(process.argv[1])).predict([[1, 0, 1, 1]]).tolist()[0]);`;
  const answer = execFileSync("node", ["--input-type=module", "-e", program, join(root, "examples/modelo.pkl")], {
    cwd: folder,
    encoding: "utf8",
  });
  expect(Number(answer)).toBeCloseTo(5423.1426779786, 9);
  expect(readFileSync(join(folder, "node_modules/curtido/dist/index.d.ts"), "utf8")).toContain("export");
});

it.skipIf(!existsSync("/dev/full"))("a full disk behind the output is one line", () => {
  const { status, stderr } = spawnSync(
    "sh",
    ["-c", `node node_modules/curtido/bin/curtido.js inspect "$0" > /dev/full`, join(root, "examples/modelo.pkl")],
    { cwd: folder, encoding: "utf8" },
  );
  expect([status, stderr]).toEqual([1, expect.stringMatching(/^error: standard output: .*no space left.*\n$/)]);
});

const CONSUMER = `
import { type Estimator, isCurtidoError, load, type Signature } from "curtido";
import { type Answer, listen, model, service } from "curtido/server";
import { Hono } from "hono";

const estimator: Estimator = await load("modelo.pkl");
const found: unknown = estimator.predict([{ a: 1, b: "x", c: null, d: true }]).tolist();
const signature: Signature = estimator.signature;
const app = new Hono<{ Variables: { user: string } }>();
app.use(async (context, next) => {
  context.set("user", "Ada");
  await next();
});
app.route("/v1/:id", model("modelo.pkl", {
  before: (row, context) => ({ ...row, id: context.req.param("id") }),
  after: async (answer) => ({ ...answer, unit: "g" }),
}));
app.route("/b", model(estimator, { before() {}, after: (answer: Answer) => { answer["unit"] = "g"; } }));
const server = await listen(app, { port: 0 });
await server.close();
await listen(service({ models: { a: "a.pkl", b: { source: new URL("file:///b.pkl") } } }));
try {
  await load("none");
} catch (error) {
  if (isCurtidoError(error, "E_FILE")) console.log(error.fields["path"], found, signature.features[0]?.name);
}
`;

it.each(["nodenext", "bundler"])(
  "strict programs compile against the packed types (%s)",
  (moduleResolution) => {
    const program = join(folder, `program-${moduleResolution}`);
    mkdirSync(program);
    writeFileSync(join(program, "main.ts"), CONSUMER);
    const compilerOptions = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUncheckedIndexedAccess: true,
      noEmit: true,
      target: "es2022",
      module: moduleResolution === "nodenext" ? "nodenext" : "esnext",
      moduleResolution,
      types: ["node"],
      typeRoots: [join(root, "node_modules/@types")],
    };
    writeFileSync(join(program, "tsconfig.json"), JSON.stringify({ compilerOptions }));
    const { stdout, status } = spawnSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], {
      cwd: program,
      encoding: "utf8",
    });
    expect([stdout, status]).toEqual(["", 0]);
  },
  60_000,
);

it("the packed tarballs serve a model", async () => {
  const child = spawn(
    process.execPath,
    [join(folder, "node_modules/curtido/bin/curtido.js"), "serve", join(root, "examples/modelo.pkl"), "--port", "0"],
    { cwd: folder },
  );
  try {
    const url = await new Promise<string>((resolve, reject) => {
      let said = "";
      child.stderr.on("data", (chunk) => {
        said += String(chunk);
        const match = /https?:\/\/[^\s/]+:\d+\/modelo/.exec(said);
        if (match !== null) resolve(match[0]);
      });
      child.stdout.on("data", (chunk) => child.stderr.emit("data", chunk));
      child.on("exit", () => reject(new Error(said)));
    });
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: '{"feature1":"1","feature2":"0","feature3":"1","feature4":"1"}',
    });
    expect(await answer.json()).toEqual({ predict: 5423.1426779786 });
  } finally {
    child.kill();
  }
});
