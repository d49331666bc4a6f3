/**
 * The SSA operations: one row per op. `args` and `result` are wasm-level types (ref is an i32 address, bool an i32 of
 * 0 or 1). `wasm` names the instruction when there is exactly one.
 *
 * Order inside a block. `effect` keeps the op in its place among the other ops with an effect: the order in
 * `Block.values` is the effect chain. `exits`: the op checks something and carries a frame state (JIT) or only its
 * place, `pc` and `inlined` (AOT). A check is as fixed as an effect: it neither passes another check (the first
 * failure decides the error) nor an effect (the interpreter would repeat it or leave it out). Ops with neither are
 * pure: they may be computed anywhere between their arguments and their uses, more than once, or not at all.
 *
 * Constants. `const.i32` holds a signed 32-bit number also for u32 and bool, `const.i64` a signed 64-bit bigint also for
 * u64. Func.constant keeps them in the entry block, one of each; the back end repeats them at every use, so they cost
 * no local and no live range.
 *
 * Plain div and rem are pure, so their divisor is always a constant that cannot trap: not 0, for div_s not -1. What was
 * proved by ranges at one place only keeps its check (the proof would not travel with the op).
 *
 * Checked integer ops trap nothing: they compute, test and leave. `i32.rem_s.check` of the smallest number and -1 is 0.
 * Leaving in JIT means: back to the interpreter *before* the instruction at state.frames.at(-1).pc, which executes
 * again and raises the error itself. In AOT it means: fail(code, site), return ERROR; the code is `errorCode` of the SSA
 * op (not of the bytecode op at `pc`: `x / -1` became a negation).
 */
import { OP, OP_LIST, type OpName } from "../bytecode/ops.js";

/** `any` is a value of the language's type of that name: an i64 as layout/objects.ts describes it. */
export type Ty = "i32" | "i64" | "f64" | "ref" | "any";
export interface SsaRow {
  /** `*`: depends on something else. */
  readonly args: readonly Ty[] | "*";
  readonly result: Ty | null | "*";
  readonly wasm?: string;
  readonly commutes?: true;
  readonly exits?: true;
  readonly effect?: "reads" | "writes" | "calls" | "allocates";
  /** What `Value.aux` holds. */
  readonly aux?: string;
  readonly does?: string;
}
const bin = (ty: Ty, wasm: string, commutes?: true): SsaRow => ({
  args: [ty, ty],
  result: ty,
  wasm,
  ...(commutes ? { commutes } : {}),
});
const cmp = (ty: Ty, wasm: string, commutes?: true): SsaRow => ({
  args: [ty, ty],
  result: "i32",
  wasm,
  ...(commutes ? { commutes } : {}),
});
const un = (from: Ty, to: Ty, wasm: string): SsaRow => ({ args: [from], result: to, wasm });
const chk = (ty: Ty, does: string): SsaRow => ({ args: [ty, ty], result: ty, exits: true, does });

