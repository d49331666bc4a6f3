/** The expressions directly inside of an expression, without those of blocks and of functions made there. */
import type { Expr } from "../syntax/ast.js";

export function operandsOf(e: Expr): readonly Expr[] {
  switch (e.kind) {
    case "paren":
      return [e.inner];
    case "unary":
    case "cast":
      return [e.operand];
    case "binary":
    case "logic":
      return [e.left, e.right];
    case "cond":
      return [e.cond, e.then, e.otherwise];
    case "call":
      return [e.callee, ...e.args];
    case "array":
      return e.items;
    case "index":
      return [e.object, e.index];
    case "slice":
      return [e.object, e.start, e.end, e.step].filter((x): x is Expr => x !== null);
    case "member":
      return [e.object];
    case "struct":
      return e.fields.map((f) => f.value);
    case "match":
      return [e.subject];
    default:
      return [];
  }
}
