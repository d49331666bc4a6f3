/**
 * The data of a built module, above the runtime's heap base:
 *
 *   base ─► string literal objects │ module variables (8 bytes each) │ site table │ site texts ─► end
 */
import type { Chunk } from "../compiler/index.js";
import { KIND, STRING } from "../compiler/layout/objects.js";

const align8 = (n: number): number => (n + 7) & ~7;

export interface Image {
  /** Where the data begins. */
  readonly base: number;
  readonly globalBase: number;
  /** Address of the string object of each constant, 0 for others. */
  readonly strings: readonly number[];
  /** Completes the image with the texts of the sites. */
  withSites(texts: readonly string[]): { readonly bytes: Uint8Array; readonly sites: number; readonly end: number };
}

/** Bytes of a string literal object: header, then its UTF-8. */
export function literal(bytes: Uint8Array): Uint8Array {
  const object = new Uint8Array(align8(STRING.size + bytes.length));
  const view = new DataView(object.buffer);
  view.setUint8(STRING.at.kind, KIND.LITERAL);
  view.setUint32(STRING.at.length, bytes.length, true);
  object.set(bytes, STRING.size);
  return object;
}

/** Lays out the chunk's literals and variables from `base` (8-aligned upward). */
export function imageOf(chunk: Chunk, base: number): Image {
  const encoder = new TextEncoder();
  const start = align8(base);
  const parts: { at: number; bytes: Uint8Array }[] = [];
  let at = start;
  const strings = chunk.constants.map((c) => {
    if (c.type !== "ref") return 0;
    const bytes = literal(encoder.encode(c.text));
    parts.push({ at, bytes });
    at += bytes.length;
    return at - bytes.length;
  });
  const globalBase = at;
  at += 8 * chunk.globals.length;
  return {
    base: start,
    globalBase,
    strings,
    withSites(texts) {
      const sites = at;
      const table = new DataView(new ArrayBuffer(8 * texts.length));
      parts.push({ at: sites, bytes: new Uint8Array(table.buffer) });
      let next = sites + 8 * texts.length;
      // Calls of one line inside an expression often share their text.
      const placed = new Map<string, { at: number; length: number }>();
      texts.forEach((text, i) => {
        let row = placed.get(text);
        if (!row) {
          const bytes = encoder.encode(text);
          row = { at: next, length: bytes.length };
          placed.set(text, row);
          parts.push({ at: next, bytes });
          next += bytes.length;
        }
        table.setUint32(8 * i, row.at, true);
        table.setUint32(8 * i + 4, row.length, true);
      });
      const bytes = new Uint8Array(next - start);
      for (const part of parts) bytes.set(part.bytes, part.at - start);
      return { bytes, sites, end: align8(next) };
    },
  };
}
