/**
 * Trivial and dead block parameters.
 *
 * A parameter that receives one value on all edges (itself aside) is that value. A parameter that nothing needs, except
 * parameters that nothing needs either, goes with its arguments.
 *
 *   before  b1(v1: i32, v2: i32): …      after  b1(v1: i32): … v0 for v2
 *           jump b1(v3, v2)                     jump b1(v3)
 *           entered by b1(v0, v0)               entered by b1(v0)
 *
 * Cost: a few rounds over the edges of blocks with parameters. Keeps the block graph. Runs after the builder, which makes
 * a parameter of every live register, and after passes that remove edges.
 * Does not see groups of parameters that are equal only as a group: the graph is reducible, so the rounds find those of the builder.
 */
import { type Func, isPure, type Value } from "../ir.js";
import { incomingEdges, Substitution } from "../rewrite.js";
import { statesIn } from "../state.js";

/** Returns the number of parameters removed. */
export function params(f: Func): number {
  return trivial(f) + dead(f);
}

function trivial(f: Func): number {
  const into = incomingEdges(f);
  const to = new Substitution();
  for (let changed = true; changed; ) {
    changed = false;
    for (const b of f.blocks) {
      if (b === f.entry) continue;
      const edges = into.get(b)!;
      b.params.forEach((p, i) => {
        if (to.of(p) !== p) return;
        let only: Value | null = null;
        for (const e of edges) {
          const v = to.of(e.args[i]!);
          if (v === p || v === only) continue;
          if (only) return;
          only = v;
        }
        if (!only) return;
        to.set(p, only);
        changed = true;
      });
    }
  }
  drop(f, (p) => to.of(p) !== p);
  to.apply(f);
  return to.size;
}

function dead(f: Func): number {
  const live = new Set<Value>();
  const work: Value[] = [];
  const mark = (v: Value): void => {
    if (!live.has(v)) {
      live.add(v);
      work.push(v);
    }
  };
  const into = incomingEdges(f);
  for (const b of f.blocks) {
    for (const v of b.values) if (!isPure(v)) mark(v);
    if (b.term.kind === "branch") mark(b.term.cond);
    else if (b.term.kind === "return" && b.term.value) mark(b.term.value);
  }
  for (const state of statesIn(f)) for (const frame of state.frames) for (const v of frame.registers.values()) mark(v);
  for (let v = work.pop(); v; v = work.pop()) {
    v.args.forEach(mark);
    if (v.op !== "block.param") continue;
    const i = v.block!.params.indexOf(v);
    for (const e of into.get(v.block!)!) mark(e.args[i]!);
  }
  let removed = 0;
  drop(f, (p) => {
    if (live.has(p)) return false;
    removed++;
    return true;
  });
  // What only fed a dead parameter is dead itself, and may use dead parameters: it goes at once, or uses would dangle.
  for (const b of f.blocks)
    b.values = b.values.filter((v) => {
      if (!isPure(v) || live.has(v)) return true;
      v.block = null;
      return false;
    });
  return removed;
}

/** Removes parameters and the arguments of their place on every edge. */
function drop(f: Func, gone: (p: Value) => boolean): void {
  const into = incomingEdges(f);
  for (const b of f.blocks) {
    const keep = b.params.map((p) => !gone(p));
    if (keep.every((k) => k)) continue;
    for (const p of b.params) if (!keep[b.params.indexOf(p)]) p.block = null;
    b.params = b.params.filter((_, i) => keep[i]);
    for (const e of into.get(b)!) e.args = e.args.filter((_, i) => keep[i]);
  }
}
