/**
 * Control and data flow of one function's bytecode: basic blocks, dominators, natural loops, live registers, types.
 *
 * Used by the verifier and by the SSA builder. Only `blocksOf` is always needed; `livenessOf`, `typesOf` and `loopsOf`
 * are computed from it on demand. Nothing here trusts the register numbers, but the words must decode: the caller
 * (verifier, or lowering itself) guarantees that
 *   - walking the code from codeStart by `sizeAt` ends exactly at codeEnd,
 *   - every jump target is the start of an instruction of the same function,
 *   - the last instruction does not fall through, and fn/const/global operands are valid indexes.
 *
 * Registers include spilled ones (LOAD_SPILL, STORE_SPILL) and outgoing slots (numbers from `out` of a CALL upward).
 * CALL reads its outgoing argument slots and destroys every register from `out - HEADER_REGS` on, except its own
 * destination when that is lower: nothing up there survives a call.
 *
 * Cost: blocks linear in the code; liveness and types a few passes over the blocks in (reverse) post-order.
 */
import type { Rep } from "../analysis/types.js";
import { HEADER_REGS, parameterRegisters } from "../layout/frame.js";
import type { Chunk, Proto, Signature } from "./chunk.js";
import { fieldAt, jumpTarget, opAt } from "./encode.js";
import { OP, type Op } from "./ops.js";
import { handlersOf } from "./places.js";

/** A maximal run of instructions that is entered only at its start and left only at its end. */
export interface FlowBlock {
  readonly index: number;
  /** First word; one past the last word. */
  readonly start: number;
  readonly end: number;
  /** Start of the last instruction. */
  readonly last: number;
  /** Block indexes. For a branch: [taken, fall through]; both may be the same block. Last, if there is one, the handler. */
  readonly succs: readonly number[];
  /** Where errors of its first instruction go on, inside of a `try`; no other one of the block can fail. -1: nowhere here. */
  readonly handler: number;
  readonly preds: readonly number[];
}
export interface Blocks {
  readonly fn: number;
  readonly proto: Proto;
  /** In code order; blocks[0] is the function's entry. */
  readonly blocks: readonly FlowBlock[];
  /** Start address of a block to its index. */
  readonly at: ReadonlyMap<number, number>;
  /** Reachable blocks in reverse post-order. */
  readonly order: readonly number[];
  /** Position in `order`, -1: not reachable. */
  readonly position: readonly number[];
}

/** Registers that one instruction reads and writes, with implied ones; `clobbersFrom`: all from there on are destroyed. */
export interface Access {
  readonly uses: readonly number[];
  readonly def: number | null;
  /** Infinity unless the instruction is a CALL. */
  readonly clobbersFrom: number;
}

/** What the instruction at `pc` reads and writes; spill registers and a CALL's outgoing arguments included. */
export function accessAt(chunk: Chunk, pc: number): Access {
  const { code } = chunk;
  const op = opAt(code, pc)!;
  const uses: number[] = [];
  let def: number | null = null;
  for (const operand of op.list) {
    if (operand.role === "use" || operand.role === "both") uses.push(fieldAt(code, pc, op, operand));
    if (operand.role === "def" || operand.role === "both") def = fieldAt(code, pc, op, operand);
    if (operand.role === "spill") {
      if (op.name === "LOAD_SPILL") uses.push(fieldAt(code, pc, op, operand));
      else def = fieldAt(code, pc, op, operand);
    }
  }
  const calls = op.flow === "call";
  if (!calls && op.name !== "TAIL_CALL" && op.name !== "TAIL_CALL_VALUE")
    return { uses, def, clobbersFrom: Number.POSITIVE_INFINITY };
  const call = callAt(chunk, pc);
  uses.push(...call.args);
  if (!calls) return { uses, def, clobbersFrom: Number.POSITIVE_INFINITY };
  return { uses, def: call.callee.result ? def : null, clobbersFrom: call.out - HEADER_REGS };
}

