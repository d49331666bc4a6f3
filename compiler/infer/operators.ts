/**
 * The rules of operators and casts (core 9, 12, 13, 14, types 6, 7.5, 18): from the types of the operands to the type of
 * the result, or the message that there is none. An operand whose type is an error makes no further message. Operands
 * whose type is open become equal, and carry what the operator needs.
 */
import { BOOL, ERROR, I32, type PrimName, type Type } from "../analysis/types.js";
import type { Label } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { BinaryOp, CastExpr, Expr, LogicExpr, UnaryExpr } from "../syntax/ast.js";
import { wildcardsIn } from "./bare.js";
import { boolHelp, type Cx } from "./cx.js";
import { castExists } from "./needs.js";
import type { EnumSymbol } from "./symbols.js";
import {
  ANY,
  article,
  isNumber,
  isPrim,
  isUnsignedWhole,
  isWhole,
  type Need,
  prune,
  show,
  type TypeVar,
} from "./types.js";

/** One side of an operator. The target of `op=` has no expression of its own. */
export interface Operand {
  readonly expr: Expr | null;
  readonly span: Span;
  readonly type: Type;
}

type Arithmetic = "+" | "-" | "*" | "/" | "%";
const ARITHMETIC: ReadonlySet<string> = new Set(["+", "-", "*", "/", "%"]);
export const isArithmetic = (op: BinaryOp): op is Arithmetic => ARITHMETIC.has(op);

const isOpen = (t: Type): t is TypeVar => t.kind === "var" && t.literals === null;
const isLiteral = (t: Type): t is TypeVar => t.kind === "var" && t.literals !== null;
const need = (what: Need["what"], op: string, at: Span, to: Type | null = null): Need => ({
  what,
  op,
  at,
  span: at,
  to,
  fn: null,
});

/** `+ - * / %`, also of `op=`. */
export function arithmetic(cx: Cx, op: Arithmetic, opSpan: Span, left: Operand, right: Operand): Type {
  const a = prune(left.type);
  const b = prune(right.type);
  if (a.kind === "error" || b.kind === "error") return ERROR;
  if (op === "*" && (a.kind === "array") !== (b.kind === "array")) return repeat(cx, opSpan, left, right);
  if (a.kind === "any" || b.kind === "any") {
    wrap(cx, left);
    wrap(cx, right);
    return ANY;
  }
  if (isOpen(a) || isOpen(b)) {
    if (!cx.unifier.unify(a, b)) return notDefined(cx, op, opSpan, left, right);
    return cx.unifier.need(a, need(op === "+" ? "add" : "arithmetic", op, opSpan)) ? prune(a) : ERROR;
  }
  if (isLiteral(a) || isLiteral(b)) {
    const other = isLiteral(a) ? b : a;
    if ((isLiteral(other) || isNumber(other)) && cx.unifier.unify(a, b)) return prune(a);
  }
  const x = cx.unifier.settle(a);
  const y = cx.unifier.settle(b);
  if (isNumber(x) && isNumber(y)) {
    if (cx.unifier.unify(x, y)) return x;
    return differentNumbers(cx, op, opSpan, left, right);
  }
  if (op === "+" && isPrim(x, "string") && isPrim(y, "string")) return x;
  return notDefined(cx, op, opSpan, left, right);
}

/** `array * n`, `n * array`: the elements again and again (types 7.5). */
function repeat(cx: Cx, opSpan: Span, left: Operand, right: Operand): Type {
  const [array, count] = prune(left.type).kind === "array" ? [left, right] : [right, left];
  const n = prune(count.type);
  if (isOpen(n)) cx.unifier.unify(n, I32);
  else if (n.kind === "any" && count.expr) cx.convert(count.expr, "unwrap", I32);
  else if (!isWhole(cx.unifier.settle(n))) return notDefined(cx, "*", opSpan, left, right);
  return prune(array.type);
}

/** The value of a side whose other side is looked at when the program runs. */
function wrap(cx: Cx, { expr, type }: Operand): void {
  if (expr && cx.unifier.settle(type).kind !== "any") cx.convert(expr, "wrap", ANY);
}

