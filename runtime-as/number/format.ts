/**
 * Numbers as text, exact in every case. All functions write forward from `at` and answer the address after the text.
 *
 * Floats: the shortest digits that read back as the same double, by the free-format algorithm of Steele and White with
 * the estimate of Burger and Dybvig (PLDI 1996) over big integers: no tables, and about a microsecond for everyday
 * values, whose big integers are three limbs long. Fixed decimals come from the exact binary value.
 */
import {
  BIG_SIZE, bigAdd, bigCompare, bigCompareSum, bigCopy, bigDivSmall, bigIsZero, bigMul, bigMulPow10, bigSet, bigShl, bigShrRound, bigSub,
} from "./big";

/** The longest text of formatF64. */
export const F64_TEXT: i32 = 32;

const DIGITS = memory.data(4096, 8);
const R = memory.data(BIG_SIZE, 8);
const S = memory.data(BIG_SIZE, 8);
const LOW = memory.data(BIG_SIZE, 8);
const HIGH = memory.data(BIG_SIZE, 8);
const SUM = memory.data(BIG_SIZE, 8);

export function formatU64(at: usize, value: u64): usize {
  let size: usize = 1;
  for (let rest = value; rest >= 10; rest /= 10) size++;
  let end = at + size;
  // The 32-bit division of the low digits is the fast one.
  while (value > 0xffffffff) {
    store<u8>(--end, <u8>(48 + <u32>(value % 10)));
    value /= 10;
  }
  let low = <u32>value;
  while (end > at) {
    store<u8>(--end, <u8>(48 + (low % 10)));
    low /= 10;
  }
  return at + size;
}

export function formatI64(at: usize, value: i64): usize {
  if (value >= 0) return formatU64(at, <u64>value);
  store<u8>(at, 45);
  return formatU64(at + 1, <u64>-value);
}

/** The 64 bits of a value in base 2, 8 or 16. */
export function formatRadix(at: usize, value: u64, radix: u32, upper: bool): usize {
  const shift: u64 = radix == 16 ? 4 : radix == 8 ? 3 : 1;
  const letters: u32 = upper ? 55 : 87;
  let size: usize = 1;
  for (let rest = value >>> shift; rest != 0; rest >>>= shift) size++;
  for (let p = at + size; p > at; ) {
    const digit = <u32>(value & ((<u64>1 << shift) - 1));
    store<u8>(--p, <u8>(digit < 10 ? 48 + digit : letters + digit));
    value >>>= shift;
  }
  return at + size;
}

/** `nan`, `inf`, `-inf`; 0: it is none of them. */
function formatSpecial(at: usize, value: f64): usize {
  if (value != value) {
    store<u16>(at, 0x616e);
    store<u8>(at + 2, 0x6e);
    return at + 3;
  }
  if (abs(value) != Infinity) return 0;
  if (value < 0) store<u8>(at++, 45);
  store<u16>(at, 0x6e69);
  store<u8>(at + 2, 0x66);
  return at + 3;
}

// @ts-ignore: decorator
@inline function mantissaOf(bits: u64): u64 {
  const m = bits & 0xfffffffffffff;
  return (bits >>> 52) & 0x7ff ? m | 0x10000000000000 : m;
}
// @ts-ignore: decorator
@inline function exponentOf(bits: u64): i32 {
  return max<i32>(<i32>((bits >>> 52) & 0x7ff), 1) - 1075;
}

/**
 * Shortest digits of a positive finite value into DIGITS; answers their number in the low half and, in the high half, the
 * decimal exponent k: the value is 0.d1d2… × 10^k.
 */
function shortest(value: f64): u64 {
  const bits = reinterpret<u64>(value);
  const m = mantissaOf(bits);
  const e = exponentOf(bits);
  // An integer below 2^53 is its own digits: the common case, without big numbers.
  if (value < 9007199254740992.0 && floor(value) == value) {
    const end = formatU64(DIGITS, <u64>value);
    let size = <u32>(end - DIGITS);
    const k = size;
    while (size > 1 && load<u8>(DIGITS + size - 1) == 48) size--;
    return (<u64>k << 32) | size;
  }
  const even = (m & 1) == 0;
  const narrow = m == 0x10000000000000 && e > -1074;
  // value = R / S; the gaps to the neighbours are LOW / S and HIGH / S (both halved).
  bigSet(R, m);
  bigSet(S, 1);
  bigSet(LOW, 1);
  bigSet(HIGH, 1);
  const scale: u32 = narrow ? 2 : 1;
  if (e >= 0) {
    bigShl(R, <u32>e + scale);
    bigShl(S, scale);
    bigShl(LOW, <u32>e);
    bigShl(HIGH, <u32>e + scale - 1);
  } else {
    bigShl(R, scale);
    bigShl(S, <u32>-e + scale);
    if (narrow) bigShl(HIGH, 1);
  }
  const log2 = 63 - <i32>clz(m) + e;
  let k = <i32>ceil(<f64>log2 * 0.30102999566398120 - 1e-10);
  if (k > 0) bigMulPow10(S, k);
  else {
    bigMulPow10(R, -k);
    bigMulPow10(LOW, -k);
    bigMulPow10(HIGH, -k);
  }
  // The estimate is at most one too small.
  const c = bigCompareSum(R, HIGH, S, SUM);
  if (even ? c >= 0 : c > 0) k++;
  else {
    bigMul(R, 10);
    bigMul(LOW, 10);
    bigMul(HIGH, 10);
  }
  let size: u32 = 0;
  while (true) {
    let digit: u32 = 0;
    while (bigCompare(R, S) >= 0) {
      bigSub(R, S);
      digit++;
    }
    const l = bigCompare(R, LOW);
    const h = bigCompareSum(R, HIGH, S, SUM);
    const low = even ? l <= 0 : l < 0;
    const high = even ? h >= 0 : h > 0;
    if (!low && !high) {
      store<u8>(DIGITS + size++, <u8>(48 + digit));
      bigMul(R, 10);
      bigMul(LOW, 10);
      bigMul(HIGH, 10);
      continue;
    }
    if (low && high) {
      bigCopy(SUM, R);
      bigAdd(SUM, R);
      const half = bigCompare(SUM, S);
      if (half > 0 || (half == 0 && (digit & 1) != 0)) digit++;
    } else if (high) digit++;
    store<u8>(DIGITS + size++, <u8>(48 + digit));
    return (<u64>(<u32>k) << 32) | size;
  }
}

