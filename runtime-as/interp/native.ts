/**
 * Where interpreter and native code meet: entering native code from LOOP and CALL, nested interpreter runs for native
 * code, and asking the driver. The protocol is in docs/architecture.md. Everything here is off the hot path.
 */
import { E0008, E0009 } from "../gen/errors";
import {
  CELL_count, CELL_entries, CELL_entry, CELL_rounds, CELL_trip, FLAG_BOUNDARY, FLAG_MOVED, FLAG_NEW_CHUNK, FN_code, FN_index, FN_refParams, FN_windowBytes, FN_zeroCount, FN_zeroStart, FRAME_callerBase, FRAME_flags, FRAME_fn, FRAME_returnPc, FRAME_SIZE,
  POLL_ERROR, POLL_GO_ON, POLL_LEAVE, POLL_UNWIND, STATIC_BASE, STATUS_ERROR, STATUS_NOT_ENTERED, STATUS_OK, STATUS_TAIL, STATUS_UNWIND, VM_budget, VM_chunk, VM_chunkEnd,
  VM_depthStop, VM_entryDepth, VM_exitCounts, VM_frame, VM_frameBytes, VM_granted, VM_hostLeft, VM_lastPc, VM_maxDepth, VM_nativeEntries, VM_resumeBase, VM_resumeDepth, VM_resumePc,
  VM_shadowBytes, VM_shadowEnd, VM_shadowTop, VM_tailFn, VM_tailPc, VM_windowBytes,
} from "../gen/layout";
import { CALL_SIZE, raise, traceCall } from "./errors";
import { leaveChunk, newChunk, writeHeader, zeroReferences } from "./calls";
import { execute } from "./loop";

// @ts-ignore: decorator
@external("env", "poll")
declare function poll(): i32;
// @ts-ignore: decorator
@external("env", "hot")
declare function hot(kind: i32, index: i32): void;

/** Host stack bytes of one nested run: the stub, `interpret` or `resume`, and the loop. */
const NESTED_BYTES: i32 = 2048;
/** What `interpret` leaves for a last `resume`. */
const RESERVE: i32 = 3 * NESTED_BYTES;
/** Entries between two looks of the engine at a unit. */
const LOOK_EVERY: u32 = 1024;
/** Kinds of the import `hot`; the index is that of a loop or of a function. */
const HOT_LOOP: i32 = 0;
const HOT_FUNCTION: i32 = 1;
const LOOK_LOOP: i32 = 2;
const LOOK_FUNCTION: i32 = 3;

/** Answers of the slow paths below; an address (>= STATIC_BASE) means: go on there in this window. */
export const enum Slow {
  /** Interpret this event now. */
  PROCEED = 0,
  /** An error is pending; leave this frame. */
  ERROR = 1,
  /** Go on at VM.resume*. */
  RESUME = 2,
  /** Return to the driver; VM.resume* is set. */
  BUDGET = 3,
  /** Return UNWIND to the native caller. */
  UNWIND = 4,
  /** CALL only: the call was done natively; its result is in the callee's slot 0. */
  DONE = 5,
}

/** Host stack bytes that native code entered at this depth may use. */
function framesFor(depth: i32, base: usize): i32 {
  const host = load<i32>(VM_hostLeft) / max(load<i32>(VM_frameBytes), 64);
  const room = <i32>(<usize>load<u32>(VM_chunkEnd) - base) / max(load<i32>(VM_windowBytes), 8);
  const each = load<i32>(VM_shadowBytes);
  const shadow = each == 0 ? i32.MAX_VALUE : <i32>(load<u32>(VM_shadowEnd) - load<u32>(VM_shadowTop)) / each;
  return min(load<i32>(VM_maxDepth) + 1 - depth, min(shadow, min(host, room)) - 1);
}

/**
 * Calls an entry through the table and keeps the books; NOT_ENTERED also when there is no entry or no room for a frame.
 * `depth` is that of the frame that runs natively, `calleeDepth` that of the first one that looks at depthStop. Every
 * LOOK_EVERY entries the engine looks at the unit: `kind` and `index` as for the import `hot`.
 */
