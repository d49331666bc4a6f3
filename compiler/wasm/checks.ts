/**
 * The checked operations: each with the cheapest test found, as statements that leave, and its result.
 *
 *   a + b       r = a + b; leave if ((a ^ r) & (b ^ r)) < 0      1.2× an unchecked add in tight loops
 *   a + 7       leave if a > MAX - 7                             before the op: no extra value stays alive
 *   a * b  i32  p = a * b in 64 bits; leave if p is no i32
 *   a * b  i64  if the operands do not fit 32 bits, the helper decides
 *   a / b       leave if b = 0; also if b = -1 and a is the smallest: one test finds both divisors
 *   f64 → int   leave unless low < a < high, which NaN is not
 *
 * What is read more than once is in a local or a constant (shape.ts). In AOT each way to fail has its code; in JIT the
 * interpreter finds it out again.
 */
import { errorCode, isCall, isConstant, type SsaOp, type Value } from "../ssa/index.js";
import type { Expr, Instructions } from "./instructions.js";
import type { LocalType } from "./locals.js";

/** What lowering offers to a check. */
export interface CheckContext {
  readonly ins: Instructions;
  /** The expression of an operand. */
  read(v: Value): Expr;
  /** Statements that leave when the condition holds, or always; AOT: with the code of the op. */
  leave(condition: Expr | null, divisorIsZero?: boolean): Expr[];
  /** Whether it matters with which code. */
  readonly codes: boolean;
  /** A local for the value under test: the result's own if nothing that leaving needs is in it, else a temporary. */
  target(type: LocalType): number;
  /** A temporary of lowering's own. */
  scratch(type: LocalType): number;
  helper(name: "fmod" | "mulOverflows", args: Expr[]): Expr;
}
export interface Check {
  readonly statements: readonly Expr[];
  /** The result; null for ops without one. */
  readonly value: (() => Expr) | null;
}

const MIN = { i32: -(1n << 31n), i64: -(1n << 63n) } as const;
const MAX = { i32: (1n << 31n) - 1n, i64: (1n << 63n) - 1n } as const;
type Int = "i32" | "i64";

const known = (v: Value): bigint | null =>
  v.op === "const.i32" || v.op === "const.i64" ? BigInt(v.aux as number | bigint) : null;

/** Statements and value of a checked op; null if `v` is none. */
export function lowerCheck(v: Value, c: CheckContext): Check | null {
  const op = v.op as SsaOp;
  const t = op.slice(0, 3) as Int;
  switch (op) {
    case "i32.add.check":
    case "i64.add.check":
      return addition(v, t, c);
    case "i32.sub.check":
    case "i64.sub.check":
      return subtraction(v, t, c);
    case "i32.mul.check":
      return v.args.some(isConstant) ? scaled(v, t, c) : product32(v, c);
    case "i64.mul.check":
      return v.args.some(isConstant) ? scaled(v, t, c) : product64(v, c);
    case "i32.neg.check":
    case "i64.neg.check": {
      const a = v.args[0]!;
      const statements = c.leave(compare(c, t, "eq", a, MIN[t]));
      return { statements, value: () => c.ins.op(`${t}.sub`, c.ins.constant(t, 0), c.read(a)) };
    }
    case "i32.div_s.check":
    case "i64.div_s.check":
    case "i32.div_u.check":
    case "i64.div_u.check":
    case "i32.rem_s.check":
    case "i64.rem_s.check":
    case "i32.rem_u.check":
    case "i64.rem_u.check":
      return division(v, t, c);
    case "f64.div.check":
    case "f64.rem.check":
      return floatDivision(v, c);
    case "cast.check":
      return cast(v, c);
    case "check.index":
      return index(v, c);
    case "check.true":
      return { statements: c.leave(not(v.args[0]!, c)), value: null };
    default:
      return null;
  }
}

