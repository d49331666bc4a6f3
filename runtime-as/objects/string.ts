/**
 * Strings: immutable UTF-8 in four forms (compiler/layout/objects.ts).
 *
 *   LITERAL, STRING   bytes behind the header
 *   VIEW              the beginning of a shared buffer: appending to the string that ends where the buffer's used part ends
 *                     writes behind it, so that `s += t` costs what t has
 *   ROPE              left and right part; made for long joins that cannot append; becomes a VIEW when somebody needs
 *                     its bytes (rope.ts)
 *
 * Functions that allocate put their arguments into VM.root0 and root1 first, and answer 0 when there is no memory.
 */
import {
  BUFFER_SIZE, BUFFER_capacity, BUFFER_flags, BUFFER_kind, BUFFER_logged, BUFFER_used, KIND_BUFFER, KIND_LITERAL, KIND_ROPE, KIND_STRING, KIND_VIEW, ROPE_SIZE, ROPE_right,
  STRING_SIZE, STRING_flags, STRING_hash, STRING_kind, STRING_length, STRING_link, STRING_logged, VM_root0, VM_root1, VM_root2,
} from "../gen/layout";
import { allocate } from "../heap/objects";
import { alloc } from "../heap/reserve";
import { bytesOf, kindOf, lengthOf } from "./bytes";
import { copyInto, flatten } from "./rope";

/** Lengths are i32 in the language. */
export const MAX_LENGTH: u32 = 0x7fffffff;
/** Joins below this are copied. */
const MIN_ROPE: u32 = 256;
/** A string that ends no buffer is copied into one for appending up to this; longer ones become part of a rope. */
const MAX_COPIED: u32 = 32768;
/** Parts of a rope below this are joined with what comes next to them. */
const LEAF: u32 = 1024;

/** Writes the header of a string object. */
function header(s: usize, kind: u32, length: u32): void {
  store<u8>(s, 0, STRING_logged);
  store<u8>(s, kind, STRING_kind);
  store<u16>(s, 0, STRING_flags);
  store<u32>(s, length, STRING_length);
  store<u32>(s, 0, STRING_hash);
  store<u32>(s, 0, STRING_link);
}
/** A new string without its bytes, which the caller writes at once; 0: no memory. */
export function newString(length: u32): usize {
  const s = allocate(STRING_SIZE + <usize>length);
  if (s != 0) header(s, KIND_STRING, length);
  return s;
}
/** A buffer, empty; 0: no memory. */
export function newBuffer(capacity: u32): usize {
  const b = allocate(BUFFER_SIZE + <usize>capacity);
  if (b == 0) return 0;
  store<u8>(b, 0, BUFFER_logged);
  store<u8>(b, KIND_BUFFER, BUFFER_kind);
  store<u16>(b, 0, BUFFER_flags);
  store<u32>(b, capacity, BUFFER_capacity);
  store<u32>(b, 0, BUFFER_used);
  return b;
}
/** The first `length` bytes of a buffer, which is kept alive by VM.root0 meanwhile. */
function newView(buffer: usize, length: u32): usize {
  const s = allocate(STRING_SIZE);
  if (s == 0) return 0;
  header(s, KIND_VIEW, length);
  store<u32>(s, <u32>buffer, STRING_link);
  return s;
}
/** Both parts are kept alive by roots meanwhile; a part that is 0 could not be made. */
function newRope(left: usize, right: usize): usize {
  if (left == 0 || right == 0) return 0;
  const s = allocate(ROPE_SIZE);
  if (s == 0) return 0;
  header(s, KIND_ROPE, lengthOf(left) + lengthOf(right));
  store<u32>(s, <u32>left, STRING_link);
  store<u32>(s, <u32>right, ROPE_right);
  return s;
}

