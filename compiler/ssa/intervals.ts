/**
 * Intervals of signed integers and what operations make of them. Exact bigints; a result that leaves the type's range
 * is the whole range (the operation wraps) or, for checked operations, what is left of it (it leaves otherwise).
 */
import type { Value } from "./ir.js";
import type { SsaOp, Ty } from "./ops.js";

export interface Interval {
  readonly lo: bigint;
  readonly hi: bigint;
}
export const interval = (lo: bigint, hi: bigint): Interval => ({ lo, hi });
const FULL32 = interval(-(1n << 31n), (1n << 31n) - 1n);
const FULL64 = interval(-(1n << 63n), (1n << 63n) - 1n);
export const BIT = interval(0n, 1n);
/** The whole type, or null for types without order. */
export const fullOf = (ty: Ty | null): Interval | null => (ty === "i32" ? FULL32 : ty === "i64" ? FULL64 : null);

const min = (a: bigint, b: bigint): bigint => (a < b ? a : b);
const max = (a: bigint, b: bigint): bigint => (a > b ? a : b);
export const join = (a: Interval, b: Interval): Interval =>
  contains(a, b) ? a : contains(b, a) ? b : interval(min(a.lo, b.lo), max(a.hi, b.hi));
/** Null: nothing in common, the place cannot be reached. */
export function meet(a: Interval, b: Interval): Interval | null {
  if (contains(b, a)) return a;
  const lo = max(a.lo, b.lo),
    hi = min(a.hi, b.hi);
  return lo <= hi ? interval(lo, hi) : null;
}
export const contains = (outer: Interval, inner: Interval): boolean => outer.lo <= inner.lo && inner.hi <= outer.hi;
export const equal = (a: Interval, b: Interval): boolean => a.lo === b.lo && a.hi === b.hi;
const abs = (x: bigint): bigint => (x < 0n ? -x : x);

/** Smallest interval around some numbers. */
function around(...xs: bigint[]): Interval {
  return interval(xs.reduce(min), xs.reduce(max));
}
const corners = (f: (a: bigint, b: bigint) => bigint, x: Interval, y: Interval): Interval =>
  around(f(x.lo, y.lo), f(x.lo, y.hi), f(x.hi, y.lo), f(x.hi, y.hi));

/** The exact result of `+ - * neg`, before wrapping or checking; null for other operations. */
export function exact(name: string, x: Interval, y: Interval | undefined): Interval | null {
  switch (name) {
    case "add":
      return interval(x.lo + y!.lo, x.hi + y!.hi);
    case "sub":
      return interval(x.lo - y!.hi, x.hi - y!.lo);
    case "mul":
      return corners((a, b) => a * b, x, y!);
    case "neg":
      return interval(-x.hi, -x.lo);
    default:
      return null;
  }
}

/** The interval of an operation's result from those of its arguments (null: the argument has none). */
export function resultOf(v: Value, args: readonly (Interval | null)[]): Interval | null {
  const full = fullOf(v.type);
  if (!full) return null;
  if (v.range) return v.range;
  if (v.op === "const.i32" || v.op === "const.i64") {
    const x = BigInt(v.aux as number | bigint);
    return interval(x, x);
  }
  if (v.op.endsWith("eqz") || v.rep === "bool" || /\.(eq|ne|l[te](_[su])?)$/.test(v.op)) return BIT;
  if (v.op === "select") return args[1] && args[2] ? join(args[1], args[2]) : full;
  const [x, y] = args;
  if (v.op === "array.length" || v.op === "string.length") return interval(0n, FULL32.hi);
  if (v.op === "variant.load") return interval(0n, 0xffffn);
  if (!x) return v.op.startsWith("cmp.") ? interval(-1n, 2n) : full;
  const dot = v.op.indexOf(".");
  const checked = v.op.endsWith(".check");
  const name = v.op.slice(dot + 1, checked ? -".check".length : undefined);
  const sum = exact(name, x, y ?? undefined);
  if (sum) return contains(full, sum) ? sum : checked ? (meet(sum, full) ?? full) : full;
  return (
    unary(v.op as SsaOp, x) ??
    (v.op === "cast.check"
      ? cast(v.aux as string, x, full)
      : y
        ? (bits(name, x, y, full) ?? division(name, x, y, full))
        : full)
  );
}

