/**
 * Statements (core 7, 17 to 20). Blocks and suites are in parse-block.ts, declarations in parse-bind.ts and parse-fn.ts,
 * forms that are not supported yet or belong to other languages in parse-foreign.ts.
 */
import type { Block, Expr, ForStmt, IfStmt, Name, Stmt, WhileStmt } from "./ast.js";
import { parseAfterExpression, parseDeclaration, startsDeclaration } from "./parse-bind.js";
import { parseSuite } from "./parse-block.js";
import { otherwise, parseArguments, parseCondition, parseExpr, parseOperand, trailing } from "./parse-expr.js";
import { parseFn } from "./parse-fn.js";
import { parseForeign, parseOutside } from "./parse-foreign.js";
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
      list.push(parseIf(c));
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
    case "try":
    case "struct":
    case "enum":
    case "impl":
    case "use":
      list.push(parseOutside(c));
      return;
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
  else if (c.at("struct") || c.at("enum") || c.at("impl")) list.push(parseOutside(c));
  else c.fail("E1001", c.here(), `a declaration is expected after \`pub\`, found ${c.describe()}`);
}

/** E1029 for a word that belongs at the top of a module. */
export function notHere(c: Cursor, keyword: Token): void {
  c.report("E1029", c.spanOf(keyword), `\`${c.textOf(keyword)}\` is only allowed at the top of a module`, {
    help: ["move it out of the block, to the top of the file"],
  });
}

function parsePrint(c: Cursor): Stmt {
  const keyword = c.next();
  if (!c.at("(")) {
    c.fail("E1001", c.here(), `\`(\` is expected after \`print\`${c.atLineEnd() ? "" : `, found ${c.describe()}`}`, {
      help: ["write `print(…)`"],
    });
    return { kind: "error", span: c.spanFrom(keyword.start) };
  }
  const args = parseArguments(c);
  return { kind: "print", args, keyword: c.spanOf(keyword), span: c.spanFrom(keyword.start) };
}

function parseReturn(c: Cursor): Stmt {
  const keyword = c.next();
  const ends = c.atLineEnd() || c.at(";") || c.at("}") || (c.at("else") && c.inline > 0);
  const value = ends ? null : parseExpr(c, "`return`");
  if (value !== null && c.at(",") && !c.failed) {
    c.unsupported(c.spanFrom(value.span.start), "several results are");
    while (c.accept(",") && !c.failed && !c.atLineEnd()) parseExpr(c, "`,`");
  }
  return { kind: "return", value, keyword: c.spanOf(keyword), span: c.spanFrom(keyword.start) };
}

/** An expression statement, `e if c`, or something that turns out to be the target of an assignment. */
function parseExprStatement(c: Cursor, list: Stmt[]): void {
  const start = c.token.start;
  const { expr, keyword, cond } = parseGuarded(c);
  if (parseAfterExpression(c, expr)) {
    list.push({ kind: "error", span: c.spanFrom(start) });
    return;
  }
  if (keyword !== null && cond !== null) {
    list.push({ kind: "guarded", expr, cond, keyword: c.spanOf(keyword), span: c.spanFrom(start) });
  } else list.push({ kind: "expr", expr, span: c.spanFrom(start) });
}

