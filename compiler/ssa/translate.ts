/**
 * What each bytecode op means in SSA: operations on values, without control flow and registers (build.ts has those).
 *
 * Ops of one family differ by their representation only, so a family is translated once and its name taken apart:
 * `JUMP_LT_U64_IMM` is family JUMP, comparison LT, representation U64. `Emit` is how an operation is appended.
 */
import type { Rep } from "../analysis/types.js";
import type { OpName } from "../bytecode/ops.js";
import type { HelperName } from "../layout/helpers.js";
import { tyOf, type Value } from "./ir.js";
import { SSA_OPS, type SsaOp, type Ty } from "./ops.js";

export interface Emit {
  /** Appends a pure operation. */
  pure(op: SsaOp, args: Value[], rep: Rep, aux?: Value["aux"]): Value;
  /** Appends an operation with a check: it gets the state before the instruction. */
  check(op: SsaOp, args: Value[], rep: Rep | null, aux?: Value["aux"]): Value;
  /** Appends an operation with an effect that checks nothing, or needs no state. */
  effect(op: SsaOp, args: Value[], rep: Rep | null, aux?: Value["aux"]): Value;
  constant(rep: Rep, value: number | bigint): Value;
  /** The address of something that the chunk's tables have. */
  address(kind: "type" | "variant" | "fn", index: number): Value;
}

export type Compare = "EQ" | "NE" | "LT" | "LE" | "GT" | "GE" | "NLT" | "NLE";
const COMPARISONS: ReadonlySet<string> = new Set(["EQ", "NE", "LT", "LE", "GT", "GE", "NLT", "NLE"]);

/** A comparison as an i32 of 0 or 1. */
export function compare(e: Emit, how: Compare, rep: Rep, x: Value, y: Value): Value {
  const ty = tyOf(rep);
  const sign = rep === "f64" ? "" : rep === "i32" || rep === "i64" ? "_s" : "_u";
  switch (how) {
    case "EQ":
    case "NE":
      return e.pure(`${ty}.${how === "EQ" ? "eq" : "ne"}` as SsaOp, [x, y], "bool");
    case "LT":
    case "LE":
      return e.pure(`${ty}.${how === "LT" ? "lt" : "le"}${sign}` as SsaOp, [x, y], "bool");
    case "GT":
    case "GE":
      return compare(e, how === "GT" ? "LT" : "LE", rep, y, x);
    // Not the opposite comparison: NaN is neither less nor greater.
    case "NLT":
    case "NLE":
      return e.pure("i32.eqz", [compare(e, how === "NLT" ? "LT" : "LE", rep, x, y)], "bool");
  }
}

export interface Parts {
  /** ADD, LT, JUMP, FOR, FOR_PREP, FOR_STEP … */
  readonly family: string;
  /** For jumps and FOR_*: the comparison. */
  readonly how: Compare | null;
  readonly rep: Rep | null;
  readonly imm: boolean;
}
const REP_NAMES: Record<string, Rep> = {
  I32: "i32",
  U32: "u32",
  I64: "i64",
  U64: "u64",
  F64: "f64",
  STRING: "ref",
  BOOL: "bool",
};

/** Takes an op's name apart; conversions and single ops come back whole as their family. */
export function partsOf(name: OpName): Parts {
  let words = name.split("_");
  const imm = words[words.length - 1] === "IMM";
  if (imm) words = words.slice(0, -1);
  const rep = REP_NAMES[words[words.length - 1]!] ?? null;
  if (rep === null || name.includes("_TO_") || name.startsWith("CMP_"))
    return { family: name, how: null, rep: null, imm: false };
  words = words.slice(0, -1);
  const last = words[words.length - 1]!;
  if (words.length > 1 && COMPARISONS.has(last))
    return { family: words.slice(0, -1).join("_"), how: last as Compare, rep, imm };
  return { family: words.join("_"), how: COMPARISONS.has(last) ? (last as Compare) : null, rep, imm };
}

const SUFFIX: Partial<Record<string, { checked: string; plain: string }>> = {
  ADD: { checked: "add.check", plain: "add" },
  SUB: { checked: "sub.check", plain: "sub" },
  MUL: { checked: "mul.check", plain: "mul" },
};

/** `+ - * / %` of two values. `immediate`: the divisor is a constant that cannot trap. */
export function arithmetic(e: Emit, family: string, rep: Rep, x: Value, y: Value, immediate: boolean): Value {
  const ty = tyOf(rep);
  const signed = rep === "i32" || rep === "i64";
  if (rep === "f64") {
    const op = `f64.${family.toLowerCase()}`;
    return family === "DIV" || family === "REM"
      ? e.check(`${op}.check` as SsaOp, [x, y], rep)
      : e.pure(op as SsaOp, [x, y], rep);
  }
  if (family === "DIV" || family === "REM") {
    const op = `${ty}.${family.toLowerCase()}${signed ? "_s" : "_u"}`;
    return immediate ? e.pure(op as SsaOp, [x, y], rep) : e.check(`${op}.check` as SsaOp, [x, y], rep);
  }
  const { checked, plain } = SUFFIX[family]!;
  return signed ? e.check(`${ty}.${checked}` as SsaOp, [x, y], rep) : e.pure(`${ty}.${plain}` as SsaOp, [x, y], rep);
}

