/**
 * A set of pairs of addresses, for walks over values that share parts or contain themselves: what was seen is not walked again, so
 * that they are linear in what there is. Filled only after MANY steps, which most walks never take. Open addressing, at most half
 * full; the table lies outside of the heap and is used again.
 */
import { alloc } from "./reserve";

/** Steps before a walk begins to remember. */
export const MANY: u32 = 256;

const FIRST: u32 = 1024;

let table: usize = 0;
let capacity: u32 = 0;
let used: u32 = 0;
let steps: u32 = 0;

/** Begins a walk. */
export function forget(): void {
  if (used != 0) memory.fill(table, 0, <usize>capacity << 3);
  used = 0;
  steps = 0;
}
/** What `met` answers. */
export const NEW: i32 = 0;
export const KNOWN: i32 = 1;
export const FULL: i32 = 2;

/** Notes a pair: NEW, KNOWN if it was noted before, FULL if there is no memory for it. Not both are 0. */
export function met(a: usize, b: usize): i32 {
  if (steps < MANY) {
    steps++;
    return NEW;
  }
  if (used >= capacity >> 1 && !grow()) return FULL;
  const key = (<u64>a << 32) | <u64>b;
  const at = placeOf(key);
  if (load<u64>(at) == key) return KNOWN;
  store<u64>(at, key);
  used++;
  return NEW;
}
function placeOf(key: u64): usize {
  const mask = capacity - 1;
  let i = <u32>((key * 0x9e3779b97f4a7c15) >>> 32) & mask;
  while (true) {
    const at = table + (<usize>i << 3);
    const there = load<u64>(at);
    if (there == 0 || there == key) return at;
    i = (i + 1) & mask;
  }
}
function grow(): bool {
  const more = capacity == 0 ? FIRST : 2 * capacity;
  if (more > 1 << 27) return false;
  const to = alloc(<usize>more << 3);
  if (to == 0) return false;
  const from = table;
  const count = capacity;
  table = to;
  capacity = more;
  for (let i: u32 = 0; i < count; i++) {
    const key = load<u64>(from + (<usize>i << 3));
    if (key != 0) store<u64>(placeOf(key), key);
  }
  return true;
}
