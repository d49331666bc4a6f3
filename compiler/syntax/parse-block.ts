/**
 * Blocks and suites (core 2). `parseStatements` is the loop of every block: it takes line ends and `;`, lets several
 * statements stand on one line where the second cannot go on the first, and after a mistake skips to the next line that
 * is not deeper (diagnostics.md 4). A broken header still opens its block.
 */
import type { Block, Stmt } from "./ast.js";
import { parseStatement } from "./parse-stmt.js";
import { type Cursor, MAX_BLOCK_DEPTH } from "./recover.js";
import { type Kind, keywords, type Token } from "./tokens.js";

/** All statements up to the end of the block; the `dedent` (or `}` of a foreign block) is not taken. */
export function parseStatements(c: Cursor): Stmt[] {
  const list: Stmt[] = [];
  /** Lines that are deeper without reason: reported, and read as if they were not. */
  let unexpected = 0;
  for (;;) {
    switch (c.kind) {
      case "newline":
      case ";":
        c.next();
        continue;
      case "indent":
        c.next();
        c.startStatement();
        c.report("E1008", c.spanOf(c.token), "this line is deeper, but no block was opened", {
          help: ["indent it as the line above, or end that line with `:`"],
        });
        unexpected++;
        continue;
      case "dedent":
        if (unexpected === 0) return list;
        unexpected--;
        c.next();
        continue;
      case "end":
        return list;
      case "}":
        if (c.braces > 0) return list;
        // The layout pairs brackets; this one is left over from a statement that was given up.
        c.next();
        continue;
    }
    const from = c.position;
    c.startStatement();
    parseStatement(c, list);
    if (!c.failed) endStatement(c);
    if (c.failed) c.skipStatement();
    // No token can be in the way for ever, whatever the functions above think of it.
    if (c.position === from) c.next();
  }
}

/** After a statement: a line end, `;`, the end of the block, or another statement that cannot continue this one. */
function endStatement(c: Cursor): void {
  if (c.atLineEnd() || c.at(";") || c.at("}")) return;
  if (startsStatement(c.kind)) return;
  if (c.at("?")) c.fail("E1033", c.spanOf(c.token), "`?` is not an operator", { help: ["write `a if c else b`"] });
  else
    c.fail("E1001", c.spanOf(c.token), `${c.describe()} cannot continue this statement`, {
      help: ["end the statement before it, or remove it"],
    });
}

function startsStatement(kind: Kind): boolean {
  switch (kind) {
    case "name":
    case "int":
    case "float":
    case "string":
    case "label":
    case "error":
    case "(":
    case "[":
    case "-":
      return true;
    case "in":
    case "as":
    case "and":
    case "or":
    case "matches":
      return false;
    default:
      return keywords.has(kind);
  }
}

/**
 * The `:` and the suite of a header. `keyword` is that of the statement. After a broken header the `:` is looked for on
 * its line, so that its block is still read as one.
 */
export function parseSuite(c: Cursor, keyword: Token): Block {
  if (c.failed) {
    c.skipTo(":", "{");
    // Still failed, so that nothing below is reported about this header.
  }
  const start = c.token.start;
  const word = c.textOf(keyword);
  let colon = c.accept(":") !== null;
  if (!colon && c.at("{")) return foreignBlock(c, word);
  if (!colon && !c.failed) {
    if (!c.atLineEnd()) {
      c.fail("E1002", c.here(), `\`:\` is expected here, found ${c.describe()}`, colonRest(c, keyword));
      c.skipTo(":", "{");
      colon = c.accept(":") !== null;
    } else c.report("E1002", c.here(), `\`:\` is expected at the end of the \`${word}\` line`, colonRest(c, keyword));
  }
  const broken = c.failed || !colon;
  c.startStatement();
  if (c.at("newline")) {
    if (c.peek(1).kind === "indent") return indentedBlock(c);
    if (!broken) emptyBlock(c, keyword);
    return { statements: [], span: c.span(start, start) };
  }
  if (c.atLineEnd()) {
    if (!broken) emptyBlock(c, keyword);
    return { statements: [], span: c.span(start, start) };
  }
  return colon ? inlineSuite(c) : { statements: [], span: c.span(start, start) };
}