/** `a + b`; 0: no memory, or too long. */
export function stringConcat(a: usize, b: usize): usize {
  const left = lengthOf(a);
  const right = lengthOf(b);
  if (right == 0) return a;
  if (left == 0) return b;
  const length = left + right;
  if (length > MAX_LENGTH) return 0;
  const kind = kindOf(a);
  if (kind == KIND_VIEW && right <= left + MIN_ROPE) {
    const buffer = <usize>load<u32>(a, STRING_link);
    if (load<u32>(buffer, BUFFER_used) == left && length <= load<u32>(buffer, BUFFER_capacity)) {
      store<u32>(VM_root0, <u32>buffer);
      store<u32>(VM_root1, <u32>b);
      const view = newView(buffer, length);
      if (view == 0 || !copyInto(b, buffer + BUFFER_SIZE + left)) return 0;
      store<u32>(buffer, length, BUFFER_used);
      return view;
    }
  }
  store<u32>(VM_root0, <u32>a);
  store<u32>(VM_root1, <u32>b);
  if (length < MIN_ROPE) {
    const s = newString(length);
    if (s == 0) return 0;
    copyInto(a, s + STRING_SIZE);
    copyInto(b, s + STRING_SIZE + left);
    return s;
  }
  if (kind != KIND_ROPE && right <= left && (left <= MAX_COPIED || endsBuffer(a))) return growing(a, b, length);
  return long(a, b);
}
/** Whether a string is a view of all that its buffer has. */
function endsBuffer(s: usize): bool {
  return kindOf(s) == KIND_VIEW && load<u32>(load<u32>(s, STRING_link), BUFFER_used) == lengthOf(s);
}
/** A join in a new buffer with room for as much again. */
function growing(a: usize, b: usize, length: u32): usize {
  const buffer = newBuffer(min(length, MAX_LENGTH - length) + length);
  // A rope takes less than a long text once more; where not even a short one fits, it would only put off the end.
  if (buffer == 0) return length > MAX_COPIED ? long(a, b) : 0;
  if (!copyInto(a, buffer + BUFFER_SIZE) || !copyInto(b, buffer + BUFFER_SIZE + lengthOf(a))) return 0;
  store<u32>(buffer, length, BUFFER_used);
  store<u32>(VM_root0, <u32>buffer);
  return newView(buffer, length);
}
/**
 * A rope; short parts beside the new one are joined with it, so that pieces do not make a node each. What is joined is no
 * rope, so that `joinedFor` is not entered once more: the roots are for one rope only.
 */
function long(a: usize, b: usize): usize {
  if (kindOf(a) == KIND_ROPE && kindOf(b) != KIND_ROPE) {
    const tail = <usize>load<u32>(a, ROPE_right);
    if (lengthOf(b) < LEAF && (lengthOf(tail) < LEAF || endsBuffer(tail)) && kindOf(tail) != KIND_ROPE) {
      return newRope(<usize>load<u32>(a, STRING_link), joinedFor(a, tail, b));
    }
  }
  if (kindOf(b) == KIND_ROPE && kindOf(a) != KIND_ROPE) {
    const head = <usize>load<u32>(b, STRING_link);
    if (lengthOf(a) < LEAF && lengthOf(head) < LEAF && kindOf(head) != KIND_ROPE) {
      return newRope(joinedFor(b, a, head), <usize>load<u32>(b, ROPE_right));
    }
  }
  return newRope(a, b);
}

/** The join of a rope's part with what stands beside it; the rope and the join are roots afterwards. */
function joinedFor(rope: usize, a: usize, b: usize): usize {
  store<u32>(VM_root2, <u32>rope);
  const joined = stringConcat(a, b);
  store<u32>(VM_root0, <u32>rope);
  store<u32>(VM_root1, <u32>joined);
  store<u32>(VM_root2, 0);
  return joined;
}

/** Makes sure that the bytes of `s` lie together. Answers `s`, 0: no memory. */
// @ts-ignore: decorator
@inline
function flat(s: usize): usize {
  return kindOf(s) == KIND_ROPE ? flatten(s) : s;
}
/** The same for somebody else, before printing. */
export function stringPrintable(s: usize): usize {
  if (kindOf(s) != KIND_ROPE) return s;
  store<u32>(VM_root0, <u32>s);
  store<u32>(VM_root1, 0);
  return flatten(s);
}

