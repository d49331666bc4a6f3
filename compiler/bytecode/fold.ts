/**
 * Constant folding on the tree: exact in every type, and silent about failure. What would overflow or divide by zero
 * is not folded: such an expression fails when it is executed (core 10), so its instructions stay.
 */

import type { VarSymbol } from "../analysis/symbols.js";
import type { Rep, Type } from "../analysis/types.js";
import type { BinaryOp, Expr } from "../syntax/ast.js";
import type { Constant, Text } from "./chunk.js";

const RANGES: Record<"i32" | "i64" | "u32" | "u64", readonly [bigint, bigint]> = {
  i32: [-(2n ** 31n), 2n ** 31n - 1n],
  i64: [-(2n ** 63n), 2n ** 63n - 1n],
  u32: [0n, 2n ** 32n - 1n],
  u64: [0n, 2n ** 64n - 1n],
};
const isInt = (r: Rep): r is "i32" | "i64" | "u32" | "u64" => r in RANGES;

/** A constant of an integer type; null when it is out of range. */
function integer(rep: "i32" | "i64" | "u32" | "u64", value: bigint): Constant | null {
  const [low, high] = RANGES[rep];
  if (value < low || value > high) return null;
  return rep === "i64" || rep === "u64" ? { type: rep, value } : { type: rep, value: Number(value) };
}
const wrapped = (rep: "i32" | "i64" | "u32" | "u64", value: bigint): Constant => {
  const bits = rep === "i32" || rep === "u32" ? 32 : 64;
  return integer(rep, rep[0] === "i" ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value))!;
};
const big = (c: Constant): bigint =>
  typeof (c as { value: unknown }).value === "bigint"
    ? (c as { value: bigint }).value
    : BigInt((c as { value: number }).value);
export const isText = (c: Constant): c is Text => "text" in c;
export const boolean = (value: boolean): Constant => ({ type: "bool", value: value ? 1 : 0 });

/** The value that a register has when nothing else is known to be in it. */
export function zero(rep: Rep): Constant {
  if (rep === "ref" || rep === "any") return { type: "ref", text: "" };
  return rep === "i64" || rep === "u64" ? { type: rep, value: 0n } : { type: rep, value: 0 };
}

export interface FoldContext {
  /** Variables with known values. */
  readonly known: ReadonlyMap<VarSymbol, Constant>;
  /** Representation of a type in the instance that is lowered. */
  readonly rep: (type: Type) => Rep | null;
}

/** The value of an expression that has one before the program runs, else null. */
export function fold(e: Expr, cx: FoldContext): Constant | null {
  return e.convert ? null : foldPlain(e, cx);
}
function foldPlain(e: Expr, cx: FoldContext): Constant | null {
  switch (e.kind) {
    case "int": {
      const rep = cx.rep(e.type!);
      return rep !== null && isInt(rep)
        ? integer(rep, e.value)
        : rep === "f64"
          ? { type: "f64", value: Number(e.value) }
          : null;
    }
    case "float":
      return { type: "f64", value: e.value };
    case "string":
      return { type: "ref", text: e.text };
    case "bool":
      return boolean(e.value);
    case "name":
      return e.symbol?.kind === "var" ? (cx.known.get(e.symbol) ?? null) : null;
    case "paren":
      return fold(e.inner, cx);
    case "unary":
      return foldUnary(e.op, e.operand, cx.rep(e.type!)!, cx);
    case "binary":
      return foldChain(e, cx);
    case "logic": {
      // A long chain leans to the left: its spine is walked, not recursed into.
      const operands: Expr[] = [];
      let left: Expr = e;
      while (left.kind === "logic" && left.op === e.op) {
        operands.push(left.right);
        left = left.left;
      }
      operands.push(left);
      for (let i = operands.length - 1; i >= 0; i--) {
        const c = fold(operands[i]!, cx);
        if (c?.type !== "bool") return null;
        if ((c.value === 1) === (e.op === "or")) return c;
      }
      return boolean(e.op === "and");
    }
    case "cond": {
      const c = fold(e.cond, cx);
      return c?.type === "bool" ? fold(c.value ? e.then : e.otherwise, cx) : null;
    }
    case "cast": {
      const c = fold(e.operand, cx);
      return c === null ? null : castConstant(c, cx.rep(e.type!)!);
    }
    default:
      return null;
  }
}

function foldUnary(op: "-" | "not", operand: Expr, rep: Rep, cx: FoldContext): Constant | null {
  // The sign belongs to the literal: -2147483648 is an i32 although 2147483648 is none.
  let inner = operand;
  while (inner.kind === "paren") inner = inner.inner;
  if (op === "-" && inner.kind === "int" && isInt(rep)) return integer(rep, -inner.value);
  const c = fold(operand, cx);
  if (c === null || c.type === "ref") return null;
  if (op === "not") return boolean(c.value === 0);
  if (c.type === "f64") return { type: "f64", value: -c.value };
  return isInt(rep) ? integer(rep, -big(c)) : null;
}