/** An expression that may be followed by `if c` without `else`. */
function parseGuarded(c: Cursor): { expr: Expr; keyword: Token | null; cond: Expr | null } {
  // Whether `e if c` is one or the other is known after `c`: so `e` is read without its conditional part.
  const isPlain = !c.at("fn") && !c.at("match") && !c.at("try");
  const expr = isPlain ? parseOperand(c, "this") : parseExpr(c, "this");
  if (c.failed || !c.at("if")) return { expr: trailing(c, expr), keyword: null, cond: null };
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

function parseIf(c: Cursor): IfStmt {
  const start = c.token.start;
  const arms: { cond: Expr; body: Block; keyword: IfStmt["arms"][number]["keyword"] }[] = [];
  let otherwiseBlock: Block | null = null;
  const arm = (keyword: Token): void => {
    const cond = parseCondition(c, keyword);
    arms.push({ cond, body: parseSuite(c, keyword), keyword: c.spanOf(keyword) });
  };
  arm(c.next());
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

function parseWhile(c: Cursor, label: Token | null): WhileStmt {
  const keyword = c.next();
  const cond = parseCondition(c, keyword);
  const body = parseSuite(c, keyword);
  return {
    kind: "while",
    label: labelName(c, label),
    cond,
    body,
    keyword: c.spanOf(keyword),
    span: c.spanFrom((label ?? keyword).start),
  };
}

const labelName = (c: Cursor, label: Token | null): Name | null =>
  label === null ? null : { text: label.value as string, span: c.spanOf(label) };

function parseLabelled(c: Cursor): Stmt {
  const label = c.next();
  if (!c.accept(":") && !c.at("while") && !c.at("for")) {
    c.fail("E1030", c.spanOf(label), "a label stands before a loop, or after `break` or `continue`", {
      help: ["write `'name: while …` or `'name: for …`"],
    });
    return { kind: "error", span: c.spanOf(label) };
  }
  if (c.at("while")) return parseWhile(c, label);
  if (c.at("for")) return parseFor(c, label);
  c.report("E1030", c.spanOf(label), "this label is not on a loop", {
    help: ["put it before `while` or `for` on the same line, or remove it"],
  });
  // What follows is read as a statement of its own.
  return { kind: "error", span: c.spanOf(label) };
}

/** `for NAME in a..b[..s]:`, inclusive with `..=`. */
function parseFor(c: Cursor, label: Token | null): Stmt {
  const keyword = c.next();
  const start = (label ?? keyword).start;
  const variable = loopVariable(c);
  let range: Pick<ForStmt, "start" | "end" | "step" | "inclusive"> | null = null;
  if (!c.failed) {
    if (c.accept("in")) range = loopRange(c);
    else
      c.fail(
        "E1001",
        c.here(),
        `\`in\` is expected after the loop variable${c.atLineEnd() ? "" : `, found ${c.describe()}`}`,
        { help: ["write `for i in 0..n:`"] },
      );
  }
  const body = parseSuite(c, keyword);
  if (range === null || variable === null) return { kind: "error", span: c.spanFrom(start) };
  return {
    kind: "for",
    label: labelName(c, label),
    variable: c.name(variable),
    keyword: c.spanOf(keyword),
    ...range,
    body,
    span: c.spanFrom(start),
  };
}

function loopVariable(c: Cursor): Token | null {
  const token = c.token;
  if (token.kind === "name") {
    c.next();
    if (c.at(",")) {
      c.unsupported(c.spanOf(token), "a loop over several variables is");
      while (c.accept(",")) {
        if (c.at("(")) c.skipBrackets();
        else c.accept("name");
      }
      return null;
    }
    return token;
  }
  if (token.kind === "(") {
    c.unsupported(c.spanOf(token), "a loop over several variables is");
    c.skipBrackets();
    return null;
  }
  const isWord = keywords.has(token.kind) && token.kind !== "in" && token.kind !== "mut";
  if (isWord && c.peek(1).kind === "in") {
    c.reportReserved(token);
    c.next();
    return null;
  }
  c.fail(
    "E1409",
    c.here(),
    token.kind === "mut"
      ? "the loop variable needs no `mut`: it may be assigned in the body"
      : "a name for the loop variable is expected after `for`",
    {
      help: ["write `for i in …`"],
    },
  );
  return null;
}

function loopRange(c: Cursor): Pick<ForStmt, "start" | "end" | "step" | "inclusive"> | null {
  const start = parseOperand(c, "`in`");
  if (c.failed) return null;
  const op = c.accept("..") ?? c.accept("..=");
  if (op === null) {
    c.unsupported(start.span, "a loop over anything but a range `a..b` is");
    return null;
  }
  const end = parseOperand(c, `\`${op.kind}\``);
  const step = !c.failed && c.accept("..") ? parseOperand(c, "`..`") : null;
  return { start, end, step, inclusive: op.kind === "..=" };
}
