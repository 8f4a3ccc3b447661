/** A WebAssembly module of this package: its base64 text, compiled at the first use and then kept. */
export class WasmKernel {
  readonly #text: string;
  #module: WebAssembly.Module | undefined;

  constructor(base64: string) {
    this.#text = base64;
  }

  /**
   * Makes an instance with a memory of its own, which never grows: views of it stay valid.
   *
   * @param byteLength size of the memory, rounded up to pages of 64 KiB
   * @throws where WebAssembly is missing or forbidden, or if there is no memory left
   */
  instantiate<Exports>(byteLength: number): { exports: Exports; buffer: ArrayBuffer } {
    this.#module ??= new WebAssembly.Module(decodeBase64(this.#text));
    const pages = Math.ceil(byteLength / 65_536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    const { exports } = new WebAssembly.Instance(this.#module, { env: { memory } });
    return { exports: exports as Exports, buffer: memory.buffer };
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
