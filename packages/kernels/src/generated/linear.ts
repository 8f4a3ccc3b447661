// Generated from assembly/linear.ts by scripts/build.mjs. Do not edit.
export const linear =
  "AGFzbQEAAAABBAFgAAADAgEABwcBA25vcAAACgQBAgAL";
