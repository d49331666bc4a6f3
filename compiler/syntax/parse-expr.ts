/**
 * Expressions (core 9): precedence climbing over the tokens.
 *
 *   level  1 a if c else b   2 or   3 and   4 == != < <= > >= matches as   5 + -   6 * / %   7 - not   8 call
 *
 * `as` is an operator of level 4 with a type on its right, after which any operator may follow: `a + b as f64 / 2.0` is
 * `((a + b) as f64) / 2.0`, which is what climbing gives by itself.
 *
 * One function recurses (`climb`), once per nested expression and not on the native stack (steps.ts); single words are read
 * without it (`quick`). The height of the tree is bounded as well (E1009), so that later phases may recurse. What leans to
 * the left is read by loops and, if made of operators, as long as it likes. Operands are in parse-operand.ts, what follows
 * one (call, index, member …) in parse-postfix.ts. Operators of the extensions are read, named once per statement (E1099)
 * and become an `error` node.
 */
import type { BinaryOp, Expr } from "./ast.js";
import { arraySteps, atOperandEnd, parseOperandStart } from "./parse-operand.js";
import { looseList, postfixSteps, startsPostfix } from "./parse-postfix.js";
import { parsePlainType } from "./parse-type.js";
import { type Cursor, MAX_EXPRESSION_DEPTH } from "./recover.js";
import { run, type Steps } from "./steps.js";
import { endsExpression, type IntValue, type Kind, type Token } from "./tokens.js";

const CONDITIONAL = 1;
const OR = 2;
const COMPARE = 4;

/** Levels of the binary operators, those without a node included. */
const LEVELS: Partial<Record<Kind, number>> = {
  or: 2,
  and: 3,
  "==": COMPARE,
  "!=": COMPARE,
  "<": COMPARE,
  "<=": COMPARE,
  ">": COMPARE,
  ">=": COMPARE,
  matches: COMPARE,
  as: COMPARE,
  in: COMPARE,
  // The bitwise operators lie between comparison and addition.
  "|": 4.2,
  "^": 4.4,
  "&": 4.6,
  "<<": 4.8,
  ">>": 4.8,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  "**": 7,
};
/** Added to a level: what is tighter. */
const TIGHTER = 0.1;
const WITHOUT_NODE: ReadonlySet<Kind> = new Set<Kind>(["in", "|", "^", "&", "<<", ">>", "**"]);

/** An expression in a place where a value must stand. `after` names what stands before, for the message. */
export const parseExpr = (c: Cursor, after: string): Expr => quick(c, CONDITIONAL) ?? run(wholeSteps(c, after));

/** A condition, a range bound, the first part of an expression statement: anything but `a if c else b`. */
export const parseOperand = (c: Cursor, after: string): Expr => quick(c, OR) ?? run(climb(c, OR, after));

/** The two above as parts of a larger expression; the third is one that a `..` may follow. */
export function* wholeSteps(c: Cursor, after: string): Steps<Expr> {
  const expr = yield climb(c, CONDITIONAL, after);
  return yield* trailingSteps(c, expr);
}
export const operandSteps = (c: Cursor, after: string): Steps<Expr> => climb(c, OR, after);
export function* boundSteps(c: Cursor, after: string): Steps<Expr> {
  const expr = yield climb(c, CONDITIONAL, after);
  return c.at("|>") ? yield* trailingSteps(c, expr) : expr;
}

/** Words that mean something else than a name to the parser. */
const NO_PLAIN_NAMES: ReadonlySet<string> = new Set(["null", "nil", "undefined", "spawn", "yield"]);

/** A literal or a name alone, the common case: null if there is more to it. */
export function quick(c: Cursor, min = CONDITIONAL): Expr | null {
  const token = c.token;
  const after = c.peek(1).kind;
  if (c.failed || c.expressions >= MAX_EXPRESSION_DEPTH) return null;
  if (!endsExpression(after) && !((LEVELS[after] ?? Number.POSITIVE_INFINITY) < min)) return null;
  let expr: Expr;
  const span = c.spanOf(token);
  switch (token.kind) {
    case "int": {
      const { value, suffix } = token.value as IntValue;
      expr = { kind: "int", value, suffix, span };
      break;
    }
    case "string":
      expr = { kind: "string", text: token.value as string, span };
      break;
    case "name": {
      const name = c.textOf(token);
      if (NO_PLAIN_NAMES.has(name)) return null;
      expr = { kind: "name", name, span };
      break;
    }
    default:
      return null;
  }
  c.next();
  c.height = 0;
  return expr;
}

