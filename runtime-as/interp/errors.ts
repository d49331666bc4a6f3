/**
 * Leaving frames with a pending error: `unwind` walks them from the failing one to the one that handles it, or to the boundary
 * of this run, noting where each was called.
 */
import {
  ERROR_UNCATCHABLE, FLAG_BOUNDARY, FLAG_MOVED, FLAG_NEW_CHUNK, FN_handlerCount, FN_handlers, FRAME_callerBase, FRAME_flags, FRAME_fn, FRAME_returnPc, FRAME_SIZE,
  HANDLER_end, HANDLER_SIZE, HANDLER_start, HANDLER_target, RUN_CAUGHT, RUN_ERROR, VM_errorCode, VM_errorFlags, VM_resumeBase, VM_resumeDepth, VM_resumePc,
} from "../gen/layout";
import { leaveChunk } from "./calls";
import { traceCall } from "./pending";

export { fail, raise, raiseFailed, traceCall } from "./pending";

/** Bytes of a CALL: a return pc points behind it. */
export const CALL_SIZE: usize = 8;

/**
 * The pending error was raised at `pc` in the window `base` at `depth`. Leaves frames up to one whose function handles it there:
 * CAUGHT, VM.resume* say where to go on; or all of this run: ERROR. The boundary's caller, if it is native code, notes its own
 * call.
 */
export function unwind(pc: usize, base: usize, depth: i32): i32 {
  const catchable = load<i32>(VM_errorCode) != 0 && !(load<u32>(VM_errorFlags) & ERROR_UNCATCHABLE);
  while (true) {
    let header = base - FRAME_SIZE;
    if (catchable) {
      const target = handlerOf(<usize>load<u32>(header, FRAME_fn), pc);
      if (target != 0) {
        store<u32>(VM_resumeBase, <u32>base);
        store<u32>(VM_resumePc, <u32>target);
        store<i32>(VM_resumeDepth, depth);
        return RUN_CAUGHT;
      }
    }
    let flags = load<u32>(header, FRAME_flags);
    if (flags & FLAG_NEW_CHUNK) leaveChunk();
    if (flags & FLAG_MOVED) {
      header = <usize>load<u32>(header, FRAME_callerBase) - FRAME_SIZE;
      flags = load<u32>(header, FRAME_flags);
    }
    if (flags & FLAG_BOUNDARY) return RUN_ERROR;
    pc = <usize>load<u32>(header, FRAME_returnPc) - CALL_SIZE;
    traceCall(pc);
    base = <usize>load<u32>(header, FRAME_callerBase);
    depth--;
  }
}
/** Where errors at an address of a function go on; 0: they leave it. Inner handlers come first. */
function handlerOf(rec: usize, pc: usize): usize {
  let at = <usize>load<u32>(rec, FN_handlers);
  for (let n = load<u32>(rec, FN_handlerCount); n != 0; n--, at += HANDLER_SIZE) {
    if (pc >= <usize>load<u32>(at, HANDLER_start) && pc < <usize>load<u32>(at, HANDLER_end)) return <usize>load<u32>(at, HANDLER_target);
  }
  return 0;
}
