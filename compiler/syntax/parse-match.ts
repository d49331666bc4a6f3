/**
 * `match` as a statement and as a value (types-and-modules.md 12). A pattern is read as an expression; whether it is a
 * variant with bindings is analysis' answer. Patterns of the extensions are read and named (E1099).
 */
import type { Block, Expr, MatchArm, MatchExpr, MatchStmt, Stmt } from "./ast.js";
import { emptyBlock, indentedBlock, inlineSuite, parseHeader, parseLines } from "./parse-block.js";
import { otherwise, parseExpr, parseOperand, trailing } from "./parse-expr.js";
import type { Cursor } from "./recover.js";
import { type Kind, keywords, type Token } from "./tokens.js";

/** At `match`, as the first word of a statement. */
export function parseMatch(c: Cursor): MatchStmt {
  const keyword = c.next();
  const floor = c.depth;
  const subject = parseExpr(c, "`match`");
  const arms = parseArms(c, keyword, floor);
  return { kind: "match", subject, arms, keyword: c.spanOf(keyword), span: c.spanFrom(keyword.start) };
}

/** At `match`, where a value is expected. */
export function parseMatchExpr(c: Cursor): Expr {
  const keyword = c.next();
  const floor = c.depth;
  const subject = parseExpr(c, "`match`");
  const { height } = c;
  const arms = c.nested(() => parseArms(c, keyword, floor));
  c.built(Math.max(height, c.height), keyword);
  // Where its arms are missing between brackets the layout has ended a line all the same.
  if (arms.length === 0 && c.depth > c.base) c.accept("newline");
  return asMatchExpr({ subject, arms, keyword: c.spanOf(keyword), span: c.spanFrom(keyword.start) });
}

const asMatchExpr = ({ subject, arms, keyword, span }: Omit<MatchStmt, "kind">): MatchExpr => ({
  kind: "match",
  subject,
  arms: arms.map((arm) => ({ ...arm, body: asValue(arm.body) })),
  keyword,
  span,
});

/** A block whose value is used: a `match` at its end is an expression, as the last expression is its value. */
export function asValue(block: Block): Block {
  const last = block.statements[block.statements.length - 1];
  if (last?.kind !== "match") return block;
  const end: Stmt = { kind: "expr", expr: asMatchExpr(last), span: last.span };
  return { ...block, statements: [...block.statements.slice(0, -1), end] };
}

function parseArms(c: Cursor, keyword: Token, floor: number): MatchArm[] {
  const arms: MatchArm[] = [];
  const said = { colon: false };
  const read = (): Stmt[] => {
    parseLines(c, () => {
      const arm = parseArm(c, said);
      if (arm !== null) arms.push(arm);
    });
    return [];
  };
  if (parseHeader(c, keyword, floor, read) === "inline") {
    c.fail("E1001", c.spanOf(c.token), `the end of the line is expected after the \`:\` of a \`match\``, {
      help: ["the arms stand on lines of their own, indented"],
    });
  }
  return arms;
}

/** One arm with its body. */
function parseArm(c: Cursor, said: { colon: boolean }): MatchArm | null {
  const start = c.token;
  const pattern = parsePattern(c);
  if (c.failed) return armRest(c, start);
  const arrow = parseArrow(c, said);
  if (arrow === null) return armRest(c, start);
  const body = parseBody(c, arrow);
  if (!c.failed && !c.atLineEnd() && !c.ended && !c.atCloser()) {
    c.fail("E1001", c.spanOf(c.token), `the end of the line is expected here, found ${c.describe()}`);
  }
  return { pattern, body, arrow: c.spanOf(arrow) };
}

/** An arm whose pattern or arrow is unreadable: its indented body is read all the same. */
function armRest(c: Cursor, start: Token): null {
  c.skipTo(c.base, "->");
  if (c.accept("->") && c.at("newline") && c.peek(1).kind === "indent") parseBody(c, start);
  return null;
}

