/**
 * Input: lines of the standard input, through a buffer of ours. `read` is the only way in. A line ends with \n; a \r before it
 * belongs to its end; the last line needs none.
 */
import { E0014 } from "../gen/errors";
import { STRING_SIZE } from "../gen/layout";
import { keep } from "../heap/roots";
import { alloc } from "../heap/reserve";
import { failPlain, outOfMemory } from "../objects/fail";
import { newString } from "../objects/string";
import { flush } from "./output";

/** Bytes that came, 0 at the end of the input, or a negative errno. */
// @ts-ignore: decorator
@external("env", "read")
declare function read(fd: i32, ptr: usize, length: usize): i32;
/** Seconds of a clock that never goes back, not below 0. */
// @ts-ignore: decorator
@external("env", "now")
declare function now(): f64;

const FIRST_CAPACITY: usize = 8192;

let buffer: usize = 0;
let capacity: usize = 0;
/** What was read and not taken yet: from `first` to before `end`. */
let first: usize = 0;
let end: usize = 0;

/** INPUT. What was printed so far is shown before. Nothing is taken if there is no memory for the line. */
export function inputLine(): usize {
  flush();
  let looked: usize = 0;
  while (true) {
    let at = first + looked;
    while (at < end && load<u8>(buffer + at) != 10) at++;
    if (at < end) {
      const stop = at > first && load<u8>(buffer + at - 1) == 13 ? at - 1 : at;
      return line(stop - first, at + 1);
    }
    looked = end - first;
    if (!room()) return outOfMemory();
    const got = read(0, buffer + end, capacity - end);
    if (got > 0) {
      end += <usize>got;
      continue;
    }
    if (looked != 0) return line(looked, end);
    failPlain(E0014);
    return 0;
  }
}
/** The string of the next `length` bytes; what follows begins at `next`. */
function line(length: usize, next: usize): usize {
  keep(0, 0);
  const s = newString(<u32>length);
  if (s == 0) return outOfMemory();
  memory.copy(s + STRING_SIZE, buffer + first, length);
  first = next;
  return s;
}
/** Makes sure that there is room behind `end`: what was taken goes, or the buffer is doubled. False: no memory. */
function room(): bool {
  if (first != 0) {
    memory.copy(buffer, buffer + first, end - first);
    end -= first;
    first = 0;
  }
  if (end < capacity) return true;
  const more = capacity == 0 ? FIRST_CAPACITY : 2 * capacity;
  if (more > 0x40000000) return false;
  const to = alloc(more);
  if (to == 0) return false;
  memory.copy(to, buffer, end);
  buffer = to;
  capacity = more;
  return true;
}

/** TIMESTAMP */
export function timestamp(): f64 {
  return now();
}