/** What stringEquals and stringOrder answer when there is no memory to flatten a rope. */
export const NO_MEMORY: i32 = -2147483648;

/** The same bytes? 1 or 0. */
export function stringEquals(a: usize, b: usize): i32 {
  if (a == b) return 1;
  const length = lengthOf(a);
  if (length != lengthOf(b)) return 0;
  const x = load<u32>(a, STRING_hash);
  const y = load<u32>(b, STRING_hash);
  if (x != 0 && y != 0 && x != y) return 0;
  if (!bothFlat(a, b)) return NO_MEMORY;
  return <i32>(memory.compare(bytesOf(a), bytesOf(b), length) == 0);
}
/** Bytewise order; a prefix is smaller: -1, 0, 1. */
export function stringOrder(a: usize, b: usize): i32 {
  if (a == b) return 0;
  if (!bothFlat(a, b)) return NO_MEMORY;
  const left = lengthOf(a);
  const right = lengthOf(b);
  const order = memory.compare(bytesOf(a), bytesOf(b), min(left, right));
  if (order != 0) return order < 0 ? -1 : 1;
  return left < right ? -1 : <i32>(left > right);
}
function bothFlat(a: usize, b: usize): bool {
  if (kindOf(a) != KIND_ROPE && kindOf(b) != KIND_ROPE) return true;
  store<u32>(VM_root0, <u32>a);
  store<u32>(VM_root1, <u32>b);
  return flat(a) != 0 && flat(b) != 0;
}

/** Strings of one byte, made at the first use: 256 literals in a row. */
let bytes: usize = 0;
const BYTE_STRIDE: usize = STRING_SIZE + 16;

/** The string of the byte at `index`, which is less than the length; 0: no memory. */
export function stringByte(s: usize, index: u32): usize {
  if (kindOf(s) == KIND_ROPE) {
    store<u32>(VM_root0, <u32>s);
    store<u32>(VM_root1, 0);
    if (flatten(s) == 0) return 0;
  }
  return byteString(load<u8>(bytesOf(s) + index));
}
/** The string of one byte; 0: no memory. */
export function byteString(byte: u32): usize {
  if (bytes == 0) {
    bytes = alloc(256 * BYTE_STRIDE);
    if (bytes == 0) return 0;
    for (let i: u32 = 0; i < 256; i++) {
      const one = bytes + <usize>i * BYTE_STRIDE;
      header(one, KIND_LITERAL, 1);
      store<u8>(one + STRING_SIZE, i);
    }
  }
  return bytes + <usize>byte * BYTE_STRIDE;
}

/**
 * The hash of the bytes, never 0; kept in the string. Multiply and fold of four bytes at a time (after wyhash). 0: no memory.
 */
export function stringHash(s: usize): u32 {
  const known = load<u32>(s, STRING_hash);
  if (known != 0) return known;
  if (kindOf(s) == KIND_ROPE) {
    store<u32>(VM_root0, <u32>s);
    store<u32>(VM_root1, 0);
    if (flatten(s) == 0) return 0;
  }
  const length = lengthOf(s);
  let at = bytesOf(s);
  let h: u64 = 0x9e3779b97f4a7c15 ^ <u64>length;
  let left = length;
  for (; left >= 4; left -= 4, at += 4) h = fold(h ^ <u64>load<u32>(at));
  let last: u32 = 0;
  for (let i: u32 = 0; i < left; i++) last |= <u32>load<u8>(at + i) << (8 * i);
  h = fold(h ^ <u64>last ^ (<u64>left << 40));
  const hash = <u32>(h ^ (h >> 32)) || 1;
  store<u32>(s, hash, STRING_hash);
  return hash;
}
// @ts-ignore: decorator
@inline
function fold(h: u64): u64 {
  h *= 0xd6e8feb86659fd93;
  return h ^ (h >> 32);
}
