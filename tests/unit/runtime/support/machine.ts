/**
 * The runtime without an engine: small programs in bytecode, placed by the engine's loader, driven by a driver of a few
 * lines. Everything that a test wants to see of the VM block and of the profile cells is a method.
 */
import { NO_OBJECTS } from "../../../../compiler/bytecode/chunk.js";

import { encode, opAt } from "../../../../compiler/bytecode/encode.js";
import { OP, OP_LIST, type OpName } from "../../../../compiler/bytecode/ops.js";
import type { Chunk, Constant, Proto, Rep } from "../../../../compiler/index.js";
import { HEADER_REGS } from "../../../../compiler/layout/frame.js";
import { CELL, FN, POLL, REG, RUN, TRACE_BASE, VM, VM_BASE } from "../../../../compiler/layout/vm.js";
import { loadRuntime } from "../../../../jit/index.js";
import { type Layout, layoutOf, place } from "../../../../jit/load.js";
import { NEVER } from "../../../../jit/profile.js";
import { traceSlots } from "../../../../jit/report.js";

/** A number, the name of a label or function, or a constant; LOOP's operands are filled in. */
export type Arg = number | string | Constant;
/** An instruction, or a label: `"name:"`. */
export type Line = string | readonly [OpName, ...Arg[]];
export interface Fn {
  readonly name: string;
  readonly params?: readonly Rep[];
  readonly result?: Rep;
  /** Its own registers; room for calls is added. Default 8. */
  readonly registers?: number;
  readonly otherRefs?: number;
  readonly code: readonly Line[];
}

export const i32 = (value: number): Constant => ({ type: "i32", value });
export const u32 = (value: number): Constant => ({ type: "u32", value });
export const i64 = (value: bigint): Constant => ({ type: "i64", value });
export const u64 = (value: bigint): Constant => ({ type: "u64", value });
export const f64 = (value: number): Constant => ({ type: "f64", value });
export const text = (value: string): Constant => ({ type: "ref", text: value });

/** First register for arguments of calls in a function with `registers` of its own. */
export const outOf = (registers: number): number => registers + HEADER_REGS;
/** Instructions that leave r0 - 1 as the argument of a call in such a function. r2 is scratch. */
export const passOneLess = (registers: number): Line[] => [
  ["ADD_I32_IMM", 2, 0, -1],
  ["STORE_SPILL", 2, outOf(registers)],
];
/** Registers beyond a function's own: the next header and arguments. */
const CALL_ROOM = HEADER_REGS + 8;

/** Puts functions together; the first one is main. */
export function assemble(fns: readonly Fn[], globals = 8): Chunk {
  const constants: Constant[] = [];
  const words: number[] = [];
  const loops: { fn: number; pc: number; end: number; parent: number; offset: number }[] = [];
  const functions: Proto[] = fns.map(({ name, params = [], result = null, registers = 8, otherRefs = 0, code }, fn) => {
    const codeStart = words.length;
    const labels = new Map<string, number>();
    let end = codeStart;
    for (const line of code) {
      if (typeof line === "string") labels.set(line.slice(0, -1), end);
      else end += OP_LIST[OP[line[0]]]!.size;
    }
    for (const line of code) {
      if (typeof line === "string") continue;
      const [op, ...args] = line;
      const here = words.length;
      if (op === "LOOP") args[0] = loops.push({ fn, pc: here, end, parent: -1, offset: 0 }) - 1;
      const values = OP_LIST[OP[op]]!.list.map(({ role }, i) => {
        const arg = args[i] ?? 0;
        if (typeof arg === "object") return constants.push(arg) - 1;
        if (typeof arg === "number") return arg;
        return role === "fn" ? fns.findIndex((f) => f.name === arg) : labels.get(arg)! - (here + 1);
      });
      words.push(...encode(op, values));
    }
    const refParams = params.filter((p) => p === "ref").length;
    const window = registers + CALL_ROOM;
    return { name, file: 0, offset: 0, params, result, codeStart, codeEnd: end, window, refParams, otherRefs };
  });
  const bank = Array.from({ length: globals }, (_, i) => ({ name: `g${i}`, type: "i64" as Rep }));
  const code = Uint32Array.from(words);
  return { files: [], functions, code, constants, globals: bank, ...NO_OBJECTS, loops, spans: [], lines: [] };
}

