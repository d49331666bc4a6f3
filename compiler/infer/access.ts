/**
 * Parts of values: elements, slices and fields (types 7, 9); and what is reached through the name of a type or a module:
 * variants, associated functions, exports.
 */
import { ERROR, I32, STRING, type Type } from "../analysis/types.js";
import { nearest } from "../diagnostics/suggest.js";
import type { Expr, IndexExpr, MemberExpr, Name, SliceExpr } from "../syntax/ast.js";
import { bare } from "./bare.js";
import { instanceOf } from "./calls.js";
import type { Cx } from "./cx.js";
import { variantValue } from "./data.js";
import { value } from "./expr.js";
import { exportOf } from "./outer.js";
import { substitute } from "./schemes.js";
import type { EnumSymbol, NamespaceSymbol, StructSymbol } from "./symbols.js";
import { arrayOf, article, isPrim, isWhole, prune } from "./types.js";

// --- elements ---

/** `a[i]`. */
export function index(cx: Cx, e: IndexExpr, object: Type): Type {
  const found = elementOf(cx, object);
  indexNumber(cx, e.index, e.object, object);
  if (found) return found;
  cx.report({
    code: "E2014",
    span: e.span,
    label: `${article(object)} has no elements`,
    labels: [{ span: e.object.span, text: `this is ${article(object)}` }],
  });
  return ERROR;
}

/** The type of the elements of an array, the texts of a string; an open type becomes an array. null: it has none. */
export function elementOf(cx: Cx, object: Type): Type | null {
  const type = cx.unifier.settle(object);
  if (type.kind === "error") return ERROR;
  if (type.kind === "array") return prune(type.element);
  if (isPrim(type, "string")) return STRING;
  if (type.kind !== "var") return null;
  const element = cx.unifier.fresh();
  cx.unifier.unify(type, arrayOf(element));
  return element;
}

/** An index or a bound of a slice: any integer type. */
function indexNumber(cx: Cx, e: Expr, object: Expr, objectType: Type): void {
  const type = cx.unifier.settle(value(cx, e));
  if (type.kind === "any") cx.convert(e, "unwrap", I32);
  else if (type.kind === "var") cx.unifier.unify(type, I32);
  else if (type.kind !== "error" && !isWhole(type))
    cx.report({
      code: "E2014",
      span: e.span,
      label: `an index is an integer, this is ${article(type)}`,
      labels: [{ span: object.span, text: `this is ${article(objectType)}` }],
    });
}

/** `a[i..j..k]`: only of arrays. */
export function slice(cx: Cx, e: SliceExpr, object: Type): Type {
  const type = cx.unifier.settle(object);
  for (const bound of [e.start, e.end, e.step]) if (bound) indexNumber(cx, bound, e.object, type);
  if (type.kind === "array" || type.kind === "error") return type;
  if (type.kind === "var") {
    const array = arrayOf(cx.unifier.fresh());
    cx.unifier.unify(type, array);
    return array;
  }
  cx.report({
    code: "E2014",
    span: e.span,
    label: `${article(type)} cannot be sliced`,
    labels: [{ span: e.object.span, text: `this is ${article(type)}` }],
  });
  return ERROR;
}

// --- fields ---

/** `x.name` of a value, without a call. */
export function member(cx: Cx, e: MemberExpr, object: Type): Type {
  const type = cx.unifier.settle(object);
  if (type.kind !== "var") return fieldOf(cx, e, type);
  // What it is says the rest of the function, or nobody.
  const result = cx.unifier.fresh();
  result.follows = type;
  waitForType(cx, e, type, (known) => {
    const found = fieldOf(cx, e, known);
    if (!cx.unifier.unify(result, found)) cx.mismatch(e, found, result, null);
  });
  return result;
}

/** Goes on when the type of the value before the dot is known; if it never is, it has to be written. */
export function waitForType(cx: Cx, e: MemberExpr, type: Type, then: (known: Type) => void): void {
  cx.unifier.whenKnown(type, () => then(prune(type)));
  cx.whenOver([type], () => {
    if (prune(type).kind !== "var") return;
    cx.report({
      code: "E2006",
      span: e.object.span,
      label: `nothing says what this is, so \`.${e.name.text}\` cannot be found`,
      help: ["write the type of the parameter"],
    });
    cx.unifier.unify(type, ERROR);
  });
}

function fieldOf(cx: Cx, e: MemberExpr, type: Type): Type {
  if (type.kind === "error") return ERROR;
  if (type.kind === "struct") {
    const { decl } = type;
    const field = decl.fields.find((f) => f.name === e.name.text);
    if (field) {
      e.resolved = { kind: "field", field };
      return field.type;
    }
    const method = decl.methods.get(e.name.text);
    if (method) {
      cx.report({
        code: "E2010",
        span: e.name.span,
        label: `\`${e.name.text}\` is a method of \`${decl.name}\``,
        labels: [{ span: method.decl, text: "declared here" }],
        help: [`call it: \`.${e.name.text}(...)\``],
      });
      return ERROR;
    }
    unknownField(cx, e.name, decl, e.object);
    return ERROR;
  }
  cx.report({
    code: "E2010",
    span: e.name.span,
    label: `${article(type)} has no field \`${e.name.text}\``,
    labels: [{ span: e.object.span, text: `this is ${article(type)}` }],
  });
  return ERROR;
}