export interface CallSite {
  /** The called function; -1: the closure in register `out`. */
  readonly fn: number;
  /** Parameters, of a value with the closure as the first, and the result. */
  readonly callee: Signature;
  /** Our register that is the callee's register 0. */
  readonly out: number;
  readonly dest: number;
  /** Our registers of the arguments, in source order. */
  readonly args: readonly number[];
}
/** What the function of a value takes: the closure first. */
export const withClosure = (s: Signature): Signature => ({ params: ["ref", ...s.params], result: s.result });
/** Operands of the CALL, or other call, at `pc`. */
export function callAt(chunk: Chunk, pc: number): CallSite {
  const word = chunk.code[pc]!;
  const index = chunk.code[pc + 1]!;
  const byValue = (word & 0xff) === OP.CALL_VALUE || (word & 0xff) === OP.TAIL_CALL_VALUE;
  const callee = byValue ? withClosure(chunk.signatures[index]!) : chunk.functions[index]!;
  const fn = byValue ? -1 : index;
  const out = word >>> 16;
  return { fn, callee, out, dest: (word >>> 8) & 0xff, args: parameterRegisters(callee.params).map((r) => out + r) };
}

const fallsThrough = (op: Op): boolean => op.flow !== "jump" && op.flow !== "return";

/**
 * Splits a function's code into basic blocks. Every LOOP starts one: it is where native code can be entered. So does every
 * instruction of a `try` that can fail: its block has an edge to the handler, which is taken before anything is written.
 */
export function blocksOf(chunk: Chunk, fn: number): Blocks {
  const proto = chunk.functions[fn]!;
  const { code } = chunk;
  const leaders = new Set<number>([proto.codeStart]);
  const handlers = handlersOf(chunk, fn);
  const handlerAt = (pc: number): number =>
    opAt(code, pc)!.effects?.includes("throws")
      ? (handlers.find((h) => h.start <= pc && pc < h.end)?.target ?? -1)
      : -1;
  for (const h of handlers) leaders.add(h.target);
  for (let pc = proto.codeStart; pc < proto.codeEnd; ) {
    const op = opAt(code, pc)!;
    const target = jumpTarget(code, pc);
    if (target !== null) leaders.add(target);
    const fails = handlers.length > 0 && handlerAt(pc) >= 0;
    if (op.name === "LOOP" || fails) leaders.add(pc);
    pc += op.size;
    if ((target !== null || op.flow === "return") && pc < proto.codeEnd) leaders.add(pc);
  }
  const starts = [...leaders].sort((x, y) => x - y);
  const at = new Map(starts.map((start, index) => [start, index]));
  const succs: number[][] = starts.map(() => []);
  const preds: number[][] = starts.map(() => []);
  const lasts: number[] = [];
  const exceptional: number[] = [];
  starts.forEach((start, index) => {
    const end = starts[index + 1] ?? proto.codeEnd;
    let last = start;
    for (let pc = start; pc < end; pc += opAt(code, pc)!.size) last = pc;
    lasts.push(last);
    const target = jumpTarget(code, last);
    if (target !== null) succs[index]!.push(at.get(target)!);
    if (fallsThrough(opAt(code, last)!) && index + 1 < starts.length) succs[index]!.push(index + 1);
    const handler = handlers.length > 0 ? handlerAt(start) : -1;
    exceptional.push(handler < 0 ? -1 : at.get(handler)!);
    if (handler >= 0) succs[index]!.push(at.get(handler)!);
  });
  succs.forEach((list, from) => {
    for (const to of list) preds[to]!.push(from);
  });
  const blocks = starts.map((start, index) => ({
    index,
    start,
    end: starts[index + 1] ?? proto.codeEnd,
    last: lasts[index]!,
    succs: succs[index]!,
    preds: preds[index]!,
    handler: exceptional[index]!,
  }));
  const order = reversePostOrder(0, (b) => succs[b]!);
  const position = new Array<number>(blocks.length).fill(-1);
  order.forEach((b, i) => {
    position[b] = i;
  });
  return { fn, proto, blocks, at, order, position };
}

/** Reverse post-order of a graph of numbered nodes from `entry`; without recursion, since code may be long. */
export function reversePostOrder(entry: number, succs: (node: number) => readonly number[]): number[] {
  const seen = new Set<number>([entry]);
  const stack: { node: number; next: number }[] = [{ node: entry, next: 0 }];
  const order: number[] = [];
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const list = succs(top.node);
    if (top.next < list.length) {
      const to = list[top.next++]!;
      if (!seen.has(to)) {
        seen.add(to);
        stack.push({ node: to, next: 0 });
      }
    } else {
      order.push(top.node);
      stack.pop();
    }
  }
  return order.reverse();
}

