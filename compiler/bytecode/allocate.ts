/**
 * Register allocation: linear scan over live intervals (Poletto and Sarkar 1999), per kind.
 *
 * Lowering makes structured code in which every read is dominated by its declaration, so an interval is the range from
 * the first to the last mention, extended to the end of every loop that the register enters alive: no data flow is
 * needed. References and scalars get numbers of their own; the window is then
 *   refParams | scalarParams | otherRefs | otherScalars | header and arguments of the next window
 * (in functions that spill, some scalars come before the other references).
 * A parameter's register is free again after its last mention. A MOVE whose source dies there gives its register to its
 * target and disappears.
 *
 * Registers beyond 255 do not fit an operand. Slots are then numbered by how often they are mentioned (a mention in a
 * loop counts more), so temporaries and hot variables stay low; the others are reached by LOAD_SPILL and STORE_SPILL
 * through scratch registers, which exist only in functions that need them.
 *
 * Cost: n log n in the number of registers, linear in the code. Relies on `FnCode.loops`.
 */
import { mayRefer } from "../analysis/types.js";
import { HEADER_REGS } from "../layout/frame.js";
import { type Arg, type FnCode, type Ins, isOut, isRegister, Label, type Register, type VReg } from "./code.js";
import { Heap } from "./heap.js";
import { OP, OP_LIST, type Operand } from "./ops.js";

export interface Allocation {
  readonly list: readonly Ins[];
  /** Registers of the window, those of the next window's header and arguments included. */
  readonly window: number;
  readonly otherRefs: number;
  readonly otherRefsStart: number;
  /** Window register of an operand. */
  readonly number: (r: Register) => number;
  /** Old instruction index to new one (spill code was inserted, moves dropped). */
  readonly moved: Int32Array;
}

/** More values are alive at once than 16-bit register numbers can name. */
export class TooManyRegisters extends Error {}

interface Interval {
  readonly reg: VReg;
  start: number;
  end: number;
  /** Mentions, those in loops counted more. */
  weight: number;
  slot: number;
}

/** Last register that an 8-bit operand can name, and that a 16-bit one can. */
const LAST = 255;
const LAST_WIDE = 65535;
/** The most registers of one kind that an instruction names. */
const SCRATCH = 3;
/** One level of loop makes mentions count this many times; beyond MAX_LEVEL it makes no difference any more. */
const LOOP_WEIGHT = 8;
const MAX_LEVEL = 6;

/**
 * Numbers the registers of a function and inserts spill code. `refParams`, `scalarParams`: parameters of each kind,
 * which are fixed registers. Throws TooManyRegisters.
 */
export function allocate(code: FnCode, refParams: number, scalarParams: number): Allocation {
  const params = refParams + scalarParams;
  const list = intervalsOf(code);
  const refs = list.filter((it) => mayRefer(it.reg.rep));
  const scalars = list.filter((it) => !mayRefer(it.reg.rep));
  // Slots of each kind are counted from its first parameter.
  const refSlots = scan(refs, code, 0, refParams) - refParams;
  const scalarSlots = scan(scalars, code, refParams, scalarParams) - scalarParams;
  const outRegs = code.outSlots === 0 ? 0 : HEADER_REGS + code.outSlots;
  const spilling = params + refSlots + scalarSlots + outRegs - 1 > LAST;

  const reserved = spilling ? SCRATCH : 0;
  const refMap = numbering(refs, refParams, refSlots, spilling);
  const scalarMap = numbering(scalars, scalarParams, scalarSlots, spilling);
  const otherRefs = refSlots + reserved;
  // With spilling, half of what an operand can name goes to scalars below the references: a function with hundreds of
  // strings still needs scalars. `otherRefsStart` of the prototype tells where the references are.
  const low = spilling ? Math.min(scalarSlots + reserved, Math.max(SCRATCH, (LAST - params) >> 1)) : 0;
  const refBase = params + low;
  const frame = params + otherRefs + scalarSlots + reserved;
  const window = frame + outRegs;
  if (window - 1 > LAST_WIDE) throw new TooManyRegisters(`${window} registers`);

  const numbers = new Int32Array(code.registers.length).fill(-1);
  for (const { reg, slot } of list) {
    const isRef = mayRefer(reg.rep);
    const own = isRef ? refParams : scalarParams;
    if (slot < own) numbers[reg.id] = (isRef ? 0 : refParams) + slot;
    else if (isRef) numbers[reg.id] = refBase + reserved + refMap[slot - own]!;
    else {
      const i = reserved + scalarMap[slot - own]!;
      numbers[reg.id] = i < low ? params + i : params + otherRefs + i;
    }
  }
  const out = frame + HEADER_REGS;
  const number = (r: Register): number => (isOut(r) ? out + r.out : numbers[r.id]!);
  const spiller = new Spiller(code, number, refBase, params);
  const { result, moved } = spiller.run(spilling);
  return { list: result, window, otherRefs, otherRefsStart: refBase, number, moved };
}

