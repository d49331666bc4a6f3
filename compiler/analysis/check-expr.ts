/**
 * Second pass, expressions: every expression gets its type.
 *
 * `infer` finds the type an expression has by itself; a piece made of unsuffixed literals has LITERAL until its context
 * settles it (literals.ts). Everything else is one of the ways to give that context: `value` (there must be a value),
 * `concrete` (no context), `expect` (a known type). The way down a chain of operators is a loop, not a recursion:
 * `a + b + c + ...` may have thousands of terms, and only what stands in brackets, arms and right operands nests.
 */
import type { Label, Sink } from "../diagnostics/diagnostic.js";
import { join, type Span } from "../source/span.js";
import type { CallExpr, CondExpr, Expr, IndexExpr } from "../syntax/ast.js";
import { checkRange, type Inferred, isSignedLiteral, LITERAL, settle, settleTogether, suffixType } from "./literals.js";
import {
  arithmetic,
  aType,
  boolHelp,
  cast,
  comparison,
  helpList,
  isArithmetic,
  logic,
  type Operand,
  unary,
} from "./operators.js";
import type { FnSymbol } from "./symbols.js";
import {
  BOOL,
  ERROR,
  F64,
  I32,
  isInteger,
  isNamed,
  isNumeric,
  PENDING,
  STRING,
  sameType,
  type Type,
  typeName,
  VOID,
} from "./types.js";

/** The type of an expression by itself: VOID for a call without a result, LITERAL for a piece of literals. */
export function infer(sink: Sink, e: Expr): Inferred {
  switch (e.kind) {
    case "int":
      if (e.suffix === null) return LITERAL;
      e.type = suffixType(e.suffix) ?? ERROR;
      checkRange(e.value, e.type, e.span, sink);
      return e.type;
    case "float":
      return (e.type = F64);
    case "string":
      return (e.type = STRING);
    case "bool":
      return (e.type = BOOL);
    case "name":
      return (e.type = e.symbol?.kind === "var" ? e.symbol.type : ERROR);
    case "index":
      return index(sink, e);
    case "error":
    case "array":
    case "slice":
    case "member":
    case "struct":
    case "fn":
    case "match":
    case "block":
      return (e.type = ERROR);
    case "call":
      return (e.type = call(sink, e));
    case "cond":
      return conditional(sink, e);
    case "paren":
    case "unary":
    case "binary":
    case "logic":
    case "cast":
      return chain(sink, e);
  }
}

/** The type of an expression that has to have a value; a call of a function without a result is reported. */
export function value(sink: Sink, e: Expr): Inferred {
  return needValue(sink, e, infer(sink, e));
}

/** The type of an expression whose context says nothing about it. */
export function concrete(sink: Sink, e: Expr): Type {
  const type = value(sink, e);
  return type === LITERAL ? settleTogether([e], sink) : type;
}

/** Checks an expression against the type that its place asks for; `why` points at what asks. */
export function expect(sink: Sink, e: Expr, type: Type, why: Label | null): void {
  fits(sink, e, value(sink, e), type, why);
}

/** The second half of `expect`, for a type that was inferred before. True if it fits. */
export function fits(sink: Sink, e: Expr, found: Inferred, type: Type, why: Label | null): boolean {
  const actual = settled(sink, e, found, type);
  if (sameType(actual, type) || actual.kind === "error" || type.kind === "error") return true;
  const labels = why ? [why] : [];
  const inner = bare(e);
  if (inner.kind === "name" && inner.symbol?.kind === "var") {
    labels.push({ span: inner.symbol.decl, text: `\`${inner.name}\` is ${aType(actual)}` });
  }
  const cast =
    isNumeric(type) && (isNumeric(actual) || isNamed(actual, "bool"))
      ? `convert it: \`... as ${typeName(type)}\``
      : null;
  sink.report({
    code: "E2001",
    span: e.span,
    label: `this is ${aType(actual)}, expected \`${typeName(type)}\``,
    labels,
    ...helpList(isNamed(type, "bool") ? boolHelp(actual) : cast),
    ...(cast === null ? {} : { notes: ["Orus never converts between types on its own."] }),
  });
  return false;
}

/** Gives a LITERAL piece the type of its place if that is a number, else its own. */
export function settled(sink: Sink, e: Expr, found: Inferred, place: Type): Type {
  if (found !== LITERAL) return found;
  if (!isNumeric(place)) return settleTogether([e], sink);
  settle(e, place, sink);
  return place;
}

