/**
 * Types as written. Only names have a node; the other forms are skipped and named (E1099). A `?` after a type means
 * nothing (types-and-modules.md 19).
 */
import { namedType, type TypeNode } from "./ast.js";
import type { Cursor } from "./recover.js";

/** Stands for a type that could not be read; analysis never sees it, since an error was reported. */
const UNREADABLE = "";

/** A type; `after` names what stands before it. */
export function parseType(c: Cursor, after: string): TypeNode {
  const token = c.token;
  if (c.failed) return namedType({ text: UNREADABLE, span: c.here() });
  switch (token.kind) {
    case "name":
      c.next();
      if (c.at("[") && c.token.start === token.end) {
        c.skipBrackets();
        c.unsupported(c.spanFrom(token.start), "a generic type is");
      } else if (c.at(".")) {
        c.next();
        c.accept("name");
        c.unsupported(c.spanFrom(token.start), "a type of another module is");
      }
      break;
    case "[":
    case "(":
    case "{":
      c.skipBrackets();
      c.unsupported(
        c.spanFrom(token.start),
        token.kind === "[" ? "an array type is" : token.kind === "(" ? "a tuple type is" : "a map or set type is",
      );
      break;
    case "fn":
      // `fn(A) -> fn(B) -> C` is a chain: the last result is read below.
      while (c.accept("fn")) {
        if (c.at("(")) c.skipBrackets();
        if (!c.accept("->")) break;
      }
      if (c.last?.kind === "->" && !c.at("fn")) parseType(c, "`->`");
      c.unsupported(c.spanFrom(token.start), "a function type is");
      break;
    case "error":
      c.next();
      break;
    default: {
      const found = c.atLineEnd() ? "" : `, found ${c.describe()}`;
      c.fail("E1001", c.here(), `a type is expected after ${after}${found}`, {
        help: ["write a type such as `i32`, `f64` or `string`"],
      });
      return namedType({ text: UNREADABLE, span: c.here() });
    }
  }
  const name = token.kind === "name" ? c.textOf(token) : UNREADABLE;
  const where = c.spanFrom(token.start);
  c.accept("?");
  return namedType({ text: name, span: where });
}
