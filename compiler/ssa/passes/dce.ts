/**
 * Dead code elimination.
 *
 * Removes values that nothing needs. Needed are: terminators' operands, ops on the effect chain, checks, everything in
 * a frame state, and, transitively, their arguments. Edge arguments count as needed: params drops those of dead parameters.
 *
 *   before  b0(): v0 = param 0                 after  b0(): v0 = param 0
 *                 v1 = i32.add v0, v0                       return v0
 *                 return v0
 *
 * Cost: one visit per value and per argument. Keeps the block graph. Runs after passes that only relink values (gvn,
 * simplify) and leave the old ones behind. Does not remove empty blocks: layout does.
 */
import { type Func, isRemovable, successors, type Value } from "../ir.js";
import { statesIn } from "../state.js";

/** Returns the number of values removed. */
export function dce(f: Func): number {
  const live = new Set<Value>();
  const work: Value[] = [];
  const mark = (v: Value): void => {
    if (!live.has(v)) {
      live.add(v);
      work.push(v);
    }
  };
  for (const b of f.blocks) {
    for (const v of b.values) if (!isRemovable(v)) mark(v);
    for (const e of successors(b)) e.args.forEach(mark);
    if (b.term.kind === "branch") mark(b.term.cond);
    else if (b.term.kind === "return" && b.term.value) mark(b.term.value);
  }
  for (const state of statesIn(f)) for (const frame of state.frames) for (const v of frame.registers.values()) mark(v);
  for (let v = work.pop(); v; v = work.pop()) v.args.forEach(mark);
  let removed = 0;
  for (const b of f.blocks) {
    const before = b.values.length;
    b.values = b.values.filter((v) => {
      if (live.has(v)) return true;
      v.block = null;
      return false;
    });
    removed += before - b.values.length;
  }
  return removed;
}
