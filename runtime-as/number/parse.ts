/**
 * Numbers from text. Floats are exact: the nearest double of whatever digits there are, ties to even. Short ones take one
 * multiplication or division of numbers that are doubles themselves (Clinger 1990); the others are a quotient of two big integers,
 * of which the first 63 bits and whether there is more decide.
 */
import { BIG_SIZE, bigAdd, bigCompare, bigIsZero, bigMul, bigMulPow10, bigSet, bigShl, bigSub } from "./big";

const NUMERATOR = memory.data(BIG_SIZE, 8);
const DENOMINATOR = memory.data(BIG_SIZE, 8);
const PART = memory.data(BIG_SIZE, 8);

/** Digits that can decide between two doubles: 767. Of what comes after these, it matters only whether it is all zeros. */
const DIGITS: i32 = 800;
/** Doubles lie between 10^-324 and 10^309. */
const LEAST: i32 = -330;
const GREATEST: i32 = 310;

/** What the last parse found: the value. */
export let parsed: f64 = 0;
export let parsedInt: i64 = 0;

export const NO_NUMBER: i32 = 0;
export const NUMBER: i32 = 1;
export const TOO_LARGE: i32 = 2;

// @ts-ignore: decorator
@inline
function isDigit(c: u32): bool {
  return c - 48 < 10;
}
/** Blank, tab, line ends. */
// @ts-ignore: decorator
@inline
function isBlank(c: u32): bool {
  return c == 32 || c - 9 < 5;
}
/** The address of the first byte that is no blank, up to `end`. */
function skipBlanks(at: usize, end: usize): usize {
  while (at < end && isBlank(load<u8>(at))) at++;
  return at;
}
function dropBlanks(at: usize, end: usize): usize {
  while (end > at && isBlank(load<u8>(end - 1))) end--;
  return end;
}

/** Blanks, sign, digits, blanks: an i32 in `parsedInt`. */
export function parseI32(at: usize, length: u32): i32 {
  let end = at + length;
  at = skipBlanks(at, end);
  end = dropBlanks(at, end);
  if (at == end) return NO_NUMBER;
  const sign = <u32>load<u8>(at);
  if (sign == 45 || sign == 43) at++;
  if (at == end) return NO_NUMBER;
  let n: i64 = 0;
  for (; at < end; at++) {
    const c = <u32>load<u8>(at);
    if (!isDigit(c)) return NO_NUMBER;
    // Beyond any i32 it stays there.
    if (n < 0x100000000) n = 10 * n + <i64>(c - 48);
  }
  parsedInt = sign == 45 ? -n : n;
  return parsedInt == <i64>(<i32>parsedInt) ? NUMBER : TOO_LARGE;
}

/** Blanks, sign, digits with a point among or beside them, exponent, blanks: an f64 in `parsed`. */
export function parseF64(at: usize, length: u32): i32 {
  let end = at + length;
  at = skipBlanks(at, end);
  end = dropBlanks(at, end);
  if (at == end) return NO_NUMBER;
  const sign = <u32>load<u8>(at);
  if (sign == 45 || sign == 43) at++;
  const mantissa = at;
  let digits = 0;
  /** Digits before the point; the first digit that is not 0, and the number of digits before it. */
  let point = -1;
  let first: usize = 0;
  let zeros = 0;
  let last: usize = 0;
  for (; at < end; at++) {
    const c = <u32>load<u8>(at);
    if (c == 46 && point < 0) {
      point = digits;
      continue;
    }
    if (!isDigit(c)) break;
    if (c != 48) {
      if (first == 0) {
        first = at;
        zeros = digits;
      }
      last = at;
    }
    digits++;
  }
  if (digits == 0) return NO_NUMBER;
  if (point < 0) point = digits;
  let exponent = 0;
  if (at < end) {
    if ((<u32>load<u8>(at) | 32) != 101) return NO_NUMBER;
    at++;
    const minus = at < end && load<u8>(at) == 45;
    if (minus || (at < end && load<u8>(at) == 43)) at++;
    if (at == end) return NO_NUMBER;
    let e: i64 = 0;
    for (; at < end; at++) {
      const c = <u32>load<u8>(at);
      if (!isDigit(c)) return NO_NUMBER;
      if (e < 0x10000000000) e = 10 * e + <i64>(c - 48);
    }
    // Lengths are i32, so that this is beyond any double still when the point is moved.
    exponent = <i32>max<i64>(min<i64>(minus ? -e : e, 0x7fffffff), -0x7fffffff);
  }
  let x: f64 = 0;
  if (first != 0) {
    // 0.d1d2… × 10^magnitude
    const magnitude = <i64>exponent + <i64>(point - zeros);
    if (magnitude > GREATEST) x = Infinity;
    else if (magnitude > LEAST) x = magnitudeOf(first, last + 1, <i32>magnitude);
  }
  parsed = sign == 45 ? -x : x;
  return x == Infinity ? TOO_LARGE : NUMBER;
}

