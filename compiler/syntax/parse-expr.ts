/**
 * Expressions (core 9): precedence climbing over the tokens.
 *
 *   level  1 a if c else b   2 or   3 and   4 == != < <= > >= matches as   5 + -   6 * / %   7 - not   8 call
 *
 * `as` is an operator of level 4 with a type on its right, after which any operator may follow: `a + b as f64 / 2.0` is
 * `((a + b) as f64) / 2.0`, which is what climbing gives by itself.
 *
 * One function recurses (`climb`), once per nested expression, so that the deepest expression allowed fits the native
 * stack of any host; the height of the tree is bounded as well (E1009), left-leaning chains of operators included, so
 * later phases may recurse. Forms of the language without a node (index, member, array literal …) are read loosely, named
 * once per statement (E1099) and become an `error` node.
 */
import type { BinaryOp, Expr } from "./ast.js";
import { parseType } from "./parse-type.js";
import type { Cursor } from "./recover.js";
import { type IntValue, type Kind, startsPlainValue, type Token } from "./tokens.js";

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
export function parseExpr(c: Cursor, after: string): Expr {
  return trailing(c, climb(c, CONDITIONAL, after));
}

/** A condition, a range bound, the first part of an expression statement: anything but `a if c else b`. */
export function parseOperand(c: Cursor, after: string): Expr {
  return climb(c, OR, after);
}

/** An operand with all operators of at least level `min`. */
function climb(c: Cursor, min: number, after: string): Expr {
  if (c.failed) return c.error(c.lastEnd);
  const start = c.token.start;
  if (!c.enterExpression()) return c.error(start);
  const signs = takeSigns(c);
  let expr: Expr;
  if (c.at("(")) {
    const open = c.next();
    c.brackets++;
    const inner = climb(c, CONDITIONAL, "`(`");
    c.brackets--;
    expr = closeParen(c, open, inner);
  } else {
    c.height = 0;
    expr = parseAtom(c, signs.length === 0 ? after : `\`${c.textOf(signs[signs.length - 1]!)}\``);
  }
  while (!c.failed) {
    if (c.at("(")) expr = call(c, expr);
    else if (c.at("[") || c.at(".") || c.at("{")) {
      const read = postfixOutside(c, expr);
      if (read === null) break;
      expr = read;
    } else break;
  }
  if (c.at("**") && signs.length > 0 && !c.failed) expr = power(c, expr);
  if (signs.length > 0) expr = applySigns(c, signs, expr);

  while (!c.failed) {
    const op = c.token;
    const isNotIn = op.kind === "not" && c.peek(1).kind === "in";
    const level = isNotIn ? COMPARE : (LEVELS[op.kind] ?? 0);
    if (level === 0 || level < min || !startsRight(c, op, expr)) break;
    const height = c.height;
    if (op.kind === "as") {
      expr = cast(c, expr);
      c.built(height, op);
      continue;
    }
    if (isNotIn) c.next();
    const hasNode = !isNotIn && !WITHOUT_NODE.has(op.kind);
    if (!hasNode) c.unsupported(c.spanFrom(start), `the operator \`${isNotIn ? "not in" : op.kind}\` is`);
    // `**` groups to the right, all others to the left.
    const right = climb(c, op.kind === "**" ? level : level + TIGHTER, `\`${c.textOf(op)}\``);
    expr = hasNode ? operation(c, op, expr, right) : c.error(start);
    c.built(Math.max(height, c.height), op);
  }
  if (c.at("++") && !c.failed) foreignIncrement(c);
  if (min <= CONDITIONAL && c.at("if") && !c.failed) {
    const height = c.height;
    const keyword = c.next();
    const cond = climb(c, OR, "`if`");
    const condHeight = c.height;
    expr = otherwise(c, expr, cond, keyword);
    c.built(Math.max(height, condHeight, c.height), keyword);
  }
  c.expressions--;
  return expr;
}

