/**
 * The last words of a built module: an uncaught error on standard error, from texts that the linker laid out, so that
 * hosts that know nothing of source maps still show Orus lines.
 *
 * Site table, one row per place that can fail or call, indexed by the site ids that AOT code passes to `fail` and
 * `traceCall`:
 *
 *   0             4              8
 *   ┌─────────────┬──────────────┐
 *   │ text    ptr │ length   u32 │   error site: "file:line:col: error[E0001]: Division by zero\n" and the source line
 *   └─────────────┴──────────────┘   call site:  "called from NAME  file:line:col\n"
 */
import { TRACE_BASE, TRACE_EDGE, VM_errorPc, VM_outErrno, VM_traceCount } from "../gen/layout";
import { wasiWrite } from "./wasi";

/** EX_SOFTWARE and EX_IOERR of the language's exit codes. */
const RUNTIME_ERROR: i32 = 70;
const OUTPUT_FAILED: i32 = 74;

function say(sites: usize, site: u32): void {
  const row = sites + (<usize>site << 3);
  wasiWrite(2, load<u32>(row), load<u32>(row + 4));
}

/** Prints the pending error with its calls (the middle of a long trace is left out) and answers the exit code. */
export function report(sites: usize): i32 {
  if (load<i32>(VM_outErrno) != 0) return OUTPUT_FAILED;
  say(sites, load<u32>(VM_errorPc));
  const count = load<u32>(VM_traceCount);
  const first = min<u32>(count, TRACE_EDGE);
  for (let i: u32 = 0; i < first; i++) say(sites, load<u32>(TRACE_BASE + (<usize>i << 2)));
  if (count > 2 * TRACE_EDGE) skipped(count - 2 * TRACE_EDGE);
  const last = count > TRACE_EDGE ? min<u32>(count - TRACE_EDGE, TRACE_EDGE) : 0;
  for (let i = count - last; i < count; i++) {
    say(sites, load<u32>(TRACE_BASE + (<usize>(TRACE_EDGE + (i - TRACE_EDGE) % TRACE_EDGE) << 2)));
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
