/** Values of arrays, structs and enums: literals, fills and variants (types 7, 9, 11). */
import { ERROR, type Type } from "../analysis/types.js";
import type { Label } from "../diagnostics/diagnostic.js";
import { nearest } from "../diagnostics/suggest.js";
import { join } from "../source/span.js";
import type { ArrayLit, Expr, MemberExpr, Name, StructLit, TypeNode } from "../syntax/ast.js";
import { payloadType, unknownField } from "./access.js";
import { bare } from "./bare.js";
import type { Cx } from "./cx.js";
import { infer, joinTypes, value } from "./expr.js";
import type { EnumSymbol, StructSymbol, VariantSymbol } from "./symbols.js";
import { declaredBelow, isBelow, lookupType, unknownType } from "./type-names.js";
import { ANY, arrayOf, enumOf, prune, structOf } from "./types.js";

// --- arrays ---

export function arrayLiteral(cx: Cx, e: ArrayLit, hint: Type | null): Type {
  const wanted = hint === null ? null : prune(hint);
  const declared = wanted?.kind === "array" ? prune(wanted.element) : null;
  const element = declared && (declared.kind !== "var" || declared.literals) ? declared : null;
  const [first, second] = e.items;
  e.fill = e.mayFill && e.items.length === 2 && fillCount(second!) !== null;
  if (!first) return arrayOf(element ?? cx.unifier.fresh());
  if (e.fill) {
    const type = element ? given(cx, first, element) : value(cx, first);
    cx.unifier.settle(infer(cx, second!));
    return arrayOf(type);
  }
  if (element) {
    // One message is enough.
    let fits = true;
    for (const item of e.items) {
      const found = value(cx, item, element);
      if (fits) fits = cx.coerce(item, found, element, null);
    }
    return arrayOf(element);
  }
  return arrayOf(common(cx, e.items));
}

/** An element whose type is declared. */
function given(cx: Cx, item: Expr, element: Type): Type {
  cx.coerce(item, value(cx, item, element), element, null);
  return element;
}

/** Without a declared type the elements have that of the first one; literals do not make a later f64 their type. */
function common(cx: Cx, items: readonly Expr[]): Type {
  let type: Type = ERROR;
  let first: Expr | null = null;
  for (const item of items) {
    const found = value(cx, item, first ? type : null);
    if (prune(found).kind === "error") continue;
    type = first ? joinTypes(cx, first, type, item, found, "the first one") : prune(found);
    // One message is enough.
    if (type.kind === "error") {
      for (const rest of items.slice(items.indexOf(item) + 1)) value(cx, rest);
      return type;
    }
    first ??= item;
    if (type.kind === "var" && type.literals) type.literals.whole = true;
  }
  return type;
}

/** The count of a fill: an integer literal without a sign, or the name of a constant; null for anything else. */
function fillCount(e: Expr): bigint | null {
  if (e.kind === "int") return e.suffix === "f64" ? null : e.value;
  if (e.kind !== "name" || e.symbol?.kind !== "var" || !e.symbol.constant?.literal) return null;
  return e.symbol.constant.value;
}

/** Checks the length of a literal that stands directly where `[T, N]` is declared. */
export function lengthFits(cx: Cx, e: Expr, type: TypeNode | null): void {
  const array = bare(e);
  if (array.kind !== "array" || type?.kind !== "array" || !type.length) return;
  const length = cx.types.length(type);
  const found = array.fill ? fillCount(array.items[1]!) : BigInt(array.items.length);
  if (!length || found === null || found === length.count) return;
  cx.report({
    code: "E2021",
    span: e.span,
    label: `expected ${length.count} element${length.count === 1n ? "" : "s"}, found ${found}`,
    ...(length.at.file === e.span.file ? { labels: [{ span: length.at, text: "the declared length" }] } : {}),
  });
}

// --- structs ---

