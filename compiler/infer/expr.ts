/**
 * Second pass, expressions: every expression gets its type.
 *
 * `infer` finds the type of an expression; `hint` is the type that its place asks for, where that helps: an array literal
 * gives its elements to it, a function expression takes its parameters from it. `value` is for places where there must be
 * a value, `expect` for those that ask for a type. The way down a chain of operators, members, indices and calls is a
 * loop, not a recursion: `a + b + c + ...` and `a.f().g()...` may have thousands of links, and only what stands in
 * brackets, arms and right operands nests.
 */
import { BOOL, ERROR, F64, STRING, type Type, VOID } from "../analysis/types.js";
import type { Label } from "../diagnostics/diagnostic.js";
import type { Span } from "../source/span.js";
import type { CallExpr, CondExpr, Expr, IntLit, NameExpr } from "../syntax/ast.js";
import { index, member, slice, staticBase, staticMember } from "./access.js";
import { bare, wildcardsIn } from "./bare.js";
import { functionExpression } from "./bodies.js";
import { callName, callStatic, callValue, instanceOf, methodCall } from "./calls.js";
import { boolHelp, type Cx, ENDLESS } from "./cx.js";
import { arrayLiteral, structLiteral } from "./data.js";
import { checkRange, isSignedLiteral } from "./literals.js";
import { matchExpression } from "./match.js";
import { arithmetic, cast, comparison, isArithmetic, logic, type Operand, unary } from "./operators.js";
import { blockValue } from "./stmt.js";
import { PRIMITIVES } from "./type-names.js";
import { article, isNumber, prune } from "./types.js";

/** The type of an expression; VOID for a call without a result. */
export function infer(cx: Cx, e: Expr, hint: Type | null = null): Type {
  switch (e.kind) {
    case "int":
      return cx.set(e, integer(cx, e));
    case "float":
      return cx.set(e, F64);
    case "string":
      return cx.set(e, STRING);
    case "bool":
      return cx.set(e, BOOL);
    case "name":
      return cx.set(e, name(cx, e));
    case "array":
      return cx.set(e, arrayLiteral(cx, e, hint));
    case "struct":
      return cx.set(e, structLiteral(cx, e));
    case "fn":
      return cx.set(e, functionExpression(cx, e, hint));
    case "match":
      return cx.set(e, matchExpression(cx, e, hint));
    case "block":
      return cx.set(e, blockValue(cx, e.body, hint));
    case "cond":
      return conditional(cx, e, hint);
    case "error":
      return cx.set(e, ERROR);
    default:
      return chain(cx, e, hint);
  }
}

/** The type of an expression that has to have a value; a call of a function without a result is reported. */
export function value(cx: Cx, e: Expr, hint: Type | null = null): Type {
  return cx.needValue(e, infer(cx, e, hint));
}

/** Checks an expression against the type that its place asks for; `why` points at what asks. */
export function expect(cx: Cx, e: Expr, type: Type, why: Label | null): boolean {
  return cx.coerce(e, value(cx, e, type), type, why);
}

/** A condition of `if`, `while` and the like. */
export function condition(cx: Cx, e: Expr, keyword: Span): void {
  const mark = cx.unifier.mark();
  const type = cx.unifier.settle(value(cx, e));
  cx.unifier.settleFrom(mark);
  if (type.kind === "any") {
    cx.convert(e, "unwrap", BOOL);
    return;
  }
  if (cx.unifier.unify(type, BOOL)) return;
  const help = boolHelp(type);
  cx.report({
    code: "E1403",
    span: e.span,
    label: `this is ${article(type)}, a condition is a \`bool\``,
    labels: [{ span: keyword, text: "a condition follows" }],
    ...(help === null ? {} : { help: [help] }),
  });
}

