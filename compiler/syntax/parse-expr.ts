/**
 * Expressions (core 9): precedence climbing over the tokens.
 *
 *   level  1 a if c else b   2 or   3 and   4 == != < <= > >= matches as   5 + -   6 * / %   7 - not   8 call
 *
 * `as` is an operator of level 4 with a type on its right, after which any operator may follow: `a + b as f64 / 2.0` is
 * `((a + b) as f64) / 2.0`, which is what climbing gives by itself.
 *
 * Nesting is counted before it is entered (E1009): a tree is never deeper than `MAX_EXPRESSION_DEPTH`, long chains of
 * operators included, so later phases may recurse. Forms of the language without a node (index, member, array literal …)
 * are read loosely, named once (E1099) and become an `error` node.
 */
import type { Span } from "../source/span.js";
import type { BinaryOp, Expr, TypeNode } from "./ast.js";
import { parseType } from "./parse-type.js";
import type { Cursor } from "./recover.js";
import { type IntValue, startsPlainValue, type Kind, type Token } from "./tokens.js";

const OR = 2;
const COMPARE = 4;

/** Levels of the binary operators, those without a node included; level 0: not a binary operator. */
const LEVELS: Partial<Record<Kind, number>> = {
  or: 2, and: 3,
  "==": COMPARE, "!=": COMPARE, "<": COMPARE, "<=": COMPARE, ">": COMPARE, ">=": COMPARE, matches: COMPARE, as: COMPARE, in: COMPARE,
  // The bitwise operators lie between comparison and addition.
  "|": 4.2, "^": 4.4, "&": 4.6, "<<": 4.8, ">>": 4.8,
  "+": 5, "-": 5, "*": 6, "/": 6, "%": 6, "**": 7,
};
const WITHOUT_NODE: ReadonlySet<Kind> = new Set<Kind>(["in", "|", "^", "&", "<<", ">>", "**"]);

/** An expression in a place where a value must stand. `after` names what stands before, for the message. */
export function parseExpr(c: Cursor, after: string): Expr {
  if (c.failed) return c.error(c.lastEnd);
  if (!c.enterExpression()) {
    c.expressions--;
    return c.error(c.token.start);
  }
  const then = parseLevel(c, OR, after);
  const expr = c.at("if") && !c.failed ? conditional(c, then) : trailing(c, then);
  c.expressions--;
  return expr;
}

/** A condition, a range bound, the first part of an expression statement: anything but `a if c else b`. */
export function parseOperand(c: Cursor, after: string): Expr {
  return parseLevel(c, OR, after);
}

/** `then if cond else otherwise`, at the `if`. */
function conditional(c: Cursor, then: Expr): Expr {
  const keyword = c.next();
  const cond = parseCondition(c, keyword);
  return otherwise(c, then, cond, keyword);
}

/** The `else` part. */
export function otherwise(c: Cursor, then: Expr, cond: Expr, keyword: Token): Expr {
  if (!c.accept("else")) {
    c.fail("E1001", c.here(), `\`else\` is expected here, found ${c.describe()}`, {
      labels: [{ span: c.spanOf(keyword), text: "the value for the case that this does not hold is missing" }],
      help: ["write `a if c else b`"],
    });
    return c.error(then.span.start);
  }
  const other = parseExpr(c, "`else`");
  return { kind: "cond", cond, then, otherwise: other, ifSpan: c.spanOf(keyword), span: c.spanFrom(then.span.start) };
}

/** The condition after `keyword`: a `=` in it is one of another language's habits. */
export function parseCondition(c: Cursor, keyword: Token): Expr {
  let cond = parseLevel(c, OR, `\`${keyword.kind}\``);
  while (c.at("=") && !c.failed) {
    const op = c.next();
    c.report("E1033", c.spanOf(op), "`=` assigns; a comparison is written `==`", {
      help: ["write `==`"],
      fixes: [{ title: "write `==`", edits: [{ span: c.spanOf(op), text: "==" }] }],
    });
    const right = parseLevel(c, OR, "`=`");
    cond = { kind: "binary", op: "==", opSpan: c.spanOf(op), left: cond, right, span: c.spanFrom(cond.span.start) };
  }
  return cond;
}