/** An operand with all operators of at least level `min`. */
function* climb(c: Cursor, min: number, after: string): Steps<Expr> {
  if (c.failed) return c.error(c.lastEnd);
  const start = c.token.start;
  if (!c.enterExpression()) return c.error(start);
  const signs = takeSigns(c);
  let expr: Expr;
  if (c.at("(")) {
    const open = c.next();
    expr = yield* closeParen(c, open, quick(c) ?? (yield climb(c, CONDITIONAL, "`(`")));
  } else if (c.at("[")) expr = yield* arraySteps(c);
  else expr = parseOperandStart(c, signs.length === 0 ? after : `\`${c.textOf(signs[signs.length - 1]!)}\``);
  if (startsPostfix(c)) expr = yield* postfixSteps(c, expr);
  if (c.at("**") && signs.length > 0 && !c.failed) {
    // `-2 ** 2` is `-(2 ** 2)`.
    c.next();
    c.unsupported(c.spanFrom(expr.span.start), "the operator `**` is");
    yield climb(c, LEVELS["**"]!, "`**`");
    expr = c.error(expr.span.start);
  }
  if (signs.length > 0) expr = applySigns(c, signs, expr);

  while (!atOperandEnd(c)) {
    const op = c.token;
    const isNotIn = op.kind === "not" && c.peek(1).kind === "in";
    const level = isNotIn ? COMPARE : (LEVELS[op.kind] ?? 0);
    if (level === 0 || level < min || !startsRight(c, op, expr)) break;
    const { height } = c;
    if (op.kind === "as") {
      expr = cast(c, expr);
      c.built(height, op);
      continue;
    }
    if (isNotIn) c.next();
    const hasNode = !isNotIn && !WITHOUT_NODE.has(op.kind);
    if (!hasNode) c.unsupported(c.spanFrom(start), `the operator \`${isNotIn ? "not in" : op.kind}\` is`);
    // `**` groups to the right, all others to the left.
    const rightMin = op.kind === "**" ? level : level + TIGHTER;
    const right = quick(c, rightMin) ?? (yield climb(c, rightMin, `\`${c.textOf(op)}\``));
    expr = hasNode ? operation(c, op, expr, right) : c.error(start);
    c.built(Math.max(height - 1, c.height), op);
  }
  if (c.at("++") && !atOperandEnd(c)) foreignIncrement(c);
  if (min <= CONDITIONAL && c.at("if") && !atOperandEnd(c)) {
    const { height } = c;
    const keyword = c.next();
    const cond = quick(c, OR) ?? (yield climb(c, OR, "`if`"));
    const condHeight = c.height;
    expr = yield* otherwiseSteps(c, expr, cond, keyword);
    c.built(Math.max(height, condHeight, c.height), keyword);
  }
  c.expressions--;
  return expr;
}

/** The `else` part of `then if cond else …`. */
export const otherwise = (c: Cursor, then: Expr, cond: Expr, keyword: Token): Expr =>
  run(otherwiseSteps(c, then, cond, keyword));

function* otherwiseSteps(c: Cursor, then: Expr, cond: Expr, keyword: Token): Steps<Expr> {
  if (c.failed) return c.error(then.span.start);
  if (!c.accept("else")) {
    c.fail("E1001", c.here(), `\`else\` is expected here${c.atLineEnd() ? "" : `, found ${c.describe()}`}`, {
      labels: [{ span: c.spanOf(keyword), text: "the value for the case that this does not hold is missing" }],
      help: ["write `a if c else b`"],
    });
    return c.error(then.span.start);
  }
  const other = quick(c) ?? (yield climb(c, CONDITIONAL, "`else`"));
  return { kind: "cond", cond, then, otherwise: other, ifSpan: c.spanOf(keyword), span: c.spanFrom(then.span.start) };
}

/** The condition after `keyword`: a `=` in it is one of another language's habits. */
export function parseCondition(c: Cursor, keyword: Token): Expr {
  let cond = trailing(c, parseOperand(c, `\`${keyword.kind}\``));
  while (c.at("=") && !c.failed) {
    const op = c.next();
    c.report("E1033", c.spanOf(op), "`=` assigns; a comparison is written `==`", {
      help: ["write `==`"],
      fixes: [{ title: "write `==`", edits: [{ span: c.spanOf(op), text: "==" }] }],
    });
    const right = parseOperand(c, "`=`");
    cond = { kind: "binary", op: "==", opSpan: c.spanOf(op), left: cond, right, span: c.spanFrom(cond.span.start) };
  }
  return cond;
}