function colonRest(c: Cursor, keyword: Token) {
  return {
    labels: [{ span: c.spanOf(keyword), text: `of this \`${c.textOf(keyword)}\`` }],
    help: ["add `:` here"],
    fixes: [{ title: "add `:`", edits: [{ span: c.span(c.lastEnd, c.lastEnd), text: ":" }] }],
  };
}

/** A header with nothing in its block: E1407 at the next line, E1005 at the end of the file. */
function emptyBlock(c: Cursor, keyword: Token): void {
  const word = c.textOf(keyword);
  let ahead = 0;
  while (c.peek(ahead).kind === "newline" || c.peek(ahead).kind === "dedent") ahead++;
  const next = c.peek(ahead);
  const labels = [{ span: c.spanOf(keyword), text: `the block of this \`${word}\`` }];
  if (next.kind === "end") {
    c.report("E1005", c.span(c.lastEnd, c.lastEnd), `an indented block is expected after this \`${word}\` line`, {
      help: ["write `pass` for an empty block"],
    });
  } else
    c.report("E1407", c.spanOf(next), `an indented block is expected before this, after \`${word}\``, {
      labels,
      help: ["indent the lines of the block, or write `pass` for an empty one"],
    });
}

/** Counts one more block; without a return value since reading goes on at any depth that the layout allows. */
function enterBlock(c: Cursor): boolean {
  if (++c.blocks <= MAX_BLOCK_DEPTH) return true;
  c.startStatement();
  c.fail("E1009", c.spanOf(c.token), `more than ${MAX_BLOCK_DEPTH} nested blocks`, {
    help: ["move the inner blocks to a function"],
  });
  return false;
}

/** NEWLINE INDENT statements DEDENT. */
function indentedBlock(c: Cursor): Block {
  const inline = c.inline;
  c.inline = 0;
  if (!enterBlock(c)) {
    // Its lines are skipped: reading them would need the very depth that is refused.
    c.skipLine();
    c.startStatement();
    c.blocks--;
    c.inline = inline;
    return { statements: [], span: c.span(c.lastEnd, c.lastEnd) };
  }
  c.next();
  c.next();
  const start = c.token.start;
  const statements = parseStatements(c);
  const end = statements[statements.length - 1]?.span.end ?? start;
  // A stray `}` cannot be here: the layout pairs brackets.
  c.accept("dedent");
  c.startStatement();
  c.blocks--;
  c.inline = inline;
  return { statements, span: c.span(start, end) };
}

/** Statements up to the end of the line (core 2). */
function inlineSuite(c: Cursor): Block {
  const start = c.token.start;
  const statements: Stmt[] = [];
  if (enterBlock(c)) {
    c.inline++;
    while (!c.atLineEnd() && !c.at("}") && !c.at("else") && !c.at("elif")) {
      if (c.accept(";")) continue;
      const from = c.position;
      c.startStatement();
      parseStatement(c, statements);
      if (!c.failed && !c.at("else") && !c.at("elif")) endStatement(c);
      if (c.failed) break;
      if (c.position === from) c.next();
    }
    c.inline--;
  }
  c.blocks--;
  return { statements, span: c.spanFrom(start) };
}

/** `{ … }` as a block: reported, then read as one. */
function foreignBlock(c: Cursor, word: string): Block {
  const open = c.token;
  c.report("E1033", c.spanOf(open), "a block starts with `:` and is indented", {
    help: [`end the \`${word}\` line with \`:\`, and remove the braces`],
  });
  c.next();
  const start = c.token.start;
  let statements: Stmt[] = [];
  c.braces++;
  if (enterBlock(c)) statements = parseStatements(c);
  else c.skipToCloser();
  c.blocks--;
  c.braces--;
  const end = c.lastEnd;
  c.accept("}");
  c.startStatement();
  return { statements, span: c.span(start, Math.max(start, end)) };
}
