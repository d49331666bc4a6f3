/**
 * Calls: of functions by name, of values, of methods, of what belongs to a type or a module. Every use of a general
 * function stands for fresh type variables, which the node keeps (`typeArgs`). Arguments are looked at from the left; an
 * integer literal takes the type that another argument fixed (types 21.4).
 */
import type { FnSymbol } from "../analysis/symbols.js";
import { ERROR, type Type } from "../analysis/types.js";
import type { Label } from "../diagnostics/diagnostic.js";
import { join, type Span } from "../source/span.js";
import type { CallExpr, Expr, MemberExpr, NameExpr, TypeNode } from "../syntax/ast.js";
import { associated, staticBase, staticMember, unknownMethod, waitForType } from "./access.js";
import { callBuiltin } from "./builtins.js";
import type { Cx } from "./cx.js";
import { lengthFits, variantValue } from "./data.js";
import { infer, value } from "./expr.js";
import { exportOf } from "./outer.js";
import { instantiate } from "./schemes.js";
import { article, type FnOf, fnOf, prune, show } from "./types.js";

/** The type of a function where it is used, with fresh variables for its type parameters. */
export function instanceOf(cx: Cx, fn: FnSymbol, at: NameExpr | MemberExpr, span: Span): FnOf {
  if (!fn.scheme) cx.ensure(fn);
  if (!fn.scheme) {
    // Of the group that is being inferred: one type for all of it.
    const state = cx.open.get(fn);
    const params = fn.params.map((p) => cx.typeOf(p));
    cx.inGroup(at, fn);
    return fnOf(params, state ? state.result : fn.result);
  }
  const { type, args } = instantiate(fn.scheme, fn.name, span, cx.unifier);
  cx.use(at, args);
  return type;
}

/** What a message says about the function that is called. */
interface Callee {
  readonly name: string;
  readonly at: Span;
  readonly fn: FnSymbol | null;
  /** Parameters that the call does not write: `self`. */
  readonly hidden: number;
}

export function callName(cx: Cx, e: CallExpr, callee: NameExpr, hint: Type | null): Type {
  if (e.builtin !== undefined) return callBuiltin(cx, e, e.builtin, hint);
  const { symbol } = callee;
  if (symbol?.kind === "fn") {
    const type = instanceOf(cx, symbol, callee, callee.span);
    cx.set(callee, type);
    return apply(cx, e.args, type, { name: symbol.name, at: callee.span, fn: symbol, hidden: 0 });
  }
  if (symbol?.kind === "var") return callValue(cx, e, cx.set(callee, cx.typeOf(symbol)));
  cx.set(callee, ERROR);
  looseArguments(cx, e.args);
  if (symbol && symbol.kind !== "missing" && symbol.kind !== "builtin")
    cx.report({
      code: "E2013",
      span: callee.span,
      label: `\`${callee.name}\` is ${symbol.kind === "module" ? "a module" : "a type"}, not a function`,
      ...(symbol.kind === "struct" ? { help: [`a value is written \`${callee.name}{ ... }\``] } : {}),
    });
  return ERROR;
}

/** A call of a value. */
export function callValue(cx: Cx, e: CallExpr, calleeType: Type): Type {
  const type = cx.unifier.settle(calleeType);
  if (type.kind === "fn")
    return apply(cx, e.args, type, { name: nameOf(e.callee), at: e.callee.span, fn: null, hidden: 0 });
  if (type.kind === "var") {
    const params = e.args.map((arg) => value(cx, arg));
    // Whether anything is given back, its callers say.
    const result = cx.unifier.fresh(false);
    if (cx.unifier.unify(type, fnOf(params, result))) return result;
    cx.mismatch(e.callee, type, fnOf(params, result), null);
    return ERROR;
  }
  looseArguments(cx, e.args);
  if (type.kind === "error") return ERROR;
  notFunction(cx, e.callee, e.callee.span, type);
  return ERROR;
}

function notFunction(cx: Cx, callee: Expr, span: Span, type: Type): void {
  const name = callee.kind === "name" ? `\`${callee.name}\`` : "this";
  cx.report({
    code: "E2013",
    span,
    label: `${name} is ${article(type)}, not a function`,
    ...(callee.kind === "name" && callee.symbol?.kind === "var"
      ? { labels: [{ span: callee.symbol.decl, text: "declared here" }] }
      : {}),
  });
}

