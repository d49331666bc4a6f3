/**
 * The operands of an expression, for walks that keep a stack of their own. Statements inside of one (the body of a
 * function expression, the arms of a `match`, a block) are not operands.
 */
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
      pushReversed(e.args, stack);
      stack.push(e.callee);
      break;
    case "array":
      pushReversed(e.items, stack);
      break;
    case "index":
      stack.push(e.index, e.object);
      break;
    case "slice":
      for (const part of [e.step, e.end, e.start]) if (part !== null) stack.push(part);
      stack.push(e.object);
      break;
    case "member":
      stack.push(e.object);
      break;
    case "struct":
      for (let i = e.fields.length - 1; i >= 0; i--) stack.push(e.fields[i]!.value);
      break;
    case "match":
      stack.push(e.subject);
      break;
    case "int":
    case "float":
    case "string":
    case "bool":
    case "name":
    case "fn":
    case "block":
    case "error":
      break;
  }
}

function pushReversed(parts: readonly Expr[], stack: Expr[]): void {
  for (let i = parts.length - 1; i >= 0; i--) stack.push(parts[i]!);
}