/** Immediate dominators by block index (Cooper, Harvey, Kennedy); the entry's is itself, an unreachable block's -1. */
export function dominatorsOf(f: Blocks): number[] {
  const idom = new Array<number>(f.blocks.length).fill(-1);
  idom[0] = 0;
  // Last ones first, so that the meetings of a block with many predecessors go up one path once (see ssa/dominators.ts).
  const preds = f.blocks.map((b) => [...b.preds].sort((x, y) => f.position[y]! - f.position[x]!));
  const meet = (x: number, y: number): number => {
    while (x !== y) {
      while (f.position[x]! > f.position[y]!) x = idom[x]!;
      while (f.position[y]! > f.position[x]!) y = idom[y]!;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const b of f.order) {
      if (b === 0) continue;
      let best = -1;
      for (const p of preds[b]!) if (idom[p]! >= 0) best = best < 0 ? p : meet(best, p);
      if (idom[b] !== best) {
        idom[b] = best;
        changed = true;
      }
    }
  }
  return idom;
}
/** Whether block `a` dominates block `b` (every block dominates itself). */
export function dominates(f: Blocks, idom: readonly number[], a: number, b: number): boolean {
  if (f.position[a]! < 0 || f.position[b]! < 0) return false;
  while (f.position[b]! > f.position[a]!) b = idom[b]!;
  return a === b;
}

export interface NaturalLoop {
  /** Block index of the header. */
  readonly header: number;
  /** Block indexes, header included. */
  readonly body: ReadonlySet<number>;
}
export interface Loops {
  /** One per header, outer loops before the loops inside them. */
  readonly loops: readonly NaturalLoop[];
  /** Jumps back to a block that does not dominate their source: the code has a loop with two entries. */
  readonly irreducible: boolean;
}
/** Natural loops; loops with one header are one loop. */
export function loopsOf(f: Blocks, idom: readonly number[] = dominatorsOf(f)): Loops {
  const tails = new Map<number, number[]>();
  let irreducible = false;
  for (const b of f.order)
    for (const to of f.blocks[b]!.succs) {
      if (f.position[to]! > f.position[b]!) continue;
      if (!dominates(f, idom, to, b)) {
        irreducible = true;
        continue;
      }
      const list = tails.get(to);
      if (list) list.push(b);
      else tails.set(to, [b]);
    }
  const loops: NaturalLoop[] = [];
  for (const header of f.order) {
    const from = tails.get(header);
    if (!from) continue;
    const body = new Set<number>([header]);
    const work = [...from];
    for (let b = work.pop(); b !== undefined; b = work.pop()) {
      if (body.has(b)) continue;
      body.add(b);
      for (const p of f.blocks[b]!.preds) if (f.position[p]! >= 0) work.push(p);
    }
    loops.push({ header, body });
  }
  return { loops, irreducible };
}

export interface Liveness {
  readonly liveIn: readonly ReadonlySet<number>[];
  readonly liveOut: readonly ReadonlySet<number>[];
}
/** Registers that are live at the start and end of each block. */
export function livenessOf(chunk: Chunk, f: Blocks): Liveness {
  const uses: Set<number>[] = [];
  const defs: Set<number>[] = [];
  const clobbers: number[] = [];
  for (const b of f.blocks) {
    const use = new Set<number>();
    const def = new Set<number>();
    let clobbersFrom = Number.POSITIVE_INFINITY;
    for (let pc = b.start; pc < b.end; pc += opAt(chunk.code, pc)!.size) {
      const access = accessAt(chunk, pc);
      for (const r of access.uses) if (!def.has(r) && r < clobbersFrom) use.add(r);
      clobbersFrom = Math.min(clobbersFrom, access.clobbersFrom);
      if (access.def !== null) def.add(access.def);
    }
    uses.push(use);
    defs.push(def);
    clobbers.push(clobbersFrom);
  }
  const liveIn = f.blocks.map((b) => new Set(uses[b.index]));
  const liveOut = f.blocks.map(() => new Set<number>());
  const queued = new Set<number>(f.order);
  const work = [...f.order];
  for (let b = work.pop(); b !== undefined; b = work.pop()) {
    queued.delete(b);
    const out = liveOut[b]!;
    const into = liveIn[b]!;
    const before = into.size;
    const { handler } = f.blocks[b]!;
    if (handler >= 0) for (const r of liveIn[handler]!) into.add(r);
    for (const s of f.blocks[b]!.succs)
      for (const r of liveIn[s]!) {
        if (s === handler) continue;
        if (out.has(r)) continue;
        out.add(r);
        if (!defs[b]!.has(r) && r < clobbers[b]!) into.add(r);
      }
    if (into.size !== before)
      for (const p of f.blocks[b]!.preds)
        if (f.position[p]! >= 0 && !queued.has(p)) {
          queued.add(p);
          work.push(p);
        }
  }
  return { liveIn, liveOut };
}

