/**
 * Unsuffixed integer literals (core 6). A literal has a type variable that carries its value; variables that meet are
 * joined, so literals that meet only each other get one type together. When such a variable gets a numeric type the
 * values are compared with its range, once; when nothing gives it one it becomes the first of i32, i64 and u64 that holds
 * all of them.
 */
import { I32, I64, type Type, U32, U64 } from "../analysis/types.js";
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { Expr, IntLit, UnaryExpr } from "../syntax/ast.js";
import { type Literals, ownType, show } from "./types.js";

interface Range {
  readonly least: bigint;
  readonly greatest: bigint;
}
const RANGES: Readonly<Record<string, Range>> = {
  i32: { least: -(2n ** 31n), greatest: 2n ** 31n - 1n },
  i64: { least: -(2n ** 63n), greatest: 2n ** 63n - 1n },
  u32: { least: 0n, greatest: 2n ** 32n - 1n },
  u64: { least: 0n, greatest: 2n ** 64n - 1n },
};
const rangeOf = (type: Type): Range | null => (type.kind === "prim" ? (RANGES[type.name] ?? null) : null);

/** A minus sign directly before an integer literal belongs to it. */
export const isSignedLiteral = (e: Expr): e is UnaryExpr & { operand: IntLit } =>
  e.kind === "unary" && e.op === "-" && e.operand.kind === "int";

export function literalOf(value: bigint, span: Span): Literals {
  const node = { value, span, next: null };
  return { least: value, greatest: value, first: node, last: node, whole: false };
}

/** One set of both, in constant time; `a` is changed. */
export function joinLiterals(a: Literals, b: Literals): Literals {
  if (a === b) return a;
  a.last.next = b.first;
  a.last = b.last;
  if (b.least < a.least) a.least = b.least;
  if (b.greatest > a.greatest) a.greatest = b.greatest;
  a.whole ||= b.whole;
  return a;
}

/** The type that literals have when nothing asks for another. */
export function defaultType(literals: Literals): Type {
  switch (ownType(literals)) {
    case "i32":
      return I32;
    case "i64":
      return I64;
    default:
      return U64;
  }
}

/** Reports the literals that a numeric type cannot hold. An f64 takes the nearest value of any. */
export function checkRanges(literals: Literals, type: Type, sink: Sink): void {
  const range = rangeOf(type);
  if (!range || (literals.least >= range.least && literals.greatest <= range.greatest)) return;
  for (let node: Literals["first"] | null = literals.first; node; node = node.next)
    checkRange(node.value, type, node.span, sink);
}

/** Reports a literal that its type cannot hold. */
export function checkRange(value: bigint, type: Type, span: Span, sink: Sink): void {
  const range = rangeOf(type);
  if (!range || (value >= range.least && value <= range.greatest)) return;
  const wider = [I32, U32, I64, U64].find((t) => value >= rangeOf(t)!.least && value <= rangeOf(t)!.greatest);
  sink.report({
    code: "E2020",
    span,
    label: `\`${value}\` does not fit \`${show(type)}\``,
    explanation: `\`${show(type)}\` holds ${range.least} to ${range.greatest}.`,
    ...(wider ? { help: [`\`${show(wider)}\` would hold it`] } : {}),
  });
}

/** The value of a literal, through parentheses and signs; null if it is anything else. */
export function literalValue(e: Expr): bigint | null {
  let sign = 1n;
  let inner = e;
  while (inner.kind === "paren" || (inner.kind === "unary" && inner.op === "-")) {
    if (inner.kind === "unary") sign = -sign;
    inner = inner.kind === "paren" ? inner.inner : inner.operand;
  }
  return inner.kind === "int" ? sign * inner.value : null;
}
