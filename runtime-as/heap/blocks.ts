/**
 * The heap's memory in blocks of 32 KB at multiples of 32 KB, so that an object's block is found by masking its address.
 *
 *   0        4      8        12      16 … 31   32            288
 *   ┌────────┬──────┬────────┬───────┬─────────┬─────────────┬──────────┬──────────┬────
 *   │ object │ next │ blocks │ bytes │ unused  │ mark bits   │ object   │ object   │ …
 *   └────────┴──────┴────────┴───────┴─────────┴─────────────┴──────────┴──────────┴────
 *
 * A block has objects of one size, or it begins the run of blocks of one large object. One mark bit for each 16 bytes; an
 * object's bit is that of its first ones. Free runs are a list in order of their addresses; neighbours are joined.
 */
import { VM_heapBytes, VM_heapLimit, VM_heapPeak } from "../gen/layout";
import { reserve } from "./reserve";

export const BLOCK: usize = 32768;
/** Offsets in a block's header. */
export const BLOCK_size: usize = 0;
export const BLOCK_next: usize = 4;
/** Large objects: blocks in the run, bytes in use. */
export const BLOCK_blocks: usize = 8;
export const BLOCK_bytes: usize = 12;
const MARKS: usize = 32;
const MARK_BYTES: usize = 256;
export const FIRST: usize = MARKS + MARK_BYTES;
/** BLOCK_size of a large object's run. */
export const LARGE: u32 = 0;

/** Blocks that are taken from memory at a time, at least. */
const STEP: usize = 16;

/** Free runs: next run, number of blocks. */
let free: usize = 0;
/** Bytes of all blocks there are: the heap's limit is one for these, since memory is never given back to the host. */
let taken: usize = 0;

/** A run of `count` blocks with a cleared header; 0: out of memory, or beyond the heap's limit. */
export function takeBlocks(count: usize): usize {
  const at = fromFree(count) || grown(count);
  if (at == 0) return 0;
  const bytes = count * BLOCK;
  const used = <usize>load<u32>(VM_heapBytes);
  store<u32>(VM_heapBytes, <u32>(used + bytes));
  if (<u32>(used + bytes) > load<u32>(VM_heapPeak)) store<u32>(VM_heapPeak, <u32>(used + bytes));
  memory.fill(at, 0, FIRST);
  store<u32>(at, <u32>count, BLOCK_blocks);
  return at;
}

function fromFree(count: usize): usize {
  let before: usize = 0;
  for (let run = free; run != 0; run = <usize>load<u32>(run)) {
    const size = <usize>load<u32>(run, 4);
    if (size >= count) {
      // The rest stays where it is in the list: the end of the run is given out.
      if (size > count) {
        store<u32>(run, <u32>(size - count), 4);
        return run + (size - count) * BLOCK;
      }
      const next = load<u32>(run);
      if (before == 0) free = <usize>next;
      else store<u32>(before, next);
      return run;
    }
    before = run;
  }
  return 0;
}
function grown(count: usize): usize {
  const limit = <usize>load<u32>(VM_heapLimit);
  const left = (limit == 0 ? usize.MAX_VALUE : limit - taken) / BLOCK;
  if (count > left) return 0;
  let more = min(left, max(count, max(STEP, <usize>load<u32>(VM_heapBytes) / BLOCK / 8)));
  let at = reserve(more * BLOCK, BLOCK);
  if (at == 0) {
    if (more == count) return 0;
    more = count;
    at = reserve(more * BLOCK, BLOCK);
    if (at == 0) return 0;
  }
  taken += more * BLOCK;
  if (more > count) release(at + count * BLOCK, more - count);
  return at;
}

/** Gives a run back. */
export function giveBlocks(at: usize, count: usize): void {
  store<u32>(VM_heapBytes, load<u32>(VM_heapBytes) - <u32>(count * BLOCK));
  release(at, count);
}
function release(at: usize, count: usize): void {
  let before: usize = 0;
  let next = free;
  while (next != 0 && next < at) {
    before = next;
    next = <usize>load<u32>(next);
  }
  if (next != 0 && at + count * BLOCK == next) {
    count += <usize>load<u32>(next, 4);
    next = <usize>load<u32>(next);
  }
  if (before != 0 && before + <usize>load<u32>(before, 4) * BLOCK == at) {
    store<u32>(before, load<u32>(before, 4) + <u32>count, 4);
    store<u32>(before, <u32>next);
    return;
  }
  store<u32>(at, <u32>next);
  store<u32>(at, <u32>count, 4);
  if (before == 0) free = at;
  else store<u32>(before, <u32>at);
}

// @ts-ignore: decorator
@inline
export function blockOf(object: usize): usize {
  return object & ~(BLOCK - 1);
}
/** Address of the byte with an object's mark bit; the bit is `markBit`. */
// @ts-ignore: decorator
@inline
function markByte(object: usize): usize {
  return blockOf(object) + MARKS + ((object & (BLOCK - 1)) >> 7);
}
// @ts-ignore: decorator
@inline
function markBit(object: usize): u32 {
  return 1 << (<u32>(object >> 4) & 7);
}
// @ts-ignore: decorator
@inline
export function isMarked(object: usize): bool {
  return (load<u8>(markByte(object)) & markBit(object)) != 0;
}
// @ts-ignore: decorator
@inline
export function setMark(object: usize): void {
  const at = markByte(object);
  store<u8>(at, load<u8>(at) | markBit(object));
}
export function clearMarks(block: usize): void {
  memory.fill(block + MARKS, 0, MARK_BYTES);
}
/** Marked objects of a block. */
export function countMarks(block: usize): u32 {
  let n: u64 = 0;
  for (let at = block + MARKS; at < block + FIRST; at += 8) n += popcnt(load<u64>(at));
  return <u32>n;
}
