/**
 * Declarations of module level: `struct`, `enum`, `impl` and `use` (types-and-modules.md 9 to 11, 15.2). Inside a block
 * they are reported (E1029) and read all the same. Their forms of the extensions are named (E1099).
 */
import type { EnumStmt, Expr, FnStmt, ImplStmt, Name, Stmt, StructStmt, TypeNode, UseStmt } from "./ast.js";
import { endLine, parseHeader, parseLines } from "./parse-block.js";
import { parseExpr } from "./parse-expr.js";
import { parseFn } from "./parse-fn.js";
import { parseType } from "./parse-type.js";
import type { Cursor } from "./recover.js";
import { keywords, type Token } from "./tokens.js";

/** E1029 for a word that belongs at the top of a module. */
export function notHere(c: Cursor, keyword: Token): void {
  c.report("E1029", c.spanOf(keyword), `\`${c.textOf(keyword)}\` is only allowed at the top of a module`, {
    help: ["move it out of the block, to the top of the file"],
  });
}

/** At `struct`, `enum`, `impl` or `use`. A `pub` before it has said what is wrong with the level. */
export function parseData(c: Cursor, pub: boolean, afterPub: boolean): Stmt {
  const keyword = c.next();
  if (c.blocks > 0 && !afterPub) notHere(c, keyword);
  switch (keyword.kind) {
    case "struct":
      return parseStruct(c, keyword, pub);
    case "enum":
      return parseEnum(c, keyword, pub);
    case "impl":
      return parseImpl(c, keyword, pub);
    default:
      return parseUse(c, keyword);
  }
}

/** The name that is declared or meant here; null if there is none, which is reported. */
function parseName(c: Cursor, what: string, after: string): Name | null {
  const token = c.token;
  if (token.kind === "name") return c.name(c.next());
  if (keywords.has(token.kind) && !c.failed) {
    c.reportReserved(token);
    return c.name(c.next());
  }
  c.fail("E1001", c.here(), `${what} is expected after ${after}${c.atLineEnd() ? "" : `, found ${c.describe()}`}`);
  return null;
}

/** The block of a declaration, line by line. */
function parseMembers(c: Cursor, keyword: Token, what: string, read: () => void): void {
  const suite = parseHeader(c, keyword, c.base, () => {
    parseLines(c, () => {
      read();
      endLine(c, what);
    });
    return [];
  });
  if (suite === "inline") endLine(c, what);
}

/** Type parameters between `<` and `>`, of other languages and of the extensions. */
function skipAngles(c: Cursor, what: string): void {
  if (!c.at("<") || c.failed) return;
  c.unsupported(c.spanOf(c.token), what);
  c.skipTo(c.base, ":");
}

function parseStruct(c: Cursor, keyword: Token, pub: boolean): Stmt {
  const name = parseName(c, "a name", "`struct`");
  if (c.at("[") && !c.failed) {
    c.unsupported(c.spanOf(c.token), "a generic struct is");
    c.skipBrackets();
  }
  skipAngles(c, "a generic struct is");
  const fields: { name: Name; type: TypeNode; value: Expr | null }[] = [];
  parseMembers(c, keyword, "fields", () => {
    c.accept("pub");
    const token = c.token;
    if (keywords.has(token.kind) && c.peek(1).kind === ":") c.reportReserved(token);
    else if (token.kind !== "name") {
      c.fail("E1001", c.here(), `a field \`name: type\` is expected here, found ${c.describe()}`, {
        help: token.kind === "fn" ? ["methods stand in an `impl` block"] : [],
      });
      return;
    }
    c.next();
    if (!c.accept(":")) {
      c.fail("E1001", c.here(), `\`:\` and a type are expected after the name of a field`);
      return;
    }
    const type = parseType(c, "`:`");
    const value = !c.failed && c.accept("=") ? parseExpr(c, "`=`") : null;
    fields.push({ name: c.name(token), type, value });
  });
  if (name === null) return { kind: "error", span: c.spanFrom(keyword.start) };
  const node: StructStmt = {
    kind: "struct",
    pub,
    name,
    fields,
    keyword: c.spanOf(keyword),
    span: c.spanFrom(keyword.start),
  };
  return node;
}

function parseEnum(c: Cursor, keyword: Token, pub: boolean): Stmt {
  const name = parseName(c, "a name", "`enum`");
  const params: Name[] = [];
  if (!c.failed && c.accept("[")) parseTypeParameters(c, params);
  skipAngles(c, "a parameter list in `<>` is");
  const variants: { name: Name; payload: { name: Name | null; type: TypeNode }[] }[] = [];
  parseMembers(c, keyword, "variants", () => {
    const token = c.token;
    if (keywords.has(token.kind) && (c.peek(1).kind === "(" || c.peek(1).kind === "newline")) c.reportReserved(token);
    else if (token.kind !== "name") {
      c.fail("E1001", c.here(), `the name of a variant is expected here, found ${c.describe()}`);
      return;
    }
    c.next();
    const payload: { name: Name | null; type: TypeNode }[] = [];
    if (c.accept("(")) parsePayload(c, payload);
    variants.push({ name: c.name(token), payload });
  });
  if (name === null) return { kind: "error", span: c.spanFrom(keyword.start) };
  const node: EnumStmt = {
    kind: "enum",
    pub,
    name,
    params,
    variants,
    keyword: c.spanOf(keyword),
    span: c.spanFrom(keyword.start),
  };
  return node;
}

