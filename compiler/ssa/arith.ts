/**
 * Exact arithmetic of the operations on constants: what folding and the reference evaluator share.
 *
 * Numbers: i32 as a signed 32-bit number, i64 as a signed 64-bit bigint, f64 as a number, booleans as 0 or 1. `compute`
 * gives the result of an operation, LEAVES when its check fails, or null when the operation is not arithmetic.
 */
import type { SsaOp } from "./ops.js";

export type Num = number | bigint;
/** The check of a checked operation fails. */
export const LEAVES = Symbol("leaves");
export type Computed = Num | typeof LEAVES | null;

export const MIN32 = -0x80000000;
export const MAX32 = 0x7fffffff;
export const MIN64 = -(1n << 63n);
export const MAX64 = (1n << 63n) - 1n;
const wrap64 = (x: bigint): bigint => BigInt.asIntN(64, x);
const u64 = (x: bigint): bigint => BigInt.asUintN(64, x);
const bit = (b: boolean): number => (b ? 1 : 0);
const exact32 = (x: number): Computed => (x >= MIN32 && x <= MAX32 ? x | 0 : LEAVES);
const exact64 = (x: bigint): Computed => (x >= MIN64 && x <= MAX64 ? x : LEAVES);

type Rule32 = (a: number, b: number) => Computed;
type Rule64 = (a: bigint, b: bigint) => Computed;

const I32: Record<string, Rule32> = {
  add: (a, b) => (a + b) | 0,
  sub: (a, b) => (a - b) | 0,
  mul: (a, b) => Math.imul(a, b),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (a, b) => a << (b & 31),
  shr_s: (a, b) => a >> (b & 31),
  shr_u: (a, b) => (a >>> (b & 31)) | 0,
  // Plain divisions have constant divisors that cannot trap; the others are here for the checked ones.
  div_s: (a, b) => (b === 0 || (a === MIN32 && b === -1) ? LEAVES : (a / b) | 0),
  div_u: (a, b) => (b === 0 ? LEAVES : ((a >>> 0) / (b >>> 0)) | 0),
  rem_s: (a, b) => (b === 0 ? LEAVES : (a % b) | 0),
  rem_u: (a, b) => (b === 0 ? LEAVES : ((a >>> 0) % (b >>> 0)) | 0),
  eq: (a, b) => bit(a === b),
  ne: (a, b) => bit(a !== b),
  lt_s: (a, b) => bit(a < b),
  le_s: (a, b) => bit(a <= b),
  lt_u: (a, b) => bit(a >>> 0 < b >>> 0),
  le_u: (a, b) => bit(a >>> 0 <= b >>> 0),
  "add.check": (a, b) => exact32(a + b),
  "sub.check": (a, b) => exact32(a - b),
  // The product of two 32-bit numbers may need 64 bits.
  "mul.check": (a, b) => {
    const p = BigInt(a) * BigInt(b);
    return p === BigInt(Math.imul(a, b)) ? Math.imul(a, b) : LEAVES;
  },
};
const I64: Record<string, Rule64> = {
  add: (a, b) => wrap64(a + b),
  sub: (a, b) => wrap64(a - b),
  mul: (a, b) => wrap64(a * b),
  and: (a, b) => a & b,
  or: (a, b) => a | b,
  xor: (a, b) => a ^ b,
  shl: (a, b) => wrap64(a << (b & 63n)),
  shr_s: (a, b) => a >> (b & 63n),
  shr_u: (a, b) => wrap64(u64(a) >> (b & 63n)),
  div_s: (a, b) => (b === 0n || (a === MIN64 && b === -1n) ? LEAVES : a / b),
  div_u: (a, b) => (b === 0n ? LEAVES : wrap64(u64(a) / u64(b))),
  rem_s: (a, b) => (b === 0n ? LEAVES : a % b),
  rem_u: (a, b) => (b === 0n ? LEAVES : wrap64(u64(a) % u64(b))),
  eq: (a, b) => bit(a === b),
  ne: (a, b) => bit(a !== b),
  lt_s: (a, b) => bit(a < b),
  le_s: (a, b) => bit(a <= b),
  lt_u: (a, b) => bit(u64(a) < u64(b)),
  le_u: (a, b) => bit(u64(a) <= u64(b)),
  "add.check": (a, b) => exact64(a + b),
  "sub.check": (a, b) => exact64(a - b),
  "mul.check": (a, b) => exact64(a * b),
};
const F64: Record<string, Rule32> = {
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  eq: (a, b) => bit(a === b),
  ne: (a, b) => bit(a !== b),
  lt: (a, b) => bit(a < b),
  le: (a, b) => bit(a <= b),
  // JavaScript's % is C's fmod.
  "div.check": (a, b) => (b === 0 ? LEAVES : a / b),
  "rem.check": (a, b) => (b === 0 ? LEAVES : a % b),
};
for (const name of ["div_s", "div_u", "rem_s", "rem_u"]) {
  I32[`${name}.check`] = I32[name]!;
  I64[`${name}.check`] = I64[name]!;
}