/** `v` is 0. A comparison in the same tree would be inverted by engines: they fuse it. */
function not(v: Value, c: CheckContext): Expr {
  return c.ins.op("i32.eqz", c.read(v));
}
function compare(c: CheckContext, t: Int, how: string, v: Value, limit: bigint): Expr {
  return c.ins.op(`${t}.${how}`, c.read(v), c.ins.constant(t, limit));
}
const binary = (v: Value, name: string, c: CheckContext) => (): Expr =>
  c.ins.op(name, c.read(v.args[0]!), c.read(v.args[1]!));

function addition(v: Value, t: Int, c: CheckContext): Check {
  const [a, b] = v.args as [Value, Value];
  const [k, x] = known(b) !== null ? [known(b)!, a] : [known(a), b];
  if (k !== null) {
    const test = k >= 0n ? compare(c, t, "gt_s", x, MAX[t] - k) : compare(c, t, "lt_s", x, MIN[t] - k);
    return { statements: k === 0n ? [] : c.leave(test), value: binary(v, `${t}.add`, c) };
  }
  return afterwards(v, t, c, "add", (r) => [both(c, t, a, r), both(c, t, b, r)]);
}

function subtraction(v: Value, t: Int, c: CheckContext): Check {
  const [a, b] = v.args as [Value, Value];
  const right = known(b);
  if (right !== null) {
    const test = right >= 0n ? compare(c, t, "lt_s", a, MIN[t] + right) : compare(c, t, "gt_s", a, MAX[t] + right);
    return { statements: right === 0n ? [] : c.leave(test), value: binary(v, `${t}.sub`, c) };
  }
  const left = known(a);
  if (left !== null) {
    // -1 - b never overflows.
    const test = left >= 0n ? compare(c, t, "lt_s", b, left - MAX[t]) : compare(c, t, "gt_s", b, left - MIN[t]);
    return { statements: left === -1n ? [] : c.leave(test), value: binary(v, `${t}.sub`, c) };
  }
  return afterwards(v, t, c, "sub", (r) => [c.ins.op(`${t}.xor`, c.read(a), c.read(b)), both(c, t, a, r)]);
}
const both = (c: CheckContext, t: Int, v: Value, r: number): Expr => c.ins.op(`${t}.xor`, c.read(v), c.ins.get(r, t));

/** Computes into a local, then leaves if the conjunction of two signs is negative. */
function afterwards(v: Value, t: Int, c: CheckContext, op: "add" | "sub", signs: (r: number) => [Expr, Expr]): Check {
  const { ins } = c;
  const r = c.target(t);
  const set = ins.m.local.set(r, binary(v, `${t}.${op}`, c)());
  const [x, y] = signs(r);
  const test = ins.op(`${t}.lt_s`, ins.op(`${t}.and`, x, y), ins.constant(t, 0));
  return { statements: [set, ...c.leave(test)], value: () => ins.get(r, t) };
}

/** Times a constant: the operands that do not overflow are a range. */
function scaled(v: Value, t: Int, c: CheckContext): Check {
  const [a, b] = v.args as [Value, Value];
  const [k, x] = known(b) !== null ? [known(b)!, a] : [known(a)!, b];
  const value = binary(v, `${t}.mul`, c);
  if (k === 0n || k === 1n) return { statements: [], value };
  if (k === -1n) return { statements: c.leave(compare(c, t, "eq", x, MIN[t])), value };
  // bigint division truncates toward zero: both quotients stay inside.
  const [low, high] = k > 0n ? [MIN[t] / k, MAX[t] / k] : [MAX[t] / k, MIN[t] / k];
  const distance = c.ins.op(`${t}.sub`, c.read(x), c.ins.constant(t, low));
  const test = c.ins.op(`${t}.gt_u`, distance, c.ins.constant(t, high - low));
  return { statements: c.leave(test), value };
}

