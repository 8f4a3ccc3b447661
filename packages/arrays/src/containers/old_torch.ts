/** @module The first bytes of files of PyTorch before 1.6, which begin as a pickle does. */

/** PROTO 2, the number 0x1950a86a20f9469cfc6c, STOP. */
const MAGIC = [0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19, 0x2e];

/** What a file of PyTorch is to who wants a pickle. */
export const TORCH_FILE =
  "a file of PyTorch: tensors, or a network that PyTorch alone computes; 'curtido inspect' lists them, 'curtido convert' writes them as safetensors or npz";

/** Whether bytes are an old file of PyTorch: five pickles, and raw memory behind them. */
export function isOldTorch(bytes: Uint8Array): boolean {
  return MAGIC.every((byte, at) => bytes[at] === byte);
}
