/**
 * The last words of a built module: an uncaught error on standard error, from texts that the linker laid out, so that
 * hosts that know nothing of source maps still show Orus lines.
 *
 * Sites (compiler/layout/vm.ts SITE, SITE_TEXT) are the places that can fail or call, by the ids that AOT code passes to `fail`,
 * `raiseFailed` and `traceCall`. An error's text is "file:line:col: error[E0001]: Division by zero\n" and the source line; a call's
 * "called from NAME  file:line:col\n".
 */
import {
  SITE_around, SITE_calls, SITE_count, SITE_SIZE, SITE_texts, SITE_TEXT_end, SITE_TEXT_length, SITE_TEXT_number, SITE_TEXT_SIZE, SITE_TEXT_start, SITE_TEXT_text, STRING_length, STRING_SIZE, TRACE_BASE, TRACE_EDGE, VM_errorCode, VM_errorPc, VM_errorText, VM_outErrno, VM_sites, VM_traceCalls, VM_traceCount,
} from "../gen/layout";
import { traceCall as append } from "../interp/pending";
import { wasiWrite } from "./wasi";

/** EX_SOFTWARE and EX_IOERR of the language's exit codes. */
const RUNTIME_ERROR: i32 = 70;
const OUTPUT_FAILED: i32 = 74;

/** The row of a site. */
function rowOf(site: u32): usize {
  return <usize>load<u32>(VM_sites) + <usize>site * SITE_SIZE;
}

/** Native code's note that an error passed a call: as in `pending`, and counts the inlined calls around it. */
export function traceCall(site: u32): void {
  if (load<u32>(VM_traceCount) == 0) store<u32>(VM_traceCalls, 0);
  store<u32>(VM_traceCalls, load<u32>(VM_traceCalls) + load<u32>(rowOf(site), SITE_calls));
  append(site);
}

/** A call, or an error with that number. */
function say(row: usize, number: u32): void {
  let at = <usize>load<u32>(row, SITE_texts);
  // One of them has the number; the last one is shown if that is not so.
  for (let n = load<u32>(row, SITE_count); n > 1 && load<u32>(at, SITE_TEXT_number) != number; n--) at += SITE_TEXT_SIZE;
  const text = <usize>load<u32>(at, SITE_TEXT_text);
  const length = load<u32>(at, SITE_TEXT_length);
  let own: usize = 0;
  if (number != 0) own = <usize>load<u32>(VM_errorText);
  if (own == 0) {
    wasiWrite(2, text, length);
    return;
  }
  wasiWrite(2, text, load<u16>(at, SITE_TEXT_start));
  wasiWrite(2, own + STRING_SIZE, load<u32>(own, STRING_length));
  wasiWrite(2, text + load<u16>(at, SITE_TEXT_end), length - load<u16>(at, SITE_TEXT_end));
}

/** Calls of the whole trace, and the number of the next one. */
let total: u32 = 0;
let next: u32 = 0;

/** Says the calls that a place stands for, innermost first (itself, if it is one), as far as they are among the first or the last. */
function sayCalls(from: usize, itself: bool): void {
  let row = from;
  if (!itself) row = around(row);
  for (; row != 0; row = around(row)) {
    if (next < TRACE_EDGE || next + TRACE_EDGE >= total) say(row, 0);
    else if (next == TRACE_EDGE) skipped(total - 2 * TRACE_EDGE);
    next++;
  }
}
/** The row of the inlined call around a row, or 0. */
function around(row: usize): usize {
  const site = load<u32>(row, SITE_around);
  return site == 0 ? 0 : rowOf(site - 1);
}

/** Prints the pending error with its calls (the middle of a long trace is left out) and answers the exit code. */
export function report(): i32 {
  if (load<i32>(VM_outErrno) != 0) return OUTPUT_FAILED;
  const error = rowOf(load<u32>(VM_errorPc));
  say(error, load<i32>(VM_errorCode));
  const entries = load<u32>(VM_traceCount);
  total = load<u32>(error, SITE_calls) + (entries == 0 ? 0 : load<u32>(VM_traceCalls));
  next = 0;
  sayCalls(error, false);
  const first = min<u32>(entries, TRACE_EDGE);
  for (let i: u32 = 0; i < first; i++) sayCalls(rowOf(entry(i)), true);
  const last = min<u32>(entries - first, TRACE_EDGE);
  if (first + last < entries) {
    // Each entry is one call at least, so what was not kept is in the middle.
    let kept: u32 = 0;
    for (let i = entries - last; i < entries; i++) kept += load<u32>(rowOf(entry(i)), SITE_calls);
    if (next <= TRACE_EDGE) skipped(total - 2 * TRACE_EDGE);
    next = total - kept;
  }
  for (let i = entries - last; i < entries; i++) sayCalls(rowOf(entry(i)), true);
  return RUNTIME_ERROR;
}
/** Entry of the trace: the first ones, then a ring of the last ones. */
function entry(i: u32): u32 {
  return load<u32>(TRACE_BASE + (<usize>(i < TRACE_EDGE ? i : TRACE_EDGE + ((i - TRACE_EDGE) % TRACE_EDGE)) << 2));
}

/** "... N more calls ...", written backwards into the scratch below the VM block. */
function skipped(n: u32): void {
  const end: usize = 128;
  let at = end;
  // " more calls ...\n" and "... " as little-endian words: there are no string literals in this runtime.
  at -= 16;
  store<u64>(at, 0x61632065726f6d20);
  store<u64>(at + 8, 0x0a2e2e2e20736c6c);
  while (true) {
    store<u8>(--at, <u8>(48 + (n % 10)));
    n /= 10;
    if (n == 0) break;
  }
  at -= 4;
  store<u32>(at, 0x202e2e2e);
  wasiWrite(2, at, end - at);
}
