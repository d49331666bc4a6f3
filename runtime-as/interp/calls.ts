/**
 * Frames and register chunks. Chunks never move: when a window does not fit, a chunk at least twice as large is linked and
 * the arguments are copied; one spare is kept on return, so that a call at the edge of a chunk does not allocate each
 * time.
 */
import {
  CHUNK_end, CHUNK_previous, CHUNK_SIZE, CHUNK_spare, FN_windowBytes, FN_zeroCount, FN_zeroStart, FRAME_callerBase, FRAME_flags, FRAME_fn, FRAME_returnPc,
  FRAME_SIZE, VM_chunk, VM_chunkEnd,
} from "../gen/layout";
import { alloc } from "../heap/reserve";

/** Makes the first chunk current. False: out of memory. */
export function firstChunk(bytes: usize): bool {
  const chunk = alloc(CHUNK_SIZE + bytes);
  if (chunk == 0) return false;
  enter(chunk, chunk + CHUNK_SIZE + bytes, 0);
  return true;
}
function enter(chunk: usize, end: usize, previous: usize): void {
  store<u32>(chunk, <u32>previous, CHUNK_previous);
  store<u32>(chunk, <u32>end, CHUNK_end);
  store<u32>(VM_chunk, <u32>chunk);
  store<u32>(VM_chunkEnd, <u32>end);
}

/** First window base of the current chunk. */
export function chunkBase(): usize {
  return <usize>load<u32>(VM_chunk) + CHUNK_SIZE + FRAME_SIZE;
}

/**
 * Links a chunk with room for a window of the function, twice as large as the current one, and copies the arguments that
 * were written at `from`. Answers the window's new base, 0: out of memory.
 */
export function newChunk(rec: usize, from: usize): usize {
  const current = <usize>load<u32>(VM_chunk);
  const need = FRAME_SIZE + load<u32>(rec, FN_windowBytes);
  let chunk = <usize>load<u32>(current, CHUNK_spare);
  if (chunk == 0 || chunk + CHUNK_SIZE + need > <usize>load<u32>(chunk, CHUNK_end)) {
    let size = max<usize>(2 * (<usize>load<u32>(current, CHUNK_end) - current), CHUNK_SIZE + 2 * need);
    chunk = alloc(size);
    if (chunk == 0) {
      // Near the end of memory, one window at a time.
      size = CHUNK_SIZE + need;
      chunk = alloc(size);
    }
    if (chunk == 0) return 0;
    store<u32>(chunk, <u32>(chunk + size), CHUNK_end);
    store<u32>(current, <u32>chunk, CHUNK_spare);
  }
  enter(chunk, load<u32>(chunk, CHUNK_end), current);
  const base = chunkBase();
  memory.copy(base, from, <usize>load<u16>(rec, FN_zeroStart) << 3);
  return base;
}

/** Goes back to the chunk before; the left one stays as its spare. */
export function leaveChunk(): void {
  const previous = <usize>load<u32>(load<u32>(VM_chunk), CHUNK_previous);
  store<u32>(VM_chunk, <u32>previous);
  store<u32>(VM_chunkEnd, load<u32>(previous, CHUNK_end));
}

// @ts-ignore: decorator
@inline
export function writeHeader(base: usize, fn: usize, returnPc: usize, caller: usize, flags: u32): void {
  const header = base - FRAME_SIZE;
  store<u32>(header, <u32>fn, FRAME_fn);
  store<u32>(header, <u32>returnPc, FRAME_returnPc);
  store<u32>(header, <u32>caller, FRAME_callerBase);
  store<u32>(header, flags, FRAME_flags);
}

/** Clears the references that are not parameters. */
export function zeroReferences(rec: usize, base: usize): void {
  memory.fill(base + (<usize>load<u16>(rec, FN_zeroStart) << 3), 0, <usize>load<u16>(rec, FN_zeroCount) << 3);
}
