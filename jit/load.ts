/**
 * Placing a program in linear memory, from an address that the runtime's allocator gave:
 *
 *   base ─► constant slots (8 bytes each) │ statics │ module variables (8 each, zero) │ function records │ handlers │ code
 *
 * Code words are copied with their operands resolved: constants and variables become slot addresses, functions record
 * addresses, types and variants those of theirs, jumps in a second word byte distances. Every cell starts at count 0 with
 * the wanted trip.
 */

import { opAt } from "../compiler/bytecode/ops.js";
import { type Chunk, Statics } from "../compiler/index.js";
import { HANDLER } from "../compiler/layout/objects.js";
import { CELL, FN, REG, VM, VM_BASE } from "../compiler/layout/vm.js";
import type { MemoryMap } from "../compiler/native.js";

const align16 = (n: number): number => (n + 15) & ~15;

export interface Layout extends MemoryMap {
  /** Bytes that the program takes. */
  readonly size: number;
  /** Address of the constant slots. */
  readonly constantBase: number;
  readonly handlerBase: number;
  readonly statics: Statics;
}

/** Addresses of everything, if the program is placed at `base`. `bodySlots`: first table index for bodies. */
export function layoutOf(chunk: Chunk, base: number, bodySlots: number): Layout {
  const statics = new Statics(chunk, align16(base + 8 * chunk.constants.length));
  const globalBase = statics.end;
  const fnBase = align16(globalBase + REG * chunk.globals.length);
  const handlerBase = fnBase + FN.size * chunk.functions.length;
  const codeBase = align16(handlerBase + HANDLER.size * chunk.handlers.length);
  const size = align16(codeBase + 4 * chunk.code.length) - base;
  const { constants: strings, types, variants } = statics;
  return {
    constantBase: base,
    statics,
    strings,
    types,
    variants,
    globalBase,
    fnBase,
    handlerBase,
    codeBase,
    bodySlots,
    size,
  };
}

/** What native code has to know of a layout: what may be sent to another thread. */
export function mapOf(layout: Layout): MemoryMap {
  const { codeBase, fnBase, globalBase, strings, types, variants, bodySlots } = layout;
  return { codeBase, fnBase, globalBase, strings, types, variants, bodySlots };
}

/** Writes the program. `trip`: the event at which a cell asks for native code; 2^32 - 1 never does. */
export function place(chunk: Chunk, map: Layout, memory: ArrayBuffer, trip: number): void {
  const view = new DataView(memory);
  const { statics } = map;
  const fnRecord = (fn: number): number => map.fnBase + FN.size * fn;
  const codeAt = (pc: number): number => map.codeBase + 4 * pc;
  chunk.constants.forEach((c, i) => {
    const at = map.constantBase + 8 * i;
    switch (c.type) {
      case "ref":
        view.setUint32(at, statics.constants[i]!, true);
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
  new Uint8Array(memory).set(statics.bytes(fnRecord), statics.base);
  view.setUint32(VM_BASE + VM.at.names, statics.names, true);
  view.setUint32(VM_BASE + VM.at.messages, statics.messages, true);
  view.setUint32(VM_BASE + VM.at.messageCount, statics.messageCount, true);
  const cell = (at: number): void => view.setUint32(at + CELL.at.trip, trip, true);
  chunk.handlers.forEach((h, i) => {
    const at = map.handlerBase + HANDLER.size * i;
    view.setUint32(at + HANDLER.at.start, codeAt(h.start), true);
    view.setUint32(at + HANDLER.at.end, codeAt(h.end), true);
    view.setUint32(at + HANDLER.at.target, codeAt(h.target), true);
  });
  let handler = 0;
  chunk.functions.forEach((f, i) => {
    const at = fnRecord(i);
    cell(at);
    view.setUint32(at + FN.at.code, codeAt(f.codeStart), true);
    view.setUint32(at + FN.at.windowBytes, Math.max(REG * f.window, REG), true);
    view.setUint16(at + FN.at.zeroStart, f.otherRefsStart ?? f.params.length, true);
    view.setUint16(at + FN.at.zeroCount, f.otherRefs, true);
    view.setUint32(at + FN.at.refParams, f.refParams, true);
    view.setUint32(at + FN.at.index, i, true);
    view.setUint32(at + FN.at.result, f.result === null ? 0 : 1, true);
    view.setUint32(at + FN.at.name, statics.functionNames[i]!, true);
    view.setUint32(at + FN.at.type, f.type === undefined || f.type < 0 ? 0 : statics.types[f.type]!, true);
    const first = handler;
    while (chunk.handlers[handler]?.fn === i) handler++;
    view.setUint32(at + FN.at.handlers, map.handlerBase + HANDLER.size * first, true);
    view.setUint32(at + FN.at.handlerCount, handler - first, true);
  });
  const code = new Uint32Array(memory, map.codeBase, chunk.code.length);
  code.set(chunk.code);
  for (let pc = 0; pc < chunk.code.length; ) {
    const op = opAt(chunk.code, pc)!;
    for (const o of op.list) {
      if (o.field !== "w1" && o.field !== "w2") continue;
      const at = pc + (o.field === "w1" ? 1 : 2);
      const v = chunk.code[at]!;
      switch (o.role) {
        case "const":
          code[at] = map.constantBase + 8 * v;
          break;
        case "global":
          code[at] = map.globalBase + REG * v;
          break;
        case "fn":
          code[at] = fnRecord(v);
          break;
        case "type":
          code[at] = statics.types[v]!;
          break;
        case "variant":
          code[at] = statics.variants[v]!;
          break;
        case "jump":
          code[at] = v * 4;
          break;
        case "cell":
          if (o.field === "w1") cell(map.codeBase + 4 * at);
          break;
      }
    }
    pc += op.size;
  }
}
