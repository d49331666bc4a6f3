/**
 * Runtime functions that native code calls: export name of runtime.wasm, wasm signature, effects. `status`: the result
 * is a STATUS and must be tested. The JIT imports them from module "rt"; AOT finds them in the runtime by export name.
 * Names and signatures are checked against runtime.wasm by a test.
 */
export type WasmType = "i32" | "i64" | "f64";
export interface HelperRow {
  readonly params: readonly WasmType[];
  readonly result: WasmType | null;
  readonly effects: readonly ("status" | "writes" | "yields" | "pure" | "allocates")[];
  /** The result that means: out of memory. */
  readonly fails?: number;
  readonly does: string;
}
// biome-ignore format: one row per helper
export const HELPERS = {
  fmod:         { params: ["f64", "f64"], result: "f64", effects: ["pure"], does: "C fmod" },
  mulOverflows: { params: ["i64", "i64"], result: "i32", effects: ["pure"], does: "1 when the signed product leaves i64" },
  cmpI64F64:    { params: ["i64", "f64"], result: "i32", effects: ["pure"], does: "CMP_I64_F64" },
  cmpU64F64:    { params: ["i64", "f64"], result: "i32", effects: ["pure"], does: "CMP_U64_F64" },
  stringEquals: { params: ["i32", "i32"], result: "i32", effects: ["allocates"], fails: -2147483648, does: "EQ_STRING" },
  stringOrder:  { params: ["i32", "i32"], result: "i32", effects: ["allocates"], fails: -2147483648, does: "-1, 0, 1: LT_STRING, LE_STRING" },
  stringConcat: { params: ["i32", "i32"], result: "i32", effects: ["allocates"], fails: 0, does: "CONCAT" },
  stringByte:   { params: ["i32", "i32"], result: "i32", effects: ["allocates"], fails: 0, does: "INDEX_STRING; p1 is less than the length" },
  stringPrintable: { params: ["i32"], result: "i32", effects: ["allocates"], fails: 0, does: "p0, with its bytes together" },
  textI64:      { params: ["i64"], result: "i32", effects: ["allocates"], fails: 0, does: "I64_TO_STRING" },
  textU64:      { params: ["i64"], result: "i32", effects: ["allocates"], fails: 0, does: "U64_TO_STRING" },
  textF64:      { params: ["f64"], result: "i32", effects: ["allocates"], fails: 0, does: "F64_TO_STRING" },
  printText:    { params: ["i32"], result: "i32", effects: ["status", "writes"], does: "PRINT_STRING, PRINT_TEXT" },
  printI32:     { params: ["i32"], result: "i32", effects: ["status", "writes"], does: "PRINT_I32" },
  printU32:     { params: ["i32"], result: "i32", effects: ["status", "writes"], does: "PRINT_U32" },
  printI64:     { params: ["i64"], result: "i32", effects: ["status", "writes"], does: "PRINT_I64" },
  printU64:     { params: ["i64"], result: "i32", effects: ["status", "writes"], does: "PRINT_U64" },
  printF64:     { params: ["f64"], result: "i32", effects: ["status", "writes"], does: "PRINT_F64" },
  printBool:    { params: ["i32"], result: "i32", effects: ["status", "writes"], does: "PRINT_BOOL" },
  printRadix:   { params: ["i64", "i32"], result: "i32", effects: ["status", "writes"], does: "PRINT_RADIX" },
  printFixed:   { params: ["f64", "i32"], result: "i32", effects: ["status", "writes"], does: "PRINT_FIXED" },
  printEnd:     { params: [], result: "i32", effects: ["status", "writes"], does: "PRINT_END" },
  /** JIT only from here on. */
  pollNative:   { params: ["i32", "i32"], result: "i32", effects: ["yields"], does: "budget < 0 at bytecode address p0; p1 = 1 if the caller is a loop entry that can leave; answers POLL" },
  interpret:    { params: ["i32", "i32", "i32"], result: "i32", effects: ["status", "yields"], does: "run function record p0 in the window at p1, depth p2; result in slot 0; writes the window's header itself" },
  resume:       { params: ["i32", "i32", "i32", "i32", "i32"], result: "i32", effects: ["status", "yields"], does: "go on at bytecode address p2 in the top window p3 at depth p4 until the window p1 of function record p0 has returned; its result is then in p1's slot 0" },
  finishTail:   { params: ["i32", "i32"], result: "i32", effects: ["status", "yields"], does: "a callee at base p0 and depth p1 answered TAIL: call what it asks for until that answers something else; result in slot 0" },
  clearWindow:  { params: ["i32", "i32"], result: null, effects: [], does: "clear the reference registers of the window p0 of function record p1" },
  traceCall:    { params: ["i32"], result: null, effects: [], does: "append call site p0 to the pending error's trace" },
  fail:         { params: ["i32", "i32"], result: null, effects: [], does: "set the pending error: code p0 at bytecode address (AOT: site) p1" },
  raiseFailed:  { params: ["i32"], result: null, effects: [], does: "set the pending error that the function of an extended op left, at bytecode address (AOT: site) p0" },
} as const satisfies Record<string, HelperRow>;
export type HelperName = keyof typeof HELPERS;