/** Conversions and unary ops by op name: the SSA op and the result's representation. */
const CONVERT: Partial<Record<OpName, readonly [SsaOp, Rep]>> = {
  I32_TO_I64: ["i64.extend_s", "i64"],
  U32_TO_I64: ["i64.extend_u", "i64"],
  I64_TO_I32: ["i32.wrap", "i32"],
  I32_TO_F64: ["f64.from_i32_s", "f64"],
  U32_TO_F64: ["f64.from_i32_u", "f64"],
  I64_TO_F64: ["f64.from_i64_s", "f64"],
  U64_TO_F64: ["f64.from_i64_u", "f64"],
  NEG_F64: ["f64.neg", "f64"],
  NOT: ["i32.eqz", "bool"],
};
const CHECKED: Partial<Record<OpName, readonly [SsaOp, Rep]>> = {
  NEG_I32: ["i32.neg.check", "i32"],
  NEG_I64: ["i64.neg.check", "i64"],
  F64_TO_I32: ["cast.check", "i32"],
  F64_TO_I64: ["cast.check", "i64"],
  F64_TO_U32: ["cast.check", "u32"],
  F64_TO_U64: ["cast.check", "u64"],
  I32_TO_U64: ["cast.check", "u64"],
  I64_TO_U32: ["cast.check", "u32"],
  I64_TO_U64: ["cast.check", "u64"],
  U64_TO_I32: ["cast.check", "i32"],
  U64_TO_I64: ["cast.check", "i64"],
  U64_TO_U32: ["cast.check", "u32"],
};
/** Ops with one source and a result, or null if the op is none of them. */
export function unary(e: Emit, name: OpName, x: Value): Value | null {
  const convert = CONVERT[name];
  if (convert) return e.pure(convert[0], [x], convert[1]);
  const checked = CHECKED[name];
  if (!checked) return null;
  return e.check(checked[0], [x], checked[1], checked[0] === "cast.check" ? name : null);
}

/** The three-way comparisons by op name. */
export const THREE_WAY: Partial<Record<OpName, SsaOp>> = {
  CMP_I64_U64: "cmp.i64.u64",
  CMP_I64_F64: "cmp.i64.f64",
  CMP_U64_F64: "cmp.u64.f64",
};

/** Print helpers by op name; PRINT_TEXT, PRINT_RADIX and PRINT_FIXED take constants from the instruction. */
export const PRINTERS: Partial<Record<OpName, HelperName>> = {
  PRINT_TEXT: "printText",
  PRINT_I32: "printI32",
  PRINT_U32: "printU32",
  PRINT_I64: "printI64",
  PRINT_U64: "printU64",
  PRINT_F64: "printF64",
  PRINT_BOOL: "printBool",
  PRINT_STRING: "printText",
  PRINT_RADIX: "printRadix",
  PRINT_FIXED: "printFixed",
  PRINT_END: "printEnd",
};

/**
 * Whether a range has no round: `a..b` in the direction of the step's sign. Unsigned steps are never negative.
 */
export function emptyRange(e: Emit, how: Compare, rep: Rep, a: Value, b: Value, step: Value): Value {
  const upward = compare(e, how === "LT" ? "GE" : "GT", rep, a, b);
  if (rep === "u32" || rep === "u64") return upward;
  const downward = compare(e, how === "LT" ? "LE" : "LT", rep, a, b);
  return e.pure("select", [compare(e, "GT", rep, step, e.constant(rep, 0)), upward, downward], "bool");
}

/**
 * Whether a range has a further round after `a`, which is inside it: the distance to the end, as an unsigned number, must
 * be more (`..=`: not less) than the step's magnitude. So nothing overflows, also at the ends of the type.
 */
export function furtherRound(e: Emit, how: Compare, rep: Rep, a: Value, b: Value, step: Value): Value {
  const ty = tyOf(rep);
  const bits: Rep = ty === "i64" ? "u64" : "u32";
  const sub = (x: Value, y: Value): Value => e.pure(`${ty}.sub` as SsaOp, [x, y], bits);
  let distance = sub(b, a);
  let size = step;
  if (rep === "i32" || rep === "i64") {
    const up = compare(e, "GT", rep, step, e.constant(rep, 0));
    distance = e.pure("select", [up, distance, sub(a, b)], bits);
    size = e.pure("select", [up, step, sub(e.constant(rep, 0), step)], bits);
  }
  return compare(e, how === "LT" ? "LT" : "LE", bits, size, distance);
}

/** Wasm-level type of an op's result; `any` results have the representation's. */
export const resultTy = (op: SsaOp, rep: Rep | null): Ty | null => {
  const row = SSA_OPS[op];
  return row.result === "*" ? (rep ? tyOf(rep) : null) : row.result;
};
