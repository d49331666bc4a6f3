/**
 * The rules of operators and casts (core 9, 12, 13, 14): from the types of the operands to the type of the result,
 * or the message that there is none. An operand whose type is an error makes no further message.
 */
import type { Label, Sink } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { BinaryOp, CastExpr, Expr, LogicExpr, UnaryExpr } from "../syntax/ast.js";
import { type Inferred, LITERAL, negates, settle, settleTogether } from "./literals.js";
import { typeOfNode } from "./type-names.js";
import {
  BOOL,
  ERROR,
  isNamed,
  isNumeric,
  isUnsigned,
  PENDING,
  type PrimName,
  sameType,
  type Type,
  typeName,
} from "./types.js";

/** One side of an operator. The target of `op=` has no expression. */
export interface Operand {
  readonly expr: Expr | null;
  readonly span: Span;
  readonly type: Inferred;
}

type Arithmetic = "+" | "-" | "*" | "/" | "%";
const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%"]);
export const isArithmetic = (op: BinaryOp): op is Arithmetic => ARITHMETIC.has(op);

/** "an `i32`", "a `string`". */
export const aType = (type: Type): string =>
  `${type.kind === "prim" && /^[if]/.test(type.name) ? "an" : "a"} \`${typeName(type)}\``;

/** `+ - * / %`, also of `op=`. LITERAL if both sides are; the piece is then settled by whoever asked. */
export function arithmetic(op: Arithmetic, opSpan: Span, left: Operand, right: Operand, sink: Sink): Inferred {
  if (left.type === LITERAL && right.type === LITERAL) return LITERAL;
  if ((left.type === PENDING && right.type === LITERAL) || (left.type === LITERAL && right.type === PENDING))
    return LITERAL;
  const a = besides(left, right.type, sink);
  const b = besides(right, left.type, sink);
  if (a.kind === "error" || b.kind === "error") return a === PENDING ? b : b === PENDING ? a : ERROR;
  if (isNumeric(a) && isNumeric(b)) {
    if (sameType(a, b)) return a;
    return differentNumbers(op, opSpan, left, right, a, b, sink);
  }
  if (op === "+" && isNamed(a, "string") && isNamed(b, "string")) return a;
  const text = isNamed(a, "string") || isNamed(b, "string");
  return notDefined(
    op,
    opSpan,
    left,
    right,
    a,
    b,
    sink,
    text && op === "+" ? ["convert the other side: `(... as string)`"] : [],
  );
}

/** `== != < <= > >= matches`. Different numeric types may be compared; both sides keep theirs. */
export function comparison(op: BinaryOp, opSpan: Span, left: Operand, right: Operand, sink: Sink): Type {
  let a: Type;
  let b: Type;
  if (left.type === LITERAL && right.type === LITERAL) {
    a = b = settleTogether([left.expr!, right.expr!], sink);
  } else {
    a = compared(left, right.type, sink);
    b = compared(right, left.type, sink);
  }
  if (a.kind === "error" || b.kind === "error") return BOOL;
  const equality = op === "==" || op === "!=" || op === "matches";
  if (isNumeric(a) && isNumeric(b)) return BOOL;
  if (isNamed(a, "string") && isNamed(b, "string")) return BOOL;
  const boolOrNumber = (t: Type): boolean => isNamed(t, "bool") || isNumeric(t);
  if (equality && boolOrNumber(a) && boolOrNumber(b)) return BOOL;
  const chain = !equality && left.expr?.kind === "binary" && !isArithmetic(left.expr.op) && isNamed(a, "bool");
  notDefined(
    op,
    opSpan,
    left,
    right,
    a,
    b,
    sink,
    chain ? [`compare twice: \`a ${(left.expr as { op: string }).op} b and b ${op} c\``] : [],
  );
  return BOOL;
}

/** `and`, `or`. */
export function logic(e: LogicExpr, left: Operand, right: Operand, sink: Sink): Type {
  const a = besides(left, BOOL, sink);
  const b = besides(right, BOOL, sink);
  const fits = (t: Type): boolean => t.kind === "error" || isNamed(t, "bool");
  if (!fits(a) || !fits(b)) {
    const wrong = fits(a) ? b : a;
    sink.report({
      code: "E2007",
      span: e.opSpan,
      label: `\`${e.op}\` needs \`bool\` on both sides, found \`${typeName(wrong)}\``,
      labels: sides(left, right, a, b),
      ...helpList(boolHelp(wrong)),
    });
  }
  return BOOL;
}