/** The `else` part of `then if cond else …`. */
export function otherwise(c: Cursor, then: Expr, cond: Expr, keyword: Token): Expr {
  if (c.failed) return c.error(then.span.start);
  if (!c.accept("else")) {
    c.fail("E1001", c.here(), `\`else\` is expected here${c.atLineEnd() ? "" : `, found ${c.describe()}`}`, {
      labels: [{ span: c.spanOf(keyword), text: "the value for the case that this does not hold is missing" }],
      help: ["write `a if c else b`"],
    });
    return c.error(then.span.start);
  }
  const other = climb(c, CONDITIONAL, "`else`");
  return { kind: "cond", cond, then, otherwise: other, ifSpan: c.spanOf(keyword), span: c.spanFrom(then.span.start) };
}

/** The condition after `keyword`: a `=` in it is one of another language's habits. */
export function parseCondition(c: Cursor, keyword: Token): Expr {
  let cond = trailing(c, climb(c, OR, `\`${keyword.kind}\``));
  while (c.at("=") && !c.failed) {
    const op = c.next();
    c.report("E1033", c.spanOf(op), "`=` assigns; a comparison is written `==`", {
      help: ["write `==`"],
      fixes: [{ title: "write `==`", edits: [{ span: c.spanOf(op), text: "==" }] }],
    });
    const right = climb(c, OR, "`=`");
    cond = { kind: "binary", op: "==", opSpan: c.spanOf(op), left: cond, right, span: c.spanFrom(cond.span.start) };
  }
  return cond;
}