/** `== != < <= > >= matches`. Different numeric types may be compared; both sides keep theirs. */
export function comparison(cx: Cx, op: BinaryOp, opSpan: Span, left: Operand, right: Operand): Type {
  const a = prune(left.type);
  const b = prune(right.type);
  if (a.kind === "error" || b.kind === "error") return BOOL;
  if (a.kind === "any" || b.kind === "any") {
    if (op === "matches" && right.expr && b.kind === "enum" && wildcardsIn(right.expr).length > 0)
      knownWithoutArguments(cx, right.expr, b.decl);
    wrap(cx, left);
    wrap(cx, right);
    return BOOL;
  }
  const equality = op === "==" || op === "!=" || op === "matches";
  if (isOpen(a) || isOpen(b)) {
    if (equality) {
      // Open types are compared when the program runs; if they turn out to be known, they have to be comparable.
      cx.whenOver([a, b], () => {
        const x = cx.unifier.settle(left.type);
        const y = cx.unifier.settle(right.type);
        if (x.kind !== "var" && y.kind !== "var" && x.kind !== "param" && y.kind !== "param")
          comparison(cx, op, opSpan, left, right);
      });
      return BOOL;
    }
    if (cx.unifier.unify(a, b)) cx.unifier.need(a, need("order", op, opSpan));
    else notDefined(cx, op, opSpan, left, right);
    return BOOL;
  }
  adapt(cx, a, b);
  const x = cx.unifier.settle(a);
  const y = cx.unifier.settle(b);
  if (isNumber(x) && isNumber(y)) return BOOL;
  if (isPrim(x, "string") && isPrim(y, "string")) return BOOL;
  if (equality && equatable(cx, x, y)) return BOOL;
  const chain = !equality && left.expr?.kind === "binary" && !isArithmetic(left.expr.op) && isPrim(x, "bool");
  const inner = chain ? (left.expr as { op: string }).op : "";
  notDefined(cx, op, opSpan, left, right, chain ? [`compare twice: \`a ${inner} b and b ${op} c\``] : []);
  return BOOL;
}

/** A value of type any is asked for its enum when the program runs; there is no way to say of what a generic one is made. */
export function knownWithoutArguments(cx: Cx, p: Expr, decl: EnumSymbol): boolean {
  if (decl.params.length === 0) return true;
  const args = decl.params.map(() => "i32").join(", ");
  cx.report({
    code: "E2001",
    span: p.span,
    label: `of what \`${decl.name}\` this is cannot be known, the value is an \`any\``,
    help: [`give the value its type first: \`v: ${decl.name}[${args}] = ...\``],
  });
  return false;
}

/**
 * A literal takes the type of the number beside it. A negative one keeps its own beside an unsigned number: the two are
 * compared by value (core 12).
 */
function adapt(cx: Cx, a: Type, b: Type): void {
  if (!isLiteral(a) && !isLiteral(b)) return;
  if (isLiteral(a) && isLiteral(b)) {
    cx.unifier.unify(a, b);
    return;
  }
  const [literal, other] = isLiteral(a) ? [a, b] : [b as TypeVar, a];
  if (!isNumber(other)) return;
  const negative = literal.literals!.least < 0n || (literal.needs ?? []).some((n) => n.what === "negate");
  if (negative && isUnsignedWhole(other)) return;
  cx.unifier.unify(literal, other);
}

/** Whether values of two known types can be equal (types 18). */
function equatable(cx: Cx, x: Type, y: Type): boolean {
  const boolOrNumber = (t: Type): boolean => isPrim(t, "bool") || isNumber(t);
  if (boolOrNumber(x) && boolOrNumber(y)) return true;
  if (x.kind !== y.kind || x.kind === "prim") return false;
  if (x.kind === "fn") return true;
  return cx.unifier.same(x, y) && cx.unifier.unify(x, y);
}

/** `and`, `or`. */
export function logic(cx: Cx, e: LogicExpr, left: Operand, right: Operand): Type {
  const wrong = [left, right].find((side) => !asBool(cx, side));
  if (wrong)
    cx.report({
      code: "E2007",
      span: e.opSpan,
      label: `\`${e.op}\` needs \`bool\` on both sides, found \`${show(wrong.type)}\``,
      labels: sides(left, right),
      ...helpList(boolHelp(prune(wrong.type))),
    });
  return BOOL;
}

