/**
 * Unsigned big integers for exact float formatting: a length and 32-bit limbs, least significant first, in fixed scratch
 * areas. 2^1024 × 10^1100 is the largest value that occurs (about 150 limbs).
 *
 *   0        4
 *   ┌────────┬──────┬──────┬──────┄
 *   │ length │ limb │ limb │ limb
 *   └────────┴──────┴──────┴──────┄   no leading zero limbs; zero has length 0
 */
/** Bytes of one number. */
export const BIG_SIZE: i32 = 4 + 4 * 320;

// @ts-ignore: decorator
@inline function limb(n: usize, i: u32): usize { return n + 4 + ((<usize>i) << 2); }
// @ts-ignore: decorator
@inline function len(n: usize): u32 { return load<u32>(n); }

export function bigSet(n: usize, value: u64): void {
  store<u32>(limb(n, 0), <u32>value);
  store<u32>(limb(n, 1), <u32>(value >>> 32));
  store<u32>(n, value == 0 ? 0 : value >>> 32 == 0 ? 1 : 2);
}

export function bigCopy(to: usize, from: usize): void {
  memory.copy(to, from, 4 + (<usize>len(from) << 2));
}

export function bigIsZero(n: usize): bool {
  return len(n) == 0;
}

/** n = n * factor. */
export function bigMul(n: usize, factor: u32): void {
  let carry: u64 = 0;
  const size = len(n);
  for (let i: u32 = 0; i < size; i++) {
    carry += <u64>load<u32>(limb(n, i)) * <u64>factor;
    store<u32>(limb(n, i), <u32>carry);
    carry >>>= 32;
  }
  if (carry != 0) {
    store<u32>(limb(n, size), <u32>carry);
    store<u32>(n, size + 1);
  }
}

/** n = n * 10^power. */
export function bigMulPow10(n: usize, power: i32): void {
  for (; power >= 9; power -= 9) bigMul(n, 1000000000);
  for (; power > 0; power--) bigMul(n, 10);
}

/** n = n * 2^bits. */
export function bigShl(n: usize, bits: u32): void {
  const size = len(n);
  if (size == 0 || bits == 0) return;
  const whole = bits >>> 5;
  const part = bits & 31;
  store<u32>(limb(n, size + whole), 0);
  for (let i = <i32>size - 1; i >= 0; i--) {
    const v = <u64>load<u32>(limb(n, i)) << part;
    const at = limb(n, <u32>i + whole);
    store<u32>(at + 4, i == <i32>size - 1 ? <u32>(v >>> 32) : load<u32>(at + 4) | <u32>(v >>> 32));
    store<u32>(at, <u32>v);
  }
  memory.fill(limb(n, 0), 0, <usize>whole << 2);
  const total = size + whole;
  store<u32>(n, load<u32>(limb(n, total)) != 0 ? total + 1 : total);
}

/** -1, 0, 1. */
export function bigCompare(a: usize, b: usize): i32 {
  if (len(a) != len(b)) return len(a) < len(b) ? -1 : 1;
  for (let i = <i32>len(a) - 1; i >= 0; i--) {
    const x = load<u32>(limb(a, i));
    const y = load<u32>(limb(b, i));
    if (x != y) return x < y ? -1 : 1;
  }
  return 0;
}

/** Compares a + b with c; `sum` is scratch. */
export function bigCompareSum(a: usize, b: usize, c: usize, sum: usize): i32 {
  bigCopy(sum, a);
  bigAdd(sum, b);
  return bigCompare(sum, c);
}

/** a = a + b. */
export function bigAdd(a: usize, b: usize): void {
  let size = len(a);
  for (; size < len(b); size++) store<u32>(limb(a, size), 0);
  let carry: u64 = 0;
  for (let i: u32 = 0; i < size; i++) {
    carry += <u64>load<u32>(limb(a, i)) + (i < len(b) ? <u64>load<u32>(limb(b, i)) : 0);
    store<u32>(limb(a, i), <u32>carry);
    carry >>>= 32;
  }
  if (carry != 0) store<u32>(limb(a, size++), <u32>carry);
  store<u32>(a, size);
}

/** a = a - b; a must not be smaller. */
export function bigSub(a: usize, b: usize): void {
  let borrow: i64 = 0;
  for (let i: u32 = 0; i < len(a); i++) {
    borrow += <i64>load<u32>(limb(a, i)) - (i < len(b) ? <i64>load<u32>(limb(b, i)) : 0);
    store<u32>(limb(a, i), <u32>borrow);
    borrow >>= 32;
  }
  let size = len(a);
  while (size > 0 && load<u32>(limb(a, size - 1)) == 0) size--;
  store<u32>(a, size);
}

/** n = n / divisor; answers the remainder. */
export function bigDivSmall(n: usize, divisor: u32): u32 {
  let rest: u64 = 0;
  for (let i = <i32>len(n) - 1; i >= 0; i--) {
    rest = (rest << 32) | <u64>load<u32>(limb(n, i));
    store<u32>(limb(n, i), <u32>(rest / divisor));
    rest %= divisor;
  }
  let size = len(n);
  while (size > 0 && load<u32>(limb(n, size - 1)) == 0) size--;
  store<u32>(n, size);
  return <u32>rest;
}

/** n = n >> bits, rounded to nearest, ties to even. */
export function bigShrRound(n: usize, bits: u32): void {
  if (bits == 0) return;
  const half = bits - 1;
  const halfBit = bitAt(n, half);
  let below = false;
  for (let i: u32 = 0; i < len(n) && i < half >>> 5; i++) if (load<u32>(limb(n, i)) != 0) below = true;
  if (half >>> 5 < len(n) && (load<u32>(limb(n, half >>> 5)) & ((<u32>1 << (half & 31)) - 1)) != 0) below = true;
  const odd = bitAt(n, bits);
  const whole = bits >>> 5;
  const part = bits & 31;
  const size = len(n);
  for (let i: u32 = 0; i + whole < size; i++) {
    const low = <u64>load<u32>(limb(n, i + whole));
    const high: u64 = i + whole + 1 < size ? <u64>load<u32>(limb(n, i + whole + 1)) : 0;
    store<u32>(limb(n, i), <u32>(((high << 32) | low) >>> part));
  }
  let left: u32 = size > whole ? size - whole : 0;
  while (left > 0 && load<u32>(limb(n, left - 1)) == 0) left--;
  store<u32>(n, left);
  if (halfBit && (below || odd)) increment(n);
}
function bitAt(n: usize, bit: u32): bool {
  const i = bit >>> 5;
  return i < len(n) && ((load<u32>(limb(n, i)) >>> (bit & 31)) & 1) != 0;
}
function increment(n: usize): void {
  const size = len(n);
  for (let i: u32 = 0; i < size; i++) {
    const v = load<u32>(limb(n, i)) + 1;
    store<u32>(limb(n, i), v);
    if (v != 0) return;
  }
  store<u32>(limb(n, size), 1);
  store<u32>(n, size + 1);
}