/** The live interval of every register that is mentioned, and of every parameter. */
function intervalsOf(code: FnCode): Interval[] {
  const innermost = new Int32Array(code.list.length).fill(-1);
  const level = code.loops.map(() => 0);
  code.loops.forEach((loop, k) => {
    innermost.fill(k, loop.start, loop.end);
    level[k] = loop.parent < 0 ? 1 : level[loop.parent]! + 1;
  });
  const weights = [1, ...level].map((_, n) => LOOP_WEIGHT ** Math.min(n, MAX_LEVEL));
  const all: (Interval | undefined)[] = new Array(code.registers.length);
  for (const reg of code.registers) if (reg.fixed >= 0) all[reg.id] = { reg, start: -1, end: -1, weight: 0, slot: -1 };
  code.list.forEach((ins, i) => {
    const k = innermost[i]!;
    const weight = weights[k < 0 ? 0 : level[k]!]!;
    for (const a of ins.args) {
      if (!isRegister(a) || isOut(a)) continue;
      const known = all[a.id];
      if (known) {
        known.end = i;
        known.weight += weight;
      } else all[a.id] = { reg: a, start: i, end: i, weight, slot: -1 };
    }
  });
  const list = all.filter((x): x is Interval => x !== undefined);
  for (const it of list) {
    if (it.end < 0) continue;
    // Alive when it enters a loop: alive to the loop's end, since the next round may read it.
    for (let k = innermost[it.end]!; k >= 0; k = code.loops[k]!.parent) {
      const loop = code.loops[k]!;
      if (loop.start > it.start) it.end = Math.max(it.end, loop.end - 1);
    }
  }
  return list;
}

/**
 * Gives each interval of one kind a slot, counted from 0; parameters (fixed registers from `firstParam` on) have the
 * first ones. Answers the number of slots.
 */
function scan(list: Interval[], code: FnCode, firstParam: number, params: number): number {
  list.sort((a, b) => a.start - b.start || a.reg.id - b.reg.id);
  const active = new Heap<Interval>((a, b) => a.end < b.end || (a.end === b.end && a.slot < b.slot));
  const free = new Heap<number>((a, b) => a < b);
  const isFree: boolean[] = [];
  const byRegister = new Map<VReg, Interval>();
  let slots = params;
  const take = (): number => {
    // A slot that was taken for a MOVE is still in the heap: it is skipped here.
    for (let s = free.pop(); s !== undefined; s = free.pop()) if (isFree[s]) return s;
    return slots++;
  };
  for (const it of list) {
    // A register whose last mention is this instruction's operand may be its destination.
    for (let done = active.peek(); done && done.end <= it.start; done = active.peek()) {
      active.pop();
      isFree[done.slot] = true;
      free.push(done.slot);
    }
    const hint = movedFrom(it, code, byRegister);
    if (it.reg.fixed >= 0) it.slot = it.reg.fixed - firstParam;
    else it.slot = hint !== null && isFree[hint] ? hint : take();
    isFree[it.slot] = false;
    byRegister.set(it.reg, it);
    active.push(it);
  }
  return slots;
}

/** The slot of the MOVE source that this interval begins with, if that source ends there. */
function movedFrom(it: Interval, code: FnCode, known: ReadonlyMap<VReg, Interval>): number | null {
  const ins = code.list[it.start];
  if (ins?.op !== "MOVE") return null;
  const [to, from] = ins.args;
  if (to !== it.reg || !isRegister(from) || isOut(from)) return null;
  const source = known.get(from);
  return source !== undefined && source.end === it.start ? source.slot : null;
}