/** Arguments of what is no function. */
function looseArguments(cx: Cx, args: readonly Expr[]): void {
  for (const arg of args) if (!cx.wildcards.has(arg)) value(cx, arg);
}

/**
 * Arguments against parameters. Calls nest a thousand times, and each level has few bytes of the native stack: so no
 * callback here, and what comes before and after the argument's own type are functions that have returned by then.
 */
function apply(cx: Cx, args: readonly Expr[], type: FnOf, callee: Callee): Type {
  const mark = cx.unifier.mark();
  for (let i = 0; i < args.length; i++) {
    const place = placeOf(type, callee, i);
    argument(cx, args[i]!, infer(cx, args[i]!, place?.param ?? null), place);
  }
  return applied(cx, args, type, callee, mark);
}

/** What an argument is checked against. */
interface ArgumentPlace {
  readonly param: Type;
  /** A type parameter of the function. */
  readonly general: boolean;
  readonly why: Label | null;
  readonly annotation: TypeNode | null;
}

function placeOf(type: FnOf, { hidden, fn }: Callee, i: number): ArgumentPlace | null {
  const param = type.params[i + hidden];
  if (param === undefined) return null;
  const declared = fn?.params[i + hidden];
  return {
    param,
    general: prune(param).kind === "var",
    why: declared ? { span: declared.decl, text: `\`${declared.name}\` is ${article(param)}` } : null,
    annotation: fn?.node.params[i + hidden]?.annotation ?? null,
  };
}

function argument(cx: Cx, arg: Expr, found: Type, place: ArgumentPlace | null): void {
  const type = cx.needValue(arg, found);
  if (place === null) return;
  if (cx.coerce(arg, type, place.param, place.why)) {
    const v = prune(place.param);
    if (place.general && v.kind === "var" && v.literals) v.literals.whole = true;
  }
  lengthFits(cx, arg, place.annotation);
}

function applied(cx: Cx, args: readonly Expr[], type: FnOf, callee: Callee, mark: number): Type {
  if (args.length !== type.params.length - callee.hidden) wrongCount(cx, callee, type, args);
  else if (type !== callee.fn?.scheme?.type) cx.unifier.settleFrom(mark);
  return prune(type.result);
}

export function wrongCount(cx: Cx, callee: Callee, type: FnOf, args: readonly Expr[]): void {
  const { hidden, fn, name } = callee;
  const wanted = type.params.length - hidden;
  const labels: Label[] = [];
  const params = fn?.params.slice(hidden) ?? [];
  if (fn) {
    const list = params.length === 0 ? fn.decl : join(params[0]!.decl, params[params.length - 1]!.decl);
    labels.push({ span: list, text: "the parameters" });
  }
  const surplus = args.slice(wanted);
  if (surplus.length > 0)
    labels.push({ span: join(surplus[0]!.span, surplus[surplus.length - 1]!.span), text: "not expected" });
  cx.report({
    code: "E2009",
    span: callee.at,
    label: `${name ? `\`${name}\`` : "this"} takes ${wanted} argument${wanted === 1 ? "" : "s"}, ${args.length} given`,
    labels,
    help: [fn ? `\`${signature(fn, type, hidden)}\`` : `it is \`${show(type)}\``],
  });
}

/** `fn area(w: i32, h: i32) -> i32`. */
function signature(fn: FnSymbol, type: FnOf, hidden: number): string {
  const params = fn.params.slice(hidden).map((p, i) => {
    const known = prune(type.params[i + hidden]!);
    return known.kind === "var" && !known.literals ? p.name : `${p.name}: ${show(known)}`;
  });
  const result = prune(type.result);
  const gives = result.kind === "void" || result.kind === "var" || result.kind === "error" ? "" : ` -> ${show(result)}`;
  return `fn ${fn.name}(${params.join(", ")})${gives}`;
}

const nameOf = (callee: Expr): string => (callee.kind === "name" ? callee.name : "");

// --- methods ---

/** `x.m(...)` with a value before the dot. */
export function methodCall(cx: Cx, e: CallExpr, callee: MemberExpr, object: Type): Type {
  const type = cx.unifier.settle(object);
  if (type.kind !== "var") return method(cx, e, callee, type, null);
  const found = e.args.map((arg) => value(cx, arg));
  const result = cx.unifier.fresh(false);
  result.follows = type;
  waitForType(cx, callee, type, (known) => {
    const given = method(cx, e, callee, known, found);
    if (prune(given).kind === "void" && prune(result).kind === "var" && (prune(result) as { valued: boolean }).valued)
      cx.noValue(e, e.span);
    else if (!cx.unifier.unify(result, given)) cx.mismatch(e, given, result, null);
  });
  return result;
}

