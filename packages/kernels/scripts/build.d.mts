export const kernels: Readonly<Record<"place" | "trees" | "grow" | "linear" | "matrix", readonly string[]>>;
export function compile(name: keyof typeof kernels): Promise<Uint8Array>;
export function generate(name: keyof typeof kernels): Promise<string>;
