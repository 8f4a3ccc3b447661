/** @module Words as a shell takes them, so that what is shown can be pasted. */

/** A word as a shell takes it. */
export function quoted(text: string): string {
  return /^[\w./@%+:,-][\w./@%+=:,-]*$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}

/** An option and its value; a value that begins with a dash would be taken for an option of its own. */
export function option(name: string, value: string): string {
  return value.startsWith("-") ? `${name}=${quoted(value)}` : `${name} ${quoted(value)}`;
}