/** `found`: the types of the arguments, if they have been looked at. */
function method(cx: Cx, e: CallExpr, callee: MemberExpr, type: Type, found: readonly Type[] | null): Type {
  const { name } = callee;
  if (type.kind === "struct") {
    const { decl } = type;
    const fn = decl.methods.get(name.text);
    if (fn?.method) {
      callee.resolved = { kind: "method", fn };
      const general = instanceOf(cx, fn, callee, name.span);
      cx.set(callee, general);
      cx.unifier.unify(general.params[0]!, type);
      return given(cx, e, general, { name: name.text, at: name.span, fn, hidden: 1 }, found);
    }
    const field = decl.fields.find((f) => f.name === name.text);
    if (field && !fn) {
      callee.resolved = { kind: "field", field };
      cx.set(callee, field.type);
      const t = prune(field.type);
      if (t.kind === "fn") return given(cx, e, t, { name: name.text, at: name.span, fn: null, hidden: 0 }, found);
      if (!found) looseArguments(cx, e.args);
      if (t.kind !== "error") notFunction(cx, callee, name.span, t);
      return ERROR;
    }
    if (!found) looseArguments(cx, e.args);
    if (fn)
      cx.report({
        code: "E2022",
        span: name.span,
        label: `\`${name.text}\` takes no \`self\`: it belongs to the type`,
        labels: [{ span: fn.decl, text: "declared here" }],
        help: [`write \`${decl.name}.${name.text}(...)\``],
      });
    else unknownMethod(cx, name, decl);
    return ERROR;
  }
  if (!found) looseArguments(cx, e.args);
  if (type.kind !== "error")
    cx.report({
      code: "E2011",
      span: name.span,
      label: `${article(type)} has no method \`${name.text}\``,
      labels: [{ span: callee.object.span, text: `this is ${article(type)}` }],
    });
  return ERROR;
}

/** A call whose arguments may have been looked at before. */
function given(cx: Cx, e: CallExpr, type: FnOf, callee: Callee, found: readonly Type[] | null): Type {
  if (!found) return apply(cx, e.args, type, callee);
  if (found.length !== type.params.length - callee.hidden) wrongCount(cx, callee, type, e.args);
  else for (const [i, arg] of e.args.entries()) cx.coerce(arg, found[i]!, type.params[i + callee.hidden]!, null);
  return prune(type.result);
}

/** `E.V(...)`, `S.f(...)`, `m.f(...)`. */
export function callStatic(cx: Cx, e: CallExpr, callee: MemberExpr, hint: Type | null): Type {
  const base = staticBase(cx, callee.object);
  const { name } = callee;
  if (base && base !== "missing") {
    if (base.kind === "enum") {
      staticNote(cx, callee);
      return variantValue(cx, callee, base, e.args, hint);
    }
    if (base.kind === "struct") {
      staticNote(cx, callee);
      const fn = associated(cx, name, base);
      if (fn) {
        callee.resolved = { kind: "static", fn };
        const type = instanceOf(cx, fn, callee, name.span);
        cx.set(callee, type);
        return apply(cx, e.args, type, { name: name.text, at: name.span, fn, hidden: 0 });
      }
    } else if (base.exports) {
      const symbol = exportOf(base.exports, name, cx.sink);
      if (symbol?.kind === "fn") {
        callee.resolved = { kind: "export", symbol };
        const type = instanceOf(cx, symbol, callee, name.span);
        cx.set(callee, type);
        return apply(cx, e.args, type, { name: name.text, at: name.span, fn: symbol, hidden: 0 });
      }
      if (symbol) return callValue(cx, e, cx.set(callee, staticMember(cx, callee, null)));
    }
  }
  cx.set(callee, ERROR);
  looseArguments(cx, e.args);
  return ERROR;
}

/** Says in the tree that `m.T` before the dot is a type. */
function staticNote(cx: Cx, callee: MemberExpr): void {
  const { object } = callee;
  const symbol = object.kind === "member" ? staticBase(cx, object) : null;
  if (object.kind === "member" && symbol && symbol !== "missing" && symbol.kind !== "module")
    object.resolved = { kind: "type", symbol };
}