function unary(op: SsaOp, x: Interval): Interval | null {
  switch (op) {
    case "i64.extend_s":
      return x;
    case "i64.extend_u":
      return x.lo >= 0n ? x : interval(0n, (1n << 32n) - 1n);
    case "i32.wrap":
      return contains(FULL32, x) ? x : FULL32;
    default:
      return null;
  }
}
function cast(name: string, x: Interval, full: Interval): Interval {
  const positive = meet(x, interval(0n, FULL64.hi)) ?? full;
  switch (name) {
    case "I32_TO_U64":
    case "I64_TO_U64":
    case "U64_TO_I64":
      return positive;
    case "U64_TO_I32":
    case "I64_TO_INDEX":
    case "U64_TO_INDEX":
    case "U32_TO_INDEX":
      return meet(positive, interval(0n, FULL32.hi)) ?? full;
    default:
      return full;
  }
}
function bits(name: string, x: Interval, y: Interval, full: Interval): Interval | null {
  const constant = y.lo === y.hi ? y.lo : null;
  const width = full === FULL64 ? 64n : 32n;
  switch (name) {
    case "and":
      if (x.lo >= 0n && y.lo >= 0n) return interval(0n, min(x.hi, y.hi));
      return y.lo >= 0n ? interval(0n, y.hi) : x.lo >= 0n ? interval(0n, x.hi) : full;
    case "or":
    case "xor":
      return x.lo >= 0n && y.lo >= 0n ? interval(0n, (1n << BigInt(max(x.hi, y.hi).toString(2).length)) - 1n) : full;
    case "shl": {
      if (constant === null) return full;
      const k = constant & (width - 1n);
      const shifted = interval(x.lo << k, x.hi << k);
      return contains(full, shifted) ? shifted : full;
    }
    case "shr_s":
      return constant === null ? full : interval(x.lo >> (constant & (width - 1n)), x.hi >> (constant & (width - 1n)));
    case "shr_u": {
      if (constant === null) return x.lo >= 0n ? interval(0n, x.hi) : full;
      const k = constant & (width - 1n);
      return x.lo >= 0n ? interval(x.lo >> k, x.hi >> k) : k > 0n ? interval(0n, (1n << (width - k)) - 1n) : full;
    }
    default:
      return null;
  }
}
function division(name: string, x: Interval, y: Interval, full: Interval): Interval {
  switch (name) {
    case "div_s":
      if (y.lo > 0n) return corners((a, b) => a / b, x, y);
      return x.lo >= 0n ? interval(-x.hi, x.hi) : full;
    case "div_u":
      return x.lo >= 0n && y.lo > 0n ? corners((a, b) => a / b, x, y) : x.lo >= 0n ? interval(0n, x.hi) : full;
    case "rem_s": {
      const limit = max(abs(y.lo), abs(y.hi)) - 1n;
      if (limit < 0n) return full;
      return interval(x.lo >= 0n ? 0n : max(-limit, x.lo), x.hi <= 0n ? 0n : min(limit, x.hi));
    }
    case "rem_u":
      return y.lo > 0n
        ? interval(0n, x.lo >= 0n ? min(x.hi, y.hi - 1n) : y.hi - 1n)
        : x.lo >= 0n
          ? interval(0n, x.hi)
          : full;
    default:
      return full;
  }
}

/** Intervals of two operands when a signed comparison holds, null: it cannot. */
export function compared(
  how: "lt" | "le" | "eq" | "ne",
  x: Interval,
  y: Interval,
): { readonly x: Interval; readonly y: Interval } | null {
  let nx: Interval | null = x;
  let ny: Interval | null = y;
  if (how === "lt" || how === "le") {
    const gap = how === "lt" ? 1n : 0n;
    nx = x.lo <= y.hi - gap ? interval(x.lo, min(x.hi, y.hi - gap)) : null;
    ny = y.hi >= x.lo + gap ? interval(max(y.lo, x.lo + gap), y.hi) : null;
  } else if (how === "eq") {
    nx = meet(x, y);
    ny = nx;
  } else {
    nx = without(x, y);
    ny = without(y, x);
  }
  return nx && ny ? { x: nx, y: ny } : null;
}
/** `x` without the only number of `y`, where that is at an end of `x`. */
function without(x: Interval, y: Interval): Interval | null {
  if (y.lo !== y.hi) return x;
  if (x.lo === y.lo) return x.lo < x.hi ? interval(x.lo + 1n, x.hi) : null;
  return x.hi === y.lo ? interval(x.lo, x.hi - 1n) : x;
}
