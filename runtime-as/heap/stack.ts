/**
 * A stack of addresses outside of the heap, for walks that must not recurse: marking, and flattening ropes. It grows while
 * there is memory; who pushes has to do without when it does not.
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
/** The last value; there is one. */
export function pop(): usize {
  used--;
  return <usize>load<u32>(base + (used << 2));
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
