/**
 * Block layout: removes blocks that only jump, joins straight lines, and orders what is left.
 *
 *   before  b1(): branch v1, b2(), b3()      after  b1(): branch v1, b4(v2), b3()
 *           b2(): jump b4(v2)                       b3(): …
 *           b3(): …                                 b4(v5: i32): …
 *           b4(v5: i32): …                          b7(): exit …           cold: at the end
 *
 * Order: every block after its dominator, the blocks of a loop side by side, blocks that end in `exit` or `unreachable` last.
 * Critical edges stay: the back end moves an edge's arguments inside the branch's arm.
 * Cost: linear. Last pass: no block may appear after it.
 */
import { type Dominators, dominatorsOf } from "../dominators.js";
import { type Block, type Edge, type Func, successors, type Value } from "../ir.js";
import { type Loops, loopsOf } from "../loops.js";
import { removeUnreachable, Substitution } from "../rewrite.js";
import { statesIn } from "../state.js";

/** Returns the number of blocks that are gone. */
export function layout(f: Func): number {
  const before = f.blocks.length;
  removeUnreachable(f);
  skipEmpty(f);
  f.computePreds();
  removeUnreachable(f);
  join(f);
  f.computePreds();
  const dom = dominatorsOf(f);
  f.blocks = ordered(f, dom, loopsOf(f, dom));
  return before - f.blocks.length;
}

/**
 * Sends edges into blocks that only jump on to where those jump. A chain of such blocks is shortened as a whole, so that
 * no edge walks it again: `a and b and c …` has one as long as itself.
 */
function skipEmpty(f: Func): void {
  const used = usedElsewhere(f);
  const skips = (b: Block): Edge | null => {
    if (b === f.entry || b.values.length > 0 || b.term.kind !== "jump" || b.term.edge.to === b) return null;
    return b.params.some((p) => used.has(p)) ? null : b.term.edge;
  };
  for (const b of f.blocks)
    for (const e of successors(b)) {
      const chain = [e];
      const seen = new Set<Block>([e.to]);
      for (let on = skips(e.to); on; on = skips(on.to)) {
        chain.push(on);
        // A ring of empty blocks: an endless loop without a round.
        if (seen.has(on.to)) break;
        seen.add(on.to);
      }
      for (let i = chain.length - 2; i >= 0; i--) follow(chain[i]!, chain[i + 1]!);
    }
}
/** Sends an edge to where the block that it leads to jumps. */
function follow(e: Edge, on: Edge): void {
  const params = new Map(e.to.params.map((p, i) => [p, e.args[i]!]));
  e.args = on.args.map((a) => params.get(a) ?? a);
  e.to = on.to;
}
/** Parameters with a use that is not an edge argument of their own block: their block cannot be skipped. */
function usedElsewhere(f: Func): Set<Value> {
  const used = new Set<Value>();
  for (const b of f.blocks) {
    for (const v of b.values) for (const a of v.args) used.add(a);
    for (const e of successors(b)) for (const a of e.args) if (a.block !== b) used.add(a);
    if (b.term.kind === "branch") used.add(b.term.cond);
    else if (b.term.kind === "return" && b.term.value) used.add(b.term.value);
  }
  for (const state of statesIn(f))
    for (const frame of state.frames) for (const v of frame.registers.values()) used.add(v);
  return used;
}

/** Appends a block to its only predecessor if that jumps nowhere else. */
function join(f: Func): void {
  const to = new Substitution();
  const gone = new Set<Block>();
  for (const b of f.blocks) {
    if (gone.has(b)) continue;
    while (b.term.kind === "jump") {
      const { edge } = b.term;
      const next = edge.to;
      if (next.preds.length !== 1 || next === b || next === f.entry) break;
      next.params.forEach((p, i) => {
        to.set(p, edge.args[i]!);
        p.block = null;
      });
      for (const v of next.values) {
        v.block = b;
        b.values.push(v);
      }
      b.term = next.term;
      for (const e of successors(b)) e.to.preds = e.to.preds.map((p) => (p === next ? b : p));
      gone.add(next);
    }
  }
  f.blocks = f.blocks.filter((b) => !gone.has(b));
  to.apply(f);
}

/** Reverse post-order that keeps loops together; cold ends last. */
function ordered(f: Func, dom: Dominators, loops: Loops): Block[] {
  const depth = (b: Block): number => loops.of.get(b)?.depth ?? 0;
  const seen = new Set<Block>([f.entry]);
  const order: Block[] = [];
  const stack = [{ block: f.entry, edges: toVisit(f.entry), next: 0 }];
  // What leaves a loop is visited first, so it ends up behind all of the loop; a branch's `then` is visited last.
  function toVisit(b: Block): Block[] {
    return successors(b)
      .map((e) => e.to)
      .reverse()
      .sort((x, y) => depth(x) - depth(y));
  }
  for (let top = stack[stack.length - 1]; top; top = stack[stack.length - 1]) {
    const to = top.edges[top.next++];
    if (!to) {
      order.push(top.block);
      stack.pop();
    } else if (!seen.has(to)) {
      seen.add(to);
      stack.push({ block: to, edges: toVisit(to), next: 0 });
    }
  }
  order.reverse();
  const cold = (b: Block): boolean =>
    b !== f.entry && (b.term.kind === "exit" || b.term.kind === "unreachable") && dom.children.get(b)!.length === 0;
  return [...order.filter((b) => !cold(b)), ...order.filter(cold)];
}