/** Unary `-` and `not`. */
export function unary(e: UnaryExpr, operand: Inferred, sink: Sink): Inferred {
  if (e.op === "-" && operand === LITERAL) return LITERAL;
  const type = besides({ expr: e.operand, span: e.operand.span, type: operand }, BOOL, sink);
  const result = e.op === "not" ? BOOL : type;
  if (type.kind === "error") return e.op === "not" ? BOOL : type;
  const defined =
    e.op === "not" ? isNamed(type, "bool") : isNamed(type, "i32") || isNamed(type, "i64") || isNamed(type, "f64");
  if (defined) return result;
  sink.report({
    code: "E2007",
    span: e.opSpan,
    label:
      e.op === "not"
        ? `\`not\` needs \`bool\`, found \`${typeName(type)}\``
        : `\`-\` is not defined for \`${typeName(type)}\``,
    labels: [{ span: e.operand.span, text: `this is ${aType(type)}` }],
    ...helpList(e.op === "not" ? boolHelp(type) : null),
  });
  return e.op === "not" ? BOOL : ERROR;
}

/** `e as T`. */
export function cast(e: CastExpr, operand: Inferred, sink: Sink): Type {
  const from = operand === LITERAL ? settleTogether([e.operand], sink) : operand;
  const to = typeOfNode(e.target, sink, "value");
  if (from.kind === "error" || to.kind === "error" || sameType(from, to)) return to;
  if (isNamed(from, "string")) {
    sink.report({ code: "E2005", span: e.span, label: `\`string\` cannot be cast to \`${typeName(to)}\`` });
    return to;
  }
  return to;
}

/** The help for a value that should be a `bool`. */
export function boolHelp(type: Type): string | null {
  if (isNumeric(type)) return "compare it: `... != 0`";
  if (isNamed(type, "string")) return 'compare it: `... != ""`';
  return null;
}
export const helpList = (text: string | null): { help?: string[] } => (text === null ? {} : { help: [text] });

/** The type of one side beside the other one's: a LITERAL takes a number's type, otherwise its own default. */
function besides(side: Operand, other: Inferred, sink: Sink): Type {
  if (side.type !== LITERAL) return side.type;
  if (other === LITERAL || !isNumeric(other)) return settleTogether([side.expr!], sink);
  settle(side.expr!, other, sink);
  return other;
}

/**
 * The same in a comparison, which needs no common type: beside an unsigned number, a negative piece keeps its own type,
 * and the two are compared by value (core 12).
 */
function compared(side: Operand, other: Inferred, sink: Sink): Type {
  const negative = side.type === LITERAL && other !== LITERAL && isUnsigned(other) && negates(side.expr!);
  return negative ? settleTogether([side.expr!], sink) : besides(side, other, sink);
}

const sides = (left: Operand, right: Operand, a: Type, b: Type): Label[] => [
  { span: left.span, text: `this is ${aType(a)}` },
  { span: right.span, text: `this is ${aType(b)}` },
];

function notDefined(
  op: string,
  opSpan: Span,
  left: Operand,
  right: Operand,
  a: Type,
  b: Type,
  sink: Sink,
  help: string[],
): Type {
  const equality = op === "==" || op === "!=" || op === "matches";
  sink.report({
    code: "E2007",
    span: opSpan,
    label: equality
      ? `\`${typeName(a)}\` and \`${typeName(b)}\` can never be equal`
      : `\`${typeName(a)}\` ${op} \`${typeName(b)}\` is not defined`,
    labels: sides(left, right, a, b),
    ...(help.length > 0 ? { help } : {}),
  });
  return ERROR;
}

/** From narrow to wide, for the advice which side to convert. */
const WIDTH: readonly PrimName[] = ["i32", "u32", "i64", "u64", "f64"];

function differentNumbers(op: string, opSpan: Span, left: Operand, right: Operand, a: Type, b: Type, sink: Sink): Type {
  const width = (t: Type): number => WIDTH.indexOf(typeName(t) as PrimName);
  const narrowLeft = width(a) < width(b);
  const narrow = narrowLeft ? left : right;
  const wide = narrowLeft ? b : a;
  // The target of `op=` cannot be converted: then its type is what the other side has to become.
  const convert = narrow.expr ? narrow : right;
  const to = typeName(convert === narrow ? wide : a);
  const shown = convert.expr?.kind === "name" ? convert.expr.name : "...";
  sink.report({
    code: "E2004",
    span: opSpan,
    label: `\`${typeName(a)}\` ${op} \`${typeName(b)}\` is not defined`,
    labels: sides(left, right, a, b),
    help: [`convert one side: \`(${shown} as ${to})\``],
    notes: ["Orus never converts between types on its own."],
  });
  return ERROR;
}
