/**
 * Rewrite rules for f64. Only what is right for every operand: NaN, both zeros, infinities. So not `x + 0` (-0 becomes 0),
 * not `x * 0`, not `x - x`, not `not (x < y)` as `y <= x`. Which NaN comes out is not observable in the language.
 */
import { isConstant, type Value } from "./ir.js";
import type { Rule } from "./rules.js";

const is = (v: Value, n: number): boolean => v.op === "const.f64" && Object.is(v.aux, n);

/** 1 / c if both are powers of two, so that multiplying rounds as dividing does; else null. */
function reciprocal(v: Value): number | null {
  if (v.op !== "const.f64") return null;
  const c = v.aux as number;
  const exponent = Math.log2(Math.abs(c));
  // Far from the ends of the range: both numbers are normal and exact.
  return Number.isInteger(exponent) && Math.abs(exponent) < 1000 && Math.abs(c) === 2 ** exponent ? 1 / c : null;
}

export const floats: Rule = (v, t) => {
  const [x, y] = v.args as [Value, Value];
  switch (v.op) {
    case "f64.add":
      return is(y, -0) ? x : null;
    case "f64.sub":
      return is(y, 0) ? x : null;
    case "f64.mul":
      return is(y, 1) ? x : null;
    case "f64.neg":
      return x.op === "f64.neg" ? x.args[0]! : null;
    case "f64.div.check":
      return isConstant(y) && y.aux !== 0 ? t.make("f64.div", [x, y], v) : null;
    case "f64.div": {
      if (is(y, 1)) return x;
      const r = reciprocal(y);
      return r === null ? null : t.make("f64.mul", [x, t.constant(y, r)], v);
    }
    // x == x is false for NaN, x < x for every number.
    case "f64.lt":
      return x === y ? t.f.constant("i32", 0) : null;
    default:
      return null;
  }
};
