/**
 * Which values become part of the expression of their one user, instead of going to a local.
 *
 *   v3 = i32.mul v1, v2            (local.set $4 (i32.sub (i32.mul …) (local.get $0)))
 *   v4 = i32.sub v3, v0     ─►     v3 has no local
 *
 * A value moves from its place to the *root* of its tree: the statement that evaluates the tree. That is safe for what
 * is pure; a load stays if something that may change what it loads stands between. It does not move if a frame state
 * needs it, if its user reads it twice, or into another block, where it might run more often (edge arguments count as
 * their source block's). Trees are at most MAX_DEPTH deep: engines and Binaryen walk them by recursion.
 *
 * Cost: linear, but for loads, whose path is looked at.
 */
import { type Block, changes, isConstant, placeOf, successors, type Value } from "../ssa/index.js";
import { shapeOf } from "./shape.js";

const MAX_DEPTH = 40;

export interface Trees {
  /** Whether the value is computed where it is used. */
  inTree(v: Value): boolean;
  /** Whether anything needs the value's result. */
  isUsed(v: Value): boolean;
  /** Calls `visit` for each value in a local that the expression of `v` reads. */
  leaves(v: Value, visit: (leaf: Value) => void): void;
  /** The same for the result expression of `v`, which is a root. */
  operands(v: Value, visit: (leaf: Value) => void): void;
}

/** Marks a use by a terminator. */
const TERMINATOR = Number.POSITIVE_INFINITY;

interface Use {
  count: number;
  /** Block and index of the last use seen; TERMINATOR for uses by the block's end. */
  block: Block;
  at: number;
  /** Read twice by its user, or by a frame state. */
  pinned: boolean;
}

/** Decides for all values of `blocks`. `inStates`: values that a frame state needs in a local. */
export function treesOf(blocks: readonly Block[], inStates: ReadonlySet<Value>, forced: boolean): Trees {
  const uses = new Map<Value, Use>();
  const use = (v: Value, block: Block, at: number, pinned: boolean): void => {
    if (isConstant(v)) return;
    const known = uses.get(v);
    if (!known) uses.set(v, { count: 1, block, at, pinned });
    else {
      known.count++;
      known.pinned ||= pinned;
    }
  };
  for (const b of blocks) {
    b.values.forEach((v, i) => {
      const shape = shapeOf(v, forced);
      v.args.forEach((a, n) => {
        use(a, b, i, shape.reading(n) === "both");
      });
    });
    for (const e of successors(b)) for (const a of e.args) use(a, b, TERMINATOR, false);
    if (b.term.kind === "branch") use(b.term.cond, b, TERMINATOR, false);
    else if (b.term.kind === "return" && b.term.value) use(b.term.value, b, TERMINATOR, false);
  }
  const moved = new Set<Value>();
  for (const b of blocks) placeBlock(b, uses, inStates, moved, forced);
  const leaves = (v: Value, visit: (leaf: Value) => void): void => {
    if (isConstant(v)) return;
    if (!moved.has(v)) visit(v);
    else for (const a of v.args) leaves(a, visit);
  };
  return {
    inTree: (v) => moved.has(v),
    isUsed: (v) => uses.has(v) || inStates.has(v),
    leaves,
    operands: (v, visit) => {
      for (const a of v.args) leaves(a, visit);
    },
  };
}

/** From the block's end to its start: a value's user is decided before it. */
function placeBlock(
  b: Block,
  uses: Map<Value, Use>,
  inStates: ReadonlySet<Value>,
  moved: Set<Value>,
  forced: boolean,
): void {
  /** Index of the statement that evaluates what stands at an index, and how deep in its tree. */
  const root = new Map<number, number>();
  const depth = new Map<number, number>();
  for (let i = b.values.length - 1; i >= 0; i--) {
    const v = b.values[i]!;
    root.set(i, i);
    depth.set(i, 0);
    const u = uses.get(v);
    if (v.type === null || isConstant(v) || v.op === "param" || !u) continue;
    if (u.count !== 1 || u.pinned || u.block !== b || inStates.has(v) || !shapeOf(v, forced).movable) continue;
    const to = evaluatedAt(b, v, u, root, forced);
    const level = u.at === TERMINATOR ? 1 : to === u.at ? 1 : depth.get(u.at)! + 1;
    if (level > MAX_DEPTH || (v.row?.effect === "reads" && changedBetween(b, v, i, to))) continue;
    moved.add(v);
    root.set(i, to);
    depth.set(i, level);
  }
}

function evaluatedAt(b: Block, v: Value, u: Use, root: ReadonlyMap<number, number>, forced: boolean): number {
  if (u.at === TERMINATOR) return b.values.length;
  const user = b.values[u.at]!;
  const reading = shapeOf(user, forced).reading(user.args.indexOf(v));
  return reading === "statement" ? u.at : root.get(u.at)!;
}

/** Whether what `load` reads may change between two places of a block. */
function changedBetween(b: Block, load: Value, from: number, to: number): boolean {
  const place = placeOf(load);
  if (place === null) return false;
  for (let i = from + 1; i < to; i++) if (changes(b.values[i]!, place)) return true;
  return false;
}
