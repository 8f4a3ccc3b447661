export const kernels: Readonly<Record<"trees" | "linear", readonly string[]>>;
export function compile(name: keyof typeof kernels): Promise<Uint8Array>;
export function generate(name: keyof typeof kernels): Promise<string>;