function product32(v: Value, c: CheckContext): Check {
  const { ins } = c;
  const p = c.scratch("i64");
  const wide = (x: Value): Expr => ins.op("i64.extend_i32_s", c.read(x));
  const set = ins.m.local.set(p, ins.op("i64.mul", wide(v.args[0]!), wide(v.args[1]!)));
  const test = ins.op("i64.ne", ins.op("i64.extend32_s", ins.get(p, "i64")), ins.get(p, "i64"));
  return { statements: [set, ...c.leave(test)], value: () => ins.op("i32.wrap_i64", ins.get(p, "i64")) };
}

/** The high half of x + 2^31 is 0 when x fits 32 bits; then the product fits 64. */
function product64(v: Value, c: CheckContext): Check {
  const { ins } = c;
  const [a, b] = v.args as [Value, Value];
  const shifted = (x: Value): Expr => ins.op("i64.add", c.read(x), ins.constant("i64", 1n << 31n));
  const large = ins.op("i64.gt_u", ins.op("i64.or", shifted(a), shifted(b)), ins.constant("i64", 0xffffffffn));
  const slow = c.leave(c.helper("mulOverflows", [c.read(a), c.read(b)]));
  return { statements: [ins.m.if(large, ins.m.block(null, slow))], value: binary(v, "i64.mul", c) };
}

function division(v: Value, t: Int, c: CheckContext): Check {
  const { ins } = c;
  const [a, b] = v.args as [Value, Value];
  const op = v.op.slice(0, -".check".length);
  const value = binary(v, op, c);
  const isZero = (): Expr[] => c.leave(ins.op(`${t}.eqz`, c.read(b)), true);
  const isSmallest = (): Expr[] => c.leave(compare(c, t, "eq", a, MIN[t]));
  const divisor = known(b);
  if (op !== `${t}.div_s`) return { statements: divisor !== null && divisor !== 0n ? [] : isZero(), value };
  if (divisor !== null) return { statements: divisor === 0n ? isZero() : divisor === -1n ? isSmallest() : [], value };
  const dividend = known(a);
  if (dividend !== null && dividend !== MIN[t]) return { statements: isZero(), value };
  const rare = ins.op(`${t}.le_u`, ins.op(`${t}.add`, c.read(b), ins.constant(t, 1)), ins.constant(t, 1));
  return { statements: [ins.m.if(rare, ins.m.block(null, [...isZero(), ...isSmallest()]))], value };
}

function floatDivision(v: Value, c: CheckContext): Check {
  const { ins } = c;
  const [a, b] = v.args as [Value, Value];
  const rem = v.op === "f64.rem.check";
  const value = rem ? (): Expr => c.helper("fmod", [c.read(a), c.read(b)]) : binary(v, "f64.div", c);
  if (isConstant(b) && b.aux !== 0) return { statements: [], value };
  const test = ins.op("f64.eq", c.read(b), ins.constant("f64", 0));
  return { statements: c.leave(test), value };
}

/** Which error it is matters in AOT only. */
function outOf(c: CheckContext, beyond: Expr, isNegative: () => Expr): Expr[] {
  if (!c.codes) return c.leave(beyond);
  return [c.ins.m.if(beyond, c.ins.m.block(null, [...c.leave(isNegative(), true), ...c.leave(null)]))];
}
function index(v: Value, c: CheckContext): Check {
  const [i, length] = v.args as [Value, Value];
  const beyond = c.ins.op("i32.ge_u", c.read(i), c.read(length));
  return { statements: outOf(c, beyond, () => compare(c, "i32", "lt_s", i, 0n)), value: null };
}

