/**
 * Objects of the heap: size classes with free runs (bump allocation inside a run), large objects in runs of blocks of
 * their own. Never moving. A class hands out the unmarked runs of its blocks one after the other; when none is left
 * it takes a new block. Sweeping is that search for the next run, plus giving back what has no marked object at all.
 *
 * Who allocates has its arguments in VM.root0 and root1, the interpreter's frame in VM.frame, and native references on the shadow
 * stack: every allocation may collect. What is allocated is not cleared.
 */
import {
  CLASSES, CLASS_BASE, CLASS_current, CLASS_cursor, CLASS_first, CLASS_last, CLASS_limit, CLASS_size, CLASS_SIZE, VM_allocated, VM_allocatedBefore, VM_collections, VM_heapBytes, VM_hostile, VM_threshold,
} from "../gen/layout";
import { BLOCK, BLOCK_blocks, BLOCK_bytes, BLOCK_next, BLOCK_size, clearMarks, countMarks, FIRST, giveBlocks, isMarked, LARGE, takeBlocks } from "./blocks";
import { mark } from "./mark";

/** Objects beyond this are large. */
const MAX_SMALL: usize = 8192;
/** Bytes that are handed out before the first collection, and between two, at least. */
const FIRST_THRESHOLD: u32 = 8 << 20;
/** What free memory is filled with in the hostile mode: no address, no header. */
const POISON: u8 = 0xdb;

/** Collections for room, before each of which less than this part of the heap was handed out, that may follow each other. */
const FUTILE_SHARE: u32 = 64;
const MAX_FUTILE: u32 = 32;
let futile: u32 = 0;

/** The runs of large objects. */
let large: usize = 0;

/** The size class of an object of 16 to MAX_SMALL bytes: steps of 16 up to 256, then four a doubling. */
// @ts-ignore: decorator
@inline
function classOf(bytes: usize): u32 {
  if (bytes <= 256) return <u32>((bytes + 15) >> 4) - 1;
  const top = 31 - <u32>clz<u32>(<u32>bytes - 1);
  return 16 + ((top - 8) << 2) + ((<u32>(bytes - 1) >> (top - 2)) & 3);
}
/** Bytes of the objects of a class. */
function sizeOf(c: u32): u32 {
  if (c < 16) return (c + 1) << 4;
  const top = 8 + ((c - 16) >> 2);
  return (1 << top) + ((((c - 16) & 3) + 1) << (top - 2));
}
// @ts-ignore: decorator
@inline
function recordOf(c: u32): usize {
  return CLASS_BASE + <usize>c * CLASS_SIZE;
}

/** Room for an object of `bytes`, at most 2^31; 0: out of memory. */
export function allocate(bytes: usize): usize {
  if (bytes > MAX_SMALL) return allocateLarge(bytes);
  const c = classOf(bytes);
  const rec = recordOf(c);
  const at = <usize>load<u32>(rec, CLASS_cursor);
  const next = at + <usize>load<u32>(rec, CLASS_size);
  // Minus one, so that a class that was never used (all 0) has no room either.
  if (next - 1 >= <usize>load<u32>(rec, CLASS_limit)) return refill(c, rec);
  store<u32>(rec, <u32>next, CLASS_cursor);
  return at;
}

/** The class has no room in its run: finds the next one, collects, or takes a block. Answers the object. */
function refill(c: u32, rec: usize): usize {
  store<u32>(rec, sizeOf(c), CLASS_size);
  if (due()) collect();
  for (let tried = 0; ; tried++) {
    if (nextRun(rec) || newBlock(rec)) break;
    if (tried || !collectForRoom()) return 0;
  }
  const at = <usize>load<u32>(rec, CLASS_cursor);
  const size = load<u32>(rec, CLASS_size);
  // In the hostile mode the next allocation comes here again: the run is cut to one object.
  if (load<u32>(VM_hostile)) store<u32>(rec, <u32>at + size, CLASS_limit);
  account(load<u32>(rec, CLASS_limit) - <u32>at);
  store<u32>(rec, <u32>at + size, CLASS_cursor);
  return at;
}
function due(): bool {
  if (load<u32>(VM_threshold) == 0) store<u32>(VM_threshold, FIRST_THRESHOLD);
  return load<u32>(VM_allocated) >= load<u32>(VM_threshold) || load<u32>(VM_hostile) != 0;
}
function account(bytes: u32): void {
  store<u32>(VM_allocated, load<u32>(VM_allocated) + bytes);
}

