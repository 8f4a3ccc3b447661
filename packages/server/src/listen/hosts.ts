/** @module The Host header, checked against DNS rebinding: a page elsewhere must not reach a server on this machine. */

/** The name in a Host header, without its port. */
export function hostName(header: string): string {
  const bracketed = /^\[[^\]]*\]/.exec(header)?.[0];
  return (bracketed ?? header.replace(/:\d*$/, "")).toLowerCase().replace(/\.$/, "");
}

/** Whether a name or address can only mean this machine. */
export function isLoopback(name: string): boolean {
  return (
    name === "localhost" ||
    name.endsWith(".localhost") ||
    /^127(\.\d{1,3}){3}$/.test(name) ||
    name === "[::1]" ||
    name === "::1"
  );
}

/**
 * Whether requests with this Host are answered by a server on loopback.
 *
 * @example
 * hostAllowed("localhost:5000", []); // true
 * hostAllowed("evil.example", []); // false
 */
export function hostAllowed(header: string | undefined, allowed: readonly string[]): boolean {
  if (header === undefined) return true;
  const name = hostName(header);
  return isLoopback(name) || allowed.some((host) => host.toLowerCase() === name);
}
