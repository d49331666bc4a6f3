/**
 * The SSA operations: one row per op. `args` and `result` are wasm-level types (ref is an i32 address, bool an i32 of
 * 0 or 1). `exits`: the op checks something and carries a frame state (JIT) or a site (AOT). `effect` keeps the op in
 * its place among the other ops with an effect in its block: the order inside a block is the effect chain; an op
 * without one may move freely. `wasm` names the instruction when there is exactly one.
 */
export type Ty = "i32" | "i64" | "f64" | "ref";
export interface SsaRow {
  readonly args: readonly Ty[] | "any";
  readonly result: Ty | null | "any";
  readonly wasm?: string;
  readonly commutes?: true;
  readonly exits?: true;
  readonly effect?: "reads" | "writes" | "calls";
  /** What `Value.aux` holds. */
  readonly aux?: string;
  readonly does?: string;
}
const bin = (ty: Ty, wasm: string, commutes?: true): SsaRow => ({ args: [ty, ty], result: ty, wasm, ...(commutes ? { commutes } : {}) });
const cmp = (ty: Ty, wasm: string, commutes?: true): SsaRow => ({ args: [ty, ty], result: "i32", wasm, ...(commutes ? { commutes } : {}) });
const un = (from: Ty, to: Ty, wasm: string): SsaRow => ({ args: [from], result: to, wasm });
const chk = (ty: Ty, does: string): SsaRow => ({ args: [ty, ty], result: ty, exits: true, does });

