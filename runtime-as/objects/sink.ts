/**
 * Where text goes that is made piece by piece: to the output, or into a string whose length is counted first. The same walk runs
 * with COUNT and then with COPY, so that no piece has to be kept in between.
 *
 *   count();  walk;  s = sinkString();  copyTo(s);  walk        or        toOutput();  walk
 *
 * After something went wrong the rest is dropped, and `failure` says what: an error number, or FAILED_IO.
 */
import { E0009 } from "../gen/errors";
import { FAILED_IO, KIND_ROPE, STRING_SIZE, VM_names } from "../gen/layout";
import { printBytes } from "../io/output";
import { keep } from "../heap/roots";
import { formatF64, formatI64, formatU64 } from "../number/format";
import { bytesOf, kindOf, lengthOf } from "./bytes";
import { flatten } from "./rope";
import { MAX_LENGTH, newString } from "./string";

const OUTPUT: i32 = 0;
const COUNT: i32 = 1;
const COPY: i32 = 2;

/** The error of a walk that finds no memory. */
export const OUT_OF_MEMORY: i32 = E0009;

let mode: i32 = OUTPUT;
let counted: u64 = 0;
let to: usize = 0;
export let failure: i32 = 0;

/** Room for a number's text, in the unused page below the VM block. */
const TEXT: usize = 64;

export function toOutput(): void {
  mode = OUTPUT;
  failure = 0;
}
export function count(): void {
  mode = COUNT;
  counted = 0;
  failure = 0;
}
/** A new string as long as what was counted; 0: no memory, or counting failed. */
export function sinkString(): usize {
  if (failure != 0 || counted > <u64>MAX_LENGTH) return 0;
  return newString(<u32>counted);
}
/** Text goes into a string from now on. Nothing is allocated meanwhile: ropes were flattened when they were counted. */
export function copyTo(s: usize): void {
  mode = COPY;
  to = s + STRING_SIZE;
  failure = 0;
}
export function fails(error: i32): void {
  if (failure == 0) failure = error;
}

export function put(from: usize, length: u32): void {
  if (failure != 0) return;
  switch (mode) {
    case COUNT:
      counted += length;
      return;
    case COPY:
      memory.copy(to, from, length);
      to += length;
      return;
    default:
      if (printBytes(from, length) != 0) failure = FAILED_IO;
  }
}
/** Up to four bytes, the first one lowest. */
export function putSmall(bytes: u32, length: u32): void {
  store<u32>(TEXT, bytes);
  put(TEXT, length);
}
/** One of the texts of layout/names.ts. */
export function putName(name: u32): void {
  putString(nameOf(name));
}
export function nameOf(name: u32): usize {
  return <usize>load<u32>(<usize>load<u32>(VM_names) + (<usize>name << 2));
}
/** Any string. A rope is flattened, which allocates. */
export function putString(s: usize): void {
  if (flat(s)) put(bytesOf(s), lengthOf(s));
}
function flat(s: usize): bool {
  if (kindOf(s) != KIND_ROPE) return true;
  keep(s, 0);
  if (flatten(s) != 0) return true;
  fails(OUT_OF_MEMORY);
  return false;
}
/** A string as `assert_eq` shows it: in quotes, with `\" \\ \n \t`. */
export function putQuoted(s: usize): void {
  if (!flat(s)) return;
  putSmall(34, 1);
  let from = bytesOf(s);
  const end = from + lengthOf(s);
  let at = from;
  for (; at < end; at++) {
    const byte = <u32>load<u8>(at);
    const letter: u32 = byte == 10 ? 110 : byte == 9 ? 116 : byte == 34 || byte == 92 ? byte : 0;
    if (letter == 0) continue;
    put(from, <u32>(at - from));
    putSmall(92 | (letter << 8), 2);
    from = at + 1;
  }
  put(from, <u32>(at - from));
  putSmall(34, 1);
}
export function putI64(value: i64): void {
  put(TEXT, <u32>(formatI64(TEXT, value) - TEXT));
}
export function putU64(value: u64): void {
  put(TEXT, <u32>(formatU64(TEXT, value) - TEXT));
}
export function putF64(value: f64): void {
  put(TEXT, <u32>(formatF64(TEXT, value) - TEXT));
}
