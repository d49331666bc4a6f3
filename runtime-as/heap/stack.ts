/**
 * A stack of addresses outside of the heap, for walks that must not recurse: marking, flattening ropes, showing and comparing
 * values. It grows while there is memory; who pushes has to do without when it does not.
 */
import { alloc } from "./reserve";

const FIRST_WORDS: usize = 1024;

let base: usize = 0;
let capacity: usize = 0;
let used: usize = 0;

/** False: no memory; nothing was pushed. */
export function push(value: usize): bool {
  if (used == capacity && !grow()) return false;
  store<u32>(base + (used << 2), <u32>value);
  used++;
  return true;
}
/** Several at once: all of them or none. */
export function push2(a: usize, b: usize): bool {
  if (!push(a)) return false;
  if (push(b)) return true;
  used--;
  return false;
}
export function push3(a: usize, b: usize, c: usize): bool {
  if (!push2(a, b)) return false;
  if (push(c)) return true;
  used -= 2;
  return false;
}
/** The last value; there is one. */
export function pop(): usize {
  used--;
  return <usize>load<u32>(base + (used << 2));
}
/** The value `below` the last one, which is at 0. */
// @ts-ignore: decorator
@inline
export function peek(below: usize): usize {
  return <usize>load<u32>(base + ((used - 1 - below) << 2));
}
// @ts-ignore: decorator
@inline
export function poke(below: usize, value: usize): void {
  store<u32>(base + ((used - 1 - below) << 2), <u32>value);
}
export function height(): usize {
  return used;
}
/** Drops everything above a height. */
export function cut(to: usize): void {
  used = to;
}

/** The old place is not used again; doubling keeps that below what is in use. */
function grow(): bool {
  const more = capacity == 0 ? FIRST_WORDS : 2 * capacity;
  const to = alloc(more << 2);
  if (to == 0) return false;
  memory.copy(to, base, used << 2);
  base = to;
  capacity = more;
  return true;
}
