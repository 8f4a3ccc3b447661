export const kernels: Readonly<Record<"place" | "trees" | "linear", readonly string[]>>;
export function compile(name: keyof typeof kernels): Promise<Uint8Array>;
export function generate(name: keyof typeof kernels): Promise<string>;