function parsePattern(c: Cursor): Expr {
  const first = c.token;
  if (first.kind === "else" && c.peek(1).kind === "->") {
    c.report("E1033", c.spanOf(first), "the arm for all other values is written `_`", { help: ["write `_ -> …`"] });
    c.next();
    return c.error(first.start);
  }
  const braces = structPattern(c);
  if (braces >= 0) {
    while (c.position <= braces) c.next();
    c.unsupported(c.spanFrom(first.start), "a struct pattern is");
    return patternRest(c, c.error(first.start));
  }
  let pattern = parseOperand(c, "the line start");
  if (c.at("@") && !c.failed) {
    c.unsupported(c.spanFrom(first.start), "a name for a pattern is");
    c.next();
    pattern = parseOperand(c, "`@`");
  }
  return patternRest(c, trailing(c, pattern));
}

/** The end of `P{ a, b: p, .. }`: braces with more in them than the fields of a struct literal; -1 if there are none. */
function structPattern(c: Cursor): number {
  let open = c.position;
  while (c.tokens[open]!.kind === "name" && c.tokens[open + 1]!.kind === ".") open += 2;
  open++;
  if (!c.at("name") || c.tokens[open]?.kind !== "{") return -1;
  const close = c.closerOf(open);
  for (let at = open + 1; at < close; at++) {
    const { kind } = c.tokens[at]!;
    const before = c.tokens[at - 1]!.kind;
    const after = c.tokens[at + 1]!.kind;
    if ((before === "{" || before === ",") && (kind === ".." || (kind === "name" && after !== ":"))) return close;
    if (kind === "(" || kind === "[" || kind === "{") at = c.closerOf(at);
  }
  return -1;
}

/** What may stand between a pattern and its arrow. */
function patternRest(c: Cursor, read: Expr): Expr {
  let pattern = read;
  if (c.at("if") && !c.failed) {
    const keyword = c.next();
    const cond = parseOperand(c, "`if`");
    if (c.at("else") || c.failed) pattern = otherwise(c, pattern, cond, keyword);
    else
      c.report("E1033", c.spanOf(keyword), "an arm has no guard with `if`", {
        help: ["compare in the body of the arm, or use `if` and `elif` instead of `match`"],
      });
  }
  if (c.at("name") && !c.failed && c.textOf(c.token) === "when" && !c.binds("when")) {
    c.unsupported(c.spanOf(c.next()), "a guard is");
    parseExpr(c, "`when`");
  }
  return pattern;
}

/** What cannot follow a pattern but can start a body. */
const startsBody = (kind: Kind): boolean =>
  kind === "name" || kind === "int" || kind === "float" || kind === "string" || keywords.has(kind);

/**
 * `->`, or what stands for it in other languages; null if none could be made out. A `:` in all arms of a `match` is one
 * mistake.
 */
function parseArrow(c: Cursor, said: { colon: boolean }): Token | null {
  const token = c.token;
  if (c.accept("->")) return token;
  const fat = token.kind === "=" && c.peek(1).kind === ">";
  if (c.atLineEnd() || token.kind === ":" || fat || startsBody(token.kind)) {
    const found = c.atLineEnd() ? "" : `, found ${fat ? "`=>`" : c.describe()}`;
    if (token.kind !== ":" || !said.colon)
      c.report("E1032", c.here(), `\`->\` is expected after the pattern${found}`, { help: ["write `->`"] });
    said.colon ||= token.kind === ":";
    if (token.kind === ":" || fat) c.next();
    if (fat) c.next();
    return token;
  }
  c.fail("E1001", c.spanOf(token), `\`->\` is expected after the pattern, found ${c.describe()}`);
  return null;
}

/** After the arrow. */
function parseBody(c: Cursor, arrow: Token): Block {
  if (c.at("newline") && c.peek(1).kind === "indent") {
    c.startStatement();
    return indentedBlock(c);
  }
  if (c.atLineEnd()) {
    if (arrow.kind === "->") emptyBlock(c, arrow);
    return { statements: [], span: c.span(c.lastEnd, c.lastEnd) };
  }
  const body = inlineSuite(c);
  const only = body.statements.length === 1 ? body.statements[0]! : null;
  // `-> { … }` is the body itself.
  return only?.kind === "expr" && only.expr.kind === "block" ? only.expr.body : body;
}