/** After the `[`. */
function parseTypeParameters(c: Cursor, params: Name[]): void {
  while (!c.at("]") && !c.failed && !c.at("end")) {
    const name = parseName(c, "a name", params.length === 0 ? "`[`" : "`,`");
    if (name !== null) params.push(name);
    if (c.at(":") && !c.failed) {
      c.unsupported(c.spanOf(c.token), "a bound is");
      c.skipToCloser();
    }
    if (c.failed || c.accept(",") || c.at("]")) continue;
    c.failInside(`\`,\` or \`]\``);
  }
  if (!c.failed) c.accept("]");
}

/** `T` or `name: T`, after the `(`. */
function parsePayload(c: Cursor, payload: { name: Name | null; type: TypeNode }[]): void {
  while (!c.at(")") && !c.failed && !c.at("end")) {
    let name: Name | null = null;
    if (c.peek(1).kind === ":" && (c.at("name") || keywords.has(c.kind))) {
      if (!c.at("name")) c.reportReserved(c.token);
      name = c.name(c.next());
      c.next();
    }
    payload.push({ name, type: parseType(c, name === null ? "`(`" : "`:`") });
    if (c.failed || c.accept(",") || c.at(")")) continue;
    c.failInside(`\`,\` or \`)\``);
  }
  if (!c.failed) c.accept(")");
}

function parseImpl(c: Cursor, keyword: Token, pub: boolean): Stmt {
  if (c.at("[")) {
    c.unsupported(c.spanOf(keyword), "an `impl` with type parameters is");
    c.failed = true;
    return { kind: "error", span: c.spanOf(keyword) };
  }
  const target = parseType(c, "`impl`");
  if (c.at("for") && !c.failed) {
    // The rest may use all that traits have.
    c.unsupported(c.spanOf(keyword), "an `impl` of a trait is");
    c.failed = true;
    return { kind: "error", span: c.spanOf(keyword) };
  }
  if (target.kind !== "named") c.fail("E1001", target.span, "the name of a struct is expected after `impl`");
  const methods: FnStmt[] = [];
  parseMembers(c, keyword, "methods", () => {
    if (c.accept("pass")) return;
    const exported = c.accept("pub") !== null;
    if (!c.at("fn")) {
      c.fail("E1001", c.here(), `a method \`fn name(…)\` is expected here, found ${c.describe()}`);
      return;
    }
    const method = parseFn(c, exported, c.next());
    if (method.kind === "fn") methods.push(method);
  });
  if (target.kind !== "named") return { kind: "error", span: c.spanFrom(keyword.start) };
  const node: ImplStmt = {
    kind: "impl",
    pub,
    target,
    methods,
    keyword: c.spanOf(keyword),
    span: c.spanFrom(keyword.start),
  };
  return node;
}

/** `use a.b`, `use a.b as n`, `use a.b: f, X as Y`, `use a.b: *`. */
function parseUse(c: Cursor, keyword: Token): Stmt {
  const path: Name[] = [];
  do {
    const name = parseName(c, "a module name", path.length === 0 ? "`use`" : "`.`");
    if (name !== null) path.push(name);
  } while (!c.failed && c.accept("."));
  const alias = c.failed ? null : parseAlias(c);
  let names: UseStmt["names"] = null;
  if (!c.failed && c.accept(":")) {
    if (alias !== null) {
      c.report("E1001", c.spanOf(c.last!), "a list of names cannot follow `as`", {
        help: ["write two lines, one with `as` and one with the names"],
      });
    }
    if (c.accept("*")) names = "all";
    else names = parseImports(c);
  }
  if (c.failed && path.length === 0) return { kind: "error", span: c.spanFrom(keyword.start) };
  const node: UseStmt = {
    kind: "use",
    path,
    alias,
    names,
    keyword: c.spanOf(keyword),
    span: c.spanFrom(keyword.start),
  };
  return node;
}

const parseAlias = (c: Cursor): Name | null => (c.accept("as") ? parseName(c, "a name", "`as`") : null);

function parseImports(c: Cursor): { name: Name; alias: Name | null }[] {
  const names: { name: Name; alias: Name | null }[] = [];
  do {
    if (names.length > 0 && c.atLineEnd()) break;
    const name = parseName(c, "a name", names.length === 0 ? "`:`" : "`,`");
    if (name !== null) names.push({ name, alias: parseAlias(c) });
  } while (!c.failed && c.accept(","));
  return names;
}
