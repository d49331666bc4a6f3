/**
 * The interpreter's runtime: exports, nothing else. The engine calls `init`, places a program with `alloc`, calls `start`
 * with main's function record, then `run` until it answers something else than BUDGET. The rest is for native code
 * (compiler/layout/helpers.ts).
 */
import {
  ERROR_UNCATCHABLE, FN_code, FN_windowBytes, FLAG_BOUNDARY, RETURN_VOID_WORD, RETURN_WORD, VM_budget, VM_errorFlags, VM_hostLeft, VM_maxDepth, VM_resumeBase, VM_resumeDepth, VM_resumePc, VM_returnVoidWord, VM_returnWord,
} from "./gen/layout";
import { alloc } from "./heap/reserve";
import { chunkBase, firstChunk, writeHeader, zeroReferences } from "./interp/calls";
import { raise, unwind } from "./interp/errors";
import { execute } from "./interp/loop";
import { outputInit } from "./io/output";

export { alloc } from "./heap/reserve";
export { fail, raiseFailed, traceCall } from "./interp/errors";
export { clearWindow, finishTail, interpret, pollNative, resume } from "./interp/native";
export { flush, printBool, printEnd, printF64, printFixed, printI32, printI64, printRadix, printText, printU32, printU64 } from "./io/output";
export { cmpI64F64, cmpU64F64, fmod, mulOverflows } from "./number/integer";
export { collect } from "./heap/objects";
export * from "./objects/all";
export { stringByte, stringConcat, stringEquals, stringHash, stringOrder, stringPrintable } from "./objects/string";
export { textF64, textI64, textU64 } from "./objects/text";

/** Size of the first register chunk in bytes. */
let chunkBytes: usize = 65536;

/**
 * Prepares a run: `maxRecursion` calls may be nested below one from module level; `hostBytes` of host stack are for native
 * code; `firstChunk` is the size of the first register chunk (0: default); `lineFlush` 1 flushes at line ends.
 * Answers 0 when there is no memory.
 */
export function init(maxRecursion: i32, hostBytes: i32, firstChunkBytes: i32, lineFlush: i32): i32 {
  if (!outputInit(lineFlush)) return 0;
  store<i32>(VM_maxDepth, maxRecursion + 1);
  store<i32>(VM_hostLeft, hostBytes);
  store<i32>(VM_budget, 0);
  store<u32>(VM_returnWord, RETURN_WORD);
  store<u32>(VM_returnVoidWord, RETURN_VOID_WORD);
  if (firstChunkBytes > 0) chunkBytes = firstChunkBytes;
  return 1;
}

/** Makes main's window the one to run. 0: out of memory. */
export function start(rec: usize): i32 {
  const need = <usize>load<u32>(rec, FN_windowBytes) + 64;
  if (!firstChunk(max(chunkBytes, need))) return 0;
  const base = chunkBase();
  writeHeader(base, rec, 0, base, FLAG_BOUNDARY);
  zeroReferences(rec, base);
  store<u32>(VM_resumeBase, <u32>base);
  store<u32>(VM_resumePc, load<u32>(rec, FN_code));
  store<i32>(VM_resumeDepth, 0);
  return 1;
}

/** Goes on where the last run stopped. Answers RUN. */
export function run(): i32 {
  return execute(load<u32>(VM_resumePc), load<u32>(VM_resumeBase), load<i32>(VM_resumeDepth), false);
}

/** Ends an outermost run that stopped for its budget with an error that cannot be caught. */
export function stopAt(code: i32): i32 {
  raise(code, load<u32>(VM_resumePc), 0, 0);
  store<u32>(VM_errorFlags, ERROR_UNCATCHABLE);
  return unwind(load<u32>(VM_resumePc), load<u32>(VM_resumeBase), load<i32>(VM_resumeDepth));
}