/** A condition of `if`, `while` and the like. */
export function condition(sink: Sink, e: Expr, keyword: Span): void {
  const type = concrete(sink, e);
  if (type.kind === "error" || isNamed(type, "bool")) return;
  sink.report({
    code: "E1403",
    span: e.span,
    label: `this is ${aType(type)}, a condition is a \`bool\``,
    labels: [{ span: keyword, text: "a condition follows" }],
    ...helpList(boolHelp(type)),
  });
}

/** An expression without its parentheses. */
export function bare(e: Expr): Expr {
  let inner = e;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}

function needValue(sink: Sink, e: Expr, type: Inferred): Inferred {
  if (type !== VOID) return type;
  const inner = bare(e);
  sink.report({
    code: "E2019",
    span: e.span,
    label: inner.kind === "call" && inner.fn ? `\`${inner.fn.name}\` returns nothing` : "this has no value",
    ...(inner.kind === "call" && inner.fn
      ? { labels: [{ span: inner.fn.decl, text: "declared without a result" }] }
      : {}),
  });
  return ERROR;
}

/** Parentheses, operators and casts: down the left side with a loop, then up again with the types. */
function chain(sink: Sink, top: Expr): Inferred {
  const links: Expr[] = [];
  let e = top;
  descent: while (true) {
    switch (e.kind) {
      case "paren":
        links.push(e);
        e = e.inner;
        break;
      case "unary":
        links.push(e);
        if (isSignedLiteral(e)) break descent;
        e = e.operand;
        break;
      case "cast":
        links.push(e);
        e = e.operand;
        break;
      case "binary":
      case "logic":
        links.push(e);
        e = e.left;
        break;
      default:
        break descent;
    }
  }
  const last = links[links.length - 1]!;
  let type: Inferred;
  if (isSignedLiteral(last)) {
    links.pop();
    type = signed(sink, last);
  } else type = infer(sink, e);
  for (let i = links.length - 1; i >= 0; i--) {
    const link = links[i]!;
    type = step(sink, link, type);
    if (type !== LITERAL) link.type = type;
  }
  return type;
}

/** One link of a chain: from the type of what is inside it, or left of it, to its own. */
function step(sink: Sink, link: Expr, inside: Inferred): Inferred {
  switch (link.kind) {
    case "unary":
      return unary(link, needValue(sink, link.operand, inside), sink);
    case "cast":
      return cast(link, needValue(sink, link.operand, inside), sink);
    case "binary": {
      const left = operand(link.left, needValue(sink, link.left, inside));
      const right = operand(link.right, value(sink, link.right));
      return isArithmetic(link.op)
        ? arithmetic(link.op, link.opSpan, left, right, sink)
        : comparison(link.op, link.opSpan, left, right, sink);
    }
    case "logic": {
      const left = operand(link.left, needValue(sink, link.left, inside));
      return logic(link, left, operand(link.right, value(sink, link.right)), sink);
    }
    default:
      return inside;
  }
}

const operand = (expr: Expr, type: Inferred): Operand => ({ expr, span: expr.span, type });

/** `-5`, and `-5i64`, whose type is known. */
function signed(sink: Sink, e: Expr & { kind: "unary" }): Inferred {
  const literal = e.operand as Expr & { kind: "int" };
  if (literal.suffix === null) return LITERAL;
  const type = suffixType(literal.suffix) ?? ERROR;
  literal.type = e.type = type;
  checkRange(-literal.value, type, e.span, sink);
  return type;
}

/** `a if c else b if d else e`: a loop along the arms, then the common type from the last one back. */
function conditional(sink: Sink, top: CondExpr): Inferred {
  const links: CondExpr[] = [];
  const types: Inferred[] = [];
  let last: Expr = top;
  for (; last.kind === "cond"; last = last.otherwise) {
    types.push(infer(sink, last.then));
    condition(sink, last.cond, last.ifSpan);
    links.push(last);
  }
  let type = infer(sink, last);
  for (let i = links.length - 1; i >= 0; i--) {
    type = common(sink, links[i]!, types[i]!, type);
    if (type !== LITERAL) links[i]!.type = type;
  }
  return type;
}

