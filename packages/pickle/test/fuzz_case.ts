import { disassemble, dumps, type Global, isCurtidoError, loads, namePolicy, optimize, scan } from "../src/index.ts";

const attempt = <T>(what: string, work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    if (isCurtidoError(error)) return undefined;
    throw new Error(`${what}: ${String(error)}`, { cause: error });
  }
};
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

/** What must hold for any bytes. Throws when it does not; says whether they were a pickle. */
export function checkStream(bytes: Uint8Array): boolean {
  const calls: Global[] = [];
  const read = () => ({
    value: loads(bytes, {
      exact: true,
      buffers: [Uint8Array.of(1), Uint8Array.of(2)],
      persistentLoad: (id) => id,
      onCall: (called) => calls.push(called),
    }),
  });
  const first = attempt("loads", read);
  const { error } = disassemble(bytes);
  if (error !== undefined && !isCurtidoError(error)) throw new Error(`disassemble: ${String(error)}`);
  const report = scan(bytes);
  if (
    first !== undefined &&
    report.verdict === "clean" &&
    calls.some(({ module, name }) => namePolicy(module, name).verdict !== "safe")
  )
    throw new Error(`scan finds nothing although ${calls.join(", ")} would be called`);
  const shorter = attempt("optimize", () => optimize(bytes));
  if (first === undefined) return false;
  const written = attempt("dumps", () => dumps(first.value, { exact: true, protocol: 5 }));
  if (written === undefined) return true;
  const again = dumps(loads(written, { exact: true }), { exact: true, protocol: 5 });
  if (hex(again) !== hex(written)) throw new Error(`dumps: ${hex(written)} reads as what is written ${hex(again)}`);
  if (shorter !== undefined) {
    const same = attempt("loads of optimize", () =>
      loads(shorter, { exact: true, buffers: [Uint8Array.of(1), Uint8Array.of(2)], persistentLoad: (id) => id }),
    );
    if (same === undefined) throw new Error(`optimize: ${hex(shorter)} is no pickle any more`);
    const bytesOfSame = dumps(same, { exact: true, protocol: 5 });
    if (hex(bytesOfSame) !== hex(written)) throw new Error(`optimize: ${hex(bytesOfSame)} instead of ${hex(written)}`);
  }
  return true;
}