/** Bytes handed out since the last collection: what was accounted without the runs' ends that are still free. */
function handedOut(): u32 {
  let bytes = load<u32>(VM_allocated);
  for (let c: u32 = 0; c < CLASSES; c++) bytes -= load<u32>(recordOf(c), CLASS_limit) - load<u32>(recordOf(c), CLASS_cursor);
  return bytes;
}

/** Makes the next run of unmarked objects the class's own. False: its blocks have no further one. */
function nextRun(rec: usize): bool {
  const size = <usize>load<u32>(rec, CLASS_size);
  let block = <usize>load<u32>(rec, CLASS_current);
  let at = <usize>load<u32>(rec, CLASS_limit);
  while (block != 0) {
    const end = block + FIRST + ((BLOCK - FIRST) / size) * size;
    if (at == 0) at = block + FIRST;
    while (at < end && isMarked(at)) at += size;
    if (at < end) {
      let to = at + size;
      while (to < end && !isMarked(to)) to += size;
      store<u32>(rec, <u32>block, CLASS_current);
      store<u32>(rec, <u32>at, CLASS_cursor);
      store<u32>(rec, <u32>to, CLASS_limit);
      return true;
    }
    const next = <usize>load<u32>(block, BLOCK_next);
    if (next == 0) {
      // Remembered as consumed: `limit` stands at its end.
      store<u32>(rec, <u32>block, CLASS_current);
      store<u32>(rec, <u32>end, CLASS_cursor);
      store<u32>(rec, <u32>end, CLASS_limit);
      return false;
    }
    block = next;
    at = 0;
  }
  return false;
}
function newBlock(rec: usize): bool {
  const block = takeBlocks(1);
  if (block == 0) return false;
  store<u32>(block, load<u32>(rec, CLASS_size), BLOCK_size);
  const last = <usize>load<u32>(rec, CLASS_last);
  if (last == 0) store<u32>(rec, <u32>block, CLASS_first);
  else store<u32>(last, <u32>block, BLOCK_next);
  store<u32>(rec, <u32>block, CLASS_last);
  store<u32>(rec, <u32>block, CLASS_current);
  store<u32>(rec, 0, CLASS_limit);
  return nextRun(rec);
}

function allocateLarge(bytes: usize): usize {
  // Addresses have 32 bits, and a run one header.
  if (bytes > 0x7fffffff) return 0;
  const blocks = (bytes + FIRST + BLOCK - 1) / BLOCK;
  account(<u32>bytes);
  if (due()) collect();
  let run = takeBlocks(blocks);
  if (run == 0) {
    if (collectForRoom()) run = takeBlocks(blocks);
    if (run == 0) return 0;
  }
  store<u32>(run, LARGE, BLOCK_size);
  store<u32>(run, <u32>bytes, BLOCK_bytes);
  store<u32>(run, <u32>large, BLOCK_next);
  large = run;
  return run + FIRST;
}

/**
 * A collection because there is no room. False: memory is as good as used up. Where it is full of what is alive but for a few
 * objects, each of the next allocations would find one of these and collect once more: a program would stand still for minutes
 * before its last byte is used.
 */
function collectForRoom(): bool {
  if (handedOut() >= load<u32>(VM_heapBytes) / FUTILE_SHARE) futile = 0;
  else if (++futile > MAX_FUTILE) {
    futile = 0;
    return false;
  }
  collect();
  return true;
}