/** Operators that can only follow a whole expression: ranges as values, pipelines, `? :`. */
export const trailing = (c: Cursor, left: Expr): Expr => (endsExpression(c.kind) ? left : run(trailingSteps(c, left)));

function* trailingSteps(c: Cursor, left: Expr): Steps<Expr> {
  let expr = left;
  while (!atOperandEnd(c)) {
    if (c.at("..") || c.at("..=") || c.at("|>")) {
      const op = c.next();
      c.unsupported(c.spanFrom(left.span.start), op.kind === "|>" ? "a pipeline is" : "a range as a value is");
      yield climb(c, OR, `\`${op.kind}\``);
      expr = c.error(left.span.start);
    } else if (c.at("?")) {
      foreignTernary(c);
      return c.error(left.span.start);
    } else break;
  }
  return expr;
}

function foreignTernary(c: Cursor): void {
  c.fail("E1033", c.spanOf(c.token), "`?` is not an operator", { help: ["write `a if c else b`"] });
}

export function foreignIncrement(c: Cursor): void {
  const before = c.last;
  const name = before?.kind === "name" ? c.textOf(before) : "x";
  c.fail("E1033", c.spanOf(c.token), "`++` is not an operator", { help: [`write \`${name} += 1\``] });
}

/** Signs and `not` before an operand, gathered without recursion. */
function takeSigns(c: Cursor): Token[] {
  if (!c.at("-") && !c.at("not") && !c.at("!") && !c.at("~")) return NO_SIGNS;
  const signs: Token[] = [];
  while (c.at("-") || c.at("not") || c.at("!") || c.at("~")) signs.push(c.next());
  return signs;
}
const NO_SIGNS: Token[] = [];

function applySigns(c: Cursor, signs: readonly Token[], operand: Expr): Expr {
  let expr = operand;
  for (let i = signs.length - 1; i >= 0; i--) {
    const op = signs[i]!;
    const opSpan = c.spanOf(op);
    const where = c.spanFrom(op.start);
    c.built(c.height, op);
    if (op.kind === "-" || op.kind === "not") expr = { kind: "unary", op: op.kind, opSpan, operand: expr, span: where };
    else {
      // On integers `!` is `~`; which of both was meant shows only for a literal.
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

/** Takes a binary operator unless it is the `--` of another language. */
function startsRight(c: Cursor, op: Token, left: Expr): boolean {
  c.next();
  const next = c.token;
  if (op.kind !== "-" || next.kind !== "-" || next.start !== op.end) return true;
  const after = c.peek(1).kind;
  if (after !== "newline" && after !== "end" && after !== ";" && after !== ")") return true;
  const name = left.kind === "name" ? left.name : "x";
  c.fail("E1033", c.span(op.start, next.end), "`--` is not an operator", { help: [`write \`${name} -= 1\``] });
  return false;
}

function operation(c: Cursor, op: Token, left: Expr, right: Expr): Expr {
  const where = c.spanFrom(left.span.start);
  if (op.kind === "and" || op.kind === "or")
    return { kind: "logic", op: op.kind, opSpan: c.spanOf(op), left, right, span: where };
  return { kind: "binary", op: op.kind as BinaryOp, opSpan: c.spanOf(op), left, right, span: where };
}

/** After `as`. */
function cast(c: Cursor, operand: Expr): Expr {
  const target = parsePlainType(c, "`as`");
  const expr: Expr = { kind: "cast", operand, target, span: c.spanFrom(operand.span.start) };
  if (c.at("as")) {
    c.report("E1001", c.spanOf(c.token), "a second cast needs parentheses around the first", {
      help: [`write \`(${c.text.slice(operand.span.start, c.lastEnd)}) as …\``],
    });
  }
  return expr;
}

/** After `(` and the expression. */
function* closeParen(c: Cursor, open: Token, read: Expr): Steps<Expr> {
  if (c.failed) return c.error(open.start);
  const inner = endsExpression(c.kind) ? read : yield* trailingSteps(c, read);
  if (c.failed) return c.error(open.start);
  if (c.at(",")) {
    c.unsupported(c.spanOf(c.next()), "a tuple is", "E1001");
    yield* looseList(c, ")");
    return c.error(open.start);
  }
  if (c.at("for")) {
    c.unsupported(c.spanOf(c.token), "a comprehension is", "E1001");
    c.skipToCloser();
  }
  if (!c.accept(")")) {
    c.failInside(`\`)\``, {
      labels: [{ span: c.spanOf(open), text: "to close this `(`" }],
    });
  }
  c.built(c.height, open);
  return { kind: "paren", inner, span: c.spanFrom(open.start) };
}
