/**
 * Where each value that needs a local is alive, as ranges of positions.
 *
 * Blocks are numbered in the order in which their code is written. A block has a position for its start (parameters are
 * written there), two for each value (operands are read at the first, the result is written at the second), one for its
 * end (the terminator, arguments of edges, an exit's state). A value is alive from where it is written to its last read, both in
 * the block order and along the edges; holes between blocks stay holes. So two values may share a local exactly when their
 * ranges do not overlap.
 *
 * States are read before the op's result is written: an op leaves with the state before it. Liveness is found by walking
 * up from each use to the definition (Boissinot et al.). Cost: the sum of the ranges' lengths in blocks, plus all uses.
 */
import { type Block, isConstant, successors, type Value } from "../ssa/index.js";
import type { Trees } from "./trees.js";
import type { WantedStates } from "./wanted.js";

/** Sorted, disjoint, half-open: from, to, from, to … */
export type Ranges = number[];

interface Uses {
  blocks: Block[];
  positions: number[];
}

/** Ranges of all values that need a local. */
export function rangesOf(blocks: readonly Block[], trees: Trees, states: WantedStates): Map<Value, Ranges> {
  const start = new Map<Block, number>();
  const end = new Map<Block, number>();
  const defined = new Map<Value, number>();
  const uses = new Map<Value, Uses>();
  let position = 0;
  for (const b of blocks) {
    start.set(b, position);
    for (const p of b.params) defined.set(p, position);
    // Parameters of the function are there from the start.
    for (const v of b.values) {
      position += 2;
      defined.set(v, v.op === "param" ? 0 : position + 1);
    }
    position += 2;
    end.set(b, position);
    position += 1;
  }
  let block!: Block;
  let at = 0;
  const read = (v: Value): void => {
    let u = uses.get(v);
    if (!u) uses.set(v, (u = { blocks: [], positions: [] }));
    const last = u.blocks.length - 1;
    if (last >= 0 && u.blocks[last] === block) u.positions[last] = Math.max(u.positions[last]!, at);
    else {
      u.blocks.push(block);
      u.positions.push(at);
    }
  };
  for (block of blocks) {
    at = start.get(block)!;
    for (const v of block.values) {
      at += 2;
      // What an op in a tree reads is read by the tree's root; its test, if it has one, also here.
      const inTree = trees.inTree(v);
      if (!inTree || hasTest(v)) trees.operands(v, read);
      for (const w of states.at(v)) if (!w.kept && !isConstant(w.value)) read(w.value);
    }
    at = end.get(block)!;
    for (const e of successors(block)) for (const a of e.args) trees.leaves(a, read);
    const t = block.term;
    if (t.kind === "branch") trees.leaves(t.cond, read);
    else if (t.kind === "return" && t.value) trees.leaves(t.value, read);
    for (const w of states.atEnd(block)) if (!w.kept && !isConstant(w.value)) read(w.value);
  }
  const ranges = new Map<Value, Ranges>();
  for (const [v, u] of uses) ranges.set(v, walk(v, u, defined.get(v)!, start, end));
  return ranges;
}

/** Ops in trees whose test stays behind. */
const hasTest = (v: Value): boolean => v.row?.exits === true;

function walk(
  v: Value,
  uses: Uses,
  defined: number,
  start: ReadonlyMap<Block, number>,
  end: ReadonlyMap<Block, number>,
): Ranges {
  const home = v.block!;
  if (uses.blocks.length === 1 && uses.blocks[0] === home) return [defined, uses.positions[0]! + 1];
  const until = new Map<Block, number>();
  const work: Block[] = [];
  const reach = (b: Block, position: number): void => {
    const known = until.get(b);
    if (known === undefined || known < position) until.set(b, position);
    if (known === undefined && b !== home) work.push(b);
  };
  uses.blocks.forEach((b, i) => {
    reach(b, uses.positions[i]!);
  });
  // An unreachable predecessor has no position.
  for (let b = work.pop(); b; b = work.pop()) for (const p of b.preds) if (end.has(p)) reach(p, end.get(p)!);
  const parts = [...until].map(([b, to]) => [b === home ? defined : start.get(b)!, to + 1] as const);
  parts.sort((x, y) => x[0] - y[0]);
  const ranges: Ranges = [];
  for (const [from, to] of parts) {
    if (ranges.length > 0 && ranges[ranges.length - 1]! >= from) ranges[ranges.length - 1] = to;
    else ranges.push(from, to);
  }
  return ranges;
}

/** Whether two range lists have a position in common. */
export function overlap(a: Ranges, b: Ranges): boolean {
  if (a.length === 0 || b.length === 0) return false;
  // The shorter one looks for its places in the longer one.
  const [short, long] = a.length <= b.length ? [a, b] : [b, a];
  if (short[short.length - 1]! <= long[0]! || long[long.length - 1]! <= short[0]!) return false;
  let i = 0;
  let j = firstEndingAfter(long, short[0]!);
  while (i < short.length && j < long.length) {
    if (short[i + 1]! <= long[j]!) i += 2;
    else if (long[j + 1]! <= short[i]!) j += 2;
    else return true;
  }
  return false;
}

/** Index of the first range that ends after a position. */
function firstEndingAfter(r: Ranges, position: number): number {
  let low = 0;
  let high = r.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (r[2 * middle + 1]! <= position) low = middle + 1;
    else high = middle;
  }
  return 2 * low;
}

/** Union of two lists without a position in common. */
export function union(a: Ranges, b: Ranges): Ranges {
  const out: Ranges = [];
  let i = 0;
  let j = 0;
  const add = (from: number, to: number): void => {
    if (out.length > 0 && out[out.length - 1] === from) out[out.length - 1] = to;
    else out.push(from, to);
  };
  while (i < a.length || j < b.length) {
    if (j >= b.length || (i < a.length && a[i]! < b[j]!)) {
      add(a[i]!, a[i + 1]!);
      i += 2;
    } else {
      add(b[j]!, b[j + 1]!);
      j += 2;
    }
  }
  return out;
}