/** A whole collection: marks what can be reached, gives back blocks without a marked object. */
export function collect(): void {
  const before = load<i64>(VM_allocatedBefore) + handedOut();
  for (let c: u32 = 0; c < CLASSES; c++)
    for (let b = <usize>load<u32>(recordOf(c), CLASS_first); b != 0; b = <usize>load<u32>(b, BLOCK_next)) clearMarks(b);
  for (let b = large; b != 0; b = <usize>load<u32>(b, BLOCK_next)) clearMarks(b);
  mark();
  let live: u64 = 0;
  for (let c: u32 = 0; c < CLASSES; c++) live += sweepClass(recordOf(c));
  live += sweepLarge();
  store<i64>(VM_allocatedBefore, before);
  store<u32>(VM_allocated, 0);
  store<u32>(VM_threshold, max(FIRST_THRESHOLD, <u32>min<u64>(live, 0x7fffffff)));
  store<u32>(VM_collections, load<u32>(VM_collections) + 1);
}

/** Gives the class's empty blocks back, all but one; starts over with the others. Answers the bytes that are alive. */
function sweepClass(rec: usize): u64 {
  const size = <usize>load<u32>(rec, CLASS_size);
  let marked: u64 = 0;
  let before: usize = 0;
  let kept = false;
  for (let block = <usize>load<u32>(rec, CLASS_first); block != 0; ) {
    const next = <usize>load<u32>(block, BLOCK_next);
    const n = countMarks(block);
    marked += n;
    if (n == 0 && kept) {
      store<u32>(before, <u32>next, BLOCK_next);
      if (load<u32>(VM_hostile)) memory.fill(block, POISON, BLOCK);
      giveBlocks(block, 1);
    } else {
      if (n == 0) kept = true;
      if (load<u32>(VM_hostile)) poison(block, size);
      before = block;
    }
    block = next;
  }
  store<u32>(rec, <u32>before, CLASS_last);
  store<u32>(rec, load<u32>(rec, CLASS_first), CLASS_current);
  store<u32>(rec, 0, CLASS_cursor);
  store<u32>(rec, 0, CLASS_limit);
  return marked * size;
}
/** Overwrites the objects of a block that are not marked. */
function poison(block: usize, size: usize): void {
  const end = block + FIRST + ((BLOCK - FIRST) / size) * size;
  for (let at = block + FIRST; at < end; at += size) if (!isMarked(at)) memory.fill(at, POISON, size);
}
function sweepLarge(): u64 {
  let live: u64 = 0;
  let before: usize = 0;
  for (let run = large; run != 0; ) {
    const next = <usize>load<u32>(run, BLOCK_next);
    const blocks = <usize>load<u32>(run, BLOCK_blocks);
    if (isMarked(run + FIRST)) {
      live += load<u32>(run, BLOCK_bytes);
      before = run;
    } else {
      if (before == 0) large = next;
      else store<u32>(before, <u32>next, BLOCK_next);
      if (load<u32>(VM_hostile)) memory.fill(run, POISON, blocks * BLOCK);
      giveBlocks(run, blocks);
    }
    run = next;
  }
  return live;
}

/** Calls `visit` for every marked object: when the mark stack had overflowed. */
export function eachMarked(visit: (object: usize) => void): void {
  for (let c: u32 = 0; c < CLASSES; c++) {
    const size = <usize>load<u32>(recordOf(c), CLASS_size);
    for (let b = <usize>load<u32>(recordOf(c), CLASS_first); b != 0; b = <usize>load<u32>(b, BLOCK_next)) {
      const end = b + FIRST + ((BLOCK - FIRST) / size) * size;
      for (let at = b + FIRST; at < end; at += size) if (isMarked(at)) visit(at);
    }
  }
  for (let b = large; b != 0; b = <usize>load<u32>(b, BLOCK_next)) if (isMarked(b + FIRST)) visit(b + FIRST);
}