function integer(cx: Cx, e: IntLit): Type {
  if (e.suffix === null) return cx.unifier.literal(e.value, e.span);
  const type = suffixType(e.suffix);
  checkRange(e.value, type, e.span, cx.sink);
  return type;
}
const suffixType = (suffix: string): Type => {
  const type = PRIMITIVES.get(suffix === "u" ? "u32" : suffix);
  return type && isNumber(type) ? type : ERROR;
};

function name(cx: Cx, e: NameExpr): Type {
  const { symbol } = e;
  if (symbol?.kind === "var") return cx.typeOf(symbol);
  if (symbol?.kind === "fn") return instanceOf(cx, symbol, e, e.span);
  if (symbol?.kind === "builtin") {
    cx.report({
      code: "E2001",
      span: e.span,
      label: `\`${symbol.name}\` is built in and can only be called`,
      help: [`write a function around it: \`fn(x): ${symbol.name}(x)\``],
    });
  }
  return ERROR;
}

/** Operators, casts, members, indices and calls: down the left side with a loop, then up again with the types. */
function chain(cx: Cx, top: Expr, hint: Type | null): Type {
  const links: Expr[] = [];
  let e = top;
  let inside = hint;
  descent: while (true) {
    switch (e.kind) {
      case "paren":
        links.push(e);
        e = e.inner;
        continue;
      case "unary":
        links.push(e);
        if (isSignedLiteral(e)) break descent;
        e = e.operand;
        inside = null;
        continue;
      case "cast":
        links.push(e);
        e = e.operand;
        inside = null;
        continue;
      case "binary":
        links.push(e);
        // The elements that are repeated are those of the place: `zeros: [f64] = [0] * 5`.
        if (e.op !== "*" || inside === null || prune(inside).kind !== "array") inside = null;
        e = e.left;
        continue;
      case "logic":
        links.push(e);
        e = e.left;
        inside = null;
        continue;
      case "index":
      case "slice":
        links.push(e);
        inside = e.kind === "slice" ? inside : null;
        e = e.object;
        continue;
      case "member":
        links.push(e);
        if (staticBase(cx, e.object)) break descent;
        e = e.object;
        inside = null;
        continue;
      case "call": {
        links.push(e);
        const callee = bare(e.callee);
        if (callee.kind === "name" || (callee.kind === "member" && staticBase(cx, callee.object))) break descent;
        e = callee.kind === "member" ? callee.object : callee;
        inside = null;
        continue;
      }
      default:
        break descent;
    }
  }
  const last = links[links.length - 1];
  let type: Type;
  if (last === e && !isSignedLiteral(e)) {
    links.pop();
    type = cx.set(e, leaf(cx, e, inside ?? (links.length === 0 ? hint : null)));
  } else if (last && isSignedLiteral(last)) {
    links.pop();
    type = cx.set(last, signed(cx, last));
  } else type = infer(cx, e, inside);
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i]!;
    type = cx.set(link, step(cx, link, type, hint));
  }
  return type;
}

/** The innermost link, where nothing inside is a value: a call of a name, or something of a type or a module. */
function leaf(cx: Cx, e: Expr, hint: Type | null): Type {
  if (e.kind === "member") return staticMember(cx, e, hint);
  const call = e as CallExpr;
  const callee = bare(call.callee);
  cx.inside(call.callee);
  return callee.kind === "member" ? callStatic(cx, call, callee, hint) : callName(cx, call, callee as NameExpr, hint);
}

