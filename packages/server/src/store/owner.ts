/** @module Which process a claim or a file belongs to, and whether it still runs. */

import { createHash, randomBytes } from "node:crypto";
import { readFileSync, readlinkSync } from "node:fs";
import { hostname } from "node:os";

/** An open store of a process. */
export interface Owner {
  readonly id: string;
  /** A hash of the machine's name, and on Linux of the room in which process ids count. */
  readonly host: string;
  readonly pid: number;
  /** When the process began, where the system tells; ids of processes are used again. */
  readonly started: string;
}

/** A new owner of this process. */
export function newOwner(): Owner {
  return { id: randomBytes(8).toString("hex"), host: hostOf(), pid: process.pid, started: startOf(process.pid) };
}

/**
 * Whether an owner may still be at work: on this host whether its process runs, elsewhere whether it gave a sign of life.
 *
 * @param silent Milliseconds since that sign
 * @param patience Milliseconds of silence after which an owner elsewhere counts as dead
 */
export function isLive(owner: Omit<Owner, "id">, silent: number, patience: number): boolean {
  if (owner.host !== hostOf()) return silent < patience;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as { code?: unknown }).code === "ESRCH") return false;
  }
  const started = startOf(owner.pid);
  return started === "" || owner.started === "" || started === owner.started;
}

function hostOf(): string {
  let room = "";
  try {
    room = readlinkSync("/proc/self/ns/pid");
  } catch {
    // no Linux
  }
  return createHash("sha256").update(`${hostname()} ${room}`).digest("hex").slice(0, 16);
}

/** The field `starttime` of /proc/PID/stat, and that the process is no zombie. */
function startOf(pid: number): string {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, "latin1").split(") ").at(-1)!.split(" ");
    return fields[0] === "Z" ? "ended" : fields[19]!;
  } catch {
    return "";
  }
}
