/**
 * Operands: literals, names, arrays, function expressions, `match` and blocks as values (core 4, types-and-modules.md 4,
 * 7.1, 12.2, 14), and what stands where an operand should.
 */
import type { Block, Expr, FnExpr, Stmt } from "./ast.js";
import { opensBlock } from "./braces.js";
import { enterBlock, parseHeader, parseStatements } from "./parse-block.js";
import { foreignIncrement, quick, wholeSteps } from "./parse-expr.js";
import { parseSignature } from "./parse-fn.js";
import { asValue, parseMatchExpr } from "./parse-match.js";
import { missingComma } from "./parse-postfix.js";
import { parseStatement } from "./parse-stmt.js";
import type { Cursor } from "./recover.js";
import type { Steps } from "./steps.js";
import { type IntValue, type Kind, startsPlainValue, type Token } from "./tokens.js";

/** Whether nothing can go on an operand here: after a mistake, or after an indented suite. */
export const atOperandEnd = (c: Cursor): boolean => c.failed || c.ended;

/** An operand without what follows it; parentheses and arrays are read by the caller. `after` names what stands before it. */
export function parseOperandStart(c: Cursor, after: string): Expr {
  const token = c.token;
  const where = c.spanOf(token);
  c.height = 0;
  switch (token.kind) {
    case "int": {
      c.next();
      const { value, suffix } = token.value as IntValue;
      return { kind: "int", value, suffix, span: where };
    }
    case "float":
      c.next();
      return { kind: "float", value: token.value as number, span: where };
    case "string":
      c.next();
      return { kind: "string", text: token.value as string, span: where };
    case "true":
    case "false":
      c.next();
      return { kind: "bool", value: token.kind === "true", span: where };
    case "error":
      c.next();
      return { kind: "error", span: where };
    case "name":
      return parseName(c);
    case "{":
      if (opensBlock(token)) return parseBlockExpr(c);
      c.unsupported(where, "a map or set is");
      c.skipBrackets();
      return c.error(token.start);
    default:
      return parseWord(c, after);
  }
}

/** `[a, b]`, at the `[`. */
export function* arraySteps(c: Cursor): Steps<Expr> {
  const open = c.next();
  const items: Expr[] = [];
  let comma = false;
  let height = 0;
  while (!c.at("]") && !c.failed && !c.at("end")) {
    items.push(quick(c) ?? (yield wholeSteps(c, items.length === 0 ? "`[`" : "`,`")));
    height = Math.max(height, c.height);
    comma = false;
    if (c.failed || c.at("]")) continue;
    if (c.accept(",")) comma = true;
    else missingComma(c, "an element", "]");
  }
  if (!c.failed) c.accept("]");
  c.built(height, open);
  return {
    kind: "array",
    items,
    mayFill: items.length === 2 && !comma && c.calls === 0,
    span: c.spanFrom(open.start),
  };
}

/** `{ statements }` as a value, at the `{`. */
function parseBlockExpr(c: Cursor): Expr {
  const open = c.next();
  const start = c.token.start;
  const statements = c.nested(() => {
    const entered = enterBlock(c);
    const read = entered ? parseStatements(c) : [];
    c.blocks--;
    c.failed = !entered;
    return read;
  });
  c.built(c.height, open);
  const end = Math.max(start, c.lastEnd);
  if (!c.failed) c.accept("}");
  return {
    kind: "block",
    body: asValue({ statements, span: c.span(start, end) }),
    span: c.spanFrom(open.start),
  };
}

/** Statements that cannot be the body of a function expression on its line. */
const COMPOUND: ReadonlySet<Kind> = new Set<Kind>([
  "if",
  "while",
  "for",
  "label",
  "try",
  "struct",
  "enum",
  "impl",
  "use",
  "pub",
  "else",
  "elif",
  "catch",
]);