/** Order of the slots above the parameters: as they are, or the busiest first. */
function numbering(list: readonly Interval[], params: number, slots: number, byWeight: boolean): Int32Array {
  const map = new Int32Array(slots).map((_, i) => i);
  if (!byWeight) return map;
  const weight = new Float64Array(slots);
  for (const it of list) if (it.slot >= params) weight[it.slot - params]! += it.weight;
  const rank = Array.from(map).sort((a, b) => weight[b]! - weight[a]! || a - b);
  rank.forEach((slot, i) => {
    map[slot] = i;
  });
  return map;
}

/** Rewrites instructions whose registers no operand can name, and drops moves of a register to itself. */
class Spiller {
  private readonly result: Ins[] = [];
  /** For each LOOP (index) the spilled counter of the FOR_* that jumps to it. */
  private readonly counters = new Map<number, number>();

  constructor(
    private readonly code: FnCode,
    private readonly number: (r: Register) => number,
    private readonly refScratch: number,
    private readonly scalarScratch: number,
  ) {}

  run(spilling: boolean): { result: Ins[]; moved: Int32Array } {
    const { list } = this.code;
    if (spilling) for (const ins of list) this.noteCounter(ins);
    const moved = new Int32Array(list.length + 1);
    list.forEach((ins, i) => {
      moved[i] = this.result.length;
      if (ins.op === "MOVE" && this.number(ins.args[0] as Register) === this.number(ins.args[1] as Register)) return;
      const counter = this.counters.get(i);
      if (counter !== undefined) {
        // FOR_* leaves its counter in the scratch register and jumps here; the first round gets it there, too.
        this.emit("LOAD_SPILL", [this.scalarScratch, counter], ins);
        moved[i] = this.result.length;
        this.result.push(ins);
        this.emit("STORE_SPILL", [this.scalarScratch, counter], ins);
      } else if (spilling && this.operands(ins).some((o, k) => this.isFar(o, ins.args[k]))) this.spill(ins);
      else this.result.push(ins);
    });
    moved[list.length] = this.result.length;
    return { result: this.result, moved };
  }

  private operands(ins: Ins): readonly Operand[] {
    return OP_LIST[OP[ins.op]]!.list;
  }
  private isFar(o: Operand, a: Arg | undefined): boolean {
    return o.role !== "out" && isRegister(a) && this.number(a) > LAST;
  }
  private noteCounter(ins: Ins): void {
    const k = this.operands(ins).findIndex((o) => o.role === "both");
    if (k < 0 || !this.isFar(this.operands(ins)[k]!, ins.args[k])) return;
    const target = ins.args.find((a): a is Label => a instanceof Label)!;
    this.counters.set(target.at, this.number(ins.args[k] as Register));
  }
  private emit(op: Ins["op"], args: Arg[], at: Ins): void {
    this.result.push({ op, args, offset: at.offset, span: null });
  }

  /** Emits `ins` with far registers replaced by scratch registers, loads before it, a store after it. */
  private spill(ins: Ins): void {
    if (ins.op === "MOVE") return this.move(ins);
    const args = [...ins.args];
    let refs = 0;
    let scalars = 0;
    let store: Arg[] | null = null;
    this.operands(ins).forEach((o, k) => {
      const a = args[k];
      if (!this.isFar(o, a)) return;
      const r = a as Register;
      const low = mayRefer(r.rep) ? this.refScratch + refs++ : this.scalarScratch + scalars++;
      if (o.role !== "def") this.emit("LOAD_SPILL", [low, this.number(r)], ins);
      // A FOR_*'s counter is stored at the LOOP; what a call without a result leaves is nothing to store.
      if (o.role === "def" && !((ins.op === "CALL" || ins.op === "CALL_VALUE") && isOut(r)))
        store = [low, this.number(r)];
      args[k] = low;
    });
    this.result.push({ ...ins, args });
    if (store) this.emit("STORE_SPILL", store, ins);
  }
  private move(ins: Ins): void {
    const [to, from] = ins.args as [Register, Register];
    const far = this.number(to) > LAST;
    let low = this.number(far ? from : to);
    if (low > LAST) low = to.rep === "ref" ? this.refScratch : this.scalarScratch;
    if (this.number(from) > LAST) this.emit("LOAD_SPILL", [low, this.number(from)], ins);
    if (far) this.emit("STORE_SPILL", [low, this.number(to)], ins);
  }
}
