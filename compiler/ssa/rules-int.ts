/**
 * Rewrite rules for integers. Wrap-around and checks are exact: a checked operation is replaced only where its check
 * cannot fail, or by another check that fails for the same operands with the same error.
 */
import { isConstant, type Value } from "./ir.js";
import type { SsaOp } from "./ops.js";
import { isNumber, isZero, type Rule } from "./rules.js";

/** The exponent if the value, read as unsigned, is a power of two; else -1. */
function log2(v: Value): number {
  if (!isConstant(v)) return -1;
  const n = v.op === "const.i64" ? BigInt.asUintN(64, v.aux as bigint) : BigInt((v.aux as number) >>> 0);
  if (n === 0n || (n & (n - 1n)) !== 0n) return -1;
  return n.toString(2).length - 1;
}

export const integers: Rule = (v, t) => {
  const dot = v.op.indexOf(".");
  const ty = v.op.slice(0, dot);
  if (ty !== "i32" && ty !== "i64") return null;
  const [x, y] = v.args;
  if (v.args.length === 1) return conversions(v, t);
  if (!x || !y) return null;
  const op = (name: string): SsaOp => `${ty}.${name}` as SsaOp;
  const zero = (): Value => t.f.constant(ty, 0);
  switch (v.op.slice(dot + 1)) {
    case "add":
    case "add.check":
      return isZero(y) ? x : null;
    case "or":
    case "xor":
    case "shl":
    case "shr_s":
    case "shr_u":
      if (isZero(y)) return x;
      return x === y && v.op.endsWith(".or") ? x : x === y && v.op.endsWith(".xor") ? zero() : null;
    case "and":
      return isZero(y) ? y : x === y || isNumber(y, -1) ? x : null;
    case "sub":
    case "sub.check":
      if (isZero(y)) return x;
      if (x === y) return zero();
      if (isZero(x) && v.op.endsWith("check")) return t.become(v, op("neg.check"), [y]);
      // Wrapping x - c is x + -c, which add rules and value numbering then see as one form.
      return v.op.endsWith(".sub") && isConstant(y) ? t.become(v, op("add"), [x, t.constant(y, negated(y))]) : null;
    case "mul":
      if (isNumber(y, 1)) return x;
      if (isZero(y)) return y;
      return log2(y) > 0 ? t.become(v, op("shl"), [x, t.constant(y, log2(y))]) : null;
    case "mul.check":
      if (isNumber(y, 1)) return x;
      if (isZero(y)) return y;
      if (isNumber(y, -1)) return t.become(v, op("neg.check"), [x]);
      return isNumber(y, 2) ? t.become(v, op("add.check"), [x, x]) : null;
    case "div_s":
      return isNumber(y, 1) ? x : null;
    case "div_u":
      if (isNumber(y, 1)) return x;
      return log2(y) > 0 ? t.become(v, op("shr_u"), [x, t.constant(y, log2(y))]) : null;
    case "rem_s":
      return isNumber(y, 1) || isNumber(y, -1) ? zero() : null;
    case "rem_u":
      return log2(y) >= 0
        ? t.become(v, op("and"), [
            x,
            t.constant(y, v.op === "i64.rem_u" ? (y.aux as bigint) - 1n : (y.aux as number) - 1),
          ])
        : null;
    // With a constant divisor only the smallest number by -1 can fail, and negation fails for just that one.
    case "div_s.check":
      if (!isConstant(y) || isZero(y)) return null;
      return isNumber(y, -1) ? t.become(v, op("neg.check"), [x]) : t.make(op("div_s"), [x, y], v);
    case "div_u.check":
    case "rem_s.check":
    case "rem_u.check":
      if (!isConstant(y) || isZero(y)) return null;
      return t.make(v.op.slice(0, -".check".length) as SsaOp, [x, y], v);
    case "eq":
    case "le_s":
    case "le_u":
      return x === y ? t.f.constant("i32", 1) : comparison(v, t);
    case "ne":
    case "lt_s":
    case "lt_u":
      return x === y ? t.f.constant("i32", 0) : comparison(v, t);
    default:
      return null;
  }
};

const negated = (y: Value): number | bigint => (typeof y.aux === "bigint" ? -y.aux : -(y.aux as number));

/** Unsigned comparisons with the ends of the type. */
const comparison: Rule = (v, t) => {
  const [x, y] = v.args as [Value, Value];
  if (v.op.endsWith("lt_u")) {
    if (isZero(y)) return t.f.constant("i32", 0);
    if (isNumber(y, 1)) return t.become(v, x.type === "i64" ? "i64.eqz" : "i32.eqz", [x]);
    if (isZero(x)) return t.become(v, x.type === "i64" ? "i64.ne" : "i32.ne", [y, x]);
  }
  if (v.op.endsWith("le_u") && isZero(x)) return t.f.constant("i32", 1);
  return null;
};

const conversions: Rule = (v) => {
  const x = v.args[0]!;
  if (v.op === "i32.wrap" && (x.op === "i64.extend_s" || x.op === "i64.extend_u")) return x.args[0]!;
  return null;
};