/** Operators that can only follow a whole expression: ranges as values, pipelines, `? :`. */
function trailing(c: Cursor, left: Expr): Expr {
  let expr = left;
  for (;;) {
    if (c.failed) return expr;
    if (c.at("..") || c.at("..=") || c.at("|>")) {
      const op = c.next();
      c.unsupported(c.spanFrom(left.span.start), op.kind === "|>" ? "a pipeline is" : "a range as a value is");
      parseLevel(c, OR, `\`${op.kind}\``);
      expr = c.error(left.span.start);
    } else if (c.at("?")) {
      foreignTernary(c);
      return c.error(left.span.start);
    } else return expr;
  }
}

function foreignTernary(c: Cursor): void {
  c.fail("E1033", c.spanOf(c.token), "`?` is not an operator", { help: ["write `a if c else b`"] });
}

/** Operators of at least level `min`. */
function parseLevel(c: Cursor, min: number, after: string): Expr {
  let left = parseUnary(c, after);
  let chain = 0;
  for (;;) {
    if (c.failed) return left;
    const token = c.token;
    const isNotIn = token.kind === "not" && c.peek(1).kind === "in";
    const level = isNotIn ? COMPARE : (LEVELS[token.kind] ?? 0);
    if (level === 0 || level < min) break;
    // The chain makes the tree deeper on its left side.
    if (!c.enterExpression(++chain)) {
      c.expressions--;
      return left;
    }
    c.next();
    left = token.kind === "as" ? cast(c, left) : binary(c, left, token, isNotIn, level);
    c.expressions--;
  }
  if (c.at("++")) foreignIncrement(c);
  return left;
}

function binary(c: Cursor, left: Expr, op: Token, isNotIn: boolean, level: number): Expr {
  if (isNotIn) c.next();
  const next = c.token;
  // `x--` at the end of a line.
  if (op.kind === "-" && next.kind === "-" && next.start === op.end) {
    const after = c.peek(1).kind;
    if (after === "newline" || after === "end" || after === ";" || after === ")") {
      const name = left.kind === "name" ? left.name : "x";
      c.fail("E1033", c.span(op.start, next.end), "`--` is not an operator", { help: [`write \`${name} -= 1\``] });
      return c.error(left.span.start);
    }
  }
  const hasNode = !isNotIn && !WITHOUT_NODE.has(op.kind);
  if (!hasNode) c.unsupported(c.spanFrom(left.span.start), `the operator \`${isNotIn ? "not in" : op.kind}\` is`);
  // `**` groups to the right, all others to the left.
  const right = parseLevel(c, op.kind === "**" ? level : level + 0.1, `\`${c.textOf(op)}\``);
  if (!hasNode) return c.error(left.span.start);
  const where = c.spanFrom(left.span.start);
  if (op.kind === "and" || op.kind === "or") return { kind: "logic", op: op.kind, opSpan: c.spanOf(op), left, right, span: where };
  return { kind: "binary", op: op.kind as BinaryOp, opSpan: c.spanOf(op), left, right, span: where };
}

function cast(c: Cursor, operand: Expr): Expr {
  const target: TypeNode = parseType(c, "`as`");
  const expr: Expr = { kind: "cast", operand, target, span: c.spanFrom(operand.span.start) };
  if (c.at("as")) {
    c.report("E1001", c.spanOf(c.token), "a second cast needs parentheses around the first", {
      help: [`write \`(${c.text.slice(operand.span.start, c.lastEnd)}) as …\``],
    });
  }
  return expr;
}

function foreignIncrement(c: Cursor): void {
  const before = c.last;
  const name = before?.kind === "name" ? c.textOf(before) : "x";
  c.fail("E1033", c.spanOf(c.token), "`++` is not an operator", { help: [`write \`${name} += 1\``] });
}