function enterNative(cell: usize, base: usize, depth: i32, calleeDepth: i32, kind: i32, index: i32): i32 {
  if (load<u32>(cell, CELL_entry) == 0) return STATUS_NOT_ENTERED;
  let frames = framesFor(calleeDepth, base);
  if (frames <= 0) return STATUS_NOT_ENTERED;
  const entries = load<u32>(cell, CELL_entries) + 1;
  store<u32>(cell, entries, CELL_entries);
  if (entries % LOOK_EVERY == 0) {
    hot(kind, index);
    // The engine may have taken the code away, or put code with larger frames in.
    frames = framesFor(calleeDepth, base);
    if (load<u32>(cell, CELL_entry) == 0 || frames <= 0) return STATUS_NOT_ENTERED;
  }
  const stop = load<i32>(VM_depthStop);
  const entryDepth = load<i32>(VM_entryDepth);
  store<i32>(VM_depthStop, calleeDepth + frames);
  store<i32>(VM_entryDepth, depth);
  const before = load<i32>(VM_granted) - load<i32>(VM_budget);
  store<i32>(VM_nativeEntries, load<i32>(VM_nativeEntries) + 1);
  const r = call_indirect<i32>(load<u32>(cell, CELL_entry), base, depth);
  store<i32>(VM_depthStop, stop);
  store<i32>(VM_entryDepth, entryDepth);
  store<u32>(cell, load<u32>(cell, CELL_rounds) + load<i32>(VM_granted) - load<i32>(VM_budget) - before, CELL_rounds);
  return r;
}
/** May an interpreter run enter native code? Only with more host stack than a last `resume` needs. */
function mayEnter(nested: bool): bool {
  return !nested || load<i32>(VM_hostLeft) > RESERVE;
}

/** Native code was left and the interpreter goes on at `pc`: counted by that place. */
function countExit(pc: usize): void {
  const counts = <usize>load<u32>(VM_exitCounts);
  if (counts != 0) store<u32>(pc + counts, load<u32>(pc + counts) + 1);
}

/** The budget is used up: asks, or returns to the driver with `pc` to be executed again. */
function ask(pc: usize, base: usize, depth: i32, nested: bool): Slow {
  store<u32>(VM_lastPc, <u32>pc);
  if (!nested) {
    store<u32>(VM_resumePc, <u32>pc);
    store<u32>(VM_resumeBase, <u32>base);
    store<i32>(VM_resumeDepth, depth);
    return Slow.BUDGET;
  }
  const answer = poll();
  if (answer == POLL_ERROR) return Slow.ERROR;
  if (answer != POLL_UNWIND) return Slow.PROCEED;
  store<u32>(VM_resumePc, <u32>pc);
  store<u32>(VM_resumeBase, <u32>base);
  store<i32>(VM_resumeDepth, depth);
  return Slow.UNWIND;
}

/** LOOP at `pc` is hot, has native code, or the budget is used up. `index` is the loop's. */
export function slowLoop(pc: usize, index: i32, base: usize, depth: i32, nested: bool): i32 {
  const cell = pc + 4;
  if (load<u32>(cell, CELL_count) + 1 >= load<u32>(cell, CELL_trip)) {
    if (load<u32>(cell, CELL_entry) == 0) hot(HOT_LOOP, index);
    if (mayEnter(nested)) {
      store<u32>(VM_frame, <u32>base);
      const r = enterNative(cell, base, depth, depth + 1, LOOK_LOOP, index);
      if (<u32>r >= <u32>STATIC_BASE) {
        countExit(r);
        return r;
      }
      if (r == STATUS_ERROR) return Slow.ERROR;
      if (r == STATUS_UNWIND) return unwound(nested);
    }
  }
  if (load<i32>(VM_budget) <= 0) return ask(pc, base, depth, nested);
  return Slow.PROCEED;
}
/** Native code stored every frame: a nested run goes with it, the outermost one goes on from the top. */
function unwound(nested: bool): i32 {
  if (nested) return Slow.UNWIND;
  countExit(load<u32>(VM_resumePc));
  return Slow.RESUME;
}

