/**
 * Small edits that several passes share: replacing values everywhere, removing parameters and unreachable blocks.
 */
import { type Block, type Edge, type Func, successors, type Value } from "./ir.js";
import { substituteStates } from "./state.js";

/** Values to replace, with chains allowed: a -> b -> c. */
export class Substitution {
  private readonly map = new Map<Value, Value>();
  get size(): number {
    return this.map.size;
  }
  set(from: Value, to: Value): void {
    this.map.set(from, to);
  }
  /** The final value; shortens chains on the way. */
  of(v: Value): Value {
    let to = v;
    for (let next = this.map.get(to); next; next = this.map.get(to)) to = next;
    for (let at = v; at !== to; ) {
      const next = this.map.get(at)!;
      this.map.set(at, to);
      at = next;
    }
    return to;
  }
  /** Rewrites every use in the function: arguments, edges, terminators, states. */
  apply(f: Func): void {
    if (this.map.size === 0) return;
    const of = (v: Value): Value => this.of(v);
    for (const b of f.blocks) {
      for (const v of b.values) v.args = v.args.map(of);
      for (const e of successors(b)) e.args = e.args.map(of);
      if (b.term.kind === "branch") b.term.cond = of(b.term.cond);
      else if (b.term.kind === "return" && b.term.value) b.term.value = of(b.term.value);
    }
    substituteStates(f, of);
  }
}

/** Drops blocks that the entry does not reach. Returns how many. Predecessors are computed anew when any was dropped. */
export function removeUnreachable(f: Func): number {
  const reached = new Set<Block>([f.entry]);
  const work = [f.entry];
  for (let b = work.pop(); b; b = work.pop())
    for (const e of successors(b))
      if (!reached.has(e.to)) {
        reached.add(e.to);
        work.push(e.to);
      }
  const removed = f.blocks.length - reached.size;
  if (removed > 0) {
    for (const b of f.blocks) if (!reached.has(b)) for (const v of [...b.params, ...b.values]) v.block = null;
    f.blocks = f.blocks.filter((b) => reached.has(b));
    f.computePreds();
  }
  return removed;
}

/** Edges into each block; their `args` may be edited in place. */
export function incomingEdges(f: Func): Map<Block, Edge[]> {
  const into = new Map<Block, Edge[]>(f.blocks.map((b) => [b, []]));
  for (const b of f.blocks) for (const e of successors(b)) into.get(e.to)!.push(e);
  return into;
}
