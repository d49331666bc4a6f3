/**
 * Types as written: names (with module and type arguments), arrays, functions. Types of the extensions are skipped and
 * named (E1099). A `?` after a type means nothing (types-and-modules.md 19).
 */
import { type Name, namedType, type TypeNode } from "./ast.js";
import { parseOperand } from "./parse-expr.js";
import type { Cursor } from "./recover.js";

/** Stands for a type that could not be read; analysis never sees it, since an error was reported. */
const UNREADABLE = "";

/** A type; `after` names what stands before it. */
export function parseType(c: Cursor, after: string): TypeNode {
  const type = parsePlainType(c, after);
  // `T<A>`, but never after `as`, where `<` compares.
  if (c.at("<") && c.token.start === c.lastEnd && !c.failed) {
    c.unsupported(c.spanOf(c.token), "a list of type arguments in `<>` is");
    c.failed = true;
  }
  return type;
}

/** The same after `as`. */
export function parsePlainType(c: Cursor, after: string): TypeNode {
  const where = c.here();
  if (c.failed || !c.enterExpression()) return namedType({ text: UNREADABLE, span: where });
  const type = parseOne(c, after);
  if (!c.failed) c.accept("?");
  c.expressions--;
  return type;
}

function parseOne(c: Cursor, after: string): TypeNode {
  const token = c.token;
  switch (token.kind) {
    case "name":
      return parseNamed(c);
    case "[":
      return parseArrayType(c);
    case "fn":
      return parseFnType(c);
    case "(":
    case "{":
      c.skipBrackets();
      c.unsupported(c.spanFrom(token.start), token.kind === "(" ? "a tuple type is" : "a map or set type is");
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
  return namedType({ text: UNREADABLE, span: c.spanFrom(token.start) });
}

/** `T`, `m.T`, `T[A, B]`. */
function parseNamed(c: Cursor): TypeNode {
  const first = c.next();
  const path: Name[] = [c.name(first)];
  while (c.at(".") && c.token.indent < 0) {
    c.next();
    if (!c.at("name")) {
      c.fail("E1026", c.here(), "a name is expected after `.`");
      break;
    }
    path.push(c.name(c.next()));
  }
  const args: TypeNode[] = [];
  // Type arguments stand right after the name.
  if (c.at("[") && !c.failed && c.token.start === c.lastEnd) {
    c.next();
    parseTypes(c, "]", "`[`", args);
  }
  return { kind: "named", name: path.map((n) => n.text).join("."), path, args, span: c.spanFrom(first.start) };
}

/** `[T]`, `[T, N]`. */
function parseArrayType(c: Cursor): TypeNode {
  const open = c.next();
  const element = parseType(c, "`[`");
  const length = !c.failed && c.accept(",") ? parseOperand(c, "`,`") : null;
  if (!c.failed && !c.accept("]")) {
    c.failInside(`\`]\``, {
      labels: [{ span: c.spanOf(open), text: "to close this `[`" }],
    });
  }
  return { kind: "array", element, length, span: c.spanFrom(open.start) };
}

/** `fn(A, B) -> R`. */
function parseFnType(c: Cursor): TypeNode {
  const keyword = c.next();
  const params: TypeNode[] = [];
  if (c.accept("(")) parseTypes(c, ")", "`(`", params);
  else c.fail("E1001", c.here(), `\`(\` is expected after \`fn\`${c.atLineEnd() ? "" : `, found ${c.describe()}`}`);
  const result = !c.failed && c.accept("->") ? parseType(c, "`->`") : null;
  return { kind: "fn", params, result, span: c.spanFrom(keyword.start) };
}

/** Types separated by `,` and the closer after them. */
function parseTypes(c: Cursor, closer: "]" | ")", after: string, into: TypeNode[]): void {
  while (!c.at(closer) && !c.failed && !c.at("end")) {
    into.push(parseType(c, into.length === 0 ? after : "`,`"));
    if (c.failed || c.accept(",") || c.at(closer)) continue;
    c.failInside(`\`,\` or \`${closer}\``);
  }
  if (!c.failed) c.accept(closer);
}
