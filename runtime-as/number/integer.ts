/**
 * Integer and mixed comparisons that take more than one instruction, and the exact float remainder. All pure.
 */

/** 1 when a * b leaves i64. */
export function mulOverflows(a: i64, b: i64): i32 {
  if (a == 0 || b == 0) return 0;
  if (a == -1) return <i32>(b == i64.MIN_VALUE);
  if (b == -1) return <i32>(a == i64.MIN_VALUE);
  return <i32>((a * b) / b != a);
}

/** a <=> b by value: -1, 0, 1. */
export function cmpI64U64(a: i64, b: u64): i32 {
  if (a < 0) return -1;
  return <i32>(<u64>a > b) - <i32>(<u64>a < b);
}

/** a <=> b by value, never rounding a: -1, 0, 1, or 2 when b is NaN. */
export function cmpI64F64(a: i64, b: f64): i32 {
  if (b != b) return 2;
  if (b >= 9223372036854775808.0) return -1;
  if (b < -9223372036854775808.0) return 1;
  const whole = trunc(b);
  const t = <i64>whole;
  if (a != t) return a < t ? -1 : 1;
  return <i32>(whole > b) - <i32>(whole < b);
}

/** a <=> b by value: -1, 0, 1, or 2 when b is NaN. */
export function cmpU64F64(a: u64, b: f64): i32 {
  if (b != b) return 2;
  if (b >= 18446744073709551616.0) return -1;
  if (b < 0) return 1;
  const whole = trunc(b);
  const t = <u64>whole;
  if (a != t) return a < t ? -1 : 1;
  return <i32>(whole > b) - <i32>(whole < b);
}

/**
 * C fmod: exact, the sign of x. Long division in binary: shifts the dividend's mantissa through the difference of the
 * exponents, so at most 2,046 cheap steps, and none for everyday operands of similar size.
 */
export function fmod(x: f64, y: f64): f64 {
  if (y == 0 || x - x != 0 || y != y) return NaN;
  const magnitude = abs(x);
  let divisor = abs(y);
  if (magnitude < divisor) return x;
  // Both integers that fit: one hardware division.
  if (magnitude < 9007199254740992.0 && divisor < 9007199254740992.0) {
    const a = <i64>magnitude;
    const b = <i64>divisor;
    if (<f64>a == magnitude && <f64>b == divisor) return copysign<f64>(<f64>(a % b), x);
  }
  if (divisor == Infinity) return x;
  const xb = reinterpret<u64>(magnitude);
  const yb = reinterpret<u64>(divisor);
  let ex = <i32>(xb >>> 52);
  let ey = <i32>(yb >>> 52);
  let mx = xb & 0xfffffffffffff;
  let my = yb & 0xfffffffffffff;
  if (ex == 0) ex = 1;
  else mx |= 0x10000000000000;
  if (ey == 0) ey = 1;
  else my |= 0x10000000000000;
  mx %= my;
  // Eleven bits at a time stay below 2^64.
  for (let shift = ex - ey; shift > 0 && mx != 0; ) {
    const bits = min(shift, 11);
    mx = (mx << bits) % my;
    shift -= bits;
  }
  if (mx == 0) return copysign<f64>(0, x);
  const lift = <i32>clz(mx) - 11;
  const e = ey - lift;
  if (e > 0) mx = ((mx << lift) & 0xfffffffffffff) | (<u64>e << 52);
  else mx <<= ey - 1;
  return copysign<f64>(reinterpret<f64>(mx), x);
}
