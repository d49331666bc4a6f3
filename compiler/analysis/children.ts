/** The operands of an expression, for walks that keep a stack of their own. */
import type { Expr } from "../syntax/ast.js";

/** Pushes the direct parts of `e`, the last one first: popping gives them in source order. */
export function childrenOf(e: Expr, stack: Expr[]): void {
  switch (e.kind) {
    case "paren":
      stack.push(e.inner);
      break;
    case "unary":
    case "cast":
      stack.push(e.operand);
      break;
    case "binary":
    case "logic":
      stack.push(e.right, e.left);
      break;
    case "cond":
      stack.push(e.otherwise, e.cond, e.then);
      break;
    case "call":
      for (let i = e.args.length - 1; i >= 0; i--) stack.push(e.args[i]!);
      stack.push(e.callee);
      break;
    case "index":
      stack.push(e.index, e.object);
      break;
    case "int":
    case "float":
    case "string":
    case "bool":
    case "name":
    case "error":
      break;
  }
}
