/**
 * Where the budget is kept in a wasm local instead of VM.budget.
 *
 * A loop that calls nothing (inner loops included) loads the budget on its way in and stores it at every way out: edges that leave
 * the loop, exits, pollNative. In its innermost loops that begin with their charge, asking stands outside of the loop:
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
import type { Block, Func, Loop, Loops, Value } from "../ssa/index.js";
import { shapeOf } from "./shape.js";

export interface BudgetPlan {
  /** Whether the local holds the budget in this block. */
  inLocal(b: Block): boolean;
  /** The charge at the start of a loop that asks outside of it, or null. */
  asksOutside(header: Block): Value | null;
}

export function planBudget(f: Func, loops: Loops): BudgetPlan {
  const inLocal = new Set<Block>();
  const outside = new Map<Block, Value>();
  const hasInner = new Set<Loop>();
  for (const l of loops.loops) if (l.parent) hasInner.add(l.parent);
  const calls = new Set<Loop>();
  for (const b of f.blocks) {
    if (!b.values.some((v) => v.op === "call")) continue;
    for (let l = loops.of.get(b) ?? null; l && !calls.has(l); l = l.parent) calls.add(l);
  }
  for (const l of loops.loops) {
    if (calls.has(l) || inLocal.has(l.header)) continue;
    if (![...l.body].some((b) => b.values.some((v) => v.op === "charge"))) continue;
    for (const b of l.body) inLocal.add(b);
  }
  for (const l of loops.loops) {
    if (hasInner.has(l) || !inLocal.has(l.header)) continue;
    const first = l.header.values.find((v) => shapeOf(v, false).statement);
    if (first?.op === "charge") outside.set(l.header, first);
  }
  return { inLocal: (b) => inLocal.has(b), asksOutside: (header) => outside.get(header) ?? null };
}