/** The type that both arms of a conditional expression share. */
function common(sink: Sink, e: CondExpr, first: Inferred, second: Inferred): Inferred {
  if (first === VOID && second === VOID) return VOID;
  const a = needValue(sink, e.then, first);
  const b = needValue(sink, e.otherwise, second);
  const open = (t: Inferred): boolean => t === LITERAL || t === PENDING;
  if (open(a) && open(b)) return a === LITERAL ? a : b;
  const then = a === LITERAL ? settled(sink, e.then, a, b as Type) : a;
  const otherwise = b === LITERAL ? settled(sink, e.otherwise, b, then) : b;
  if (then === PENDING) return otherwise;
  if (otherwise === PENDING) return then;
  if (then.kind === "error" || otherwise.kind === "error") return ERROR;
  if (sameType(then, otherwise)) return then;
  sink.report({
    code: "E2002",
    span: e.otherwise.span,
    label: `this is ${aType(otherwise)}, the other side is ${aType(then)}`,
    labels: [{ span: e.then.span, text: `this is ${aType(then)}` }],
  });
  return ERROR;
}

function call(sink: Sink, e: CallExpr): Type {
  const { callee } = e;
  if (e.fn) return callFunction(sink, e, e.fn);
  if (e.builtin !== undefined) {
    if (e.args.length !== 1) wrongCount(sink, e, e.builtin, 1, []);
    const types = e.args.map((arg) => concrete(sink, arg));
    // typeof: whatever the type is, the result is a text that the lowering knows.
    if (e.builtin === "typeof") return STRING;
    const [type] = types;
    if (type && e.args.length === 1 && type.kind !== "error" && !isNamed(type, "string"))
      sink.report({
        code: "E2001",
        span: e.args[0]!.span,
        label: `this is ${aType(type)}, \`len\` takes a \`string\` or an array`,
      });
    return I32;
  }
  const type = callee.kind === "name" && callee.symbol === undefined ? ERROR : concrete(sink, callee);
  for (const arg of e.args) concrete(sink, arg);
  if (type.kind !== "error") {
    const name = callee.kind === "name" ? `\`${callee.name}\`` : "this";
    sink.report({
      code: "E2013",
      span: callee.span,
      label: `${name} is ${aType(type)}, not a function`,
      ...(callee.kind === "name" && callee.symbol?.kind === "var"
        ? { labels: [{ span: callee.symbol.decl, text: "declared here" }] }
        : {}),
    });
  }
  return ERROR;
}

/** `s[i]`: the string of one byte. */
function index(sink: Sink, e: IndexExpr): Type {
  const object = concrete(sink, e.object);
  const at = concrete(sink, e.index);
  e.type = object.kind === "error" ? ERROR : STRING;
  if (object.kind !== "error" && !isNamed(object, "string")) {
    sink.report({ code: "E2014", span: e.object.span, label: `${aType(object)} has no elements` });
    return (e.type = ERROR);
  }
  if (at.kind !== "error" && !isInteger(at))
    sink.report({
      code: "E2014",
      span: e.index.span,
      label: `an index is an integer, this is ${aType(at)}`,
      labels: [{ span: e.object.span, text: `this is ${aType(object)}` }],
    });
  return e.type;
}
function callFunction(sink: Sink, e: CallExpr, fn: FnSymbol): Type {
  e.args.forEach((arg, i) => {
    const param = fn.params[i];
    if (param) expect(sink, arg, param.type, { span: param.decl, text: `\`${param.name}\` is ${aType(param.type)}` });
    else concrete(sink, arg);
  });
  if (e.args.length !== fn.params.length) {
    const { params } = fn;
    const list = params.length === 0 ? fn.decl : join(params[0]!.decl, params[params.length - 1]!.decl);
    wrongCount(sink, e, fn.name, params.length, [{ span: list, text: "the parameters" }], signature(fn));
  }
  return fn.result;
}

function wrongCount(sink: Sink, e: CallExpr, name: string, wanted: number, labels: Label[], help?: string): void {
  const surplus = e.args.slice(wanted);
  if (surplus.length > 0)
    labels.push({ span: join(surplus[0]!.span, surplus[surplus.length - 1]!.span), text: "not expected" });
  sink.report({
    code: "E2009",
    span: e.callee.span,
    label: `\`${name}\` takes ${wanted} argument${wanted === 1 ? "" : "s"}, ${e.args.length} given`,
    labels,
    ...(help === undefined ? {} : { help: [help] }),
  });
}

/** "fn area(w: i32, h: i32) -> i32". */
export function signature(fn: FnSymbol): string {
  const params = fn.params.map((p) => `${p.name}: ${typeName(p.type)}`).join(", ");
  return `\`fn ${fn.name}(${params})${fn.result.kind === "prim" ? ` -> ${typeName(fn.result)}` : ""}\``;
}
