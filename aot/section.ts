/**
 * The custom section `orus` at the end of a built module: format version and a checksum of everything before it, so
 * that `orus run X.wasm` can refuse a module that is damaged or not ours (E3007).
 *
 *   section:  id 0 │ size │ name length 4 │ "orus" │ version u32 │ checksum u32 (FNV-1a of all bytes before the section)
 */
const NAME = [0x6f, 0x72, 0x75, 0x73];
export const FORMAT_VERSION = 1;
const PAYLOAD = 1 + NAME.length + 8;
/** Bytes of the whole section: id, one-byte size, payload. */
const TOTAL = 2 + PAYLOAD;

function fnv1a(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < bytes.length; i++) hash = Math.imul(hash ^ bytes[i]!, 0x01000193);
  return hash >>> 0;
}

/** The module with the section appended. */
export function seal(wasm: Uint8Array): Uint8Array {
  const out = new Uint8Array(wasm.length + TOTAL);
  out.set(wasm);
  out.set([0, PAYLOAD, NAME.length, ...NAME], wasm.length);
  const view = new DataView(out.buffer);
  view.setUint32(out.length - 8, FORMAT_VERSION, true);
  view.setUint32(out.length - 4, fnv1a(wasm), true);
  return out;
}

/** Why these bytes are no built Orus module, or null when they are one. */
export function refuse(bytes: Uint8Array): string | null {
  const magic = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  if (magic.some((b, i) => bytes[i] !== b)) return "it does not start like a WebAssembly module";
  const at = bytes.length - TOTAL;
  const head = [0, PAYLOAD, NAME.length, ...NAME];
  if (at < magic.length || head.some((b, i) => bytes[at + i] !== b))
    return "it was not built by `orus build`, or its end is missing";
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = view.getUint32(bytes.length - 8, true);
  if (version !== FORMAT_VERSION)
    return `it has format version ${version}, this program reads version ${FORMAT_VERSION}`;
  if (view.getUint32(bytes.length - 4, true) !== fnv1a(bytes.subarray(0, at)))
    return "its checksum does not match: the file is damaged";
  return null;
}
