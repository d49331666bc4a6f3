/**
 * Statements (core 7, 17 to 20, types-and-modules.md 8, 13). Blocks and suites are in parse-block.ts, assignments and
 * declarations in parse-bind.ts, parse-fn.ts and parse-data.ts, loops in parse-loop.ts, `match` in parse-match.ts, forms
 * of the extensions or of other languages in parse-foreign.ts.
 */
import type { Block, Expr, IfStmt, Name, Stmt } from "./ast.js";
import {
  parseAfterExpression,
  parseDeclaration,
  parsePatternStatement,
  startsDeclaration,
  startsPattern,
} from "./parse-bind.js";
import { parseSuite } from "./parse-block.js";
import { notHere, parseData } from "./parse-data.js";
import { otherwise, parseCondition, parseExpr, parseOperand, trailing } from "./parse-expr.js";
import { parseFn } from "./parse-fn.js";
import { parseForeign } from "./parse-foreign.js";
import { parseFor, parseLabelled, parseWhile } from "./parse-loop.js";
import { parseMatch } from "./parse-match.js";
import { parseArguments } from "./parse-postfix.js";
import type { Cursor } from "./recover.js";
import { type Kind, keywords, type Token } from "./tokens.js";

const ASSIGNS: ReadonlySet<Kind> = new Set<Kind>(["=", ":=", "+=", "-=", "*=", "/=", "%="]);

/** One statement, or several declarations; where it ends is for the caller to check. */
export function parseStatement(c: Cursor, list: Stmt[]): void {
  const token = c.token;
  if (isMisnamed(c)) {
    list.push(misnamed(c));
    return;
  }
  switch (token.kind) {
    case "pub":
      parsePub(c, list);
      return;
    case "mut":
      parseDeclaration(c, list, false);
      return;
    case "print":
      list.push(parsePrint(c));
      return;
    case "if":
      list.push(parseIf(c, statementBefore(c, list)));
      return;
    case "while":
      list.push(parseWhile(c, null));
      return;
    case "for":
      list.push(parseFor(c, null));
      return;
    case "label":
      list.push(parseLabelled(c));
      return;
    case "fn":
      if (c.peek(1).kind !== "(") {
        list.push(parseFn(c, false, c.next()));
        return;
      }
      break;
    case "return":
      list.push(parseReturn(c));
      return;
    case "break":
    case "continue": {
      c.next();
      const label = c.accept("label");
      const name: Name | null = label === null ? null : { text: label.value as string, span: c.spanOf(label) };
      list.push({ kind: token.kind, label: name, span: c.spanFrom(token.start) });
      return;
    }
    case "pass":
      c.next();
      list.push({ kind: "pass", span: c.spanOf(token) });
      return;
    case "else":
    case "elif":
    case "catch":
      list.push(stray(c));
      return;
    case "match":
      list.push(parseMatch(c));
      return;
    case "try":
      list.push(parseTry(c));
      return;
    case "struct":
    case "enum":
    case "impl":
    case "use":
      list.push(parseData(c, false, false));
      return;
    case "(":
      if (!c.single && startsPattern(c)) {
        parsePatternStatement(c, list);
        return;
      }
      break;
    case "name": {
      const foreign = parseForeign(c, list);
      if (foreign !== null) {
        list.push(foreign);
        return;
      }
      if (startsDeclaration(c)) {
        parseDeclaration(c, list, false);
        return;
      }
      break;
    }
  }
  parseExprStatement(c, list);
}

/** A reserved word that is given a value, as in `match = 5`. */
function isMisnamed(c: Cursor): boolean {
  return keywords.has(c.kind) && ASSIGNS.has(c.peek(1).kind);
}

function misnamed(c: Cursor): Stmt {
  const token = c.token;
  c.reportReserved(token);
  c.next();
  c.next();
  const value = parseExpr(c, "`=`");
  return { kind: "error", span: c.span(token.start, value.span.end) };
}

/** `pub`, allowed at module level only. */
function parsePub(c: Cursor, list: Stmt[]): void {
  const keyword = c.next();
  const exported = c.blocks === 0;
  if (!exported) notHere(c, keyword);
  if (c.at("fn") && c.peek(1).kind === "name") list.push(parseFn(c, exported, c.next()));
  else if (c.at("mut") || startsDeclaration(c)) parseDeclaration(c, list, exported);
  else if (c.at("struct") || c.at("enum") || c.at("impl")) list.push(parseData(c, exported, true));
  else c.fail("E1001", c.here(), `a declaration is expected after \`pub\`, found ${c.describe()}`);
}