const order = (a: number | bigint, b: number | bigint): number => (a < b ? -1 : a > b ? 1 : 0);
/** -1, 0, 1; 2 when `f` is NaN. JavaScript compares bigint with number by mathematical value. */
const orderF = (a: bigint, f: number): number => (Number.isNaN(f) ? 2 : order(a, f));

type Any = (a: never, b: never) => Computed;
const OTHER: Partial<Record<SsaOp, Any>> = {
  "f64.neg": (a: number) => -a,
  "i32.eqz": (a: number) => bit(a === 0),
  "i64.eqz": (a: bigint) => bit(a === 0n),
  "i64.extend_s": (a: number) => BigInt(a),
  "i64.extend_u": (a: number) => BigInt(a >>> 0),
  "i32.wrap": (a: bigint) => Number(BigInt.asIntN(32, a)),
  "f64.from_i32_s": (a: number) => a,
  "f64.from_i32_u": (a: number) => a >>> 0,
  // Number() of a bigint rounds to nearest, ties to even, as wasm does.
  "f64.from_i64_s": (a: bigint) => Number(a),
  "f64.from_i64_u": (a: bigint) => Number(u64(a)),
  "i32.neg.check": (a: number) => exact32(-a),
  "i64.neg.check": (a: bigint) => exact64(-a),
  "check.true": (a: number) => (a === 0 ? LEAVES : 0),
  "check.index": (a: number, b: number) => (a >>> 0 < b >>> 0 ? 0 : LEAVES),
  "i64.mul.overflows": (a: bigint, b: bigint) => bit(wrap64(a * b) !== a * b),
  "cmp.i64.u64": (a: bigint, b: bigint) => order(a, u64(b)),
  "cmp.i64.f64": (a: bigint, b: number) => orderF(a, b),
  "cmp.u64.f64": (a: bigint, b: number) => orderF(u64(a), b),
};

/** Truncated toward zero, or LEAVES outside of [low, high]; also NaN. */
function truncated(a: number, low: bigint, high: bigint): bigint | typeof LEAVES {
  if (!Number.isFinite(a)) return LEAVES;
  const t = BigInt(Math.trunc(a));
  return t >= low && t <= high ? t : LEAVES;
}
const as32 = (x: bigint | typeof LEAVES): Computed => (x === LEAVES ? LEAVES : Number(BigInt.asIntN(32, x as bigint)));
const as64 = (x: bigint | typeof LEAVES): Computed => (x === LEAVES ? LEAVES : wrap64(x as bigint));
const within = (x: bigint, low: bigint, high: bigint): bigint | typeof LEAVES => (x >= low && x <= high ? x : LEAVES);

/** The checked conversions by bytecode op name. */
export function convert(name: string, a: Num): Computed {
  switch (name) {
    case "F64_TO_I32":
      return as32(truncated(a as number, -(1n << 31n), (1n << 31n) - 1n));
    case "F64_TO_U32":
      return as32(truncated(a as number, 0n, (1n << 32n) - 1n));
    case "F64_TO_I64":
      return as64(truncated(a as number, MIN64, MAX64));
    case "F64_TO_U64":
      return as64(truncated(a as number, 0n, (1n << 64n) - 1n));
    case "I32_TO_U64":
      return as64(within(BigInt(a), 0n, MAX64));
    case "I64_TO_U32":
      return as32(within(a as bigint, 0n, (1n << 32n) - 1n));
    case "I64_TO_U64":
      return as64(within(a as bigint, 0n, MAX64));
    case "U64_TO_I32":
      return as32(within(u64(a as bigint), 0n, (1n << 31n) - 1n));
    case "U64_TO_I64":
      return as64(within(u64(a as bigint), 0n, MAX64));
    case "I64_TO_INDEX":
    case "U64_TO_INDEX":
      return as32(within(a as bigint, 0n, (1n << 31n) - 1n));
    case "U32_TO_INDEX":
      return as32(within(BigInt(a), 0n, (1n << 31n) - 1n));
    case "U64_TO_U32":
      return as32(within(u64(a as bigint), 0n, (1n << 32n) - 1n));
    default:
      return null;
  }
}

/** Result of a one- or two-operand operation on known numbers. */
export function compute(op: SsaOp, args: readonly Num[], aux: number | bigint | string | null): Computed {
  if (op === "cast.check") return convert(aux as string, args[0]!);
  if (op === "select") return args[args[0] !== 0 ? 1 : 2]!;
  const other = OTHER[op];
  if (other) return other(args[0]! as never, args[1]! as never);
  const dot = op.indexOf(".");
  const table: Record<string, Rule32 | Rule64> = { i32: I32, i64: I64, f64: F64 }[op.slice(0, dot)] ?? {};
  const rule = Object.hasOwn(table, op.slice(dot + 1)) ? table[op.slice(dot + 1)] : undefined;
  return rule ? rule(args[0]! as never, args[1]! as never) : null;
}
