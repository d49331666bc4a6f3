/**
 * The pending error and its trace, without any walking of frames: what the interpreter and native code both set.
 */
import { FAILED_IO, TRACE_BASE, TRACE_EDGE, VM_errorCode, VM_errorFlags, VM_errorPc, VM_errorText, VM_errorValue0, VM_errorValue1, VM_failed, VM_traceCount } from "../gen/layout";

/** Sets the pending error: code as a number, address of the failing instruction, the raw values it failed on. */
export function raise(code: i32, pc: usize, value0: u64, value1: u64): void {
  store<i32>(VM_errorCode, code);
  store<u32>(VM_errorPc, <u32>pc);
  store<u32>(VM_errorFlags, 0);
  store<u64>(VM_errorValue0, value0);
  store<u64>(VM_errorValue1, value1);
  store<u32>(VM_errorText, 0);
  store<u32>(VM_traceCount, 0);
}
/** The same after a runtime function of an extended op has set VM.failed, values and text. */
export function raiseFailed(pc: usize): void {
  const code = load<i32>(VM_failed);
  store<i32>(VM_failed, 0);
  store<i32>(VM_errorCode, code == FAILED_IO ? 0 : code);
  store<u32>(VM_errorPc, <u32>pc);
  store<u32>(VM_errorFlags, 0);
  store<u32>(VM_traceCount, 0);
}
/** The same from native code, which has no values to show. */
export function fail(code: i32, place: usize): void {
  raise(code, place, 0, 0);
}

/** Appends a call: the address of the CALL (AOT: a site id). Keeps the first and the last TRACE_EDGE entries. */
export function traceCall(place: usize): void {
  const n = load<u32>(VM_traceCount);
  store<u32>(VM_traceCount, n + 1);
  const slot = n < TRACE_EDGE ? n : TRACE_EDGE + ((n - TRACE_EDGE) % TRACE_EDGE);
  store<u32>(TRACE_BASE + (<usize>slot << 2), <u32>place);
}
