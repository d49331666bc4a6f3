/** Looking through parentheses. */
import type { Expr } from "../syntax/ast.js";

/** An expression without its parentheses. */
export function bare(e: Expr): Expr {
  let inner = e;
  while (inner.kind === "paren") inner = inner.inner;
  return inner;
}