/** Whether a side is a bool, or becomes one. */
function asBool(cx: Cx, { expr, type }: Operand): boolean {
  const t = prune(type);
  if (t.kind === "any" && expr) {
    cx.convert(expr, "unwrap", BOOL);
    return true;
  }
  return cx.unifier.unify(t, BOOL);
}

/** Unary `-` and `not`. */
export function unary(cx: Cx, e: UnaryExpr, operand: Type): Type {
  const type = prune(operand);
  const side: Operand = { expr: e.operand, span: e.operand.span, type };
  if (e.op === "not") {
    if (asBool(cx, side)) return BOOL;
    cx.report({
      code: "E2007",
      span: e.opSpan,
      label: `\`not\` needs \`bool\`, found \`${show(type)}\``,
      labels: [{ span: e.operand.span, text: `this is ${article(type)}` }],
      ...helpList(boolHelp(type)),
    });
    // `not 1 < 2` is `(not 1) < 2`: one message is enough.
    return ERROR;
  }
  if (type.kind === "any" || type.kind === "error") return type;
  return cx.unifier.need(type, need("negate", "-", e.opSpan)) ? type : ERROR;
}

/** `e as T`. */
export function cast(cx: Cx, e: CastExpr, operand: Type): Type {
  const from = cx.unifier.settle(operand);
  const to = cx.types.of(e.target);
  if (from.kind === "error" || to.kind === "error") return to;
  if (to.kind === "any") {
    cx.convert(e.operand, "wrap", ANY);
    return to;
  }
  if (from.kind === "var" && to.kind === "prim") {
    cx.unifier.need(from, { ...need("cast", "as", e.span, to), at: e.span });
    return to;
  }
  if (castExists(from, to) && to.kind === "prim") return to;
  const hint = isPrim(from, "string") && isWhole(to) ? "int" : isPrim(from, "string") && isNumber(to) ? "float" : null;
  cx.report({
    code: "E2005",
    span: e.span,
    label: `${article(from)} cannot be cast to \`${show(to)}\``,
    ...helpList(hint === null ? null : `to read a number from text, write \`${hint}(...)\``),
  });
  return to;
}

const helpList = (text: string | null): { help?: string[] } => (text === null ? {} : { help: [text] });

const sides = (left: Operand, right: Operand): Label[] => [
  { span: left.span, text: `this is ${article(left.type)}` },
  { span: right.span, text: `this is ${article(right.type)}` },
];

export function notDefined(
  cx: Cx,
  op: string,
  opSpan: Span,
  left: Operand,
  right: Operand,
  help: readonly string[] = [],
): Type {
  const a = cx.unifier.settle(left.type);
  const b = cx.unifier.settle(right.type);
  const equality = op === "==" || op === "!=" || op === "matches";
  const text = op === "+" && (isPrim(a, "string") || isPrim(b, "string"));
  const advice = text ? ["convert the other side: `(... as string)`"] : help;
  cx.report({
    code: "E2007",
    span: opSpan,
    label: equality
      ? `\`${show(a)}\` and \`${show(b)}\` can never be equal`
      : `\`${show(a)}\` ${op} \`${show(b)}\` is not defined`,
    labels: sides(left, right),
    ...(advice.length > 0 ? { help: advice } : {}),
  });
  return ERROR;
}

/** From narrow to wide, for the advice which side to convert. */
const WIDTH: readonly PrimName[] = ["i32", "u32", "i64", "u64", "f64"];

function differentNumbers(cx: Cx, op: string, opSpan: Span, left: Operand, right: Operand): Type {
  const width = (side: Operand): number => WIDTH.indexOf(show(side.type) as PrimName);
  const narrowLeft = width(left) < width(right);
  const [narrow, wide] = narrowLeft ? [left, right] : [right, left];
  // The target of `op=` cannot be converted: then its type is what the other side has to become.
  const convert = narrow.expr ? narrow : right;
  const to = show(convert === narrow ? wide.type : left.type);
  const shown = convert.expr?.kind === "name" ? convert.expr.name : "...";
  cx.report({
    code: "E2004",
    span: opSpan,
    label: `\`${show(left.type)}\` ${op} \`${show(right.type)}\` is not defined`,
    labels: sides(left, right),
    help: [`convert one side: \`(${shown} as ${to})\``],
    notes: ["Orus never converts between types on its own."],
  });
  return ERROR;
}