function parsePrint(c: Cursor): Stmt {
  const keyword = c.next();
  if (!c.at("(")) {
    c.fail("E1001", c.here(), `\`(\` is expected after \`print\`${c.atLineEnd() ? "" : `, found ${c.describe()}`}`, {
      help: ["write `print(…)`"],
    });
    return { kind: "error", span: c.spanFrom(keyword.start) };
  }
  const args = parseArguments(c, false);
  return { kind: "print", args, keyword: c.spanOf(keyword), span: c.spanFrom(keyword.start) };
}

function parseReturn(c: Cursor): Stmt {
  const keyword = c.next();
  const ends = c.atLineEnd() || c.at(";") || (c.at("else") && c.inline > 0) || c.atCloser() || (c.single && c.at(","));
  const first = ends ? null : parseExpr(c, "`return`");
  let value = first;
  if (first !== null && !c.single && !c.ended && c.at(",") && !c.failed) {
    const items = [first];
    while (!c.failed && !c.ended && c.accept(",") && !c.atLineEnd()) items.push(parseExpr(c, "`,`"));
    // Never a fill (types-and-modules.md 8).
    value = { kind: "array", items, mayFill: false, span: c.spanFrom(first.span.start) };
  }
  return { kind: "return", value, keyword: c.spanOf(keyword), span: c.spanFrom(keyword.start) };
}

/** An expression statement, `e if c`, or something that turns out to be the target of an assignment. */
function parseExprStatement(c: Cursor, list: Stmt[]): void {
  const start = c.token.start;
  const { expr, keyword, cond } = parseGuarded(c);
  if (keyword !== null && cond !== null) {
    // What follows the condition assigns neither to it nor to the expression.
    list.push({ kind: "guarded", expr, cond, keyword: c.spanOf(keyword), span: c.spanFrom(start) });
    return;
  }
  list.push(parseAfterExpression(c, expr, list) ?? { kind: "expr", expr, span: c.spanFrom(start) });
}

/** An expression that may be followed by `if c` without `else`. */
function parseGuarded(c: Cursor): { expr: Expr; keyword: Token | null; cond: Expr | null } {
  // Whether `e if c` is one or the other is known after `c`: so `e` is read without its conditional part.
  const expr = parseOperand(c, "this");
  if (c.failed || c.ended || !c.at("if")) return { expr: trailing(c, expr), keyword: null, cond: null };
  const keyword = c.next();
  const cond = parseCondition(c, keyword);
  if (!c.failed && c.at("else")) return { expr: otherwise(c, expr, cond, keyword), keyword: null, cond: null };
  return { expr, keyword, cond };
}

/** Takes the line end before an `else` or `elif` that belongs to the statement just read. */
function atBranch(c: Cursor): boolean {
  if (c.at("else") || c.at("elif")) return true;
  // A statement in the suite of its own line ends with that line.
  if (c.inline > 0 || !c.at("newline")) return false;
  const next = c.peek(1).kind;
  if (next !== "else" && next !== "elif") return false;
  c.next();
  return true;
}

/** At a keyword: the statement of one word, or `print`, that stands before it on its line with nothing between them. */
function statementBefore(c: Cursor, list: readonly Stmt[]): Stmt | null {
  const { last } = c;
  const before = list[list.length - 1];
  if (!before || !last || last.kind === "newline" || before.span.end !== last.end) return null;
  const { kind } = before;
  return kind === "print" || kind === "pass" || kind === "break" || kind === "continue" ? before : null;
}

/** `print(x) if c`, at the end of the condition: only an expression can have one after it. */
function conditionAfter(c: Cursor, before: Stmt, keyword: Token, cond: Expr): void {
  const whole = c.span(before.span.start, cond.span.end);
  const [does, when] = [before.span, cond.span].map(({ start, end }) => c.text.slice(start, end));
  const plain = `if ${when}: ${does}`;
  const shown =
    plain.includes("\n") || plain.length > 60 ? `if …: ${before.kind}${before.kind === "print" ? "(…)" : ""}` : plain;
  // With more on the line the edit would draw it into the `if`.
  const alone = c.atLineEnd();
  c.fail("E1002", c.here(), `\`${before.kind}\` is a statement: its condition stands before it`, {
    labels: [{ span: c.spanOf(keyword), text: "this `if` begins a statement of its own" }],
    help: [`write \`${shown}\`${c.at("else") ? ", and `else:` on the next line" : ""}`],
    ...(alone ? { fixes: [{ title: "write the condition first", edits: [{ span: whole, text: plain }] }] } : {}),
  });
}