/**
 * A CALL at `pc` that cannot simply be entered. PROCEED: VM.resumeBase holds the callee's window (a new chunk, or the
 * given one), whose header is complete; the event is still to be charged and counted.
 */
export function slowCall(pc: usize, rec: usize, callee: usize, base: usize, depth: i32, nested: bool): i32 {
  if (depth + 1 > load<i32>(VM_maxDepth)) {
    raise(E0008, pc, 0, 0);
    return Slow.ERROR;
  }
  // A function that ended natively in a tail call asks for another one in its place.
  let first = true;
  while (load<u32>(rec, CELL_count) + 1 >= load<u32>(rec, CELL_trip)) {
    const index = load<u32>(rec, FN_index);
    if (load<u32>(rec, CELL_entry) == 0) hot(HOT_FUNCTION, index);
    if (!fitsChunk(rec, callee) || !mayEnter(nested)) break;
    store<u32>(VM_frame, <u32>base);
    const r = enterNative(rec, callee, depth + 1, depth + 1, LOOK_FUNCTION, index);
    if (r == STATUS_OK) return Slow.DONE;
    if (r == STATUS_ERROR) {
      traceCall(pc);
      return Slow.ERROR;
    }
    if (r == STATUS_UNWIND) {
      writeHeader(callee, rec, pc + CALL_SIZE, base, 0);
      return unwound(nested);
    }
    if (r != STATUS_TAIL) break;
    rec = <usize>load<u32>(VM_tailFn);
    first = false;
  }
  // After a tail call the budget is not used up, and the CALL must not be executed again.
  if (first && load<i32>(VM_budget) <= 0) {
    const answer = ask(pc, base, depth, nested);
    if (answer != Slow.PROCEED) return answer;
  }
  let flags: u32 = 0;
  if (!fitsChunk(rec, callee)) {
    callee = newChunk(rec, callee);
    if (callee == 0) {
      raise(E0009, pc, 0, 0);
      return Slow.ERROR;
    }
    flags = FLAG_NEW_CHUNK;
  }
  writeHeader(callee, rec, pc + CALL_SIZE, base, flags);
  store<u32>(VM_resumeBase, <u32>callee);
  return Slow.PROCEED;
}
function fitsChunk(rec: usize, base: usize): bool {
  return base + load<u32>(rec, FN_windowBytes) <= <usize>load<u32>(VM_chunkEnd);
}

/**
 * A TAIL_CALL at `pc` that cannot simply take over its window; the arguments are at `from`. DONE: it was done natively, the
 * result is in slot 0 of `from`. PROCEED: VM.resumeBase holds the window, whose header is complete; the call is still to be
 * charged and counted.
 */