export interface MachineOptions {
  readonly maxRecursion?: number;
  readonly hostBytes?: number;
  readonly chunkBytes?: number;
  readonly lineFlush?: boolean;
  /** The event at which cells ask for native code. */
  readonly trip?: number;
  readonly hot?: (kind: number, index: number) => void;
  /** Without it, a poll grants another slice and answers GO_ON. */
  readonly poll?: () => number;
  /** errno of a write. */
  readonly write?: (bytes: Uint8Array) => number;
  /** Pieces that `read` gives, one after the other, and then the end. */
  readonly input?: readonly (string | Uint8Array)[];
}

interface Exports {
  readonly memory: WebAssembly.Memory;
  readonly table: WebAssembly.Table;
  init(maxRecursion: number, hostBytes: number, chunkBytes: number, lineFlush: number): number;
  alloc(bytes: number): number;
  start(rec: number): number;
  run(): number;
  flush(): number;
  stopAt(code: number): number;
  fail(code: number, place: number): void;
}
type Field = keyof typeof VM.at;
type CellField = keyof typeof CELL.at;

const LARGE_SLICE = 0x3fffffff;

export class Machine {
  readonly chunk: Chunk;
  readonly map: Layout;
  readonly exports: Exports & Record<string, Function>;
  /** Units of the next slices. */
  slice = LARGE_SLICE;
  /** Calls of `run` that stopped for the budget, and polls. */
  pauses = 0;
  polls = 0;
  private readonly written: Uint8Array[] = [];

  constructor(fns: readonly Fn[], options: MachineOptions = {}) {
    this.chunk = assemble(fns);
    const write = (fd: number, ptr: number, length: number): number => {
      const bytes = new Uint8Array(this.exports.memory.buffer, ptr, length).slice();
      const errno = fd === 1 ? (options.write?.(bytes) ?? 0) : 1;
      if (errno === 0) this.written.push(bytes);
      return errno;
    };
    const poll = (): number => {
      this.polls++;
      if (options.poll) return options.poll();
      this.grant(this.slice);
      return POLL.GO_ON;
    };
    const input = (options.input ?? []).map((piece) => Buffer.from(piece as string));
    const read = (_fd: number, ptr: number, length: number): number => {
      const piece = input.shift();
      if (!piece) return 0;
      const now = piece.subarray(0, length);
      if (now.length < piece.length) input.unshift(piece.subarray(length));
      new Uint8Array(this.exports.memory.buffer, ptr, length).set(now);
      return now.length;
    };
    const now = (): number => performance.now() / 1000;
    const hot = (kind: number, index: number): void => options.hot?.(kind, index);
    const instance = new WebAssembly.Instance(loadRuntime(), { env: { write, read, now, poll, hot } });
    this.exports = instance.exports as unknown as Machine["exports"];
    const { maxRecursion = 10_000, hostBytes = 400_000, chunkBytes = 0, lineFlush = false, trip = NEVER } = options;
    this.exports.init(maxRecursion, hostBytes, chunkBytes, lineFlush ? 1 : 0);
    const bodySlots = this.exports.table.grow(this.chunk.functions.length);
    const { size } = layoutOf(this.chunk, 0, bodySlots);
    const map = layoutOf(this.chunk, this.exports.alloc(size), bodySlots);
    this.map = map;
    place(this.chunk, map, this.exports.memory.buffer, trip);
  }