/** `fn(a: T) -> R:` and its suite, at the `fn`. */
function parseFnExpr(c: Cursor): Expr {
  const keyword = c.next();
  const floor = c.depth;
  const { params, result } = parseSignature(c, "`fn`");
  let inline = false;
  const body = c.nested((): Block => {
    const suite = parseHeader(c, keyword, floor);
    if (typeof suite !== "string") return suite;
    if (suite === "none") return { statements: [], span: c.span(c.lastEnd, c.lastEnd) };
    inline = true;
    return inlineBody(c);
  });
  c.built(c.height, keyword);
  // Where its suite is missing between brackets the layout has ended a line all the same.
  if (body.statements.length === 0 && c.depth > c.base) c.accept("newline");
  const node: FnExpr = {
    kind: "fn",
    params,
    result,
    body,
    inline,
    keyword: c.spanOf(keyword),
    span: c.spanFrom(keyword.start),
  };
  return node;
}

/** One expression or one simple statement (core 2). */
function inlineBody(c: Cursor): Block {
  const start = c.token.start;
  const statements: Stmt[] = [];
  if (enterBlock(c)) {
    c.inline++;
    c.single = true;
    const { kind } = c.token;
    if (COMPOUND.has(kind) || (kind === "fn" && c.peek(1).kind === "name")) {
      c.fail("E1001", c.spanOf(c.token), `\`${c.textOf(c.token)}\` cannot stand on the line of a function expression`, {
        help: ["write the body on lines of its own, indented"],
      });
    } else parseStatement(c, statements);
    c.inline--;
  }
  c.blocks--;
  return { statements, span: c.spanFrom(start) };
}

/** Words of other languages or of the extensions that stand where a name may stand. */
function parseName(c: Cursor): Expr {
  const token = c.next();
  const name = c.textOf(token);
  const where = c.spanOf(token);
  if ((name === "null" || name === "nil" || name === "undefined") && !c.binds(name)) {
    c.report("E1033", where, `there is no \`${name}\` in Orus: a variable always has a value`, {
      help: ["use a value of the type, or a `bool` beside it"],
    });
    return c.error(token.start);
  }
  if ((name === "spawn" || name === "yield") && c.token.indent < 0 && !c.binds(name)) {
    if (startsPlainValue(c.kind)) {
      c.unsupported(where, `\`${name}\` is`);
      // What it is for starts here; the rest is read as if that stood alone.
      c.next();
      return c.error(token.start);
    }
    if (c.at(":") && name === "spawn") return outsideSuite(c, token, "`spawn` is");
  }
  return { kind: "name", name, span: where };
}

/** A value with suites, which may hold anything: the rest of the brackets or of the statement is not read. */
function outsideSuite(c: Cursor, token: Token, what: string): Expr {
  c.unsupported(c.spanOf(token), what);
  if (c.depth > c.base) c.skipToCloser();
  else c.failed = true;
  return c.error(token.start);
}

/** A value that starts with a reserved word, or no value at all. */
function parseWord(c: Cursor, after: string): Expr {
  const token = c.token;
  const where = c.spanOf(token);
  if (c.misnamed.has(token.kind)) {
    c.next();
    return c.error(token.start);
  }
  switch (token.kind) {
    case "fn":
      return parseFnExpr(c);
    case "match":
      return parseMatchExpr(c);
    case "try":
      return outsideSuite(c, token, "`try` as a value is");
    case "print":
      c.fail("E1026", where, "`print` is a statement and has no value", { help: ["put it on a line of its own"] });
      return c.error(token.start);
    case "++":
      foreignIncrement(c);
      return c.error(token.start);
    default: {
      const found = c.atLineEnd() ? "" : `, found ${c.describe()}`;
      c.fail(
        "E1026",
        c.here(),
        `a value is expected after ${after}${found}`,
        token.kind === "+" ? { help: ["there is no `+` sign: remove it"] } : {},
      );
      return c.error(token.start);
    }
  }
}
