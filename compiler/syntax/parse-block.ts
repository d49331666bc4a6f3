/**
 * Blocks and suites (core 2). `parseStatements` is the loop of every block: it takes line ends and `;`, lets several
 * statements stand on one line where the second cannot go on the first, and after a mistake skips to the next line that
 * is not deeper (diagnostics.md 4). A broken header still opens its block.
 */
import type { Block, Stmt } from "./ast.js";
import { parseStatement } from "./parse-stmt.js";
import { type Cursor, MAX_BLOCK_DEPTH } from "./recover.js";
import { type Kind, keywords, type Token } from "./tokens.js";

/** All statements up to the end of the block; the `dedent` or closing bracket after them is not taken. */
export function parseStatements(c: Cursor): Stmt[] {
  const list: Stmt[] = [];
  parseLines(
    c,
    () => {
      parseStatement(c, list);
      if (!c.failed) endStatement(c);
    },
    false,
  );
  return list;
}

/**
 * The lines of a block: `read` takes what starts at the current token, as far as its line or statement goes. After a
 * mistake the rest of it is skipped here. Lines that are deeper without reason are reported; they are skipped too, or else
 * read as if they were not.
 */
export function parseLines(c: Cursor, read: () => void, skipDeeper = true): void {
  const { base } = c;
  c.base = c.depth;
  let unexpected = 0;
  for (;;) {
    switch (c.kind) {
      case "newline":
      case ";":
        c.next();
        continue;
      case "indent":
        c.startStatement();
        c.report("E1008", c.spanOf(c.peek(1)), "this line is deeper, but no block was opened", {
          help: ["indent it as the line above, or end that line with `:`"],
        });
        if (skipDeeper) skipBlock(c);
        else {
          c.next();
          unexpected++;
        }
        continue;
      case "dedent":
        if (unexpected > 0) {
          unexpected--;
          c.next();
          continue;
        }
        c.base = base;
        return;
      case "end":
        c.base = base;
        return;
      case ")":
      case "]":
      case "}":
        // Of the brackets around the block; others are left over from what was given up.
        if (c.depth <= c.base) {
          c.base = base;
          return;
        }
        c.next();
        continue;
    }
    const from = c.position;
    c.startStatement();
    read();
    if (c.failed) c.skipStatement();
    // No token can be in the way for ever, whatever the functions above think of it.
    if (c.position === from) c.next();
  }
}

/** After a statement: a line end, `;`, the end of the block, or another statement that cannot continue this one. */
function endStatement(c: Cursor): void {
  if (c.atLineEnd() || c.at(";") || c.ended || (c.atCloser() && c.depth <= c.base)) return;
  if (startsStatement(c.kind)) return;
  if (c.at("?")) c.fail("E1033", c.spanOf(c.token), "`?` is not an operator", { help: ["write `a if c else b`"] });
  else
    c.fail("E1001", c.spanOf(c.token), `${c.describe()} cannot continue this statement`, {
      help: ["end the statement before it, or remove it"],
    });
}

