import { EventEmitter } from "node:events";
import type { Server } from "node:http";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { Patience } from "../../src/listen/patience.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

class Connection extends EventEmitter {
  writableLength = 100;
  bytesWritten = 0;
  bytesRead = 0;
  destroyed = false;
  destroy(): void {
    this.destroyed = true;
  }
}

/** A connection whose answer nobody takes. */
function connected(): Connection {
  const server = new EventEmitter();
  new Patience(server as Server, { request: 1_000, answer: 400 });
  const socket = new Connection();
  server.emit("connection", socket);
  return socket;
}

test.each(["bytesRead", "bytesWritten"] as const)("whoever moves on is waited for: %s", (moving) => {
  const socket = connected();
  for (let at = 0; at < 20; at++) {
    socket[moving] += 10;
    vi.advanceTimersByTime(200);
  }
  expect(socket.destroyed).toBe(false);
  vi.advanceTimersByTime(800);
  expect(socket.destroyed).toBe(true);
});
