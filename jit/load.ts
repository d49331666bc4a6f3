/**
 * Placing a program in linear memory, from an address that the runtime's allocator gave:
 *
 *   base ─► constant slots (8 bytes each) │ string literal objects │ module variables (8 each, zero) │ function records │ code
 *
 * Code words are copied with their operands resolved: constants and variables become slot addresses, functions record
 * addresses, jumps in a second word byte distances. Every cell starts at count 0 with the wanted trip.
 */

import { opAt } from "../compiler/bytecode/ops.js";
import type { Chunk } from "../compiler/index.js";
import { KIND, STRING } from "../compiler/layout/objects.js";
import { CELL, FN, REG } from "../compiler/layout/vm.js";
import type { MemoryMap } from "../compiler/native.js";

const align16 = (n: number): number => (n + 15) & ~15;

export interface Layout extends MemoryMap {
  /** Bytes that the program takes. */
  readonly size: number;
  /** Address of the constant slots. */
  readonly constantBase: number;
}

/** Addresses of everything, if the program is placed at `base`. `bodySlots`: first table index for bodies. */
export function layoutOf(
  chunk: Chunk,
  base: number,
  bodySlots: number,
): { readonly map: Layout; readonly texts: readonly (Uint8Array | null)[] } {
  const encoder = new TextEncoder();
  const constantBase = base;
  let at = align16(base + 8 * chunk.constants.length);
  const texts = chunk.constants.map((c) => (c.type === "ref" ? encoder.encode(c.text) : null));
  const strings = texts.map((bytes) => {
    if (!bytes) return 0;
    const here = at;
    at = (at + STRING.size + bytes.length + 7) & ~7;
    return here;
  });
  const globalBase = at;
  const fnBase = align16(globalBase + REG * chunk.globals.length);
  const codeBase = align16(fnBase + FN.size * chunk.functions.length);
  const size = align16(codeBase + 4 * chunk.code.length) - base;
  return { map: { constantBase, strings, globalBase, fnBase, codeBase, bodySlots, size }, texts };
}

/** Writes the program. `trip`: the event at which a cell asks for native code; 2^32 - 1 never does. */
export function place(
  chunk: Chunk,
  map: Layout,
  texts: readonly (Uint8Array | null)[],
  memory: ArrayBuffer,
  trip: number,
): void {
  const view = new DataView(memory);
  const bytes = new Uint8Array(memory);
  chunk.constants.forEach((c, i) => {
    const at = map.constantBase + 8 * i;
    switch (c.type) {
      case "ref":
        view.setUint32(at, map.strings[i]!, true);
        break;
      case "f64":
        view.setFloat64(at, c.value, true);
        break;
      case "i64":
      case "u64":
        view.setBigUint64(at, BigInt.asUintN(64, c.value), true);
        break;
      default:
        view.setInt32(at, c.value, true);
    }
  });
  texts.forEach((text, i) => {
    if (!text) return;
    const at = map.strings[i]!;
    view.setUint8(at + STRING.at.kind, KIND.LITERAL);
    view.setUint32(at + STRING.at.length, text.length, true);
    bytes.set(text, at + STRING.size);
  });
  const cell = (at: number): void => view.setUint32(at + CELL.at.trip, trip, true);
  chunk.functions.forEach((f, i) => {
    const at = map.fnBase + FN.size * i;
    cell(at);
    view.setUint32(at + FN.at.code, map.codeBase + 4 * f.codeStart, true);
    view.setUint32(at + FN.at.windowBytes, Math.max(REG * f.window, REG), true);
    view.setUint16(at + FN.at.zeroStart, f.otherRefsStart ?? f.params.length, true);
    view.setUint16(at + FN.at.zeroCount, f.otherRefs, true);
    view.setUint32(at + FN.at.refParams, f.refParams, true);
    view.setUint32(at + FN.at.index, i, true);
    view.setUint32(at + FN.at.result, f.result === null ? 0 : 1, true);
  });
  const code = new Uint32Array(memory, map.codeBase, chunk.code.length);
  code.set(chunk.code);
  for (let pc = 0; pc < chunk.code.length; ) {
    const op = opAt(chunk.code, pc)!;
    for (const o of op.list) {
      if (o.field !== "w1") continue;
      const v = chunk.code[pc + 1]!;
      switch (o.role) {
        case "const":
          code[pc + 1] = map.constantBase + 8 * v;
          break;
        case "global":
          code[pc + 1] = map.globalBase + REG * v;
          break;
        case "fn":
          code[pc + 1] = map.fnBase + FN.size * v;
          break;
        case "jump":
          code[pc + 1] = v * 4;
          break;
        case "cell":
          cell(map.codeBase + 4 * (pc + 1));
          break;
      }
    }
    pc += op.size;
  }
}