export const SSA_OPS = {
  "const.i32": { args: [], result: "i32", wasm: "i32.const", aux: "number" },
  "const.i64": { args: [], result: "i64", wasm: "i64.const", aux: "bigint" },
  "const.f64": { args: [], result: "f64", wasm: "f64.const", aux: "number" },
  "const.ref": { args: [], result: "ref", aux: "index of a string constant of the chunk" },
  param: { args: [], result: "any", aux: "number of the parameter (source order)", does: "function parameter" },
  "load.reg": { args: [], result: "any", aux: "window register", effect: "reads", does: "value of a register at a loop entry" },

  "i32.add": bin("i32", "i32.add", true), "i32.sub": bin("i32", "i32.sub"), "i32.mul": bin("i32", "i32.mul", true),
  "i32.and": bin("i32", "i32.and", true), "i32.or": bin("i32", "i32.or", true), "i32.xor": bin("i32", "i32.xor", true),
  "i32.shl": bin("i32", "i32.shl"), "i32.shr_s": bin("i32", "i32.shr_s"), "i32.shr_u": bin("i32", "i32.shr_u"),
  "i32.div_s": bin("i32", "i32.div_s"), "i32.div_u": bin("i32", "i32.div_u"), "i32.rem_s": bin("i32", "i32.rem_s"), "i32.rem_u": bin("i32", "i32.rem_u"),
  "i64.add": bin("i64", "i64.add", true), "i64.sub": bin("i64", "i64.sub"), "i64.mul": bin("i64", "i64.mul", true),
  "i64.and": bin("i64", "i64.and", true), "i64.or": bin("i64", "i64.or", true), "i64.xor": bin("i64", "i64.xor", true),
  "i64.shl": bin("i64", "i64.shl"), "i64.shr_s": bin("i64", "i64.shr_s"), "i64.shr_u": bin("i64", "i64.shr_u"),
  "i64.div_s": bin("i64", "i64.div_s"), "i64.div_u": bin("i64", "i64.div_u"), "i64.rem_s": bin("i64", "i64.rem_s"), "i64.rem_u": bin("i64", "i64.rem_u"),
  "f64.add": bin("f64", "f64.add", true), "f64.sub": bin("f64", "f64.sub"), "f64.mul": bin("f64", "f64.mul", true), "f64.div": bin("f64", "f64.div"),
  "f64.neg": un("f64", "f64", "f64.neg"),
  "i32.eq": cmp("i32", "i32.eq", true), "i32.ne": cmp("i32", "i32.ne", true), "i32.lt_s": cmp("i32", "i32.lt_s"), "i32.le_s": cmp("i32", "i32.le_s"),
  "i32.lt_u": cmp("i32", "i32.lt_u"), "i32.le_u": cmp("i32", "i32.le_u"), "i32.eqz": un("i32", "i32", "i32.eqz"),
  "i64.eq": cmp("i64", "i64.eq", true), "i64.ne": cmp("i64", "i64.ne", true), "i64.lt_s": cmp("i64", "i64.lt_s"), "i64.le_s": cmp("i64", "i64.le_s"),
  "i64.lt_u": cmp("i64", "i64.lt_u"), "i64.le_u": cmp("i64", "i64.le_u"), "i64.eqz": un("i64", "i32", "i64.eqz"),
  "f64.eq": cmp("f64", "f64.eq", true), "f64.ne": cmp("f64", "f64.ne", true), "f64.lt": cmp("f64", "f64.lt"), "f64.le": cmp("f64", "f64.le"),
  "ref.eq": cmp("ref", "i32.eq", true),
  "i64.extend_s": un("i32", "i64", "i64.extend_i32_s"), "i64.extend_u": un("i32", "i64", "i64.extend_i32_u"), "i32.wrap": un("i64", "i32", "i32.wrap_i64"),
  "f64.from_i32_s": un("i32", "f64", "f64.convert_i32_s"), "f64.from_i32_u": un("i32", "f64", "f64.convert_i32_u"),
  "f64.from_i64_s": un("i64", "f64", "f64.convert_i64_s"), "f64.from_i64_u": un("i64", "f64", "f64.convert_i64_u"),
  select: { args: "any", result: "any", wasm: "select", does: "args [condition i32, then, else]" },

  // Checked operations: the language's errors. Division checks include the test for zero.
  "i32.add.check": chk("i32", "+ ; leaves on overflow"), "i32.sub.check": chk("i32", "-"), "i32.mul.check": chk("i32", "*"),
  "i64.add.check": chk("i64", "+"), "i64.sub.check": chk("i64", "-"), "i64.mul.check": chk("i64", "*"),
  "i32.div_s.check": chk("i32", "leaves on 0 and on smallest / -1"), "i32.div_u.check": chk("i32", "leaves on 0"),
  "i32.rem_s.check": chk("i32", "leaves on 0; smallest % -1 is 0 (as wasm's rem_s)"), "i32.rem_u.check": chk("i32", "leaves on 0"),
  "i64.div_s.check": chk("i64", "as i32"), "i64.div_u.check": chk("i64", ""), "i64.rem_s.check": chk("i64", ""), "i64.rem_u.check": chk("i64", ""),
  "f64.div.check": chk("f64", "leaves on 0"), "f64.rem.check": chk("f64", "leaves on 0; C fmod"),
  "i32.neg.check": { args: ["i32"], result: "i32", exits: true }, "i64.neg.check": { args: ["i64"], result: "i64", exits: true },
  "cast.check": { args: "any", result: "any", exits: true, aux: "name of the bytecode op, e.g. F64_TO_I32", does: "checked conversion" },
  "check.true": { args: ["i32"], result: null, exits: true, aux: "code, e.g. E0018", does: "leaves when the argument is 0" },

  "cmp.i64.u64": { args: ["i64", "i64"], result: "i32", does: "-1, 0, 1" },
  "cmp.i64.f64": { args: ["i64", "f64"], result: "i32", does: "-1, 0, 1, 2" },
  "cmp.u64.f64": { args: ["i64", "f64"], result: "i32", does: "-1, 0, 1, 2" },

  "global.get": { args: [], result: "any", aux: "global", effect: "reads" },
  "global.set": { args: "any", result: null, aux: "global", effect: "writes" },
  "string.eq": { args: ["ref", "ref"], result: "i32" },
  /** A print helper (layout/helpers.ts). A failed write leaves: JIT by the error status, AOT likewise. */
  print: { args: "any", result: null, effect: "writes", exits: true, aux: "helper name", does: "args as the helper's parameters" },
  /** Charges one unit; leaves to poll when the budget is used up. `state` is the state before the round or call. */
  charge: { args: [], result: null, effect: "calls", exits: true },
  /** Call of an Orus function. Its frame state describes the window *after* the call without the result, for UNWIND. */
  call: { args: "any", result: "any", effect: "calls", exits: true, aux: "function index", does: "args in source order" },
} as const satisfies Record<string, SsaRow>;
export type SsaOp = keyof typeof SSA_OPS;
