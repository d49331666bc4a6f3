/**
 * Register allocation: linear scan over live intervals (Poletto and Sarkar 1999), per kind.
 *
 * Lowering makes structured code in which every read is dominated by its declaration, so an interval is the range from
 * the first to the last mention, extended to the end of every loop that the register enters alive: no data flow is
 * needed. References and scalars get numbers of their own; the window is then
 *   refParams | scalarParams | otherRefs | otherScalars
 * (see LOW_SCALARS for functions that spill).
 * A MOVE whose source dies there gives its register to its target and disappears.
 *
 * Registers beyond 255 do not fit an operand. The registers with the fewest mentions are numbered last, so temporaries and
 * hot variables stay low; what is still beyond is reached by LOAD_SPILL and STORE_SPILL through scratch registers,
 * which are reserved only in functions that need them.
 *
 * Cost: n log n in the number of registers, linear in the code. Relies on `FnCode.loops`.
 */
import { HEADER_REGS } from "../layout/frame.js";
import { type FnCode, type Ins, isOut, type Register, type VReg } from "./code.js";
import { OP, OP_LIST } from "./ops.js";

export interface Allocation {
  readonly list: readonly Ins[];
  readonly window: number;
  readonly otherRefs: number;
  readonly otherRefsStart: number;
  /** Window register of an operand. */
  readonly number: (r: Register) => number;
  /** Old instruction index to new one (spill code was inserted, moves dropped). */
  readonly moved: Int32Array;
}

interface Interval {
  readonly reg: VReg;
  start: number;
  end: number;
  mentions: number;
  slot: number;
}

/** Last register that an 8-bit operand can name. */
const LAST = 255;
const SCRATCH = 3;
/** Scalars kept below the references in a function that spills. */
const LOW_SCALARS = 120;

const isReg = (a: unknown): a is Register => typeof a === "object" && a !== null && ("rep" in a || "out" in a);

function intervalsOf(code: FnCode): Interval[] {
  const all: (Interval | undefined)[] = new Array(code.registers.length);
  for (const r of code.registers) if (r.fixed >= 0) all[r.id] = { reg: r, start: -1, end: -1, mentions: 0, slot: -1 };
  code.list.forEach((ins, i) => {
    for (const a of ins.args) {
      if (!isReg(a) || isOut(a)) continue;
      const known = all[a.id];
      if (known) {
        known.end = i;
        known.mentions++;
      } else all[a.id] = { reg: a, start: i, end: i, mentions: 1, slot: -1 };
    }
  });
  // The outermost loop around each instruction that begins after a given start: walk the parents.
  const innermost = new Int32Array(code.list.length).fill(-1);
  code.loops.forEach((loop, k) => innermost.fill(k, loop.start, loop.end));
  const list = all.filter((x): x is Interval => x !== undefined);
  for (const it of list) {
    if (it.end < 0) continue;
    for (let k = innermost[it.end]!; k >= 0; k = code.loops[k]!.parent) {
      const loop = code.loops[k]!;
      if (loop.start > it.start) it.end = Math.max(it.end, loop.end - 1);
    }
  }
  return list;
}

/** Gives each interval of one kind a slot, counted from 0; fixed ones have theirs. Answers the number of slots. */
function scan(list: Interval[], code: FnCode, fixedSlots: number): number {
  list.sort((a, b) => a.start - b.start || a.reg.id - b.reg.id);
  const active: Interval[] = [];
  const free: number[] = [];
  let slots = fixedSlots;
  const bySlot: (Interval | undefined)[] = [];
  const expire = (start: number): void => {
    // A register whose last mention is this instruction's operand may be its destination.
    while (active.length > 0 && active[0]!.end <= start) {
      const done = active.shift()!;
      free.push(done.slot);
    }
  };
  const activate = (it: Interval): void => {
    let low = 0;
    let high = active.length;
    while (low < high) {
      const mid = (low + high) >> 1;
      if (active[mid]!.end <= it.end) low = mid + 1;
      else high = mid;
    }
    active.splice(low, 0, it);
    bySlot[it.slot] = it;
  };
  for (const it of list) {
    if (it.reg.fixed >= 0) {
      it.slot = -2 - it.reg.fixed;
      continue;
    }
    expire(it.start);
    const hint = preferred(it, code);
    let at = hint === null ? -1 : free.indexOf(hint);
    if (at < 0 && free.length > 0) {
      at = 0;
      for (let i = 1; i < free.length; i++) if (free[i]! < free[at]!) at = i;
    }
    if (at >= 0) {
      it.slot = free[at]!;
      free[at] = free.at(-1)!;
      free.pop();
    } else it.slot = slots++;
    activate(it);
  }
  return slots;
}

