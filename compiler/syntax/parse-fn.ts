/**
 * Function declarations (types-and-modules 3.1): `fn name(a: T, b) -> R:` and a suite. Types are optional for the
 * grammar; analysis says what it cannot do without them.
 */
import type { FnStmt, Name, Param, Stmt, TypeNode } from "./ast.js";
import { parseSuite } from "./parse-block.js";
import { parseType } from "./parse-type.js";
import type { Cursor } from "./recover.js";
import { keywords, type Token } from "./tokens.js";

const isReserved = (token: Token): boolean => keywords.has(token.kind);

/** `fn name(a: T, b) -> R:` and its suite, after the `fn`. `keyword` may be a foreign word for `fn`. */
export function parseFn(c: Cursor, pub: boolean, keyword: Token): Stmt {
  const start = keyword.start;
  const nameToken = c.token;
  let name: Name | null = null;
  if (nameToken.kind === "name") {
    name = c.name(nameToken);
    c.next();
  } else if (isReserved(nameToken) && c.peek(1).kind === "(") {
    c.reportReserved(nameToken);
    name = c.name(nameToken);
    c.next();
  } else c.fail("E1001", c.here(), "a function name is expected after `fn`");
  if ((c.at("[") || c.at("<")) && !c.failed) {
    c.unsupported(c.spanOf(c.token), "a generic function is");
    if (c.at("[")) c.skipBrackets();
    else c.skipTo(c.base, "(");
  }
  const { params, result } = parseSignature(c, "the function name");
  const body = parseSuite(c, keyword);
  if (name === null) return { kind: "error", span: c.spanFrom(start) };
  const fn: FnStmt = {
    kind: "fn",
    pub,
    name,
    params,
    result,
    body,
    keyword: c.spanOf(keyword),
    span: c.spanFrom(start),
  };
  return fn;
}

/** `(a: T, b) -> R`, up to the `:`. `after` names what stands before it. */
export function parseSignature(c: Cursor, after: string): { params: Param[]; result: TypeNode | null } {
  const params = parseParams(c, after);
  let result: TypeNode | null = null;
  if (!c.failed && c.accept("->")) result = parseType(c, "`->`");
  else if (!c.failed && !c.at(":") && !c.at("{") && !c.atLineEnd()) {
    c.fail("E1001", c.spanOf(c.token), `\`->\` or \`:\` is expected after the parameters, found ${c.describe()}`, {
      help: c.at("name") ? [`write \`-> ${c.textOf(c.token)}\``] : [],
    });
  }
  return { params, result };
}

function parseParams(c: Cursor, after: string): Param[] {
  const params: Param[] = [];
  if (c.failed) return params;
  if (!c.accept("(")) {
    c.fail("E1001", c.here(), `\`(\` is expected after ${after}${c.atLineEnd() ? "" : `, found ${c.describe()}`}`);
    return params;
  }
  while (!c.at(")") && !c.at("end")) {
    const token = c.token;
    if (isReserved(token) && token.kind !== "mut") c.reportReserved(token);
    else if (token.kind !== "name" && token.kind !== "error") {
      c.fail(
        "E1001",
        c.spanOf(token),
        `a parameter name is expected here, found ${c.describe()}`,
        token.kind === "mut" ? { help: ["parameters are never `mut`: copy it with `mut name = …`"] } : {},
      );
      break;
    }
    c.next();
    let annotation = c.accept(":") ? parseType(c, "`:`") : null;
    if (annotation === null && c.at("name")) {
      c.report("E1001", c.spanOf(c.token), "`:` is expected between a parameter and its type", {
        help: [`write \`${c.textOf(token)}: ${c.textOf(c.token)}\``],
      });
      annotation = parseType(c, "`:`");
    }
    params.push({ name: c.name(token), annotation });
    if (c.failed) break;
    if (c.accept(",") || c.at(")")) continue;
    if (c.at("name")) {
      c.report("E1019", c.spanOf(c.token), "a `,` is missing before this", { help: ["insert `,`"] });
      continue;
    }
    c.failInside("`,` or `)`", c.at("=") ? { help: ["parameters have no default values"] } : {});
    break;
  }
  if (c.failed) c.skipToCloser();
  c.accept(")");
  return params;
}
