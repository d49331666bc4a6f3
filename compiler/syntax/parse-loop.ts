/**
 * Loops and their labels (core 18 to 20, types-and-modules.md 7.5, 8): `while`, `for i in a..b..s`, `for x in e`,
 * `for a, b in e`.
 */
import type { BindTarget, Expr, ForStmt, Name, Pattern, Stmt, WhileStmt } from "./ast.js";
import { parsePattern } from "./parse-bind.js";
import { parseSuite } from "./parse-block.js";
import { otherwise, parseCondition, parseOperand, trailing } from "./parse-expr.js";
import type { Cursor } from "./recover.js";
import { keywords, type Token } from "./tokens.js";

/** At `while`; the label, if any, was read. */
export function parseWhile(c: Cursor, label: Token | null): WhileStmt {
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

/** At a label: a loop follows. */
export function parseLabelled(c: Cursor): Stmt {
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

type Range = Pick<ForStmt, "start" | "end" | "step" | "inclusive">;

/** `for NAME in a..b[..s]:`, inclusive with `..=`; `for NAME in e:`; `for a, (b, c) in e:`. */
export function parseFor(c: Cursor, label: Token | null): Stmt {
  const keyword = c.next();
  const start = (label ?? keyword).start;
  const target = loopTarget(c);
  let source: Range | Expr | null = null;
  if (!c.failed) {
    if (c.accept("in")) source = loopSource(c);
    else
      c.fail(
        "E1001",
        c.here(),
        `\`in\` is expected after the loop variable${c.atLineEnd() ? "" : `, found ${c.describe()}`}`,
        { help: ["write `for i in 0..n:`"] },
      );
  }
  if (target !== null && "targets" in target && source !== null && !("kind" in source)) {
    c.report("E1409", target.span, "a range gives one value in each round: one name is expected here", {
      help: ["write `for i in …`"],
    });
  }
  const body = parseSuite(c, keyword);
  const span = c.spanFrom(start);
  if (source === null || target === null) return { kind: "error", span };
  const common = { label: labelName(c, label), keyword: c.spanOf(keyword), body, span };
  if ("kind" in source) return { kind: "foreach", ...common, target, iterable: source };
  if ("targets" in target) return { kind: "error", span };
  return { kind: "for", ...common, variable: target.name, ...source };
}

type LoopTarget = BindTarget | Pattern;

/** One name, or several that an element is taken apart into. */
function loopTarget(c: Cursor): LoopTarget | null {
  const start = c.token.start;
  const first = oneLoopTarget(c);
  if (c.failed || !c.at(",")) return first;
  const targets: LoopTarget[] = [];
  let readable = first !== null;
  if (first !== null) targets.push(first);
  while (!c.failed && c.accept(",")) {
    const target = oneLoopTarget(c);
    if (target === null) readable = false;
    else targets.push(target);
  }
  return readable && !c.failed ? { targets, span: c.spanFrom(start) } : null;
}

function oneLoopTarget(c: Cursor): LoopTarget | null {
  const token = c.token;
  if (token.kind === "name") return { name: c.name(c.next()) };
  if (token.kind === "(") return parsePattern(c, oneLoopTarget);
  const next = c.peek(1).kind;
  const isWord = keywords.has(token.kind) && token.kind !== "in" && token.kind !== "mut";
  if (isWord && (next === "in" || next === "," || next === ")")) {
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

/** After `in`: bounds and step, or another value to go over. */
function loopSource(c: Cursor): Range | Expr | null {
  const start = parseOperand(c, "`in`");
  if (c.failed) return null;
  const op = c.accept("..") ?? c.accept("..=");
  if (op !== null) {
    const end = parseOperand(c, `\`${op.kind}\``);
    const step = !c.failed && c.accept("..") ? parseOperand(c, "`..`") : null;
    return { start, end, step, inclusive: op.kind === "..=" };
  }
  const keyword = c.accept("if");
  return trailing(c, keyword === null ? start : otherwise(c, start, parseOperand(c, "`if`"), keyword));
}
