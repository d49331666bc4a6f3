/**
 * The runtime of built modules: what native code calls, output through WASI, and the last words. No interpreter. The
 * linker (aot/link.ts) takes the exports that a program reaches and drops the rest.
 */
import { POLL_ERROR, VM_budget, VM_heapNext } from "./gen/layout";
import { raise } from "./interp/pending";
import { outputInit } from "./io/output";

export { report } from "./host/report";
export { exit, wasiWrite } from "./host/wasi";
export { fail, traceCall } from "./interp/pending";
export { flush, printBool, printEnd, printF64, printFixed, printI32, printI64, printRadix, printText, printU32, printU64 } from "./io/output";
export { cmpI64F64, cmpU64F64, fmod, mulOverflows } from "./number/integer";
export { stringEquals } from "./objects/string";

/** Where the program's data may begin. A function, because a global would get its value when the module starts. */
export function heapBase(): usize {
  return __heap_base;
}

/** Prepares a run: first free byte after the program's data, and the fuel (0 when none is baked in). */
export function startup(heapNext: usize, fuel: i32): void {
  store<u32>(VM_heapNext, <u32>heapNext);
  store<i32>(VM_budget, fuel);
  outputInit(0);
}

/** A charge at budget <= 0 of a module with fuel: there is nobody to ask. */
export function pollNative(place: usize, _canLeave: i32): i32 {
  raise(40, place, 0, 0);
  return POLL_ERROR;
}