/** The slot of the MOVE source that this interval begins with, if that source ends there. */
function preferred(it: Interval, code: FnCode): number | null {
  const ins = code.list[it.start];
  if (ins?.op !== "MOVE") return null;
  const [to, from] = ins.args;
  if (to !== it.reg || !isReg(from) || isOut(from) || from.fixed >= 0) return null;
  const source = slotOf.get(from);
  return source !== undefined && source.end === it.start ? source.slot : null;
}
/** Intervals of the running allocation by register, for `preferred`. */
let slotOf = new Map<VReg, Interval>();

/**
 * Numbers the registers of a function and inserts spill code. `refParams`, `scalarParams`: parameters of each kind,
 * which are fixed registers.
 */
export function allocate(code: FnCode, refParams: number, scalarParams: number): Allocation {
  const params = refParams + scalarParams;
  const list = intervalsOf(code);
  slotOf = new Map(list.map((it) => [it.reg, it]));
  const refs = list.filter((it) => it.reg.rep === "ref");
  const scalars = list.filter((it) => it.reg.rep !== "ref");
  let refSlots = scan(refs, code, 0);
  let scalarSlots = scan(scalars, code, 0);
  slotOf = new Map();
  const spilling = params + refSlots + scalarSlots - 1 > LAST;
  // Reserve scratch registers at the low end of both kinds, and number the rest by how often they are mentioned.
  const order = (its: Interval[], slots: number): Int32Array => {
    const map = new Int32Array(slots);
    const mentions = new Float64Array(slots);
    for (const it of its) if (it.slot >= 0) mentions[it.slot]! += it.mentions / (1 + it.end - it.start);
    const rank = Array.from({ length: slots }, (_, i) => i);
    if (spilling) rank.sort((a, b) => mentions[b]! - mentions[a]! || a - b);
    rank.forEach((slot, i) => { map[slot] = i + (spilling ? SCRATCH : 0); });
    return map;
  };
  const refMap = order(refs, refSlots);
  const scalarMap = order(scalars, scalarSlots);
  if (spilling) {
    refSlots += SCRATCH;
    scalarSlots += SCRATCH;
  }
  // With spilling, some scalars go below the references: a function with hundreds of strings still needs scalars that
  // an operand can name. `otherRefsStart` of the prototype tells where the references are.
  const low = spilling ? Math.min(scalarSlots, LOW_SCALARS) : 0;
  const refBase = params + low;
  const window = params + refSlots + scalarSlots;
  const out = window + HEADER_REGS;
  const numbers = new Int32Array(code.registers.length).fill(-1);
  const scalarNumber = (i: number): number => (i < low ? params + i : params + refSlots + i);
  for (const it of list) {
    const { fixed, rep, id } = it.reg;
    numbers[id] = fixed >= 0 ? fixed : rep === "ref" ? refBase + refMap[it.slot]! : scalarNumber(scalarMap[it.slot]!);
  }
  const number = (r: Register): number => (isOut(r) ? out + r.out : numbers[r.id]!);

  const result: Ins[] = [];
  const moved = new Int32Array(code.list.length + 1);
  code.list.forEach((ins, i) => {
    moved[i] = result.length;
    if (ins.op === "MOVE" && number(ins.args[0] as Register) === number(ins.args[1] as Register)) return;
    const wide = OP_LIST[OP[ins.op]]!.list.some((o, k) => o.role !== "out" && isReg(ins.args[k]) && number(ins.args[k] as Register) > LAST);
    if (!wide) result.push(ins);
    else spill(ins, result, number, refBase, params);
  });
  moved[code.list.length] = result.length;
  return { list: result, window, otherRefs: refSlots, otherRefsStart: refBase, number, moved };
}

/** Emits `ins` with its registers beyond 255 replaced by scratch registers, loads before it, a store after it. */
function spill(ins: Ins, result: Ins[], number: (r: Register) => number, refScratch: number, scalarScratch: number): void {
  const op = OP_LIST[OP[ins.op]]!;
  const args = [...ins.args];
  const after: Ins[] = [];
  let refs = 0;
  let scalars = 0;
  op.list.forEach((operand, k) => {
    const a = args[k];
    if (operand.role === "out" || !isReg(a) || number(a) <= LAST) return;
    const where = number(a);
    const isRef = "rep" in a && a.rep === "ref";
    const low = isRef ? refScratch + refs++ : scalarScratch + scalars++;
    if (operand.role === "use" || operand.role === "both") result.push({ op: "LOAD_SPILL", args: [low, where], offset: ins.offset, span: null });
    if (operand.role === "def" || operand.role === "both") after.push({ op: "STORE_SPILL", args: [low, where], offset: ins.offset, span: null });
    args[k] = low;
  });
  result.push({ ...ins, args });
  result.push(...after);
}
