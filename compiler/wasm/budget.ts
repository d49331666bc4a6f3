/**
 * Where the budget is kept in a wasm local instead of VM.budget.
 *
 * A charge loads the budget into the local and leaves it there; what other code may look at it, a call, a return or an exit,
 * stores it first. Between two calls any number of charges then cost one load and one store: in a recursive function with
 * inlined levels the chain of stores and loads through memory was the longest path (fib: 515 against 680 calls a µs).
 * Where paths meet, the local holds the budget if it does at the end of each of them; edges from a path that has it in
 * the local to a place that has not store it.
 *
 * A loop that calls nothing (inner loops included) has it in the local throughout: it is loaded on the way in. In its innermost
 * loops that begin with their charge, asking stands outside of the loop:
 *
 *   loop $ask                                 Without a call inside, the engine's register allocator
 *     block $slow                             has nothing to save around in the loop: tight loops
 *       loop $b1                              take 31 instead of 45 ms per 100 M rounds (budget in
 *         br_if $slow (budget <= 0)           memory, or asking inside: the same 45).
 *         budget -= 1
 *         …
 *     store budget; pollNative …; load budget
 *     br $ask
 */
import { type Block, type Func, isCall, isTailCall, type Loop, type Loops, type Value } from "../ssa/index.js";
import { shapeOf } from "./shape.js";

export interface BudgetPlan {
  /** Whether the local holds the budget where the block begins. */
  atStart(b: Block): boolean;
  /** Whether it does right before an op that calls, charges or leaves. */
  before(v: Value): boolean;
  /** Whether it does where the block ends. */
  atEnd(b: Block): boolean;
  /** The charge at the start of a loop that asks outside of it, or null. */
  asksOutside(header: Block): Value | null;
}

export function planBudget(f: Func, loops: Loops): BudgetPlan {
  const quiet = new Set<Block>();
  const outside = new Map<Block, Value>();
  const hasInner = new Set<Loop>();
  for (const l of loops.loops) if (l.parent) hasInner.add(l.parent);
  const calls = new Set<Loop>();
  for (const b of f.blocks) {
    if (!b.values.some(isCall)) continue;
    for (let l = loops.of.get(b) ?? null; l && !calls.has(l); l = l.parent) calls.add(l);
  }
  for (const l of loops.loops) {
    if (calls.has(l) || quiet.has(l.header)) continue;
    if (![...l.body].some((b) => b.values.some((v) => v.op === "charge"))) continue;
    for (const b of l.body) quiet.add(b);
  }
  for (const l of loops.loops) {
    if (hasInner.has(l) || !quiet.has(l.header)) continue;
    const first = l.header.values.find((v) => shapeOf(v, false).statement);
    if (first?.op === "charge") outside.set(l.header, first);
  }
  const { atStart, atEnd } = flow(f, quiet);
  const before = new Map<Value, boolean>();
  for (const b of f.blocks) {
    let local = atStart.has(b);
    for (const v of b.values) {
      if (v.row?.exits || isTailCall(v)) before.set(v, local);
      local = after(v, local);
    }
  }
  return {
    atStart: (b) => atStart.has(b),
    before: (v) => before.get(v) ?? false,
    atEnd: (b) => atEnd.has(b),
    asksOutside: (header) => outside.get(header) ?? null,
  };
}

const after = (v: Value, local: boolean): boolean => (v.op === "charge" ? true : isCall(v) ? false : local);

/** Blocks at whose start and end the local holds the budget: the greatest fixed point. `quiet` blocks always do. */
function flow(f: Func, quiet: ReadonlySet<Block>): { atStart: Set<Block>; atEnd: Set<Block> } {
  f.computePreds();
  const atStart = new Set(f.blocks.filter((b) => b !== f.entry || quiet.has(b)));
  const through = (b: Block): boolean => b.values.reduce((local, v) => after(v, local), atStart.has(b));
  const atEnd = new Set(f.blocks.filter(through));
  for (let going = true; going; ) {
    going = false;
    for (const b of f.blocks) {
      if (!atStart.has(b) || quiet.has(b) || b.preds.every((p) => atEnd.has(p))) continue;
      atStart.delete(b);
      if (atEnd.has(b) && !through(b)) atEnd.delete(b);
      going = true;
    }
  }
  return { atStart, atEnd };
}