/** One link of a chain: from the type of what is inside it, or left of it, to its own. */
function step(cx: Cx, link: Expr, inside: Type, hint: Type | null): Type {
  switch (link.kind) {
    case "unary":
      return unary(cx, link, cx.needValue(link.operand, inside));
    case "cast":
      return cast(cx, link, cx.needValue(link.operand, inside));
    case "binary": {
      const left = operand(link.left, cx.needValue(link.left, inside));
      if (link.op === "matches") wildcards(cx, link.right);
      const elements = link.op === "*" && hint !== null && prune(hint).kind === "array" ? hint : null;
      const right = operand(link.right, value(cx, link.right, elements));
      return isArithmetic(link.op)
        ? arithmetic(cx, link.op, link.opSpan, left, right)
        : comparison(cx, link.op, link.opSpan, left, right);
    }
    case "logic": {
      const left = operand(link.left, cx.needValue(link.left, inside));
      return logic(cx, link, left, operand(link.right, value(cx, link.right)));
    }
    case "index":
      return index(cx, link, cx.needValue(link.object, inside));
    case "slice":
      return slice(cx, link, cx.needValue(link.object, inside));
    case "member":
      return member(cx, link, cx.needValue(link.object, inside));
    case "call": {
      const callee = bare(link.callee);
      cx.inside(link.callee);
      if (callee.kind === "member") return methodCall(cx, link, callee, cx.needValue(callee.object, inside));
      return callValue(cx, link, cx.needValue(callee, inside));
    }
    default:
      return inside;
  }
}

const operand = (expr: Expr, type: Type): Operand => ({ expr, span: expr.span, type });

/** `x matches E.P(_, 3)`: each `_` has the type of its entry, whatever it is. */
function wildcards(cx: Cx, right: Expr): void {
  for (const arg of wildcardsIn(right)) cx.wildcards.add(arg);
}

/** `-5`, and `-5i64`, whose type is known. */
function signed(cx: Cx, e: Expr & { kind: "unary" }): Type {
  const literal = e.operand as IntLit;
  if (literal.suffix === null) return cx.set(literal, cx.unifier.literal(-literal.value, e.span));
  const type = cx.set(literal, suffixType(literal.suffix));
  checkRange(-literal.value, type, e.span, cx.sink);
  return type;
}

/** `a if c else b if d else e`: a loop along the arms, then the common type from the last one back. */
function conditional(cx: Cx, top: CondExpr, hint: Type | null): Type {
  const links: CondExpr[] = [];
  const types: Type[] = [];
  let last: Expr = top;
  for (; last.kind === "cond"; last = last.otherwise) {
    types.push(infer(cx, last.then, hint));
    condition(cx, last.cond, last.ifSpan);
    links.push(last);
  }
  let type = infer(cx, last, hint);
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i]!;
    type = cx.set(link, common(cx, link.then, types[i]!, link.otherwise, type));
  }
  return type;
}

/** The type that both sides of a conditional expression share. */
function common(cx: Cx, then: Expr, first: Type, otherwise: Expr, second: Type): Type {
  if (prune(first).kind === "void" && prune(second).kind === "void") return VOID;
  const a = cx.needValue(then, first);
  const b = cx.needValue(otherwise, second);
  return joinTypes(cx, then, a, otherwise, b, "the other side");
}

/** The type of a value whose neighbour has none: what is open stays so for that reason, and is no mistake of its own. */
function besideError(cx: Cx, type: Type): Type {
  if (type.kind === "var" && type.literals === null) cx.unifier.unify(type, ERROR);
  return prune(type);
}

/**
 * The type of two values in one place: `any` if one of them is. Literals adapt to the other; if they differ it is
 * reported at the second.
 */
export function joinTypes(cx: Cx, one: Expr, first: Type, other: Expr, second: Type, what: string): Type {
  const a = prune(first);
  const b = prune(second);
  if (a.kind === "error") return besideError(cx, b);
  if (b.kind === "error") return besideError(cx, a);
  if (a.kind === "any" || b.kind === "any") {
    if (a.kind !== "any") cx.convert(one, "wrap", b);
    if (b.kind !== "any") cx.convert(other, "wrap", a);
    return a.kind === "any" ? a : b;
  }
  if (cx.unifier.unify(a, b)) return prune(a);
  const x = cx.unifier.settle(a);
  const y = cx.unifier.settle(b);
  cx.report({
    code: "E2002",
    span: other.span,
    label: cx.unifier.endless(x, y) ? ENDLESS : `this is ${article(y)}, ${what} is ${article(x)}`,
    labels: [{ span: one.span, text: `this is ${article(x)}` }],
  });
  return ERROR;
}