/** From f64: exclusive bounds of the numbers whose truncation fits, and the instruction. */
const FROM_F64: Readonly<Record<string, readonly [low: number, high: number, wasm: string]>> = {
  F64_TO_I32: [-(2 ** 31) - 1, 2 ** 31, "i32.trunc_sat_f64_s"],
  F64_TO_U32: [-1, 2 ** 32, "i32.trunc_sat_f64_u"],
  // -2^63 - 1 is no f64: the greatest number below -2^63 is excluded instead.
  F64_TO_I64: [-(2 ** 63) - 2048, 2 ** 63, "i64.trunc_sat_f64_s"],
  F64_TO_U64: [-1, 2 ** 64, "i64.trunc_sat_f64_u"],
};

function cast(v: Value, c: CheckContext): Check {
  const { ins } = c;
  const a = v.args[0]!;
  const name = v.aux as string;
  const read = (): Expr => c.read(a);
  const after = (test: Expr, value: () => Expr): Check => ({ statements: c.leave(test), value });
  const range = FROM_F64[name];
  if (range) {
    const [low, high, wasm] = range;
    const inside = ins.op(
      "i32.and",
      ins.op("f64.gt", read(), ins.constant("f64", low)),
      ins.op("f64.lt", read(), ins.constant("f64", high)),
    );
    return after(ins.op("i32.eqz", inside), () => ins.op(wasm, read()));
  }
  const negative = (t: Int): Expr => ins.op(`${t}.lt_s`, read(), ins.constant(t, 0));
  const above = (limit: bigint): Expr => ins.op("i64.gt_u", read(), ins.constant("i64", limit));
  switch (name) {
    case "I32_TO_U64":
      return after(negative("i32"), () => ins.op("i64.extend_i32_s", read()));
    case "I64_TO_U64":
    case "U64_TO_I64":
      return after(negative("i64"), read);
    case "I64_TO_U32":
    case "U64_TO_U32":
      return after(above(0xffffffffn), () => ins.op("i32.wrap_i64", read()));
    case "I64_TO_INDEX":
      return {
        statements: outOf(c, above(0x7fffffffn), () => negative("i64")),
        value: () => ins.op("i32.wrap_i64", read()),
      };
    case "U32_TO_INDEX":
      return after(negative("i32"), read);
    case "U64_TO_INDEX":
    case "U64_TO_I32":
      return after(above(0x7fffffffn), () => ins.op("i32.wrap_i64", read()));
    default:
      throw new Error(`no conversion ${name}`);
  }
}

/** Codes with which an op can leave in AOT: none if its constants cannot fail. */
export function codesOf(v: Value): readonly string[] {
  const op = v.op as SsaOp;
  if (op === "helper") return [];
  const ways = (...zero: boolean[]): string[] => zero.map((z) => errorCode(op, v.aux, z));
  if (op === "check.index" || v.aux === "I64_TO_INDEX") return ways(true, false);
  if (op !== "i32.div_s.check" && op !== "i64.div_s.check") return ways(true);
  const divisor = known(v.args[1]!);
  if (divisor === null) return ways(true, false);
  return divisor === 0n ? ways(true) : divisor === -1n ? ways(false) : [];
}

const TRUE_REASONS: Readonly<Record<string, string>> = {
  E0018: "exit.no-value",
  E0012: "exit.zero-step",
  E0004: "exit.overflow",
  "E0002.2": "exit.index",
  "E0002.3": "exit.index",
};
/** Why a check leaves, by op: keys of the engine's table of reasons. */
export function reasonOf(v: Value): string {
  if (v.op === "check.index" || (v.op === "cast.check" && (v.aux as string).endsWith("_INDEX"))) return "exit.index";
  if (v.op === "cast.check") return "exit.cast";
  if (v.op === "check.true") return TRUE_REASONS[v.aux as string]!;
  if (v.op === "runtime") return "exit.memory";
  if (isCall(v) || v.op === "check.depth") return "exit.unwind";
  if (v.op === "check.budget") return "exit.batch";
  if (v.op === "charge") return v.aux === "loop" ? "exit.batch" : "exit.unwind";
  return v.op.includes(".div") || v.op.includes(".rem") ? "exit.div-zero" : "exit.overflow";
}