export function structLiteral(cx: Cx, e: StructLit): Type {
  const decl = structNamed(cx, e);
  if (!decl) {
    for (const { value: v } of e.fields) value(cx, v);
    return ERROR;
  }
  e.resolved = decl;
  const given = new Map<string, Name>();
  let unknown = false;
  for (const { name, value: v } of e.fields) {
    const field = decl.fields.find((f) => f.name === name.text);
    const known = given.get(name.text);
    given.set(name.text, name);
    if (known)
      cx.report({
        code: "E1011",
        span: name.span,
        label: `the field \`${name.text}\` is given twice`,
        labels: [{ span: known.span, text: "given here" }],
      });
    else if (!field) unknownField(cx, name, decl, null);
    unknown ||= !field;
    if (!field) {
      value(cx, v);
      continue;
    }
    const why: Label = { span: field.decl, text: "the field is declared here" };
    cx.coerce(v, value(cx, v, field.type), field.type, why);
    lengthFits(cx, v, decl.node.fields.find((f) => f.name.text === name.text)?.type ?? null);
  }
  const missing = decl.fields.filter((f) => !f.value && !given.has(f.name));
  // A misspelt name is one mistake.
  if (missing.length > 0 && !unknown)
    cx.report({
      code: "E2012",
      span: e.nameSpan,
      label: `\`${decl.name}\` also needs ${missing.map((f) => `\`${f.name}\``).join(", ")}`,
      labels: missing.slice(0, 3).map((f) => ({ span: f.decl, text: "declared without a default" })),
    });
  return structOf(decl);
}

function structNamed(cx: Cx, e: StructLit): StructSymbol | null {
  const found = lookupType(e.path, cx.res.types, cx.sink);
  if (found === "missing" || found === "reported") return null;
  if (found === null) {
    unknownType(e.path[0]!, cx.res.types, cx.sink);
    return null;
  }
  if (isBelow(found, e.span)) {
    declaredBelow(e.path[0]!, found.decl, cx.sink);
    return null;
  }
  if (found.kind === "struct") return found;
  cx.report({
    code: "E2003",
    span: e.nameSpan,
    label: `\`${found.name}\` is an enum, not a struct`,
    labels: [{ span: found.decl, text: "declared here" }],
    help: [`write one of its variants: \`${found.name}.${found.variants[0]?.name ?? "Name"}\``],
  });
  return null;
}

// --- enums ---

/** The variant of that name; reports if there is none. */
export function variantNamed(cx: Cx, name: Name, decl: EnumSymbol): VariantSymbol | null {
  const found = decl.variants.find((v) => v.name === name.text);
  if (found) return found;
  const names = decl.variants.map((v) => v.name);
  const guess = nearest(name.text, names);
  cx.report({
    code: "E2016",
    span: name.span,
    label: `\`${decl.name}\` has no variant \`${name.text}\``,
    ...(decl.node ? { labels: [{ span: decl.decl, text: "declared here" }] } : {}),
    ...(guess !== null
      ? {
          help: [`did you mean \`${guess}\`?`],
          fixes: [{ title: `write \`${guess}\``, edits: [{ span: name.span, text: guess }] }],
        }
      : { help: [`its variants are ${names.map((n) => `\`${n}\``).join(", ")}`] }),
  });
  return null;
}

/**
 * `E.V(...)`, or `E.V` when `args` is null. The arguments of a generic enum come from the payload; what the place asks
 * for is only a hint to it, so that a value of another type is reported as a whole.
 */
export function variantValue(
  cx: Cx,
  e: MemberExpr,
  decl: EnumSymbol,
  args: readonly Expr[] | null,
  hint: Type | null,
): Type {
  const variant = variantNamed(cx, e.name, decl);
  if (!variant) {
    for (const arg of args ?? []) if (!cx.wildcards.has(arg)) value(cx, arg);
    cx.set(e, ERROR);
    return ERROR;
  }
  e.resolved = { kind: "variant", decl, variant };
  const wanted = hint === null ? null : prune(hint);
  const asked = wanted?.kind === "enum" && wanted.decl === decl ? wanted.args : [];
  const typeArgs = decl.params.map((_, i) => {
    const arg = asked[i];
    return arg && prune(arg).kind === "any" ? ANY : cx.unifier.fresh();
  });
  const type = enumOf(decl, typeArgs);
  if (args) cx.set(e, type);
  (args ?? []).forEach((arg, i) => {
    const entry = variant.payload[i];
    if (cx.wildcards.has(arg)) {
      cx.set(arg, ANY);
      return;
    }
    if (!entry) {
      value(cx, arg);
      return;
    }
    const place = payloadType(decl, typeArgs, entry.type);
    const best = asked.length > 0 ? payloadType(decl, asked, entry.type) : place;
    const why: Label | null = decl.node
      ? { span: variant.decl, text: `\`${decl.name}.${variant.name}\` is declared here` }
      : null;
    cx.coerce(arg, value(cx, arg, best), place, why);
    const node = decl.node?.variants.find((v) => v.name.text === variant.name)?.payload[i];
    if (node) lengthFits(cx, arg, node.type);
  });
  const count = args?.length ?? 0;
  if (count !== variant.payload.length) {
    const surplus = (args ?? []).slice(variant.payload.length);
    const wanted = variant.payload.length;
    cx.report({
      code: "E2009",
      span: e.name.span,
      label: `\`${decl.name}.${variant.name}\` carries ${wanted === 0 ? "no values" : `${wanted} value${wanted === 1 ? "" : "s"}`}, ${count} given`,
      labels: [
        ...(decl.node ? [{ span: variant.decl, text: "declared here" }] : []),
        ...(surplus.length > 0
          ? [{ span: join(surplus[0]!.span, surplus[surplus.length - 1]!.span), text: "not expected" }]
          : []),
      ],
    });
  }
  return type;
}