/** Signs and `not`, gathered without recursion, then an operand. */
function parseUnary(c: Cursor, after: string): Expr {
  const ops: Token[] = [];
  while (c.at("-") || c.at("not") || c.at("!") || c.at("~")) {
    if (!c.enterExpression()) {
      c.expressions--;
      break;
    }
    ops.push(c.next());
  }
  const last = ops[ops.length - 1];
  let expr = parsePostfix(c, last === undefined ? after : `\`${c.textOf(last)}\``);
  if (c.at("**") && ops.length > 0) {
    // `-2 ** 2` is `-(2 ** 2)`.
    c.next();
    c.unsupported(c.spanFrom(expr.span.start), "the operator `**` is");
    parseUnary(c, "`**`");
    expr = c.error(expr.span.start);
  }
  for (let op = ops.pop(); op !== undefined; op = ops.pop()) {
    c.expressions--;
    const opSpan = c.spanOf(op);
    const where = c.spanFrom(op.start);
    if (op.kind === "-" || op.kind === "not") expr = { kind: "unary", op: op.kind, opSpan, operand: expr, span: where };
    else {
      if (op.kind === "!" && expr.kind !== "int") {
        c.report("E1033", opSpan, "this is written `not` in Orus", {
          help: ["write `not`"],
          fixes: [{ title: "write `not`", edits: [{ span: opSpan, text: "not " }] }],
        });
      } else c.unsupported(where, `the operator \`${op.kind}\` is`);
      expr = c.error(op.start);
    }
  }
  return expr;
}

/** A primary with its calls. */
function parsePostfix(c: Cursor, after: string): Expr {
  const start = c.token.start;
  let expr = parsePrimary(c, after);
  let chain = 0;
  for (;;) {
    if (c.failed) return expr;
    if (c.at("(")) {
      if (!c.enterExpression(++chain)) {
        c.expressions--;
        return expr;
      }
      const args = parseArguments(c);
      c.expressions--;
      expr = { kind: "call", callee: expr, args, span: c.spanFrom(start) };
    } else if (c.at("[")) {
      c.next();
      c.unsupported(c.spanFrom(start), "indexing is");
      looseList(c, "]");
      expr = c.error(start);
    } else if (c.at(".")) {
      c.next();
      if (c.atLineEnd() || !/^\w/.test(c.textOf(c.token))) {
        c.fail("E1026", c.here(), "a name is expected after `.`");
        return c.error(start);
      }
      c.next();
      c.unsupported(c.spanFrom(start), "member access is");
      expr = c.error(start);
    } else if (c.at("{") && expr.kind === "name" && isStructLiteral(c)) {
      c.next();
      c.unsupported(c.spanFrom(start), "a struct literal is");
      looseList(c, "}");
      expr = c.error(start);
    } else return expr;
  }
}

/** `{` after a name opens a struct literal if a field or the end of the literal follows; otherwise a foreign block. */
function isStructLiteral(c: Cursor): boolean {
  return c.peek(1).kind === "}" || (c.peek(1).kind === "name" && c.peek(2).kind === ":");
}

/** `(a, b, …)`, at the `(`; a comma may follow the last one. */
export function parseArguments(c: Cursor): Expr[] {
  c.next();
  const args: Expr[] = [];
  while (!c.at(")") && !c.failed && !c.at("end")) {
    args.push(parseExpr(c, args.length === 0 ? "`(`" : "`,`"));
    if (c.failed || c.accept(",") || c.at(")")) continue;
    missingComma(c, "an argument", ")");
  }
  c.accept(")");
  return args;
}

/** At a token that is neither `,` nor the closer. */
function missingComma(c: Cursor, what: string, closer: string): void {
  const before = c.last!;
  if (startsPlainValue(c.kind) && c.kind !== "error" && before.kind !== "error") {
    c.report("E1019", c.spanOf(c.token), `a \`,\` is missing before this`, {
      labels: [{ span: c.spanOf(before), text: `${what} ends here` }],
      help: ["insert `,`"],
      fixes: [{ title: "insert `,`", edits: [{ span: c.span(before.end, before.end), text: "," }] }],
    });
  } else if (c.kind !== "error" && before.kind !== "error") {
    c.fail("E1001", c.here(), `\`,\` or \`${closer}\` is expected here, found ${c.describe()}`);
  }
}

