/**
 * The predeclared functions (types 16). They have no schemes of their own: what they accept is wider than a type says
 * (`len` takes arrays and texts), so each is a rule.
 */
import { BOOL, ERROR, F64, I32, STRING, type Type } from "../analysis/types.js";
import { join } from "../source/span.js";
import type { CallExpr, Expr } from "../syntax/ast.js";
import type { Cx } from "./cx.js";
import { expect, value } from "./expr.js";
import { ANY, arrayOf, article, isPrim, isWhole, prune, RANGE } from "./types.js";

interface Builtin {
  readonly least: number;
  readonly most: number;
  readonly type: (cx: Cx, e: CallExpr, hint: Type | null) => Type;
}

/** Arguments that may be anything. */
function anything(cx: Cx, args: readonly Expr[]): void {
  for (const arg of args) cx.unifier.settle(value(cx, arg));
}

/** A built-in that takes anything. */
function of(result: Type): Builtin["type"] {
  return (cx, e) => {
    anything(cx, e.args);
    return result;
  };
}

const TABLE: Readonly<Record<string, Builtin>> = {
  len: { least: 1, most: 1, type: len },
  push: { least: 2, most: 2, type: push },
  pop: { least: 1, most: 1, type: (cx, e) => element(cx, e, e.args[0]!, null) },
  sorted: {
    least: 1,
    most: 1,
    type: (cx, e, hint) => {
      const type = element(cx, e, e.args[0]!, hint);
      return type.kind === "error" ? ERROR : arrayOf(type);
    },
  },
  range: { least: 1, most: 3, type: range },
  input: {
    least: 0,
    most: 1,
    type: (cx, e) => {
      for (const arg of e.args) expect(cx, arg, STRING, null);
      return STRING;
    },
  },
  int: { least: 1, most: 1, type: of(I32) },
  float: { least: 1, most: 1, type: of(F64) },
  typeof: { least: 1, most: 1, type: of(STRING) },
  istype: {
    least: 2,
    most: 2,
    type: (cx, e) => {
      anything(cx, e.args.slice(0, 1));
      expect(cx, e.args[1]!, STRING, null);
      return BOOL;
    },
  },
  timestamp: { least: 0, most: 0, type: () => F64 },
  assert_eq: { least: 3, most: 3, type: assertEq },
};

export function callBuiltin(cx: Cx, e: CallExpr, name: string, hint: Type | null): Type {
  const row = TABLE[name]!;
  if (e.args.length >= row.least && e.args.length <= row.most) return row.type(cx, e, hint);
  anything(cx, e.args);
  const surplus = e.args.slice(row.most);
  const wanted = row.least === row.most ? `${row.least}` : `${row.least} to ${row.most}`;
  cx.report({
    code: "E2009",
    span: e.callee.span,
    label: `\`${name}\` takes ${wanted} argument${wanted === "1" ? "" : "s"}, ${e.args.length} given`,
    ...(surplus.length > 0
      ? { labels: [{ span: join(surplus[0]!.span, surplus[surplus.length - 1]!.span), text: "not expected" }] }
      : {}),
  });
  return ERROR;
}

/** `len(x)`: of an array or a text. */
function len(cx: Cx, e: CallExpr): Type {
  const arg = e.args[0]!;
  const type = cx.unifier.settle(value(cx, arg));
  if (type.kind === "var")
    cx.unifier.need(type, { what: "length", op: "len", at: arg.span, span: arg.span, to: null, fn: null });
  else if (type.kind !== "array" && type.kind !== "any" && type.kind !== "error" && !isPrim(type, "string"))
    cx.report({
      code: "E2001",
      span: arg.span,
      label: `this is ${article(type)}, \`len\` takes a \`string\` or an array`,
    });
  return I32;
}

/** The element type of an argument that has to be an array. */
function element(cx: Cx, e: CallExpr, arg: Expr, hint: Type | null): Type {
  const type = cx.unifier.settle(value(cx, arg, hint));
  if (type.kind === "error") return ERROR;
  if (type.kind === "array") return prune(type.element);
  if (type.kind === "var") {
    const fresh = cx.unifier.fresh();
    cx.unifier.unify(type, arrayOf(fresh));
    return fresh;
  }
  if (type.kind === "any") {
    cx.convert(arg, "unwrap", arrayOf(ANY));
    return ANY;
  }
  cx.report({ code: "E2001", span: arg.span, label: `this is ${article(type)}, \`${e.builtin}\` takes an array` });
  return ERROR;
}

/** `push(a, v)`: the array itself. */
function push(cx: Cx, e: CallExpr): Type {
  const [array, v] = e.args as [Expr, Expr];
  const type = element(cx, e, array, null);
  const found = value(cx, v, type);
  if (type.kind !== "error") cx.coerce(v, found, type, { span: array.span, text: `this is ${article(arrayOf(type))}` });
  return cx.unifier.settle(array.type!);
}

/** Bounds and a step of any integer type. */
function range(cx: Cx, e: CallExpr): Type {
  for (const arg of e.args) {
    const type = cx.unifier.settle(value(cx, arg));
    if (type.kind === "any") cx.convert(arg, "unwrap", I32);
    else if (type.kind === "var") cx.unifier.need(type, need(arg));
    else if (type.kind !== "error" && !isWhole(type))
      cx.report({ code: "E2001", span: arg.span, label: `this is ${article(type)}, \`range\` takes integers` });
  }
  return RANGE;
}
const need = (arg: Expr) =>
  ({ what: "integer", op: "range", at: arg.span, span: arg.span, to: null, fn: null }) as const;

/** `assert_eq(label, actual, expected)`: the values may have any types; literals adapt to each other. */
function assertEq(cx: Cx, e: CallExpr): Type {
  const [label, actual, expected] = e.args as [Expr, Expr, Expr];
  expect(cx, label, STRING, null);
  const a = value(cx, actual);
  const b = value(cx, expected, prune(a).kind === "array" ? a : null);
  if (cx.unifier.same(a, b) || isLiteral(a) || isLiteral(b)) cx.unifier.unify(a, b);
  return BOOL;
}
const isLiteral = (type: Type): boolean => {
  const t = prune(type);
  return t.kind === "var" && t.literals !== null;
};
