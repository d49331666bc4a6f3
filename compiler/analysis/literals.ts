/**
 * Unsuffixed integer literals (core 6): they have no type of their own until their context gives them one.
 *
 * While an expression is inferred, everything made of such literals alone, by signs, parentheses, arithmetic and the
 * arms of conditional expressions, has the marker LITERAL as its type and stays untyped in the tree. As soon as the
 * context is known the whole piece is settled: every node gets the type and every literal is checked against its
 * range once. A piece is settled once, so the cost is linear; the walks keep a stack of their own.
 */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { Expr, IntLit, UnaryExpr } from "../syntax/ast.js";
import { F64, I32, I64, isUnsigned, type PrimName, type Type, typeName, U32, U64 } from "./types.js";

/** The type of a piece that is not settled yet. */
export const LITERAL: unique symbol = Symbol("literal");
export type Inferred = Type | typeof LITERAL;

interface Range {
  readonly least: bigint;
  readonly greatest: bigint;
}
const RANGES: Readonly<Partial<Record<PrimName, Range>>> = {
  i32: { least: -(2n ** 31n), greatest: 2n ** 31n - 1n },
  i64: { least: -(2n ** 63n), greatest: 2n ** 63n - 1n },
  u32: { least: 0n, greatest: 2n ** 32n - 1n },
  u64: { least: 0n, greatest: 2n ** 64n - 1n },
};
const rangeOf = (type: Type): Range | null => (type.kind === "prim" ? (RANGES[type.name] ?? null) : null);

/** What a suffix says; null for one that no integer has. */
export function suffixType(suffix: string): Type | null {
  switch (suffix) {
    case "i32":
      return I32;
    case "i64":
      return I64;
    case "u":
    case "u32":
      return U32;
    case "u64":
      return U64;
    case "f64":
      return F64;
    default:
      return null;
  }
}

/** A minus sign directly before an integer literal belongs to it. */
export const isSignedLiteral = (e: Expr): e is UnaryExpr & { operand: IntLit } =>
  e.kind === "unary" && e.op === "-" && e.operand.kind === "int";

/** Calls `each` for every unsuffixed literal, with its sign, and `node` for every node of the pieces. */
function walk(pieces: readonly Expr[], each: (value: bigint, e: Expr) => void, node: (e: Expr) => void): void {
  const stack = [...pieces].reverse();
  for (let e = stack.pop(); e; e = stack.pop()) {
    switch (e.kind) {
      case "int":
        node(e);
        each(e.value, e);
        break;
      case "unary":
        node(e);
        if (isSignedLiteral(e)) {
          node(e.operand);
          each(-e.operand.value, e);
        } else stack.push(e.operand);
        break;
      case "paren":
        node(e);
        stack.push(e.inner);
        break;
      case "binary":
        node(e);
        stack.push(e.right, e.left);
        break;
      case "cond":
        node(e);
        stack.push(e.otherwise, e.then);
        break;
      default:
        // Not part of a piece, unless its type is still being looked for (PENDING): its own check gives it one.
        break;
    }
  }
}

/** Gives a LITERAL piece a numeric type. */
export function settle(piece: Expr, type: Type, sink: Sink): void {
  const unsigned = isUnsigned(type);
  walk(
    [piece],
    (value, e) => checkRange(value, type, e.span, sink),
    (e) => {
      e.type = type;
      if (unsigned && e.kind === "unary" && !isSignedLiteral(e)) {
        sink.report({
          code: "E2007",
          span: e.opSpan,
          label: `\`-\` is not defined for \`${typeName(type)}\``,
          labels: [{ span: e.operand.span, text: `a \`${typeName(type)}\` is needed here` }],
        });
      }
    },
  );
}

/** Whether a minus in a LITERAL piece keeps it from having an unsigned type. */
export function negates(piece: Expr): boolean {
  let found = false;
  walk(
    [piece],
    (value) => {
      found ||= value < 0n;
    },
    (e) => {
      found ||= e.kind === "unary" && !isSignedLiteral(e);
    },
  );
  return found;
}

/** Without a context: the first of i32, i64, u64 that holds all literals of the pieces together. */
export function settleTogether(pieces: readonly Expr[], sink: Sink): Type {
  let least = 0n;
  let greatest = 0n;
  walk(
    pieces,
    (value) => {
      if (value < least) least = value;
      if (value > greatest) greatest = value;
    },
    () => {},
  );
  const holds = (type: Type): boolean => {
    const range = rangeOf(type)!;
    return least >= range.least && greatest <= range.greatest;
  };
  // Where none holds all of them, i64 is the one whose complaint says most.
  const type = [I32, I64, U64].find(holds) ?? I64;
  for (const piece of pieces) settle(piece, type, sink);
  return type;
}

/** Reports a literal that its type cannot hold. An f64 takes the nearest value of any literal. */
export function checkRange(value: bigint, type: Type, span: Span, sink: Sink): void {
  const range = rangeOf(type);
  if (!range || (value >= range.least && value <= range.greatest)) return;
  const wider = [I32, U32, I64, U64].find((t) => value >= rangeOf(t)!.least && value <= rangeOf(t)!.greatest);
  sink.report({
    code: "E2020",
    span,
    label: `\`${value}\` does not fit \`${typeName(type)}\``,
    explanation: `\`${typeName(type)}\` holds ${range.least} to ${range.greatest}.`,
    ...(wider ? { help: [`\`${typeName(wider)}\` would hold it`] } : {}),
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