/** The nearest double of 0.d1d2… × 10^magnitude; digits, and maybe a point, lie at from..end. */
function magnitudeOf(from: usize, end: usize, magnitude: i32): f64 {
  let small: u64 = 0;
  let count = 0;
  for (let at = from; at < end && count <= 19; at++) {
    const c = <u32>load<u8>(at);
    if (c == 46) continue;
    if (count < 19) small = 10 * small + <u64>(c - 48);
    count++;
  }
  const scale = magnitude - count;
  if (count <= 19 && small < 9007199254740992 && scale >= -22 && scale <= 22) {
    return scale < 0 ? <f64>small / power10(-scale) : <f64>small * power10(scale);
  }
  return exact(from, end, magnitude);
}
/** 10^n, n at most 22: a double without rounding, and so is every step. */
function power10(n: i32): f64 {
  let p: f64 = 1;
  for (; n > 0; n--) p *= 10;
  return p;
}

function exact(from: usize, end: usize, magnitude: i32): f64 {
  bigSet(NUMERATOR, 0);
  let count = 0;
  let part: u32 = 0;
  let size = 0;
  let at = from;
  for (; at < end && count < DIGITS; at++) {
    const c = <u32>load<u8>(at);
    if (c == 46) continue;
    part = 10 * part + (c - 48);
    count++;
    if (++size == 9) {
      append(part, 9);
      part = 0;
      size = 0;
    }
  }
  append(part, size);
  // The last digit is not 0: if some were left out, they say "a little more".
  if (at < end) {
    append(1, 1);
    count++;
  }
  bigSet(DENOMINATOR, 1);
  if (magnitude >= count) bigMulPow10(NUMERATOR, magnitude - count);
  else bigMulPow10(DENOMINATOR, count - magnitude);
  return quotient();
}
function append(digits: u32, count: i32): void {
  bigMulPow10(NUMERATOR, count);
  bigSet(PART, digits);
  bigAdd(NUMERATOR, PART);
}

function bitLength(n: usize): i32 {
  const size = load<u32>(n);
  return <i32>(size << 5) - <i32>clz<u32>(load<u32>(n + (<usize>size << 2)));
}
/** NUMERATOR / DENOMINATOR, rounded to the nearest double. */
function quotient(): f64 {
  // Shifted so that the quotient has 62 or 63 bits.
  const shift = 62 - (bitLength(NUMERATOR) - bitLength(DENOMINATOR));
  // The divisor stands 62 bits higher while the quotient's bits are found from the highest on.
  if (shift >= 62) bigShl(NUMERATOR, <u32>(shift - 62));
  else bigShl(DENOMINATOR, <u32>(62 - shift));
  let q: u64 = 0;
  for (let i = 0; i < 63; i++) {
    q <<= 1;
    if (bigCompare(NUMERATOR, DENOMINATOR) >= 0) {
      bigSub(NUMERATOR, DENOMINATOR);
      q |= 1;
    }
    bigMul(NUMERATOR, 2);
  }
  if (!bigIsZero(NUMERATOR)) q |= 1;
  // The value is q × 2^-shift; a double has 53 bits, and fewer where its last bit would be below 2^-1074.
  const bits = 64 - <i32>clz(q);
  const keep = min(53, bits - shift + 1074);
  if (keep < 0) return 0;
  const drop = bits - keep;
  let m = q >>> (drop - 1);
  const sticky = (q & ((<u64>1 << (drop - 1)) - 1)) != 0;
  const half = (m & 1) != 0;
  m >>>= 1;
  if (half && (sticky || (m & 1) != 0)) m++;
  const e = drop - shift;
  // Multiplying is exact: m has 53 bits, and the last one is where the double's is. In two steps, since 2^e may be no double.
  if (e > 971) return Infinity;
  if (e < -1022) return <f64>m * reinterpret<f64>(<u64>(e + 54 + 1023) << 52) * 5.551115123125783e-17;
  return <f64>m * reinterpret<f64>(<u64>(e + 1023) << 52);
}