function fill(at: usize, digit: u8, count: i32): usize {
  if (count <= 0) return at;
  memory.fill(at, digit, count);
  return at + count;
}
function copyDigits(at: usize, from: i32, count: i32): usize {
  memory.copy(at, DIGITS + from, count);
  return at + count;
}

/** The text of a float as `print` shows it (core 16.2). At most F64_TEXT bytes. */
export function formatF64(at: usize, value: f64): usize {
  const special = formatSpecial(at, value);
  if (special != 0) return special;
  if (value == 0) {
    store<u8>(at, 48);
    return at + 1;
  }
  if (value < 0) {
    store<u8>(at++, 45);
    value = -value;
  }
  const found = shortest(value);
  const size = <i32>(<u32>found);
  const k = <i32>(<u32>(found >>> 32));
  if (value >= 1e-4 && value < 1e21) {
    if (k <= 0) {
      store<u16>(at, 0x2e30);
      return copyDigits(fill(at + 2, 48, -k), 0, size);
    }
    if (k >= size) return fill(copyDigits(at, 0, size), 48, k - size);
    at = copyDigits(at, 0, k);
    store<u8>(at, 46);
    return copyDigits(at + 1, k, size - k);
  }
  at = copyDigits(at, 0, 1);
  if (size > 1) {
    store<u8>(at, 46);
    at = copyDigits(at + 1, 1, size - 1);
  }
  store<u8>(at, 101);
  let e = k - 1;
  store<u8>(at + 1, e < 0 ? 45 : 43);
  if (e < 0) e = -e;
  if (e < 10) store<u8>(at + 2, 48);
  return formatU64(at + (e < 10 ? 3 : 2), e);
}

/** No double has a digit other than 0 after so many decimals. */
const LAST_DECIMAL: i32 = 1100;

/**
 * A finite part of formatFixed: the digits of round(value × 10^decimals) into DIGITS, most significant first; answers their
 * number.
 */
function fixedDigits(value: f64, decimals: i32): i32 {
  const bits = reinterpret<u64>(value);
  const e = exponentOf(bits);
  bigSet(R, mantissaOf(bits));
  bigMulPow10(R, decimals);
  if (e > 0) bigShl(R, e);
  else bigShrRound(R, <u32>-e);
  // Nine digits at a time, from the end of the scratch backwards.
  let p = DIGITS + 4096;
  while (!bigIsZero(R)) {
    let part = bigDivSmall(R, 1000000000);
    for (let i = 0; i < 9; i++) {
      store<u8>(--p, <u8>(48 + (part % 10)));
      part /= 10;
    }
  }
  while (p < DIGITS + 4096 && load<u8>(p) == 48) p++;
  const size = <i32>(DIGITS + 4096 - p);
  memory.copy(DIGITS, p, size);
  return size;
}

/** Bytes that formatFixed may need. */
export function fixedSize(decimals: i32): i32 {
  return 320 + decimals;
}

/** Exactly `decimals` decimals from the exact binary value, ties to even. */
export function formatFixed(at: usize, value: f64, decimals: i32): usize {
  const special = formatSpecial(at, value);
  if (special != 0) return special;
  if (reinterpret<i64>(value) < 0) {
    store<u8>(at++, 45);
    value = -value;
  }
  const exact = min(decimals, LAST_DECIMAL);
  const size = fixedDigits(value, exact);
  const whole = size - exact;
  if (whole > 0) at = copyDigits(at, 0, whole);
  else store<u8>(at++, 48);
  if (decimals == 0) return at;
  store<u8>(at++, 46);
  at = fill(at, 48, min(-whole, exact));
  at = copyDigits(at, max(whole, 0), min(size, exact));
  return fill(at, 48, decimals - exact);
}
