/** Looking through parentheses, and into patterns. */
import type { Expr } from "../syntax/ast.js";

/** An expression without its parentheses. */
export function bare(e: Expr): Expr {
  let inner = e;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}

/** Each `_` among the entries of a variant on the right of `matches` (types 12.3). */
export function wildcardsIn(right: Expr): Expr[] {
  const e = bare(right);
  if (e.kind !== "call") return [];
  return e.args.filter((arg) => arg.kind === "name" && arg.name === "_" && !arg.symbol);
}
