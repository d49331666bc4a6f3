/**
 * Output: PRINT ops write into one buffer, which goes to the host when it is full, at line ends if the VM block asks for
 * that, and whenever the driver flushes. `write` is the only way out; a host errno stays in VM.outErrno and makes every
 * print answer ERROR from then on.
 */
import { STATUS_ERROR, STATUS_OK, STRING_length, VM_outBuffer, VM_outCapacity, VM_outErrno, VM_outLineFlush, VM_outUsed } from "../gen/layout";
import { alloc } from "../heap/reserve";

import { bytesOf } from "../objects/bytes";
import { F64_TEXT, fixedSize, formatF64, formatFixed, formatI64, formatRadix, formatU64 } from "../number/format";

// @ts-ignore: decorator
@external("env", "write")
declare function write(fd: i32, ptr: usize, length: usize): i32;

const CAPACITY: u32 = 32768;
/** Room for any integer in any base. */
const INTEGER_TEXT: u32 = 72;

/** Makes the buffer. False: out of memory. */
export function outputInit(lineFlush: i32): bool {
  const buffer = alloc(CAPACITY);
  store<u32>(VM_outBuffer, <u32>buffer);
  store<u32>(VM_outCapacity, CAPACITY);
  store<u32>(VM_outUsed, 0);
  store<i32>(VM_outErrno, 0);
  store<i32>(VM_outLineFlush, lineFlush);
  return buffer != 0;
}

/** Gives everything to the host. Answers an errno; what could not be written is dropped. */
export function flush(): i32 {
  const used = load<u32>(VM_outUsed);
  if (used == 0) return load<i32>(VM_outErrno);
  store<u32>(VM_outUsed, 0);
  if (load<i32>(VM_outErrno) == 0) store<i32>(VM_outErrno, write(1, load<u32>(VM_outBuffer), used));
  return load<i32>(VM_outErrno);
}

/** Room for `bytes` in the buffer: the address to write to. `bytes` is at most the capacity. */
function room(bytes: u32): usize {
  if (load<u32>(VM_outUsed) + bytes > load<u32>(VM_outCapacity)) flush();
  return <usize>load<u32>(VM_outBuffer) + load<u32>(VM_outUsed);
}
// @ts-ignore: decorator
@inline function done(end: usize): i32 {
  store<u32>(VM_outUsed, <u32>(end - load<u32>(VM_outBuffer)));
  return load<i32>(VM_outErrno) == 0 ? STATUS_OK : STATUS_ERROR;
}

/** Of any string but a rope. */
export function printText(string: usize): i32 {
  return printBytes(bytesOf(string), load<u32>(string, STRING_length));
}
export function printBytes(from: usize, left: u32): i32 {
  while (left > CAPACITY) {
    memory.copy(room(CAPACITY), from, CAPACITY);
    store<u32>(VM_outUsed, load<u32>(VM_outUsed) + CAPACITY);
    from += CAPACITY;
    left -= CAPACITY;
  }
  const at = room(left);
  memory.copy(at, from, left);
  return done(at + left);
}
export function printI32(value: i32): i32 {
  return done(formatI64(room(INTEGER_TEXT), value));
}
export function printU32(value: u32): i32 {
  return done(formatU64(room(INTEGER_TEXT), value));
}
export function printI64(value: i64): i32 {
  return done(formatI64(room(INTEGER_TEXT), value));
}
export function printU64(value: u64): i32 {
  return done(formatU64(room(INTEGER_TEXT), value));
}
export function printF64(value: f64): i32 {
  return done(formatF64(room(F64_TEXT), value));
}
export function printBool(value: i32): i32 {
  const at = room(8);
  if (value) {
    store<u32>(at, 0x65757274);
    return done(at + 4);
  }
  store<u64>(at, 0x65736c6166);
  return done(at + 5);
}
/** `kind`: the base, plus 256 for capitals. */
export function printRadix(value: u64, kind: i32): i32 {
  return done(formatRadix(room(INTEGER_TEXT), value, <u32>kind & 255, (kind & 256) != 0));
}
export function printFixed(value: f64, decimals: i32): i32 {
  // Zeros beyond what the buffer holds are written piece by piece.
  const here = min(decimals, 16384);
  let at = formatFixed(room(fixedSize(here)), value, here);
  if (value - value == 0) {
    for (let left = decimals - here; left > 0; left -= 16384) {
      done(at);
      at = room(16384);
      const n = min(left, 16384);
      memory.fill(at, 48, n);
      at += n;
    }
  }
  return done(at);
}
export function printEnd(): i32 {
  const at = room(1);
  store<u8>(at, 10);
  const status = done(at + 1);
  if (load<u32>(VM_outLineFlush) == 0) return status;
  return flush() == 0 ? STATUS_OK : STATUS_ERROR;
}
