/** What stands on the left of an assignment besides names: elements, fields, variables of modules (types 7.3, 9, 15.4). */
import { ERROR, type Type } from "../analysis/types.js";
import type { IndexExpr, MemberExpr } from "../syntax/ast.js";
import { index, staticBase } from "./access.js";
import type { Cx } from "./cx.js";
import { infer, value } from "./expr.js";
import { exportOf } from "./outer.js";
import { isPrim } from "./types.js";

/** The type that a place holds; reports when it cannot be assigned to. */
export function placeType(cx: Cx, e: IndexExpr | MemberExpr, code: "E1014" | "E1017"): Type {
  return cx.set(e, e.kind === "index" ? element(cx, e) : field(cx, e, code));
}

function element(cx: Cx, e: IndexExpr): Type {
  const object = cx.unifier.settle(value(cx, e.object));
  if (!isPrim(object, "string")) return index(cx, e, object);
  value(cx, e.index);
  cx.report({
    code: "E1028",
    span: e.span,
    label: "a `string` cannot be changed",
    labels: [{ span: e.object.span, text: "this is a `string`" }],
    help: ["build another one with `+`"],
  });
  return ERROR;
}

function field(cx: Cx, e: MemberExpr, code: "E1014" | "E1017"): Type {
  const base = staticBase(cx, e.object);
  if (base === null) return infer(cx, e);
  if (base === "missing") return ERROR;
  const { name } = e;
  if (base.kind === "module") {
    if (!base.exports) return ERROR;
    const symbol = exportOf(base.exports, name, cx.sink);
    if (!symbol) return ERROR;
    if (symbol.kind === "var" && symbol.mutable) {
      symbol.assigned = true;
      symbol.usedInFunctions = true;
      e.resolved = { kind: "export", symbol };
      return cx.typeOf(symbol);
    }
    cx.report({
      code,
      span: name.span,
      label: `\`${name.text}\` of \`${base.name}\` cannot be assigned to`,
      labels: [{ span: symbol.decl, text: "declared without `mut` here" }],
    });
    return ERROR;
  }
  cx.report({
    code: "E1028",
    span: e.span,
    label: `\`${base.name}\` is a type: what belongs to it cannot be changed`,
    labels: [{ span: base.decl, text: "declared here" }],
  });
  return ERROR;
}
