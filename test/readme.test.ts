import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build } from "./build.ts";

const root = join(import.meta.dirname, "..");
const source = (file: string) => readFileSync(join(root, file), "utf8");

interface Block {
  readonly language: string;
  readonly text: string;
}

/** The fenced blocks of a document, in order. */
function blocks(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({ language: match[1]!, text: match[2]! }));
}

const README = blocks(source("README.md"));
const commands = README.filter((block) => block.language === "sh").flatMap((block) =>
  block.text.replaceAll("\\\n", " ").trim().split("\n"),
);
let server: ChildProcess;
let port: string;

function shell(command: string): string {
  return execFileSync("bash", ["-c", command], { cwd: root, encoding: "utf8" });
}

/** A command as the README has it, against the port of the test. */
function there(command: string): string {
  return command.replaceAll("localhost:5000", `localhost:${port}`).replace("curl ", "curl -sS ");
}

beforeAll(async () => {
  await build();
  server = spawn(process.execPath, ["packages/curtido/bin/curtido.js", "serve", "examples", "--port", "0"], {
    cwd: root,
  });
  port = await new Promise<string>((resolve, reject) => {
    let said = "";
    const listen = (chunk: unknown) => {
      said += String(chunk);
      const match = /models at http:\/\/[^\s/]+:(\d+)/.exec(said);
      if (match !== null) resolve(match[1]!);
    };
    server.stdout!.on("data", listen);
    server.stderr!.on("data", listen);
    server.on("exit", () => reject(new Error(said)));
  });
}, 240_000);

afterAll(() => {
  server.kill();
});

describe("the README", () => {
  it("requests are answered as it says", () => {
    let checked = 0;
    README.forEach((block, at) => {
      if (block.language !== "sh" || !block.text.startsWith("curl")) return;
      const answer = shell(there(block.text.replaceAll("\\\n", " ").trim()));
      const next = README[at + 1];
      if (next?.language === "json") expect(JSON.parse(answer)).toEqual(JSON.parse(next.text));
      else expect(answer).toContain("predict");
      checked++;
    });
    expect(checked).toBe(4);
  });

  it("commands run", () => {
    const run = commands.filter((command) => /^npx curtido (inspect|predict|scan|dis)/.test(command));
    expect(run.length).toBe(4);
    for (const command of run) expect(shell(command.replace("npx curtido", "npx --no-install curtido"))).not.toBe("");
  });

  it("commands that write a file write it", () => {
    const folder = mkdtempSync(join(tmpdir(), "curtido-readme-"));
    const run = commands.filter((command) => /^npx curtido (optimize|convert)/.test(command));
    expect(run.length).toBe(2);
    for (const command of run) {
      const output = join(folder, command.split(" ").at(-1)!);
      shell(command.replace("npx curtido", "npx --no-install curtido").replace(/\S+$/, output));
      expect(statSync(output).size).toBeGreaterThan(0);
    }
    rmSync(folder, { recursive: true });
  });

  it("a service is started, keys are made, models pushed and pulled as it says", { timeout: 60_000 }, async () => {
    const folder = mkdtempSync(join(tmpdir(), "curtido-service-"));
    const [serve, ...rest] = commands.slice(
      commands.findIndex((command) => command.includes("serve examples/modelo.pkl --data")),
    );
    const args = serve!.replace("./curtido-data", join(folder, "data")).split(" ").slice(2);
    const child = spawn(process.execPath, ["packages/curtido/bin/curtido.js", ...args, "--port", "0"], { cwd: root });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout.on("data", (chunk) => {
        const match = /1 model at (http:\S+);/.exec(String(chunk));
        if (match !== null) resolve(match[1]!);
      });
      child.on("exit", () => reject(new Error("the service ended")));
    });
    let secret = "";
    for (const command of rest.slice(0, 4)) {
      const local = command
        .replace("npx curtido", "npx --no-install curtido")
        .replace("http://localhost:5000", url)
        .replace("./curtido-data", join(folder, "data"))
        .replace(" KEY", ` ${secret}`)
        .replace(/1 modelo\.pkl /, `1 ${join(folder, "modelo.pkl")} `);
      const said = shell(local);
      if (command.includes("keys create")) secret = said.trim();
      if (command.includes("keys list")) expect(said).toContain("ci  publish");
    }
    expect(readFileSync(join(folder, "modelo.pkl")).equals(readFileSync(join(root, "examples/modelo.pkl")))).toBe(true);
    const ended = new Promise((resolve) => child.once("close", resolve));
    child.kill();
    await ended;
    rmSync(folder, { recursive: true });
  });

  it("a model is trained as it says", { timeout: 60_000 }, () => {
    const folder = mkdtempSync(join(tmpdir(), "curtido-train-"));
    const [command, ...more] = commands.filter((each) => each.startsWith("npx curtido train"));
    expect(more).toEqual([]);
    const local = command!
      .replace("npx curtido", "npx --no-install curtido")
      .replace(/(\S+\.(?:pkl|html))/g, (name) => join(folder, name));
    expect(shell(local)).toContain("target: species, classification");
    for (const name of ["especies.pkl", "especies.html"])
      expect(statSync(join(folder, name)).size).toBeGreaterThan(1000);
    rmSync(folder, { recursive: true });
  });

  it("says the same in Spanish: command by command, answer by answer", () => {
    expect(blocks(source("README.es.md"))).toEqual(README);
    const links = [...source("README.es.md").matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it("names only scripts that exist", () => {
    const { scripts } = JSON.parse(source("package.json")) as { scripts: Record<string, string> };
    const named = [...`${source("README.md")}${source("CONTRIBUTING.md")}`.matchAll(/npm run ([\w:-]+)/g)].map(
      (match) => match[1]!,
    );
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it("links to files that exist", () => {
    const links = [...source("README.md").matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1]!);
    expect(links.filter((link) => !existsSync(join(root, link)))).toEqual([]);
  });

  it("snippets of TypeScript run", () => {
    const [snippet] = README.filter((block) => block.language === "ts");
    const printed = execFileSync(process.execPath, ["--input-type=module", "-e", snippet!.text], {
      cwd: root,
      encoding: "utf8",
    });
    expect(printed).toBe("[ 137.4003592445523 ]\nage sex bmi bp s1 s2 s3 s4 s5 s6\n");
  });
});

describe("the README of the examples", () => {
  it("requests are answered as it says", () => {
    const requests = blocks(source("examples/README.md")).filter((block) => block.text.startsWith("curl"));
    for (const { text } of requests) {
      const lines = text.trim().split("\n");
      const answer = lines.pop()!;
      expect(JSON.parse(shell(there(lines.join("\n"))))).toEqual(JSON.parse(answer));
    }
    expect(requests.length).toBe(5);
  });
});
