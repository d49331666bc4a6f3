/**
 * Dominators of an SSA function, by blocks.
 *
 * Computed anew when needed; nothing is kept up to date. Immediate dominators by Cooper, Harvey and Kennedy over reverse
 * post-order; a block's number and its last descendant's in the tree's pre-order answer `dominates` in constant time.
 * Relies on `preds`. Unreachable blocks are not listed and dominate nothing.
 */
import { type Block, type Func, successors } from "./ir.js";

export interface Dominators {
  /** Reachable blocks in reverse post-order. */
  readonly order: readonly Block[];
  /** Position in `order`. */
  readonly position: ReadonlyMap<Block, number>;
  /** Immediate dominator; the entry has none. */
  readonly idom: ReadonlyMap<Block, Block>;
  /** Blocks immediately dominated, in reverse post-order. */
  readonly children: ReadonlyMap<Block, readonly Block[]>;
  /** Every block dominates itself. */
  dominates(a: Block, b: Block): boolean;
}

/** Reachable blocks in reverse post-order, without recursion. */
export function reversePostOrder(f: Func): Block[] {
  const seen = new Set<Block>([f.entry]);
  const stack = [{ block: f.entry, next: 0 }];
  const order: Block[] = [];
  for (let top = stack[stack.length - 1]; top; top = stack[stack.length - 1]) {
    // From the last successor to the first: so the first (a branch's `then`) comes first in the result.
    const edges = successors(top.block);
    const edge = edges[edges.length - 1 - top.next++];
    if (!edge) {
      order.push(top.block);
      stack.pop();
    } else if (!seen.has(edge.to)) {
      seen.add(edge.to);
      stack.push({ block: edge.to, next: 0 });
    }
  }
  return order.reverse();
}

export function dominatorsOf(f: Func): Dominators {
  const order = reversePostOrder(f);
  const position = new Map(order.map((b, i) => [b, i]));
  const idom: number[] = order.map(() => -1);
  idom[0] = 0;
  // Last ones first: `a and b and c …` has a block that every test may jump to. In this order each meeting goes up from
  // where the one before ended, in any other each would start at the bottom.
  const preds = order.map((b) => b.preds.flatMap((p) => position.get(p) ?? []).sort((x, y) => y - x));
  const meet = (x: number, y: number): number => {
    while (x !== y) {
      while (x > y) x = idom[x]!;
      while (y > x) y = idom[y]!;
    }
    return x;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (let i = 1; i < order.length; i++) {
      let best = -1;
      for (const at of preds[i]!) if (idom[at]! >= 0) best = best < 0 ? at : meet(best, at);
      if (idom[i] !== best) {
        idom[i] = best;
        changed = true;
      }
    }
  }
  const children = new Map<Block, Block[]>(order.map((b) => [b, []]));
  const parents = new Map<Block, Block>();
  for (let i = 1; i < order.length; i++) {
    parents.set(order[i]!, order[idom[i]!]!);
    children.get(order[idom[i]!]!)!.push(order[i]!);
  }
  const first = new Map<Block, number>();
  const last = new Map<Block, number>();
  let counter = 0;
  const stack: { block: Block; done: boolean }[] = [{ block: f.entry, done: false }];
  for (let top = stack.pop(); top; top = stack.pop()) {
    if (top.done) {
      last.set(top.block, counter);
      continue;
    }
    first.set(top.block, ++counter);
    stack.push({ block: top.block, done: true });
    for (const c of children.get(top.block)!) stack.push({ block: c, done: false });
  }
  return {
    order,
    position,
    idom: parents,
    children,
    dominates: (a, b) => {
      const at = first.get(b);
      return at !== undefined && first.has(a) && first.get(a)! <= at && at <= last.get(a)!;
    },
  };
}

/** Whether every jump back goes to a block that dominates its source: each cycle has one entry. Needs `preds`. */
export function isReducible(f: Func, dom: Dominators = dominatorsOf(f)): boolean {
  return dom.order.every((b) =>
    successors(b).every((e) => dom.position.get(e.to)! > dom.position.get(b)! || dom.dominates(e.to, b)),
  );
}
