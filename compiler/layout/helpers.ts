/**
 * Runtime functions that native code calls: export name of runtime.wasm, wasm signature, effects. `status`: the result
 * is a STATUS and must be tested. The JIT imports them from module "rt"; AOT finds them in the runtime by export name.
 * Names and signatures are checked against runtime.wasm by a test.
 */
export type WasmType = "i32" | "i64" | "f64";
export interface HelperRow {
  readonly params: readonly WasmType[];
  readonly result: WasmType | null;
  readonly effects: readonly ("status" | "writes" | "yields" | "pure")[];
  readonly does: string;
}
// biome-ignore format: one row per helper
export const HELPERS = {
  fmod:         { params: ["f64", "f64"], result: "f64", effects: ["pure"], does: "C fmod" },
  mulOverflows: { params: ["i64", "i64"], result: "i32", effects: ["pure"], does: "1 when the signed product leaves i64" },
  cmpI64F64:    { params: ["i64", "f64"], result: "i32", effects: ["pure"], does: "CMP_I64_F64" },
  cmpU64F64:    { params: ["i64", "f64"], result: "i32", effects: ["pure"], does: "CMP_U64_F64" },
  stringEquals: { params: ["i32", "i32"], result: "i32", effects: ["pure"], does: "EQ_STRING" },
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
  resume:       { params: ["i32", "i32", "i32", "i32"], result: "i32", effects: ["status", "yields"], does: "go on at bytecode address p1 in the top window p2 at depth p3 until the window p0 has returned; its result is then in p0's slot 0" },
  traceCall:    { params: ["i32"], result: null, effects: [], does: "append call site p0 to the pending error's trace" },
  fail:         { params: ["i32", "i32"], result: null, effects: [], does: "set the pending error: code p0 at bytecode address (AOT: site) p1" },
} as const satisfies Record<string, HelperRow>;
export type HelperName = keyof typeof HELPERS;