/** A field that a struct does not have. */
export function unknownField(cx: Cx, name: Name, decl: StructSymbol, object: Expr | null): void {
  const names = decl.fields.map((f) => f.name);
  const guess = nearest(name.text, names);
  cx.report({
    code: "E2010",
    span: name.span,
    label: `\`${decl.name}\` has no field \`${name.text}\``,
    labels: object ? [{ span: object.span, text: `this is a \`${decl.name}\`` }] : [],
    ...(guess !== null
      ? {
          help: [`did you mean \`${guess}\`?`],
          fixes: [{ title: `write \`${guess}\``, edits: [{ span: name.span, text: guess }] }],
        }
      : names.length > 0
        ? { help: [`its fields are ${names.map((n) => `\`${n}\``).join(", ")}`] }
        : {}),
  });
}

// --- types and modules before the dot ---

export type Static = StructSymbol | EnumSymbol | NamespaceSymbol | "missing";

/** The type or the module that stands before a dot; null if it is a value. Reports nothing. */
export function staticBase(cx: Cx, object: Expr): Static | null {
  const e = bare(object);
  if (e.kind === "name") {
    const { symbol } = e;
    if (symbol?.kind === "struct" || symbol?.kind === "enum" || symbol?.kind === "module") return symbol;
    return symbol?.kind === "missing" || symbol === undefined ? "missing" : null;
  }
  if (e.kind !== "member") return null;
  const base = staticBase(cx, e.object);
  if (base === "missing") return base;
  if (base?.kind !== "module") return null;
  if (!base.exports) return "missing";
  const symbol = base.exports.names.get(e.name.text);
  return symbol?.kind === "struct" || symbol?.kind === "enum" ? symbol : null;
}

/** `E.V`, `S.f`, `m.x` without a call. */
export function staticMember(cx: Cx, e: MemberExpr, hint: Type | null): Type {
  const base = staticBase(cx, e.object);
  if (base === null || base === "missing") return ERROR;
  noteStatic(cx, e.object);
  if (base.kind === "enum") return variantValue(cx, e, base, null, hint);
  if (base.kind === "struct") {
    const fn = associated(cx, e.name, base);
    if (!fn) return ERROR;
    e.resolved = { kind: "static", fn };
    return instanceOf(cx, fn, e, e.name.span);
  }
  if (!base.exports) return ERROR;
  const symbol = exportOf(base.exports, e.name, cx.sink);
  if (!symbol) return ERROR;
  if (symbol.kind === "struct" || symbol.kind === "enum") {
    cx.report({ code: "E1010", span: e.name.span, label: `\`${e.name.text}\` is a type, not a value` });
    return ERROR;
  }
  e.resolved = { kind: "export", symbol };
  if (symbol.kind === "var") symbol.usedInFunctions = true;
  return symbol.kind === "var" ? cx.typeOf(symbol) : instanceOf(cx, symbol, e, e.name.span);
}

/** Says in the tree that `m.T` before a dot is a type. */
function noteStatic(cx: Cx, object: Expr): void {
  const e = bare(object);
  if (e.kind !== "member") return;
  const symbol = staticBase(cx, e);
  if (symbol && symbol !== "missing" && symbol.kind !== "module") e.resolved = { kind: "type", symbol };
}

/** The associated function of a struct; reports what is wrong with the name. */
export function associated(cx: Cx, name: Name, decl: StructSymbol): ReturnType<StructSymbol["methods"]["get"]> {
  const fn = decl.methods.get(name.text);
  if (fn && !fn.method) return fn;
  if (fn)
    cx.report({
      code: "E2022",
      span: name.span,
      label: `\`${name.text}\` needs a value of type \`${decl.name}\``,
      labels: [{ span: fn.decl, text: "it takes `self`" }],
      help: [`call it on a value: \`value.${name.text}(...)\``],
    });
  else unknownMethod(cx, name, decl);
  return undefined;
}

/** A method that a struct does not have. */
export function unknownMethod(cx: Cx, name: Name, decl: StructSymbol): void {
  const guess = nearest(name.text, decl.methods.keys());
  cx.report({
    code: "E2011",
    span: name.span,
    label: `\`${decl.name}\` has no method \`${name.text}\``,
    labels: [{ span: decl.decl, text: "declared here" }],
    ...(guess === null
      ? {}
      : {
          help: [`did you mean \`${guess}\`?`],
          fixes: [{ title: `write \`${guess}\``, edits: [{ span: name.span, text: guess }] }],
        }),
  });
}

/** The type of an entry of a variant's payload for the arguments of the enum. */
export const payloadType = (decl: EnumSymbol, args: readonly Type[], type: Type): Type =>
  substitute(type, new Map(decl.params.map((p, i) => [p as Type, args[i] ?? ERROR])));