/** `after`: the statement that the `if` follows on its line. */
function parseIf(c: Cursor, after: Stmt | null = null): IfStmt {
  const start = c.token.start;
  const arms: { cond: Expr; body: Block; keyword: IfStmt["arms"][number]["keyword"] }[] = [];
  let otherwiseBlock: Block | null = null;
  const arm = (keyword: Token, before: Stmt | null = null): void => {
    const cond = parseCondition(c, keyword);
    if (before && !c.failed && !c.at(":") && !c.at("{")) conditionAfter(c, before, keyword, cond);
    arms.push({ cond, body: parseSuite(c, keyword), keyword: c.spanOf(keyword) });
  };
  arm(c.next(), after);
  while (!c.failed && atBranch(c)) {
    const keyword = c.next();
    if (otherwiseBlock !== null) {
      c.report("E1030", c.spanOf(keyword), `\`${keyword.kind}\` cannot follow \`else\``, {
        help: ["`else` is the last branch: move it to the end"],
      });
      if (keyword.kind === "elif") parseCondition(c, keyword);
      parseSuite(c, keyword);
    } else if (keyword.kind === "elif") arm(keyword);
    else if (c.at("if") && c.token.indent < 0) {
      c.report("E1033", c.spanOf(keyword), "`else if` is written `elif`", {
        help: ["write `elif`"],
        fixes: [{ title: "write `elif`", edits: [{ span: c.span(keyword.start, c.token.end), text: "elif" }] }],
      });
      arm(c.next());
    } else otherwiseBlock = parseSuite(c, keyword);
  }
  return { kind: "if", arms, otherwise: otherwiseBlock, span: c.spanFrom(start) };
}

/** `else`, `elif` or `catch` without a statement to belong to: its suite is read all the same. */
function stray(c: Cursor): Stmt {
  const keyword = c.next();
  const partner = keyword.kind === "catch" ? "try" : "if";
  c.report("E1030", c.spanOf(keyword), `\`${keyword.kind}\` has no \`${partner}\` of the same depth before it`);
  // The rest of its line is part of the same mistake; the statements of its suite are not.
  c.failed = true;
  parseSuite(c, keyword);
  return { kind: "error", span: c.spanFrom(keyword.start) };
}

/** `try:` suite, `catch name:` suite (types-and-modules.md 13). */
function parseTry(c: Cursor): Stmt {
  const keyword = c.next();
  const start = keyword.start;
  if (!c.at(":") && !c.at("{") && !c.atLineEnd()) {
    // `try e` as an expression.
    c.unsupported(c.spanOf(keyword), "`try` before an expression is");
    parseExpr(c, "`try`");
    return { kind: "error", span: c.spanFrom(start) };
  }
  const body = parseSuite(c, keyword);
  c.startStatement();
  if (!atHandler(c)) {
    c.report("E1031", c.spanOf(keyword), "this `try` has no `catch`", {
      help: ["add `catch error:` with a block after it"],
    });
    return { kind: "error", span: c.spanFrom(start) };
  }
  let node: Stmt | null = null;
  let outside: Token | null = null;
  for (let count = 0; !c.failed && atHandler(c); count++) {
    const catchKeyword = c.next();
    if (count > 0 || catchKeyword.kind !== "catch") outside ??= catchKeyword;
    const name = catchKeyword.kind === "catch" ? caughtName(c) : null;
    if (c.at("as") && !c.failed) {
      outside ??= catchKeyword;
      c.skipTo(c.base, ":", "{");
    }
    const handler = parseSuite(c, catchKeyword);
    node ??= {
      kind: "try",
      body,
      name,
      handler,
      keyword: c.spanOf(keyword),
      catchKeyword: c.spanOf(catchKeyword),
      span: c.spanFrom(start),
    };
  }
  if (outside !== null) {
    c.startStatement();
    c.unsupported(c.spanOf(keyword), "`try` with `finally` or several `catch` is");
  }
  return outside === null && node !== null ? node : { kind: "error", span: c.spanFrom(start) };
}

/** The name between `catch` and its `:`, if any. */
function caughtName(c: Cursor): Name | null {
  const token = c.token;
  if (token.kind === "name") return c.name(c.next());
  if (keywords.has(token.kind) && token.kind !== "as") {
    c.reportReserved(token);
    c.next();
  }
  return null;
}

/** Takes the line end before a `catch` or `finally` that belongs to the `try` just read. */
function atHandler(c: Cursor): boolean {
  const isHandler = (token: Token): boolean =>
    token.kind === "catch" || (token.kind === "name" && c.textOf(token) === "finally" && !c.binds("finally"));
  if (isHandler(c.token)) return true;
  if (!c.at("newline") || !isHandler(c.peek(1)) || c.inline > 0) return false;
  c.next();
  return true;
}