/** The inside of brackets that have no node yet: expressions with any separators between, up to the closer. */
function looseList(c: Cursor, closer: "]" | "}" | ")"): void {
  while (!c.at(closer) && !c.failed && !c.at("end")) {
    if (!c.enterExpression()) {
      c.expressions--;
      return;
    }
    if (!c.at("..") && !c.at("..=") && !c.at(":") && !c.at(",")) parseExpr(c, "`,`");
    c.expressions--;
    if (c.failed || c.accept(",") || c.accept(":") || c.accept("..") || c.accept("..=") || c.at(closer)) continue;
    if (closer === "}" && c.token.indent >= 0) continue;
    if (c.at("for")) {
      // A comprehension: nothing in it has a node.
      c.unsupported(c.spanOf(c.token), "a comprehension is");
      c.skipToCloser();
    } else missingComma(c, "an element", closer);
  }
  c.accept(closer);
}

function parsePrimary(c: Cursor, after: string): Expr {
  const token = c.token;
  const where: Span = c.spanOf(token);
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
    case "true": case "false":
      c.next();
      return { kind: "bool", value: token.kind === "true", span: where };
    case "error":
      c.next();
      return { kind: "error", span: where };
    case "name":
      return parseName(c);
    case "(":
      return parseParen(c);
    case "[":
      c.next();
      c.unsupported(where, "an array literal is");
      looseList(c, "]");
      return c.error(token.start);
    case "{":
      c.next();
      c.unsupported(where, "a literal or block in braces is");
      c.skipToCloser();
      c.next();
      return c.error(token.start);
    default:
      return parseMisplaced(c, after);
  }
}

/** Words of other languages or of the extensions that stand where a name may stand. */
function parseName(c: Cursor): Expr {
  const token = c.next();
  const name = c.textOf(token);
  const where = c.spanOf(token);
  if ((name === "null" || name === "nil" || name === "undefined") && !c.binds(name)) {
    c.report("E1033", where, `there is no \`${name}\` in Orus: a variable always has a value`, { help: ["use a value of the type, or a `bool` beside it"] });
    return c.error(token.start);
  }
  if ((name === "spawn" || name === "yield") && startsPlainValue(c.kind) && c.token.indent < 0 && !c.binds(name)) {
    c.unsupported(where, `\`${name}\` is`);
    parseExpr(c, `\`${name}\``);
    return c.error(token.start);
  }
  return { kind: "name", name, span: where };
}

function parseParen(c: Cursor): Expr {
  const open = c.next();
  if (c.at(")")) {
    c.fail("E1026", c.spanOf(c.token), "a value is expected between `(` and `)`");
    return c.error(open.start);
  }
  const inner = parseExpr(c, "`(`");
  if (c.failed) return c.error(open.start);
  if (c.at(",")) {
    c.next();
    c.unsupported(c.spanFrom(open.start), "a tuple is");
    looseList(c, ")");
    return c.error(open.start);
  }
  if (!c.accept(")")) {
    c.fail("E1001", c.here(), `\`)\` is expected here, found ${c.describe()}`, {
      labels: [{ span: c.spanOf(open), text: "to close this `(`" }],
    });
  }
  return { kind: "paren", inner, span: c.spanFrom(open.start) };
}

/** No value starts with this token. */
function parseMisplaced(c: Cursor, after: string): Expr {
  const token = c.token;
  const where = c.spanOf(token);
  switch (token.kind) {
    case "fn": case "match": case "try": {
      if (c.misnamed.has(token.kind)) {
        c.next();
        return c.error(token.start);
      }
      const what = token.kind === "fn" ? "a function expression is" : token.kind === "match" ? "`match` as a value is" : "`try` as a value is";
      c.unsupported(where, what);
      // Its suites may hold anything: nothing in this statement is read any more.
      c.failed = true;
      return c.error(token.start);
    }
    case "print":
      c.fail("E1026", where, "`print` is a statement and has no value", { help: ["put it on a line of its own"] });
      return c.error(token.start);
    case "++":
      foreignIncrement(c);
      return c.error(token.start);
    default: {
      if (c.misnamed.has(token.kind)) {
        c.next();
        return c.error(token.start);
      }
      const found = c.atLineEnd() ? "" : `, found ${c.describe()}`;
      c.fail("E1026", c.here(), `a value is expected after ${after}${found}`, token.kind === "+" ? { help: ["there is no `+` sign: remove it"] } : {});
      return c.error(token.start);
    }
  }
}