export function slowTailCall(pc: usize, rec: usize, from: usize, base: usize, depth: i32, nested: bool): i32 {
  let first = true;
  while (load<u32>(rec, CELL_count) + 1 >= load<u32>(rec, CELL_trip)) {
    const index = load<u32>(rec, FN_index);
    if (load<u32>(rec, CELL_entry) == 0) hot(HOT_FUNCTION, index);
    if (!fitsChunk(rec, from) || !mayEnter(nested)) break;
    store<u32>(VM_frame, <u32>base);
    const r = enterNative(rec, from, depth, depth, LOOK_FUNCTION, index);
    if (r == STATUS_OK) return Slow.DONE;
    // The frame that the call replaces leaves no line in the trace.
    if (r == STATUS_ERROR) return Slow.ERROR;
    if (r == STATUS_UNWIND) {
      replaceHeader(base, from, rec);
      return unwound(nested);
    }
    if (r != STATUS_TAIL) break;
    rec = <usize>load<u32>(VM_tailFn);
    first = false;
  }
  if (first && load<i32>(VM_budget) <= 0) {
    const answer = ask(pc, base, depth, nested);
    if (answer != Slow.PROCEED) return answer;
  }
  if (fitsChunk(rec, base)) {
    memory.copy(base, from, <usize>load<u16>(rec, FN_zeroStart) << 3);
    store<u32>(base - FRAME_SIZE, <u32>rec, FRAME_fn);
    store<u32>(VM_resumeBase, <u32>base);
    return Slow.PROCEED;
  }
  // A window at the start of a chunk gives that up first, so that chunks do not pile up.
  const chunk = load<u32>(VM_chunk);
  const end = load<u32>(VM_chunkEnd);
  const header = base - FRAME_SIZE;
  const callerBase = load<u32>(header, FRAME_callerBase);
  const returnPc = load<u32>(header, FRAME_returnPc);
  const flags = load<u32>(header, FRAME_flags);
  if (flags & FLAG_NEW_CHUNK) leaveChunk();
  const window = newChunk(rec, from);
  if (window == 0) {
    store<u32>(VM_chunk, chunk);
    store<u32>(VM_chunkEnd, end);
    raise(E0009, pc, 0, 0);
    return Slow.ERROR;
  }
  if (flags & FLAG_BOUNDARY) writeHeader(window, rec, 0, base, FLAG_MOVED | FLAG_NEW_CHUNK);
  else writeHeader(window, rec, returnPc, callerBase, flags | FLAG_NEW_CHUNK);
  store<u32>(VM_resumeBase, <u32>window);
  return Slow.PROCEED;
}
/** Writes the header of a window at `to` that takes the place of the one at `base`. */
function replaceHeader(base: usize, to: usize, rec: usize): void {
  const header = base - FRAME_SIZE;
  const flags = load<u32>(header, FRAME_flags);
  // A boundary stays where its caller looks for it.
  if (flags & FLAG_BOUNDARY) writeHeader(to, rec, 0, base, FLAG_MOVED);
  else writeHeader(to, rec, load<u32>(header, FRAME_returnPc), load<u32>(header, FRAME_callerBase), flags);
}

// For native code.

/** Budget <= 0 at a charging instruction of native code. */
export function pollNative(pc: usize, canLeave: i32): i32 {
  store<u32>(VM_lastPc, <u32>pc);
  const answer = poll();
  return answer == POLL_LEAVE && !canLeave ? POLL_GO_ON : answer;
}

/** Sets the host stack aside that the native frames above use. Answers what to restore. */
function nest(depth: i32): i32 {
  const left = load<i32>(VM_hostLeft);
  store<i32>(VM_hostLeft, left - (depth - load<i32>(VM_entryDepth) + 1) * load<i32>(VM_frameBytes) - NESTED_BYTES);
  return left;
}

/** Runs a function for native code; its arguments are at `base`. Result in slot 0. */
export function interpret(rec: usize, base: usize, depth: i32): i32 {
  const left = nest(depth);
  const entryDepth = load<i32>(VM_entryDepth);
  const stop = load<i32>(VM_depthStop);
  let status = STATUS_NOT_ENTERED;
  if (load<i32>(VM_hostLeft) > RESERVE && depth <= load<i32>(VM_maxDepth)) {
    store<i32>(VM_entryDepth, depth);
    status = run(rec, base, depth);
    store<i32>(VM_entryDepth, entryDepth);
    store<i32>(VM_depthStop, stop);
  }
  store<i32>(VM_hostLeft, left);
  return status;
}
function run(rec: usize, base: usize, depth: i32): i32 {
  // The first call is still to be asked for; what a tail call asks for may charge.
  let first = true;
  while (true) {
    const index = load<u32>(rec, FN_index);
    if (load<u32>(rec, CELL_count) + 1 >= load<u32>(rec, CELL_trip) && load<u32>(rec, CELL_entry) == 0) hot(HOT_FUNCTION, index);
    let r = STATUS_NOT_ENTERED;
    // The caller came through a stub, so code that is there was installed a moment ago.
    if (fitsChunk(rec, base)) r = enterNative(rec, base, depth, depth, LOOK_FUNCTION, index);
    if (r == STATUS_NOT_ENTERED) r = runInterpreted(rec, base, depth, first);
    if (r != STATUS_TAIL) return r;
    rec = <usize>load<u32>(VM_tailFn);
    first = false;
  }
}
/** As CALL does it: may it charge, is there a window, charge. What prevents it is the error of the caller's CALL. */
function runInterpreted(rec: usize, base: usize, depth: i32, asks: bool): i32 {
  while (asks && load<i32>(VM_budget) <= 0) {
    store<u32>(VM_lastPc, load<u32>(rec, FN_code));
    const answer = poll();
    if (answer == POLL_ERROR || answer == POLL_UNWIND) return STATUS_NOT_ENTERED;
  }
  // The collector finds the frames below a boundary by its return pc, which means nothing else.
  const frame = load<u32>(VM_frame);
  const window = windowFor(rec, base, <usize>frame, FLAG_BOUNDARY);
  if (window == 0) return STATUS_NOT_ENTERED;
  const status = execute(load<u32>(rec, FN_code), window, depth, true);
  store<u32>(VM_frame, frame);
  return status;
}
/**
 * The window of a function whose arguments are at `base`, there or in a new chunk; charged and counted. `flags` are those of the
 * header at `base`. 0: no memory.
 */