export const SSA_OPS = {
  "const.i32": { args: [], result: "i32", wasm: "i32.const", aux: "number" },
  "const.i64": { args: [], result: "i64", wasm: "i64.const", aux: "bigint" },
  "const.f64": { args: [], result: "f64", wasm: "f64.const", aux: "number" },
  "const.ref": { args: [], result: "ref", aux: "index of a string constant, or static object, of the chunk" },
  "const.any": { args: [], result: "any", aux: "bigint" },
  /** Addresses of what the chunk's tables have: a type, a variant, a function's record. */
  "const.type": { args: [], result: "i32", aux: "index" },
  "const.variant": { args: [], result: "i32", aux: "index" },
  "const.fn": { args: [], result: "i32", aux: "index" },
  /** Only in the entry block of a whole function. */
  param: { args: [], result: "*", aux: "number of the parameter (source order)", does: "function parameter" },
  /** Only in the entry block of a loop region, before anything that could change a window: as free to move as a parameter. */
  "load.reg": {
    args: [],
    result: "*",
    aux: "window register",
    effect: "reads",
    does: "value of a register at a loop entry",
  },

  "i32.add": bin("i32", "i32.add", true),
  "i32.sub": bin("i32", "i32.sub"),
  "i32.mul": bin("i32", "i32.mul", true),
  "i32.and": bin("i32", "i32.and", true),
  "i32.or": bin("i32", "i32.or", true),
  "i32.xor": bin("i32", "i32.xor", true),
  "i32.shl": bin("i32", "i32.shl"),
  "i32.shr_s": bin("i32", "i32.shr_s"),
  "i32.shr_u": bin("i32", "i32.shr_u"),
  "i32.div_s": bin("i32", "i32.div_s"),
  "i32.div_u": bin("i32", "i32.div_u"),
  "i32.rem_s": bin("i32", "i32.rem_s"),
  "i32.rem_u": bin("i32", "i32.rem_u"),
  "i64.add": bin("i64", "i64.add", true),
  "i64.sub": bin("i64", "i64.sub"),
  "i64.mul": bin("i64", "i64.mul", true),
  "i64.and": bin("i64", "i64.and", true),
  "i64.or": bin("i64", "i64.or", true),
  "i64.xor": bin("i64", "i64.xor", true),
  "i64.shl": bin("i64", "i64.shl"),
  "i64.shr_s": bin("i64", "i64.shr_s"),
  "i64.shr_u": bin("i64", "i64.shr_u"),
  "i64.div_s": bin("i64", "i64.div_s"),
  "i64.div_u": bin("i64", "i64.div_u"),
  "i64.rem_s": bin("i64", "i64.rem_s"),
  "i64.rem_u": bin("i64", "i64.rem_u"),
  "f64.add": bin("f64", "f64.add", true),
  "f64.sub": bin("f64", "f64.sub"),
  "f64.mul": bin("f64", "f64.mul", true),
  "f64.div": bin("f64", "f64.div"),
  "f64.neg": un("f64", "f64", "f64.neg"),
  "i32.eq": cmp("i32", "i32.eq", true),
  "i32.ne": cmp("i32", "i32.ne", true),
  "i32.lt_s": cmp("i32", "i32.lt_s"),
  "i32.le_s": cmp("i32", "i32.le_s"),
  "i32.lt_u": cmp("i32", "i32.lt_u"),
  "i32.le_u": cmp("i32", "i32.le_u"),
  "i32.eqz": un("i32", "i32", "i32.eqz"),
  "i64.eq": cmp("i64", "i64.eq", true),
  "i64.ne": cmp("i64", "i64.ne", true),
  "i64.lt_s": cmp("i64", "i64.lt_s"),
  "i64.le_s": cmp("i64", "i64.le_s"),
  "i64.lt_u": cmp("i64", "i64.lt_u"),
  "i64.le_u": cmp("i64", "i64.le_u"),
  "i64.eqz": un("i64", "i32", "i64.eqz"),
  "f64.eq": cmp("f64", "f64.eq", true),
  "f64.ne": cmp("f64", "f64.ne", true),
  "f64.lt": cmp("f64", "f64.lt"),
  "f64.le": cmp("f64", "f64.le"),
  "ref.eq": cmp("ref", "i32.eq", true),
  "i64.extend_s": un("i32", "i64", "i64.extend_i32_s"),
  "i64.extend_u": un("i32", "i64", "i64.extend_i32_u"),
  "i32.wrap": un("i64", "i32", "i32.wrap_i64"),
  "f64.from_i32_s": un("i32", "f64", "f64.convert_i32_s"),
  "f64.from_i32_u": un("i32", "f64", "f64.convert_i32_u"),
  "f64.from_i64_s": un("i64", "f64", "f64.convert_i64_s"),
  "f64.from_i64_u": un("i64", "f64", "f64.convert_i64_u"),
  select: { args: "*", result: "*", wasm: "select", does: "args [condition i32, then, else]" },

  // Checked operations: the language's errors. Division checks include the test for zero.
  "i32.add.check": chk("i32", "+ ; leaves on overflow"),
  "i32.sub.check": chk("i32", "-"),
  "i32.mul.check": chk("i32", "*"),
  "i64.add.check": chk("i64", "+"),
  "i64.sub.check": chk("i64", "-"),
  "i64.mul.check": chk("i64", "*"),
  "i32.div_s.check": chk("i32", "leaves on 0 and on smallest / -1"),
  "i32.div_u.check": chk("i32", "leaves on 0"),
  "i32.rem_s.check": chk("i32", "leaves on 0; smallest % -1 is 0 (as wasm's rem_s)"),
  "i32.rem_u.check": chk("i32", "leaves on 0"),
  "i64.div_s.check": chk("i64", "as i32"),
  "i64.div_u.check": chk("i64", ""),
  "i64.rem_s.check": chk("i64", ""),
  "i64.rem_u.check": chk("i64", ""),
  "f64.div.check": chk("f64", "leaves on 0"),
  "f64.rem.check": chk("f64", "leaves on 0; C fmod"),
  "i32.neg.check": { args: ["i32"], result: "i32", exits: true },
  "i64.neg.check": { args: ["i64"], result: "i64", exits: true },
  "cast.check": {
    args: "*",
    result: "*",
    exits: true,
    aux: "name of the bytecode op, e.g. F64_TO_I32",
    does: "checked conversion",
  },
  "check.true": {
    args: ["i32"],
    result: null,
    exits: true,
    aux: "code, e.g. E0018",
    does: "leaves when the argument is 0",
  },

  /** Three-way comparison by value; 2: the f64 is NaN. */
  "cmp.i64.u64": { args: ["i64", "i64"], result: "i32", does: "-1, 0, 1" },
  "cmp.i64.f64": { args: ["i64", "f64"], result: "i32", does: "-1, 0, 1, 2" },
  "cmp.u64.f64": { args: ["i64", "f64"], result: "i32", does: "-1, 0, 1, 2" },

  /**
   * Call of a function in our place, at the end of a block (whose terminator is `unreachable`). Native code calls it by
   * return_call, or leaves its arguments where ours were and asks the caller to call it (STATUS.TAIL). With a budget a
   * check.budget stands before it. JIT: `state` is the one before it, for the inliner: it makes it a `call`.
   */
  tailcall: { args: "*", result: null, effect: "calls", aux: "function" },
  /**
   * Before a tail call: the new function must be able to charge without asking, since nobody could execute the TAIL_CALL again.
   * JIT: leaves when the budget is used up; AOT: asks.
   */
  "check.budget": { args: [], result: null, effect: "calls", exits: true },
  /** Sets the pending error, aux at the place of the op, which control does not leave: the handler of a `try` comes next. */
  raise: { args: [], result: null, effect: "writes", aux: "code" },
  /** Right after a call, or helper, that is `handled`: 1 if it left an error that may be caught; its result then means nothing. */
  failed: { args: [], result: "i32", effect: "reads" },
  /** As `runtime`, inside of a `try`: the result may be the helper's `fails`. */
  "runtime.raw": { args: "*", result: "*", effect: "allocates", aux: "helper name" },
  "ref.null": un("ref", "i32", "i32.eqz"),
  "i64.mul.overflows": { args: ["i64", "i64"], result: "i32", does: "1 when the signed product leaves i64" },
  /** A module variable's slot. Other functions may change it: no load moves over a `call`. Charges and prints do not. */
  "global.get": { args: [], result: "*", aux: "global", effect: "reads" },
  "global.set": { args: "*", result: null, aux: "global", effect: "writes" },
  /**
   * Arrays. The length, and where the elements are, change in helpers that write and in calls. An access takes the array, though only
   * `array.data` is used: what its elements lie in lives as long as the array. An index has passed its check.index.
   */
  "array.length": { args: ["ref"], result: "i32", effect: "reads" },
  "array.data": { args: ["ref"], result: "i32", effect: "reads", does: "address of the first element" },
  "array.load": {
    args: ["ref", "i32", "i32"],
    result: "*",
    effect: "reads",
    aux: "representation of the elements",
    does: "args array, data, index",
  },
  "array.store": {
    args: "*",
    result: null,
    effect: "writes",
    aux: "representation of the elements",
    does: "args array, data, index, value",
  },
  "check.index": { args: ["i32", "i32"], result: null, exits: true, does: "leaves unless index < length, unsigned" },
  /** Structs, enum values, closures, cells. */
  "slot.load": { args: ["ref"], result: "*", effect: "reads", aux: "number of the slot" },
  "slot.store": { args: "*", result: null, effect: "writes", aux: "number of the slot", does: "args object, value" },
  "variant.load": { args: ["ref"], result: "i32", does: "number of an enum value's variant, which never changes" },
  /**
   * The runtime function of an extended op (bytecode/extended.ts, which says what it does to the world); args are its parameters,
   * numbers and addresses as constants. Like a print it happens once: when it fails, native code sets the error that it left
   * and returns ERROR, in both modes, so it has no frame state.
   */
  helper: { args: "*", result: "*", exits: true, effect: "calls", aux: "name of the extended op" },
  "string.length": { args: ["ref"], result: "i32", does: "number of bytes; strings never change" },
  /**
   * A runtime function that allocates (layout/helpers.ts), so it may collect: references that are needed later are on the
   * shadow stack. Leaves when there is no memory. Its result depends on its arguments alone.
   */
  runtime: {
    args: "*",
    result: "*",
    exits: true,
    effect: "allocates",
    aux: "helper name",
    does: "args as the helper's parameters; leaves when the result is the helper's `fails`",
  },
  /**
   * A print helper (layout/helpers.ts); `args` are the helper's parameters (the string, or radix and decimals as constants).
   * It happens once and is never repeated, so it has *no* frame state, also in JIT: a failed write returns ERROR from
   * here in both modes (inlined: traceCall for each of `inlined`, innermost first).
   */
  print: {
    args: "*",
    result: null,
    effect: "writes",
    exits: true,
    aux: "helper name",
    does: "args as the helper's parameters",
  },
  /**
   * Charges one unit; asks (pollNative) when the budget is used up. `state` is the place to go on at when it is left
   * uncharged: its innermost frame's pc is the charging instruction. aux: `loop`, a LOOP; `entry`, the start of the
   * compiled function (answers NOT_ENTERED, pc is the function's first word); `call`, the start of an inlined call (pc is
   * the CALL in the caller's frame, which the interpreter then executes as a whole).
   */
  charge: { args: [], result: null, effect: "calls", exits: true, aux: "loop, entry or call" },
  /**
   * Before an inlined call: leaves when depth + aux >= the depth at which calls stop (JIT: VM.depthStop, state *before*
   * the CALL, handled as a call's NOT_ENTERED; AOT: E0008 at the CALL, the constant of a body's own check).
   */
  "check.depth": { args: [], result: null, exits: true, aux: "levels below this activation" },
  /**
   * Call of an Orus function; args in source order. JIT: `state` describes the window *after* the call without the result
   * (pc: the word after CALL), for UNWIND; `before` is the state before it, outgoing registers included, for NOT_ENTERED.
   * A call in place of an inlined function (replacesFrame) has that function's CALL as its pc and the state at the
   * TAIL_CALL, with the frame that is to go, as `before`.
   */
  call: {
    args: "*",
    result: "*",
    effect: "calls",
    exits: true,
    aux: "function index",
    does: "args in source order",
  },
  /** The same of a closure, which is the first argument. */
  "call.value": {
    args: "*",
    result: "*",
    effect: "calls",
    exits: true,
    aux: "index of its signature in the chunk",
    does: "args closure, then the others",
  },
  "tailcall.value": { args: "*", result: null, effect: "calls", aux: "index of its signature in the chunk" },
} as const satisfies Record<string, SsaRow>;
export type SsaOp = keyof typeof SSA_OPS;

/**
 * The error that a failing check stands for. `divisorIsZero` matters for signed division only, which fails in two ways:
 * AOT tests the divisor again on the cold path, and for indexes the sign.
 */
export function errorCode(op: SsaOp, aux: number | bigint | string | null, divisorIsZero: boolean): string {
  // Here it says that the index is negative.
  if (op === "check.index" || aux === "I64_TO_INDEX") return divisorIsZero ? "E0002.1" : "E0002";
  if (op === "check.true") return aux as string;
  if (op === "runtime") return "E0009";
  if (op === "check.budget") return "E0040";
  if (op === "check.depth" || op === "call" || op === "call.value") return "E0008";
  if (op === "cast.check") return OP_LIST[OP[aux as OpName]]!.fails![0]!;
  if (op.includes(".rem")) return "E0006";
  if (op.includes(".div_u") || op === "f64.div.check") return "E0001";
  if (op.includes(".div_s")) return divisorIsZero ? "E0001" : "E0004";
  return "E0004";
}
