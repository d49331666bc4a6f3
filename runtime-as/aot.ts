/**
 * The runtime of built modules: what native code calls, output through WASI, and the last words. No interpreter. The
 * linker (aot/link.ts) takes the exports that a program reaches and drops the rest.
 */
import { E0040 } from "./gen/errors";
import { POLL_ERROR, POLL_GO_ON, VM_bankRefCount, VM_bankRefs, VM_budget, VM_heapLimit, VM_heapNext, VM_shadowBase, VM_shadowTop } from "./gen/layout";
import { monotonic } from "./host/clock";
import { alloc } from "./heap/reserve";
import { raise } from "./interp/pending";
import { outputInit } from "./io/output";

export { report, traceCall } from "./host/report";
export { exit, wasiNow, wasiRead, wasiWrite } from "./host/wasi";
export { fail, raiseFailed } from "./interp/pending";
export { printEnd } from "./host/flush";
export { flush, printBool, printF64, printFixed, printI32, printI64, printRadix, printText, printU32, printU64 } from "./io/output";
export { cmpI64F64, cmpU64F64, fmod, mulOverflows } from "./number/integer";
export * from "./objects/all";
export { stringByte, stringConcat, stringEquals, stringOrder, stringPrintable } from "./objects/string";
export { textF64, textI64, textU64 } from "./objects/text";

/** Where the program's data may begin. A function, because a global would get its value when the module starts. */
export function heapBase(): usize {
  return __heap_base;
}

/** Units that are given at a time: the budget word has 32 bits, and with a time limit the clock is looked at between two slices. */
const SLICE: i64 = 1 << 20;

/** Units that were not given yet. */
let fuelLeft: i64 = 0;
/** When the time is up, in ns of the monotonic clock. */
let deadline: i64 = 0;

/** Prepares a run: first free byte after the program's data, and the fuel (the largest number when none is baked in). */
export function startup(heapNext: usize, fuel: i64): void {
  store<u32>(VM_heapNext, <u32>heapNext);
  fuelLeft = fuel;
  give();
  outputInit(0);
}
/**
 * For modules that allocate: their reference variables, the shadow stack with room for every activation at once, the
 * heap's limit (0: none).
 */
export function startHeap(bankRefs: usize, bankRefCount: i32, shadowBytes: usize, limit: u32): void {
  store<u32>(VM_bankRefs, <u32>bankRefs);
  store<i32>(VM_bankRefCount, bankRefCount);
  store<u32>(VM_heapLimit, limit);
  const shadow = <u32>alloc(shadowBytes);
  store<u32>(VM_shadowBase, shadow);
  store<u32>(VM_shadowTop, shadow);
}
/** Starts the clock of a module with a time limit in ns. */
export function startTimer(limit: i64): void {
  deadline = monotonic() + limit;
}

/** Adds a slice to the budget; false when none is left. */
function give(): bool {
  const units = min<i64>(fuelLeft, SLICE);
  fuelLeft -= units;
  const budget = load<i32>(VM_budget) + <i32>units;
  store<i32>(VM_budget, budget);
  return budget > 0;
}

/** A charge at budget <= 0. */
export function pollNative(place: usize, _canLeave: i32): i32 {
  if (give()) return POLL_GO_ON;
  raise(E0040, place, 0, 0);
  return POLL_ERROR;
}
/** The same in modules with a time limit; apart, so that others do not import a clock. */
export function pollTimed(place: usize, canLeave: i32): i32 {
  if (monotonic() < deadline) return pollNative(place, canLeave);
  raise(E0040, place, 0, 0);
  return POLL_ERROR;
}