/** Steps a set of live registers backward over the instruction at `pc`. */
export function stepLiveness(chunk: Chunk, pc: number, live: Set<number>): void {
  const access = accessAt(chunk, pc);
  if (access.def !== null) live.delete(access.def);
  if (access.clobbersFrom !== Number.POSITIVE_INFINITY)
    for (const r of live) if (r >= access.clobbersFrom) live.delete(r);
  for (const r of access.uses) live.add(r);
}

/** Representations of registers at a place; a register without an entry has no value that may be read. */
export type Types = Map<number, Rep>;
/** i32, u32 and bool share 32 bits, i64 and u64 64: within a class the name is only a hint. */
export const sameBits = (a: Rep, b: Rep): boolean => bitsOf(a) === bitsOf(b);
const bitsOf = (rep: Rep): string =>
  rep === "ref" || rep === "any" || rep === "f64" ? rep : rep === "i64" || rep === "u64" ? "64" : "32";

/** Representation that the instruction at `pc` gives its destination (`types`: before it), or null without one. */
export function resultRep(chunk: Chunk, pc: number, types: Types): Rep | null {
  const { code } = chunk;
  const op = opAt(code, pc)!;
  if (op.name === "STORE_SPILL") return types.get((code[pc]! >>> 8) & 0xff) ?? null;
  if (op.name === "LOAD_SPILL") return types.get(code[pc]! >>> 16) ?? null;
  const operand = op.list.find((o) => o.role === "def" || o.role === "both");
  if (!operand) return null;
  switch (operand.type) {
    case null:
      return null;
    case "copy":
    case "raw":
      return types.get((code[pc]! >>> 16) & 0xff) ?? null;
    case "const":
      return chunk.constants[code[pc + 1]!]?.type ?? null;
    case "global":
      return chunk.globals[code[pc + 1]!]?.type ?? null;
    case "result":
      return (op.name === "CALL_VALUE" ? chunk.signatures : chunk.functions)[code[pc + 1]!]?.result ?? null;
    default:
      return operand.type;
  }
}

/** Steps register types forward over the instruction at `pc`. */
export function stepTypes(chunk: Chunk, pc: number, types: Types): void {
  const rep = resultRep(chunk, pc, types);
  const access = accessAt(chunk, pc);
  if (access.clobbersFrom !== Number.POSITIVE_INFINITY)
    for (const r of types.keys()) if (r >= access.clobbersFrom) types.delete(r);
  if (access.def !== null) {
    if (rep) types.set(access.def, rep);
    else types.delete(access.def);
  }
}

/** i32 or i64 for what may be any integer of that size: so a register that is `bool` is so on all paths. */
const plain = (rep: Rep): Rep => (bitsOf(rep) === "32" ? "i32" : bitsOf(rep) === "64" ? "i64" : rep);

/**
 * Register types at the start of each reachable block; null for others. Where paths disagree about the bits the register
 * has none, where they disagree about the name only it is i32 or i64.
 */
export function typesOf(chunk: Chunk, f: Blocks): readonly (Types | null)[] {
  const into: (Types | null)[] = f.blocks.map(() => null);
  const registers = parameterRegisters(f.proto.params);
  into[0] = new Map(f.proto.params.map((rep, i) => [registers[i]!, rep]));
  const queued = new Set<number>([0]);
  const work = [0];
  for (let b = work.pop(); b !== undefined; b = work.pop()) {
    queued.delete(b);
    const block = f.blocks[b]!;
    const types: Types = new Map(into[b]!);
    for (let pc = block.start; pc < block.end; pc += opAt(chunk.code, pc)!.size) stepTypes(chunk, pc, types);
    for (const s of block.succs) {
      const known = into[s];
      // A handler sees what was there before the block.
      const left = s === block.handler ? into[b]! : types;
      let changed = false;
      if (!known) {
        into[s] = new Map(left);
        changed = true;
      } else
        for (const [r, rep] of known) {
          const other = left.get(r);
          if (other === rep) continue;
          const merged = other !== undefined && sameBits(other, rep) ? plain(rep) : null;
          if (merged === rep) continue;
          if (merged) known.set(r, merged);
          else known.delete(r);
          changed = true;
        }
      if (changed && !queued.has(s)) {
        queued.add(s);
        work.push(s);
      }
    }
  }
  return into;
}