/** Operators that can only follow a whole expression: ranges as values, pipelines, `? :`. */
export function trailing(c: Cursor, left: Expr): Expr {
  let expr = left;
  for (;;) {
    if (c.failed) return expr;
    if (c.at("..") || c.at("..=") || c.at("|>")) {
      const op = c.next();
      c.unsupported(c.spanFrom(left.span.start), op.kind === "|>" ? "a pipeline is" : "a range as a value is");
      // A slice may leave its end open.
      if (!c.at("]")) climb(c, OR, `\`${op.kind}\``);
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

function foreignIncrement(c: Cursor): void {
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
    c.built(c.height, op);
  }
  return expr;
}

/** `-2 ** 2` is `-(2 ** 2)`. */
function power(c: Cursor, base: Expr): Expr {
  c.next();
  c.unsupported(c.spanFrom(base.span.start), "the operator `**` is");
  climb(c, LEVELS["**"]!, "`**`");
  return c.error(base.span.start);
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
  const target = parseType(c, "`as`");
  const expr: Expr = { kind: "cast", operand, target, span: c.spanFrom(operand.span.start) };
  if (c.at("as")) {
    c.report("E1001", c.spanOf(c.token), "a second cast needs parentheses around the first", {
      help: [`write \`(${c.text.slice(operand.span.start, c.lastEnd)}) as …\``],
    });
  }
  return expr;
}

/** Arguments after a callee. */
function call(c: Cursor, callee: Expr): Expr {
  const height = c.height;
  const open = c.token;
  const args = parseArguments(c);
  c.built(Math.max(height, c.height), open);
  return { kind: "call", callee, args, span: c.spanFrom(callee.span.start) };
}

/** Index, member, struct literal; null if a `{` starts none. */
function postfixOutside(c: Cursor, expr: Expr): Expr | null {
  const start = expr.span.start;
  if (c.at("{") && !((expr.kind === "name" || expr.kind === "error") && isStructLiteral(c))) return null;
  const op = c.next();
  if (op.kind === "[") {
    const index = parseIndex(c, expr, op);
    if (index) return index;
    c.unsupported(c.spanFrom(start), "a slice is");
    looseList(c, "]");
  } else if (op.kind === "{") {
    c.unsupported(c.spanFrom(start), "a struct literal is");
    looseList(c, "}");
  } else if (c.atLineEnd() || !/^\w/.test(c.textOf(c.token))) {
    c.fail("E1026", c.here(), "a name is expected after `.`");
  } else {
    c.next();
    c.unsupported(c.spanFrom(start), "member access is");
  }
  return c.error(start);
}

/** `a[i]`, after its `[`; null at a slice, whose bounds are then still to be read. */
function parseIndex(c: Cursor, object: Expr, open: Token): Expr | null {
  if (c.at("..") || c.at("..=")) return null;
  const height = c.height;
  c.brackets++;
  const index = parseExpr(c, "`[`");
  c.brackets--;
  if (c.at("..") || c.at("..=")) return null;
  c.built(Math.max(height, c.height), open);
  if (!c.failed && !c.accept("]")) c.fail("E1001", c.here(), `\`]\` is expected after the index, found ${c.describe()}`);
  return { kind: "index", object, index, span: c.spanFrom(object.span.start) };
}

/** `{` after a name opens a struct literal if a field or the end of the literal follows; otherwise a foreign block. */
function isStructLiteral(c: Cursor): boolean {
  return c.peek(1).kind === "}" || (c.peek(1).kind === "name" && c.peek(2).kind === ":");
}

/** `(a, b, …)`, at the `(`; a comma may follow the last one. */
export function parseArguments(c: Cursor): Expr[] {
  c.next();
  c.brackets++;
  const args: Expr[] = [];
  let height = 0;
  while (!c.at(")") && !c.failed && !c.at("end")) {
    args.push(parseExpr(c, args.length === 0 ? "`(`" : "`,`"));
    height = Math.max(height, c.height);
    if (c.failed || c.accept(",") || c.at(")")) continue;
    missingComma(c, "an argument", ")");
  }
  c.accept(")");
  c.brackets--;
  c.height = height;
  return args;
}

/** At a token that is neither `,` nor the closer. */
function missingComma(c: Cursor, what: string, closer: string): void {
  const before = c.last!;
  if (c.at("for")) {
    // A comprehension: nothing in it has a node.
    c.unsupported(c.spanOf(c.token), "a comprehension is");
    c.skipToCloser();
  } else if (startsPlainValue(c.kind) && c.kind !== "error" && before.kind !== "error") {
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
  c.brackets++;
  while (!c.at(closer) && !c.failed && !c.at("end")) {
    if (!c.at("..") && !c.at("..=") && !c.at(":") && !c.at(",")) parseExpr(c, "`,`");
    if (c.failed || c.accept(",") || c.accept(":") || c.accept("..") || c.accept("..=") || c.at(closer)) continue;
    if (closer === "}" && c.token.indent >= 0) continue;
    missingComma(c, "an element", closer);
  }
  if (!c.failed) c.accept(closer);
  c.brackets--;
}

/** An operand that no bracket of a call or group starts. */
function parseAtom(c: Cursor, after: string): Expr {
  const token = c.token;
  const where = c.spanOf(token);
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

/** After `(` and the expression. */
function closeParen(c: Cursor, open: Token, read: Expr): Expr {
  if (c.failed) return c.error(open.start);
  c.brackets++;
  const inner = trailing(c, read);
  c.brackets--;
  if (c.failed) return c.error(open.start);
  if (c.at(",")) {
    c.next();
    c.unsupported(c.spanFrom(open.start), "a tuple is");
    looseList(c, ")");
    return c.error(open.start);
  }
  if (c.at("for")) {
    c.unsupported(c.spanFrom(open.start), "a comprehension is");
    c.skipToCloser();
  }
  if (!c.accept(")")) {
    c.fail("E1001", c.here(), `\`)\` is expected here, found ${c.describe()}`, {
      labels: [{ span: c.spanOf(open), text: "to close this `(`" }],
    });
  }
  c.built(c.height, open);
  return { kind: "paren", inner, span: c.spanFrom(open.start) };
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
      parseExpr(c, `\`${name}\``);
      return c.error(token.start);
    }
    if (c.at(":") && name === "spawn") return withSuites(c, token, "`spawn` is");
  }
  return { kind: "name", name, span: where };
}

/** A value with suites, which may hold anything: the rest of the brackets or of the statement is not read. */
function withSuites(c: Cursor, token: Token, what: string): Expr {
  c.unsupported(c.spanOf(token), what);
  if (c.brackets > 0) c.skipToCloser();
  else c.failed = true;
  return c.error(token.start);
}

/** No value starts with this token. */
function parseMisplaced(c: Cursor, after: string): Expr {
  const token = c.token;
  const where = c.spanOf(token);
  switch (token.kind) {
    case "fn":
    case "match":
    case "try": {
      if (c.misnamed.has(token.kind)) {
        c.next();
        return c.error(token.start);
      }
      const what =
        token.kind === "fn"
          ? "a function expression is"
          : token.kind === "match"
            ? "`match` as a value is"
            : "`try` as a value is";
      return withSuites(c, token, what);
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
