/**
 * Constant folding and algebraic simplification.
 *
 * Folds operations on constants (arith.ts: exact wrap-around and IEEE), applies the rules of rules.ts, rules-int.ts and
 * rules-float.ts, decides branches on constants and drops what that cuts off.
 *
 *   before  v3 = i32.add.check v1, 0 {…}       after  branch v2, b1(v1), b2()      v1 for v3
 *           v4 = i32.eqz v2
 *           branch v4, b2(), b1(v3)
 *
 * A check that fails for its constants stays as it is: it leaves where the language says.
 * Cost: linear per round; rounds until nothing changes, at most ROUNDS. Leaves unused values behind (dce) and keeps
 * blocks that only jump (layout).
 */
import { compute, LEAVES, type Num } from "../arith.js";
import { reversePostOrder } from "../dominators.js";
import { type Block, branchTo, type Edge, type Func, isConstant, isPure, kindOf, mayRefer, type Value } from "../ir.js";
import type { SsaOp } from "../ops.js";
import { removeUnreachable, Substitution } from "../rewrite.js";
import { constantRight, isZero, logic, type Rule, type Tools } from "../rules.js";
import { floats } from "../rules-float.js";
import { integers } from "../rules-int.js";
import { params } from "./params.js";

/** A bound against rules that undo each other; real functions need two or three. */
const ROUNDS = 10;
const RULES: readonly Rule[] = [fold, constantRight, logic, integers, floats];

/** Returns the number of rewrites. */
export function simplify(f: Func): number {
  let total = 0;
  for (let round = 0; round < ROUNDS; round++) {
    const hits = rewrite(f) + branches(f);
    total += hits;
    if (hits === 0) break;
    total += params(f);
  }
  return total;
}

function rewrite(f: Func): number {
  const to = new Substitution();
  let hits = 0;
  // Constants first, wherever a text put them: rules may use one for any value of the entry block.
  f.entry.values = [...f.entry.values.filter(isConstant), ...f.entry.values.filter((v) => !isConstant(v))];
  for (const b of reversePostOrder(f)) {
    const old = b.values;
    b.values = [];
    const tools: Tools = {
      f,
      make(op, args, like) {
        const v = f.newValue(op, like.type, args, null, like.pc);
        v.rep = like.rep;
        v.inlined = like.inlined;
        v.block = b;
        b.values.push(v);
        return v;
      },
      constant: (like, value) => f.constant(like.type!, value),
      become(v, op, args) {
        v.op = op;
        v.args = args;
        return v;
      },
    };
    for (const v of old) {
      // Arguments from blocks that were visited; those on back edges are brought up to date at the end.
      v.args = v.args.map((a) => to.of(a));
      const by = apply(v, tools);
      if (by) hits++;
      if (by && by !== v) {
        to.set(v, by);
        v.block = null;
      } else b.values.push(v);
    }
  }
  to.apply(f);
  return hits;
}

/** The value to use instead, `v` itself if it became another operation, or null. */
function apply(v: Value, t: Tools): Value | null {
  let changed: Value | null = null;
  for (let tries = 0; tries < 8; tries++) {
    let by: Value | null = null;
    for (const rule of RULES) if ((by = rule(v, t))) break;
    if (!by) return changed;
    if (by !== v) return by;
    changed = v;
  }
  return changed;
}

/** Operations on constants. Constants themselves move to the entry block, one of each. */
function fold(v: Value, t: Tools): Value | null {
  if (isConstant(v)) {
    const one = t.f.constant(kindOf(v), v.aux as Num);
    return one === v ? null : one;
  }
  if (v.args.length === 0 || !v.args.every(isNumber)) return null;
  if (!isPure(v) && v.row?.effect !== undefined) return null;
  const result = compute(
    v.op as SsaOp,
    v.args.map((a) => a.aux as Num),
    v.aux,
  );
  if (result === null || result === LEAVES || v.type === null || mayRefer(v.type)) return null;
  return t.f.constant(v.type, result as Num);
}

/** Constants that are numbers here; others are addresses. */
const isNumber = (v: Value): boolean => v.op === "const.i32" || v.op === "const.i64" || v.op === "const.f64";

/** Branches whose way is known; conditions without needless negation. */
function branches(f: Func): number {
  let hits = 0;
  let cut = false;
  for (const b of f.blocks) {
    const t = b.term;
    if (t.kind !== "branch") continue;
    const only = decided(t.cond, t.then, t.otherwise);
    if (only) {
      b.term = { kind: "jump", edge: only };
      cut = true;
      hits++;
      continue;
    }
    const c = t.cond;
    if (c.op === "i32.eqz") {
      b.term = branchTo(c.args[0]!, t.otherwise, t.then, t.likely === undefined ? undefined : !t.likely);
      hits++;
    } else if (c.op === "i32.ne" && isZero(c.args[1]!)) {
      t.cond = c.args[0]!;
      hits++;
    }
  }
  if (cut) {
    f.computePreds();
    removeUnreachable(f);
  }
  return hits;
}
function decided(cond: Value, then: Edge, otherwise: Edge): Edge | null {
  if (isConstant(cond)) return cond.aux === 0 ? otherwise : then;
  const same = (to: Block): boolean => to === otherwise.to && then.args.every((a, i) => a === otherwise.args[i]);
  return same(then.to) ? then : null;
}