  get view(): DataView {
    return new DataView(this.exports.memory.buffer);
  }
  vm(field: Field): number {
    return this.view.getInt32(VM_BASE + VM.at[field], true);
  }
  setVm(field: Field, value: number): void {
    this.view.setInt32(VM_BASE + VM.at[field], value, true);
  }
  grant(units: number): void {
    this.setVm("budget", this.vm("budget") + units);
    this.setVm("granted", this.vm("granted") + units);
  }
  /** Units charged so far. */
  get charged(): number {
    return (this.vm("granted") - this.vm("budget")) | 0;
  }

  /** Runs main from its start to its end, in slices. */
  run(slice = LARGE_SLICE): number {
    this.slice = slice;
    if (this.exports.start(this.map.fnBase) === 0) throw new Error("no memory");
    this.grant(slice);
    let status = this.exports.run();
    while (status === RUN.BUDGET) {
      this.pauses++;
      this.grant(slice);
      status = this.exports.run();
    }
    return status;
  }
  /** Takes all memory but some: reserved by the host, never touched. */
  leaveMemory(megabytes: number): void {
    const bytes = 0xfff00000 - megabytes * 2 ** 20 - this.exports.alloc(0);
    if (this.exports.alloc(bytes) === 0) throw new Error("the host has no 4 GB to reserve");
  }
  /** What was written, after a flush. */
  get out(): string {
    this.exports.flush();
    return Buffer.concat(this.written).toString("latin1");
  }
  /** Sizes of the writes so far. */
  get writes(): number[] {
    return this.written.map((bytes) => bytes.length);
  }

  globalAt(index: number): number {
    return this.map.globalBase + REG * index;
  }
  setGlobal(index: number, bits: bigint): void {
    this.view.setBigUint64(this.globalAt(index), BigInt.asUintN(64, bits), true);
  }
  global(index: number): bigint {
    return this.view.getBigUint64(this.globalAt(index), true);
  }
  fnRecord(name: string): number {
    return this.map.fnBase + FN.size * this.chunk.functions.findIndex((f) => f.name === name);
  }
  /** Address of the nth instruction of a kind in the program. */
  addressOf(op: OpName, nth = 0): number {
    for (let pc = 0; pc < this.chunk.code.length; pc += opAt(this.chunk.code, pc)!.size)
      if (opAt(this.chunk.code, pc)!.name === op && nth-- === 0) return this.map.codeBase + 4 * pc;
    throw new Error(`no ${op}`);
  }
  /** Cell of a function (by name) or loop (by number). */
  cellOf(unit: string | number): number {
    return typeof unit === "string" ? this.fnRecord(unit) : this.map.codeBase + 4 * (this.chunk.loops[unit]!.pc + 1);
  }
  cell(unit: string | number, field: CellField): number {
    return this.view.getUint32(this.cellOf(unit) + CELL.at[field], true);
  }
  setCell(unit: string | number, field: CellField, value: number): void {
    this.view.setUint32(this.cellOf(unit) + CELL.at[field], value, true);
  }

  /** The pending error: code and `OP nth` of the failing instruction, the same of the calls that are kept, and how many there were. */
  get error(): { code: number; at: string; trace: string[]; count: number } {
    const count = this.vm("traceCount");
    const trace = traceSlots(count).map((slot) => this.nameOf(this.view.getUint32(TRACE_BASE + 4 * slot, true)));
    return { code: this.vm("errorCode"), at: this.nameOf(this.vm("errorPc")), trace, count };
  }
  /** The registers that the pending error keeps. */
  get errorValues(): bigint[] {
    return [VM.at.errorValue0, VM.at.errorValue1].map((at) => this.view.getBigUint64(VM_BASE + at, true));
  }
  private nameOf(address: number): string {
    const { code, functions } = this.chunk;
    const at = (address - this.map.codeBase) / 4;
    const fn = functions.find((f) => f.codeStart <= at && at < f.codeEnd);
    let index = 0;
    for (let pc = fn?.codeStart ?? 0; pc < at; pc += opAt(code, pc)!.size) index++;
    return fn === undefined ? `?${address}` : `${fn.name}+${index} ${opAt(code, at)!.name}`;
  }
}