function foldChain(e: Extract<Expr, { kind: "binary" }>, cx: FoldContext): Constant | null {
  const spine: (typeof e)[] = [];
  let left: Expr = e;
  while (left.kind === "binary") {
    if (left.convert && left !== e) return null;
    spine.push(left);
    left = left.left;
  }
  let value = fold(left, cx);
  for (let i = spine.length - 1; i >= 0 && value !== null; i--) {
    const right = fold(spine[i]!.right, cx);
    value = right === null ? null : binary(spine[i]!.op, value, right);
  }
  return value;
}

/** `a op b`, or null when it fails or is not defined. */
export function binary(op: BinaryOp, a: Constant, b: Constant): Constant | null {
  if (op === "+" || op === "-" || op === "*" || op === "/" || op === "%") {
    if (isText(a) && isText(b)) {
      const text = a.text + b.text;
      return text.length <= MAX_TEXT ? { type: "ref", text } : null;
    }
    if (a.type !== b.type || a.type === "ref" || a.type === "bool") return null;
    if (a.type === "f64") {
      const y = (b as { value: number }).value;
      if ((op === "/" || op === "%") && y === 0) return null;
      const x = a.value;
      return {
        type: "f64",
        value: op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : op === "/" ? x / y : x % y,
      };
    }
    const x = big(a);
    const y = big(b);
    if ((op === "/" || op === "%") && y === 0n) return null;
    const exact = op === "+" ? x + y : op === "-" ? x - y : op === "*" ? x * y : op === "/" ? x / y : x % y;
    return a.type[0] === "u" ? wrapped(a.type, exact) : integer(a.type, exact);
  }
  const order = compare(a, b);
  if (order === null) return null;
  switch (op) {
    case "==":
    case "matches":
      return boolean(order === 0);
    case "!=":
      return boolean(order !== 0);
    case "<":
      return boolean(order === -1);
    case "<=":
      return boolean(order === -1 || order === 0);
    case ">":
      return boolean(order === 1);
    case ">=":
      return boolean(order === 1 || order === 0);
  }
}

/** Joins of constants up to this length become one constant. */
const MAX_TEXT = 4096;

/** The order of two texts' UTF-8 bytes, which is that of their code points. */
function byBytes(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === a.length || i === b.length) return Math.sign(a.length - b.length);
  // Where only the second half of a surrogate pair differs, so do the code points that it ends.
  const half = (s: string): boolean => s.charCodeAt(i) >= 0xdc00 && s.charCodeAt(i) <= 0xdfff;
  if (half(a) && half(b)) i--;
  return a.codePointAt(i)! < b.codePointAt(i)! ? -1 : 1;
}

/** -1, 0, 1, 2 when unordered; null when the two cannot be compared here. */
function compare(a: Constant, b: Constant): number | null {
  if (a.type === "ref" || b.type === "ref") {
    if (!isText(a) || !isText(b)) return null;
    return byBytes(a.text, b.text);
  }
  const x = a.value;
  const y = b.value;
  if (Number.isNaN(x as number) || Number.isNaN(y as number)) return 2;
  // JavaScript compares a bigint with a number by mathematical value.
  return x < y ? -1 : x > y ? 1 : 0;
}

/** `c as rep`, or null when it fails. */
function castConstant(c: Constant, rep: Rep): Constant | null {
  if (c.type === "ref") return rep === "ref" ? c : null;
  if (rep === "ref") {
    // The text of a float is the runtime's business.
    if (c.type === "f64") return null;
    return { type: "ref", text: c.type === "bool" ? (c.value ? "true" : "false") : String(c.value) };
  }
  if (c.type === rep || rep === "any") return c.type === rep ? c : null;
  if (rep === "bool") return boolean(Number.isNaN(c.value as number) || Number(c.value) !== 0);
  if (rep === "f64") return { type: "f64", value: Number(c.value) };
  if (c.type === "f64") return Number.isFinite(c.value) ? integer(rep, BigInt(Math.trunc(c.value))) : null;
  const wraps =
    (c.type === "i32" && rep === "u32") || (c.type === "u32" && rep === "i32") || (c.type === "i64" && rep === "i32");
  return wraps ? wrapped(rep, big(c)) : integer(rep, big(c));
}

/** The same number in another type, or null when it has none there. A bool counts as 0 or 1. */
export function exactly(c: Constant, rep: Rep): Constant | null {
  if (c.type === rep) return c;
  if (c.type === "ref" || rep === "ref" || rep === "any" || rep === "bool") return null;
  if (c.type === "f64") return isInt(rep) && Number.isInteger(c.value) ? integer(rep, BigInt(c.value)) : null;
  const value = big(c);
  if (isInt(rep)) return integer(rep, value);
  return BigInt(Number(value)) === value ? { type: "f64", value: Number(value) } : null;
}
