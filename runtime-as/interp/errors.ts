/**
 * Leaving frames with a pending error: `unwind` walks them from the failing one to the boundary of this run, noting where
 * each was called.
 */
import { FLAG_BOUNDARY, FLAG_MOVED, FLAG_NEW_CHUNK, FRAME_callerBase, FRAME_flags, FRAME_returnPc, FRAME_SIZE, RUN_ERROR } from "../gen/layout";
import { leaveChunk } from "./calls";
import { traceCall } from "./pending";

export { fail, raise, traceCall } from "./pending";

/** Bytes of a CALL: a return pc points behind it. */
export const CALL_SIZE: usize = 8;

/** Leaves all frames of this run. The boundary's caller, if it is native code, notes its own call. */
export function unwind(base: usize): i32 {
  while (true) {
    let header = base - FRAME_SIZE;
    let flags = load<u32>(header, FRAME_flags);
    if (flags & FLAG_NEW_CHUNK) leaveChunk();
    if (flags & FLAG_MOVED) {
      header = <usize>load<u32>(header, FRAME_callerBase) - FRAME_SIZE;
      flags = load<u32>(header, FRAME_flags);
    }
    const boundary = (flags & FLAG_BOUNDARY) != 0;
    if (!boundary) traceCall(<usize>load<u32>(header, FRAME_returnPc) - CALL_SIZE);
    const caller = <usize>load<u32>(header, FRAME_callerBase);
    if (boundary) return RUN_ERROR;
    base = caller;
  }
}
