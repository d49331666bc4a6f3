/**
 * Natural loops of an SSA function and how they nest. Relies on `preds`; the graph is reducible, so every jump back names
 * a loop. Loops with one header are one loop.
 */
import { type Dominators, dominatorsOf } from "./dominators.js";
import { type Block, type Func, successors } from "./ir.js";

export interface Loop {
  readonly header: Block;
  /** Header and inner loops included. */
  readonly body: ReadonlySet<Block>;
  /** Blocks that jump back to the header. */
  readonly latches: readonly Block[];
  readonly parent: Loop | null;
  /** 1: not inside another loop. */
  readonly depth: number;
}
export interface Loops {
  /** Outer loops before the loops inside them. */
  readonly loops: readonly Loop[];
  /** The innermost loop around a block. */
  readonly of: ReadonlyMap<Block, Loop>;
}

export function loopsOf(f: Func, dom: Dominators = dominatorsOf(f)): Loops {
  const latches = new Map<Block, Block[]>();
  for (const b of dom.order)
    for (const e of successors(b)) {
      if (!dom.dominates(e.to, b)) continue;
      const list = latches.get(e.to);
      if (list) list.push(b);
      else latches.set(e.to, [b]);
    }
  const loops: Loop[] = [];
  const of = new Map<Block, Loop>();
  // Headers in reverse post-order: an outer loop is known before the loops inside it.
  for (const header of dom.order) {
    const from = latches.get(header);
    if (!from) continue;
    const body = new Set<Block>([header]);
    const work = [...from];
    for (let b = work.pop(); b; b = work.pop()) {
      if (body.has(b)) continue;
      body.add(b);
      for (const p of b.preds) if (dom.position.has(p)) work.push(p);
    }
    const parent = of.get(header) ?? null;
    const loop: Loop = { header, body, latches: from, parent, depth: parent ? parent.depth + 1 : 1 };
    loops.push(loop);
    for (const b of body) of.set(b, loop);
  }
  return { loops, of };
}
