// Walks the guide, in both of its languages: every command is run in order, every answer compared.
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { build } from "./build.ts";

const root = join(import.meta.dirname, "..");

interface Block {
  readonly language: string;
  readonly text: string;
}

function blocks(text: string): readonly Block[] {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map((match) => ({ language: match[1]!, text: match[2]! }));
}

/** Walks through a document in a folder of its own. */
class Walk {
  readonly folder = mkdtempSync(join(tmpdir(), "curtido-guide-"));
  private server: ChildProcess | undefined;
  private port = "5000";
  private said = "";
  commands = 0;
  compared = 0;

  constructor() {
    cpSync(join(root, "examples"), join(this.folder, "examples"), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(this.folder, "node_modules"));
  }

  async step({ language, text }: Block): Promise<void> {
    if (language === "sh") {
      this.said = "";
      for (const command of text.replaceAll("\\\n", " ").trim().split("\n")) await this.run(command);
    } else if (language === "ts") {
      const file = join(this.folder, "programa.mts");
      writeFileSync(file, text);
      const args = ["--import", join(root, "node_modules/tsx/dist/esm/index.mjs"), file];
      this.said = execFileSync(process.execPath, args, { cwd: this.folder, encoding: "utf8" });
    } else if (language === "json") {
      expect(JSON.parse(this.said)).toEqual(JSON.parse(text));
      this.compared++;
    } else if (language === "text") {
      expect(this.said).toContain(text);
      this.compared++;
    } else expect(language).toBe("python");
  }

  private async run(command: string): Promise<void> {
    this.commands++;
    if (command.startsWith("npx curtido serve")) {
      await this.serve(command);
      return;
    }
    const local = command
      .replace("npx curtido", "npx --no-install curtido")
      .replaceAll("localhost:5000", `localhost:${this.port}`)
      .replace("curl ", "curl -sS ");
    this.said += execFileSync("bash", ["-c", local], { cwd: this.folder, encoding: "utf8" });
  }

  private async serve(command: string): Promise<void> {
    const bin = join(root, "packages/curtido/bin/curtido.js");
    this.server = spawn(process.execPath, [bin, ...command.split(" ").slice(2), "--port", "0"], { cwd: this.folder });
    this.port = await new Promise<string>((resolve, reject) => {
      let said = "";
      const listen = (chunk: unknown) => {
        said += String(chunk);
        const match = /model at http:\/\/[^\s/]+:(\d+)/.exec(said);
        if (match !== null) resolve(match[1]!);
      };
      this.server!.stdout!.on("data", listen);
      this.server!.stderr!.on("data", listen);
      this.server!.on("exit", () => reject(new Error(said)));
    });
  }

  async end(): Promise<void> {
    if (this.server !== undefined) {
      const ended = new Promise((resolve) => this.server!.once("close", resolve));
      this.server.kill();
      await ended;
    }
    rmSync(this.folder, { recursive: true });
  }
}

beforeAll(build, 240_000);

describe.each(["docs/guide.md", "docs/guia.md"])("%s", (document) => {
  const text = readFileSync(join(root, document), "utf8");

  it("says what happens", { timeout: 240_000 }, async () => {
    const walk = new Walk();
    try {
      for (const block of blocks(text)) await walk.step(block);
      expect([walk.commands, walk.compared]).toEqual([16, 8]);
      expect(readFileSync(join(walk.folder, "especies.html"), "utf8")).toContain("<svg");
      expect(
        readFileSync(join(walk.folder, "vuelta.pkl")).equals(readFileSync(join(walk.folder, "especies.pkl"))),
      ).toBe(true);
    } finally {
      await walk.end();
    }
  });

  it("links to what exists", () => {
    const links = [...text.matchAll(/\]\(([^)#]+)\)/g)].map((match) => join(dirname(join(root, document)), match[1]!));
    expect(links.filter((link) => !existsSync(link))).toEqual([]);
  });
});

it("docs/cards.md says what happens", { timeout: 240_000 }, async () => {
  const walk = new Walk();
  try {
    const [card, ...steps] = blocks(readFileSync(join(root, "docs/cards.md"), "utf8"));
    writeFileSync(join(walk.folder, "examples/parts/iris.card.json"), card!.text);
    for (const block of steps) await walk.step(block);
    expect([walk.commands, walk.compared]).toEqual([4, 1]);
  } finally {
    await walk.end();
  }
});