function windowFor(rec: usize, base: usize, returnPc: usize, flags: u32): usize {
  let window = base;
  if (!fitsChunk(rec, base)) {
    window = newChunk(rec, base);
    if (window == 0) return 0;
    writeHeader(window, rec, 0, base, FLAG_NEW_CHUNK | FLAG_MOVED);
  }
  writeHeader(base, rec, returnPc, base, flags);
  store<i32>(VM_budget, load<i32>(VM_budget) - 1);
  store<u32>(rec, load<u32>(rec, CELL_count) + 1, CELL_count);
  if (load<u16>(rec, FN_zeroCount)) zeroReferences(rec, window);
  return window;
}

/**
 * A body that native code called at `base` answered TAIL: calls the wanted function in its place, until one returns. Without
 * host stack for that the function begins in the interpreter, with everything above stored.
 */
export function finishTail(base: usize, depth: i32): i32 {
  const left = nest(depth);
  const entryDepth = load<i32>(VM_entryDepth);
  const stop = load<i32>(VM_depthStop);
  const pc = <usize>load<u32>(VM_tailPc);
  let status: i32;
  if (load<i32>(VM_hostLeft) > RESERVE) {
    store<i32>(VM_entryDepth, depth);
    status = run(<usize>load<u32>(VM_tailFn), base, depth);
    store<i32>(VM_entryDepth, entryDepth);
    store<i32>(VM_depthStop, stop);
  } else {
    const rec = <usize>load<u32>(VM_tailFn);
    const window = windowFor(rec, base, 0, 0);
    store<u32>(VM_resumeBase, <u32>window);
    store<u32>(VM_resumePc, load<u32>(rec, FN_code));
    store<i32>(VM_resumeDepth, depth);
    status = window == 0 ? STATUS_NOT_ENTERED : STATUS_UNWIND;
  }
  store<i32>(VM_hostLeft, left);
  if (status != STATUS_NOT_ENTERED) return status;
  raise(E0009, pc, 0, 0);
  return STATUS_ERROR;
}

/** Clears all reference registers of a window that native code is about to write: a collection may look at them. */
export function clearWindow(base: usize, rec: usize): void {
  memory.fill(base, 0, <usize>load<u32>(rec, FN_refParams) << 3);
  zeroReferences(rec, base);
}

/**
 * Finishes the activation of function record `rec` whose window is `base`: goes on at `pc` in the top window until `base` has
 * returned.
 */
export function resume(rec: usize, base: usize, pc: usize, top: usize, depth: i32): i32 {
  const left = nest(depth);
  const entryDepth = load<i32>(VM_entryDepth);
  const stop = load<i32>(VM_depthStop);
  store<i32>(VM_entryDepth, depth);
  const frame = load<u32>(VM_frame);
  writeHeader(base, rec, <usize>frame, base, FLAG_BOUNDARY);
  countExit(pc);
  const status = execute(pc, top, depth, true);
  store<u32>(VM_frame, frame);
  store<i32>(VM_entryDepth, entryDepth);
  store<i32>(VM_depthStop, stop);
  store<i32>(VM_hostLeft, left);
  return status;
}
