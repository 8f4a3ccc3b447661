/** @module Offsets of time zones from UTC, by the names that pandas gives them. */

const formatters = new Map<string, Intl.DateTimeFormat | undefined>();

function formatterOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!formatters.has(zone)) {
    let made: Intl.DateTimeFormat | undefined;
    try {
      made = new Intl.DateTimeFormat("en-US", { timeZone: zone, timeZoneName: "longOffset" });
    } catch {
      // A zone that this machine does not know.
    }
    formatters.set(zone, made);
  }
  return formatters.get(zone);
}

/**
 * The offset of a zone at a moment, in seconds; 0 for a zone that is not known: then the time is that of UTC.
 *
 * @param zone - of the IANA data base, `UTC`, or `UTC+01:00`
 * @example
 * zoneOffset("Europe/Madrid", Date.UTC(2024, 1, 29)); // 3600
 */
export function zoneOffset(zone: string, milliseconds: number): number {
  if (zone === "UTC") return 0;
  const fixed = /^UTC([+-]\d\d:\d\d)$/.exec(zone);
  if (fixed !== null) return secondsOf(fixed[1]!);
  const parts = formatterOf(zone)?.formatToParts(milliseconds) ?? [];
  const shown = parts.find(({ type }) => type === "timeZoneName")?.value ?? "GMT";
  return shown === "GMT" ? 0 : secondsOf(shown.slice(3));
}

/** A zone as pandas names it: `UTC+05:30` for what Arrow calls `+05:30`. */
export function zoneName(zone: string): string {
  return /^[+-]\d/.test(zone) ? `UTC${zone}` : zone;
}

/** `+01:00`, `-00:14:44` */
function secondsOf(offset: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = offset.slice(1).split(":").map(Number);
  const size = hours * 3600 + minutes * 60 + seconds;
  return offset.startsWith("-") || offset.startsWith("\u2212") ? -size : size;
}

/** An offset as ISO 8601 has it: `+01:00`, with seconds where there are any. */
export function offsetText(seconds: number): string {
  const size = Math.abs(seconds);
  const two = (value: number) => String(Math.floor(value)).padStart(2, "0");
  const rest = size % 60 === 0 ? "" : `:${two(size % 60)}`;
  return `${seconds < 0 ? "-" : "+"}${two(size / 3600)}:${two((size / 60) % 60)}${rest}`;
}