/** After a line that holds one thing only. `what` names it in the plural. */
export function endLine(c: Cursor, what: string): void {
  if (c.failed || c.atLineEnd() || c.at(";") || c.ended) return;
  c.fail("E1001", c.spanOf(c.token), `the end of the line is expected here, found ${c.describe()}`, {
    help: [`${what} stand on lines of their own`],
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

/** The `:` and the suite of a header. `keyword` is that of the statement. */
export function parseSuite(c: Cursor, keyword: Token): Block {
  const suite = parseHeader(c, keyword, c.base);
  if (suite === "inline") return inlineSuite(c);
  return suite === "none" ? { statements: [], span: c.span(c.lastEnd, c.lastEnd) } : suite;
}

/**
 * The `:` of a header and the block after it, which stands on lines of its own and is read by `read`. "inline": the suite
 * is on the line of the `:` and not read yet. "none": there is none, which was reported. After a broken header the `:` is
 * looked for on its line, outside of all brackets but the `floor` first ones, so that its block is still read as one.
 */
export function parseHeader(
  c: Cursor,
  keyword: Token,
  floor: number,
  read: (c: Cursor) => Stmt[] = parseStatements,
): Block | "inline" | "none" {
  // After a failure nothing below is reported about this header.
  if (c.failed) c.skipTo(floor, ":", "{");
  const word = c.textOf(keyword);
  let colon = c.accept(":") !== null;
  if (!colon && c.at("{") && c.depth === floor) return foreignBlock(c, word, read);
  if (!colon && !c.failed) {
    if (!c.atLineEnd()) {
      c.fail("E1002", c.here(), `\`:\` is expected here, found ${c.describe()}`, colonRest(c, keyword));
      c.skipTo(floor, ":", "{");
      colon = c.accept(":") !== null;
    } else c.report("E1002", c.here(), `\`:\` is expected at the end of the \`${word}\` line`, colonRest(c, keyword));
  }
  const broken = c.failed || !colon;
  c.startStatement();
  if (c.at("newline") && c.peek(1).kind === "indent") return indentedBlock(c, read);
  if (c.atLineEnd()) {
    if (!broken) emptyBlock(c, keyword);
    return "none";
  }
  return colon ? "inline" : "none";
}

function colonRest(c: Cursor, keyword: Token) {
  return {
    labels: [{ span: c.spanOf(keyword), text: `of this \`${c.textOf(keyword)}\`` }],
    help: ["add `:` here"],
    fixes: [{ title: "add `:`", edits: [{ span: c.span(c.lastEnd, c.lastEnd), text: ":" }] }],
  };
}

/** A header with nothing in its block: E1407 at the next line, E1005 at the end of the file. */
export function emptyBlock(c: Cursor, keyword: Token): void {
  const word = c.textOf(keyword);
  let ahead = 0;
  while (c.peek(ahead).kind === "newline" || c.peek(ahead).kind === "dedent") ahead++;
  const next = c.peek(ahead);
  const labels = [{ span: c.spanOf(keyword), text: `the block of this \`${word}\`` }];
  const holdsStatements = keyword.kind !== "struct" && keyword.kind !== "enum" && keyword.kind !== "match";
  if (next.kind === "end") {
    c.report("E1005", c.span(c.lastEnd, c.lastEnd), `an indented block is expected after this \`${word}\` line`, {
      help: holdsStatements ? ["write `pass` for an empty block"] : [],
    });
  } else
    c.report("E1407", c.spanOf(next), `an indented block is expected before this, after \`${word}\``, {
      labels,
      help: [`indent the lines of the block${holdsStatements ? ", or write `pass` for an empty one" : ""}`],
    });
}

/** Counts one more block; without a return value since reading goes on at any depth that the layout allows. */
export function enterBlock(c: Cursor): boolean {
  if (++c.blocks <= MAX_BLOCK_DEPTH) return true;
  c.startStatement();
  c.fail("E1009", c.spanOf(c.token), `more than ${MAX_BLOCK_DEPTH} nested blocks`, {
    help: ["move the inner blocks to a function"],
  });
  return false;
}

/** NEWLINE INDENT lines DEDENT. */
export function indentedBlock(c: Cursor, read: (c: Cursor) => Stmt[] = parseStatements): Block {
  const { inline } = c;
  c.inline = 0;
  let statements: readonly Stmt[] = [];
  let start = c.lastEnd;
  const entered = enterBlock(c);
  c.next();
  if (entered) {
    c.next();
    start = c.token.start;
    statements = read(c);
    c.accept("dedent");
  } else skipBlock(c);
  c.startStatement();
  c.blocks--;
  c.inline = inline;
  return { statements, span: c.span(start, Math.max(start, c.lastEnd)) };
}

/** INDENT lines DEDENT, not read: that would need the very depth that is refused. */
function skipBlock(c: Cursor): void {
  let depth = 0;
  do {
    const { kind } = c.next();
    if (kind === "indent") depth++;
    else if (kind === "dedent") depth--;
  } while (depth > 0 && !c.at("end"));
}

/** Statements up to the end of the line (core 2). */
export function inlineSuite(c: Cursor): Block {
  const start = c.token.start;
  const statements: Stmt[] = [];
  const ends = (): boolean =>
    c.atLineEnd() || c.ended || c.at("else") || c.at("elif") || (c.atCloser() && c.depth <= c.base);
  if (enterBlock(c)) {
    c.inline++;
    while (!ends()) {
      if (c.accept(";")) continue;
      const from = c.position;
      c.startStatement();
      parseStatement(c, statements);
      if (!c.failed && !ends()) endStatement(c);
      if (c.failed) break;
      if (c.position === from) c.next();
    }
    c.inline--;
  }
  c.blocks--;
  return { statements, span: c.spanFrom(start) };
}

/** `{ … }` as a block: reported, then read as one. */
function foreignBlock(c: Cursor, word: string, read: (c: Cursor) => Stmt[]): Block {
  const open = c.token;
  c.report("E1033", c.spanOf(open), "a block starts with `:` and is indented", {
    help: [`end the \`${word}\` line with \`:\`, and remove the braces`],
  });
  c.next();
  const start = c.token.start;
  let statements: Stmt[] = [];
  if (enterBlock(c)) statements = read(c);
  else c.skipToCloser();
  c.blocks--;
  const end = c.lastEnd;
  c.accept("}");
  c.startStatement();
  return { statements, span: c.span(start, Math.max(start, end)) };
}
