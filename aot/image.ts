/**
 * The data of a built module, above the runtime's heap base:
 *
 *   base ─► statics │ module variables (8 bytes each) │ function records │ sites: table, variants, texts ─► end
 *
 * Only programs with function values have function records: what closures refer to.
 */
import { type Chunk, Statics } from "../compiler/index.js";
import { FN, SITE, SITE_TEXT } from "../compiler/layout/vm.js";
import type { SiteRow } from "./sites.js";

const align8 = (n: number): number => (n + 7) & ~7;

export interface Image {
  /** Where the data begins. */
  readonly base: number;
  readonly globalBase: number;
  readonly fnBase: number;
  readonly statics: Statics;
  /** Completes the image with the texts of the sites. */
  withSites(sites: readonly SiteRow[]): {
    readonly bytes: Uint8Array;
    readonly sites: number;
    readonly end: number;
  };
}

/** Whether functions are used as values. */
export const hasClosures = (chunk: Chunk): boolean =>
  chunk.signatures.length > 0 || chunk.constants.some((c) => "object" in c && c.object.kind === "function");

/** Lays out what the program has in memory from `base` on. */
export function imageOf(chunk: Chunk, base: number): Image {
  const encoder = new TextEncoder();
  const statics = new Statics(chunk, base);
  const start = statics.base;
  const globalBase = statics.end;
  const fnBase = globalBase + 8 * chunk.globals.length;
  const records = hasClosures(chunk) ? chunk.functions.length : 0;
  const sites = align8(fnBase + FN.size * records);
  return {
    base: start,
    globalBase,
    fnBase,
    statics,
    withSites(list) {
      const parts: { at: number; bytes: Uint8Array }[] = [
        { at: start, bytes: statics.bytes((fn) => fnBase + FN.size * fn) },
        { at: fnBase, bytes: functionRecords(chunk, statics, records) },
      ];
      const count = list.reduce((n, row) => n + row.texts.length, 0);
      const table = new DataView(new ArrayBuffer(SITE.size * list.length + SITE_TEXT.size * count));
      parts.push({ at: sites, bytes: new Uint8Array(table.buffer) });
      let next = sites + table.byteLength;
      // Calls of one line inside an expression often share their text.
      const placed = new Map<string, { at: number; length: number }>();
      const place = (text: string): { at: number; length: number } => {
        let row = placed.get(text);
        if (!row) {
          const bytes = encoder.encode(text);
          row = { at: next, length: bytes.length };
          placed.set(text, row);
          parts.push({ at: next, bytes });
          next += bytes.length;
        }
        return row;
      };
      let variant = SITE.size * list.length;
      list.forEach(({ texts, around, calls }, i) => {
        const word = (field: number, value: number): void => table.setUint32(SITE.size * i + field, value, true);
        word(SITE.at.texts, sites + variant);
        word(SITE.at.count, texts.length);
        word(SITE.at.around, around + 1);
        word(SITE.at.calls, calls);
        for (const { number, text, start: from, end } of texts) {
          const row = place(text);
          table.setUint32(variant + SITE_TEXT.at.number, number, true);
          table.setUint32(variant + SITE_TEXT.at.text, row.at, true);
          table.setUint32(variant + SITE_TEXT.at.length, row.length, true);
          table.setUint16(variant + SITE_TEXT.at.start, from, true);
          table.setUint16(variant + SITE_TEXT.at.end, end, true);
          variant += SITE_TEXT.size;
        }
      });
      const bytes = new Uint8Array(next - start);
      for (const part of parts) bytes.set(part.bytes, part.at - start);
      return { bytes, sites, end: align8(next) };
    },
  };
}

/** The records that closures refer to: of a built module only index, name and type matter. */
function functionRecords(chunk: Chunk, statics: Statics, count: number): Uint8Array {
  const bytes = new Uint8Array(FN.size * count);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < count; i++) {
    const { type = -1 } = chunk.functions[i]!;
    view.setUint32(FN.size * i + FN.at.index, i, true);
    view.setUint32(FN.size * i + FN.at.name, statics.functionNames[i]!, true);
    view.setUint32(FN.size * i + FN.at.type, type < 0 ? 0 : statics.types[type]!, true);
  }
  return bytes;
}
