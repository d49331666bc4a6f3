/**
 * The last words of a built module: an uncaught error on standard error, from texts that the linker laid out, so that
 * hosts that know nothing of source maps still show Orus lines.
 *
 * Sites (compiler/layout/vm.ts SITE, SITE_TEXT) are the places that can fail or call, by the ids that AOT code passes to `fail`,
 * `raiseFailed` and `traceCall`. An error's text is "file:line:col: error[E0001]: Division by zero\n" and the source line; a call's
 * "called from NAME  file:line:col\n".
 */
import {
  SITE_count, SITE_SIZE, SITE_texts, SITE_TEXT_end, SITE_TEXT_length, SITE_TEXT_number, SITE_TEXT_SIZE, SITE_TEXT_start, SITE_TEXT_text, STRING_length, STRING_SIZE, TRACE_BASE, TRACE_EDGE, VM_errorCode, VM_errorPc, VM_errorText, VM_outErrno, VM_traceCount,
} from "../gen/layout";
import { wasiWrite } from "./wasi";

/** EX_SOFTWARE and EX_IOERR of the language's exit codes. */
const RUNTIME_ERROR: i32 = 70;
const OUTPUT_FAILED: i32 = 74;

/** A call, or an error with that number. */
function say(sites: usize, site: u32, number: u32): void {
  const row = sites + <usize>site * SITE_SIZE;
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

/** Prints the pending error with its calls (the middle of a long trace is left out) and answers the exit code. */
export function report(sites: usize): i32 {
  if (load<i32>(VM_outErrno) != 0) return OUTPUT_FAILED;
  say(sites, load<u32>(VM_errorPc), load<i32>(VM_errorCode));
  const count = load<u32>(VM_traceCount);
  const first = min<u32>(count, TRACE_EDGE);
  for (let i: u32 = 0; i < first; i++) say(sites, load<u32>(TRACE_BASE + (<usize>i << 2)), 0);
  if (count > 2 * TRACE_EDGE) skipped(count - 2 * TRACE_EDGE);
  const last = count > TRACE_EDGE ? min<u32>(count - TRACE_EDGE, TRACE_EDGE) : 0;
  for (let i = count - last; i < count; i++) {
    say(sites, load<u32>(TRACE_BASE + (<usize>(TRACE_EDGE + (i - TRACE_EDGE) % TRACE_EDGE) << 2)), 0);
  }
  return RUNTIME_ERROR;
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
