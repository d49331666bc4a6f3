/**
 * What the rewrite rules of simplify have in common: the tools they are given, and rules that no number type owns.
 */
import { type Func, isConstant, type Value } from "./ir.js";
import type { SsaOp } from "./ops.js";

export interface Tools {
  readonly f: Func;
  /** A new pure value before the one at hand; type and representation of `like`, unless it is a comparison. */
  make(op: SsaOp, args: Value[], like: Value): Value;
  constant(like: Value, value: number | bigint): Value;
  /** Turns the value at hand into another operation with the same place and state. */
  become(v: Value, op: SsaOp, args: Value[]): Value;
}
/**
 * What a rule answers: another value to use instead, the value itself after `become` (rules are then tried again), or
 * null if it has nothing to say. A check that is replaced by a value is removed: the rule has shown that it holds.
 */
export type Rule = (v: Value, t: Tools) => Value | null;

export const isZero = (v: Value): boolean => /^const\.[if]\d/.test(v.op) && (Object.is(v.aux, 0) || v.aux === 0n);
export const isNumber = (v: Value, n: number): boolean =>
  (v.op === "const.i32" && v.aux === n) || (v.op === "const.i64" && v.aux === BigInt(n));

const COMPARISON = /\.(eqz|eq|ne|l[te](_[su])?)$/;
/** Whether the value is an i32 of 0 or 1. */
export const isBoolean = (v: Value): boolean =>
  COMPARISON.test(v.op) || v.rep === "bool" || (v.op === "const.i32" && (v.aux === 0 || v.aux === 1));

/** The comparison that is true exactly when `op` is false, with operands in order or swapped; none for f64 order (NaN). */
const OPPOSITE: Partial<Record<SsaOp, readonly [SsaOp, "same" | "swap"]>> = {
  "f64.eq": ["f64.ne", "same"],
  "f64.ne": ["f64.eq", "same"],
};
for (const ty of ["i32", "i64"] as const) {
  OPPOSITE[`${ty}.eq`] = [`${ty}.ne`, "same"];
  OPPOSITE[`${ty}.ne`] = [`${ty}.eq`, "same"];
  for (const sign of ["s", "u"] as const) {
    OPPOSITE[`${ty}.lt_${sign}`] = [`${ty}.le_${sign}`, "swap"];
    OPPOSITE[`${ty}.le_${sign}`] = [`${ty}.lt_${sign}`, "swap"];
  }
}

/** select, eqz and comparisons as conditions. */
export const logic: Rule = (v, t) => {
  const [x, y, z] = v.args;
  switch (v.op) {
    case "i32.eqz": {
      if (x!.op === "i32.eqz" && isBoolean(x!.args[0]!)) return x!.args[0]!;
      if (x!.op === "i64.eqz") return t.become(v, "i64.ne", [x!.args[0]!, t.f.constant("i64", 0n)]);
      const opposite = OPPOSITE[x!.op as SsaOp];
      if (!opposite) return null;
      const [a, b] = x!.args as [Value, Value];
      return t.become(v, opposite[0], opposite[1] === "same" ? [a, b] : [b, a]);
    }
    case "select":
      if (isConstant(x!)) return x!.aux === 0 ? z! : y!;
      if (y === z) return y!;
      if (x!.op === "i32.eqz") return t.become(v, "select", [x!.args[0]!, z!, y!]);
      if (isBoolean(x!) && y!.op === "const.i32" && z!.op === "const.i32") {
        if (y!.aux === 1 && z!.aux === 0) return x!;
        if (y!.aux === 0 && z!.aux === 1) return t.become(v, "i32.eqz", [x!]);
      }
      return null;
    case "i32.ne":
      return isZero(y!) && isBoolean(x!) ? x! : null;
    case "i32.eq":
      return isZero(y!)
        ? t.become(v, "i32.eqz", [x!])
        : y!.aux === 1 && y!.op === "const.i32" && isBoolean(x!)
          ? x!
          : null;
    case "i64.eq":
      return isZero(y!) ? t.become(v, "i64.eqz", [x!]) : null;
    case "check.true":
      // A condition that is a known number and not 0: the check goes. One that is 0 stays: it always leaves.
      return isConstant(x!) && x!.aux !== 0 ? x! : null;
    case "check.index":
      return x!.op === "const.i32" && y!.op === "const.i32" && (x!.aux as number) >>> 0 < (y!.aux as number) >>> 0
        ? x!
        : null;
    case "ref.eq":
      return x === y ? t.f.constant("i32", 1) : null;
    default:
      return null;
  }
};

/** Puts the constant of a commutative operation on the right, where the other rules look for it. */
export const constantRight: Rule = (v, t) => {
  const row = v.row!;
  const commutes = row.commutes === true || v.op.endsWith("add.check") || v.op.endsWith("mul.check");
  if (!commutes || v.args.length !== 2 || !isConstant(v.args[0]!) || isConstant(v.args[1]!)) return null;
  return t.become(v, v.op as SsaOp, [v.args[1]!, v.args[0]!]);
};
