/** Bytes of a page of WebAssembly's memory, and how many pages 32 bits can address. */
const PAGE = 65_536;
const MOST_PAGES = 65_536;

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
  instantiate<Exports>(byteLength: number): { exports: Exports; memory: WebAssembly.Memory; buffer: ArrayBuffer } {
    const pages = Math.ceil(byteLength / PAGE);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages });
    return { exports: this.#run<Exports>(memory, {}), memory, buffer: memory.buffer };
  }

  /**
   * Makes an instance that works in the memory of another one.
   *
   * @param imports functions that the module calls
   * @throws where WebAssembly is missing or forbidden
   */
  instantiateIn<Exports>(memory: WebAssembly.Memory, imports: WebAssembly.ModuleImports): Exports {
    return this.#run<Exports>(memory, imports);
  }

  /**
   * Makes an instance whose memory is one page and may grow: views of it end when it does.
   *
   * @param imports functions that the module calls
   * @throws where WebAssembly is missing or forbidden
   */
  instantiateGrowing<Exports>(imports: WebAssembly.ModuleImports): { exports: Exports; memory: WebAssembly.Memory } {
    const memory = new WebAssembly.Memory({ initial: 1, maximum: MOST_PAGES });
    return { exports: this.#run<Exports>(memory, imports), memory };
  }

  #run<Exports>(memory: WebAssembly.Memory, imports: WebAssembly.ModuleImports): Exports {
    this.#module ??= new WebAssembly.Module(decodeBase64(this.#text));
    return new WebAssembly.Instance(this.#module, { env: { ...imports, memory } }).exports as Exports;
  }
}

function decodeBase64(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}

/**
 * Sees to it that a memory has so many bytes.
 *
 * @throws RangeError when there are not so many to have
 */
export function growTo(memory: WebAssembly.Memory, byteLength: number): void {
  const missing = Math.ceil((byteLength - memory.buffer.byteLength) / PAGE);
  if (missing <= 0) return;
  if (!(byteLength <= MOST_PAGES * PAGE))
    throw new RangeError(`this takes ${byteLength} bytes of memory; there are at most ${MOST_PAGES * PAGE}`);
  memory.grow(missing);
}
