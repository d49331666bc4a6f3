/**
 * What follows an operand without an operator: arguments, an index, a slice, a member, the braces of a struct literal
 * (core 9 level 9, types-and-modules.md 7.3, 7.4, 9). Also the lists between brackets.
 */
import type { Expr, Name, StructLit } from "./ast.js";
import { boundSteps, operandSteps, quick, wholeSteps } from "./parse-expr.js";
import { atOperandEnd } from "./parse-operand.js";
import type { Cursor } from "./recover.js";
import { run, type Steps } from "./steps.js";
import { keywords, startsPlainValue, type Token } from "./tokens.js";

/** Whether anything may follow the operand just read. */
export const startsPostfix = (c: Cursor): boolean => c.at("(") || c.at("[") || c.at(".") || c.at("{");

/** All that follows the operand just read. */
export function* postfixSteps(c: Cursor, operand: Expr): Steps<Expr> {
  let expr = operand;
  while (!atOperandEnd(c)) {
    const { start } = expr.span;
    const { height, token } = c;
    if (c.at("(")) {
      const args = yield* argumentSteps(c, true);
      expr = { kind: "call", callee: expr, args, span: c.spanFrom(start) };
    } else if (c.at("[")) expr = yield* indexed(c, expr);
    else if (c.at(".")) expr = member(c, expr);
    else if (c.at("{") && isStructLiteral(c)) {
      const path = pathOf(expr);
      if (path === null && expr.kind !== "index" && expr.kind !== "error") break;
      if (path === null) {
        c.unsupported(c.spanFrom(start), "a literal of a generic struct is");
        c.skipBrackets();
        expr = c.error(start);
      } else expr = yield* structLiteral(c, path, expr);
    } else break;
    c.built(Math.max(height, c.height), token);
  }
  return expr;
}

/** `{` after a name opens a struct literal if a field or the end of the literal follows; otherwise a foreign block. */
function isStructLiteral(c: Cursor): boolean {
  const first = c.peek(1).kind;
  return first === "}" || ((first === "name" || keywords.has(first)) && c.peek(2).kind === ":");
}

/** `a`, `a.b`, … as names; null for anything else. */
function pathOf(expr: Expr): Name[] | null {
  const path: Name[] = [];
  let e = expr;
  for (; e.kind === "member"; e = e.object) path.push(e.name);
  if (e.kind !== "name") return null;
  path.push({ text: e.name, span: e.span });
  return path.reverse();
}

/** `(a, b, …)`, at the `(`; a comma may follow the last one. `isCall` says whether there may be no fills inside. */
export const parseArguments = (c: Cursor, isCall: boolean): Expr[] => run(argumentSteps(c, isCall));

function* argumentSteps(c: Cursor, isCall: boolean): Steps<Expr[]> {
  c.next();
  if (isCall) c.calls++;
  const args: Expr[] = [];
  let height = 0;
  while (!c.at(")") && !c.failed && !c.at("end")) {
    args.push(quick(c) ?? (yield wholeSteps(c, args.length === 0 ? "`(`" : "`,`")));
    height = Math.max(height, c.height);
    if (c.failed || c.accept(",") || c.at(")")) continue;
    missingComma(c, "an argument", ")");
  }
  if (!c.failed) c.accept(")");
  if (isCall) c.calls--;
  c.height = height;
  return args;
}

/** At a token that is neither `,` nor the closer. */
export function missingComma(c: Cursor, what: string, closer: string): void {
  const before = c.last!;
  if (c.at("for")) {
    // A comprehension: nothing in it has a node.
    c.unsupported(c.spanOf(c.token), "a comprehension is", "E1001");
    c.skipToCloser();
  } else if (startsPlainValue(c.kind) && c.kind !== "error" && before.kind !== "error") {
    const end = c.lastEnd;
    c.report("E1019", c.spanOf(c.token), `a \`,\` is missing before this`, {
      labels: [{ span: c.span(before.end === end ? before.start : end, end), text: `${what} ends here` }],
      help: ["insert `,`"],
      fixes: [{ title: "insert `,`", edits: [{ span: c.span(end, end), text: "," }] }],
    });
  } else if (c.kind !== "error" && before.kind !== "error") {
    c.failInside(`\`,\` or \`${closer}\``);
  }
}

/** The inside of brackets that have no node yet: expressions with any separators between, up to the closer. */
export function* looseList(c: Cursor, closer: "]" | "}" | ")"): Steps<void> {
  while (!c.at(closer) && !c.failed && !c.at("end")) {
    if (!c.at("..") && !c.at("..=") && !c.at(":") && !c.at(",")) yield wholeSteps(c, "`,`");
    if (c.failed || c.accept(",") || c.accept(":") || c.accept("..") || c.accept("..=") || c.at(closer)) continue;
    if (closer === "}" && c.token.indent >= 0) continue;
    missingComma(c, "an element", closer);
  }
  if (!c.failed) c.accept(closer);
}

/** `a[i]`, `a[i..j..k]`, at the `[`. */
function* indexed(c: Cursor, object: Expr): Steps<Expr> {
  const open = c.next();
  const { start: from } = object.span;
  c.height = 0;
  const start = c.at("..") || c.at("..=") ? null : (quick(c) ?? (yield boundSteps(c, "`[`")));
  if (c.failed) return c.error(from);
  if (c.at(",")) {
    c.unsupported(c.spanFrom(from), "a list of type arguments is");
    c.next();
    yield* looseList(c, "]");
    return c.error(from);
  }
  const op = c.accept("..") ?? c.accept("..=");
  if (op === null) {
    closeIndex(c, open, "the index");
    return { kind: "index", object, index: start!, span: c.spanFrom(from) };
  }
  if (op.kind === "..=") c.unsupported(c.span(from, op.end), "a slice with `..=` is");
  let { height } = c;
  const end = c.at("]") || c.at("..") ? null : yield operandSteps(c, `\`${op.kind}\``);
  height = Math.max(height, c.height);
  const step = c.failed || !c.accept("..") || c.at("]") ? null : yield operandSteps(c, "`..`");
  c.height = Math.max(height, c.height);
  closeIndex(c, open, "the slice");
  if (op.kind === "..=") return c.error(from);
  return { kind: "slice", object, start, end, step, range: c.spanFrom(open.start), span: c.spanFrom(from) };
}

function closeIndex(c: Cursor, open: Token, what: string): void {
  if (c.failed || c.accept("]")) return;
  c.failInside(`\`]\` after ${what}`, {
    labels: [{ span: c.spanOf(open), text: "to close this `[`" }],
  });
}

/** `a.name`, at the `.`. Reserved words are names here. */
function member(c: Cursor, object: Expr): Expr {
  c.next();
  if (c.atLineEnd() || (!c.at("name") && !keywords.has(c.kind))) {
    c.fail("E1026", c.here(), "a name is expected after `.`");
    return c.error(object.span.start);
  }
  return { kind: "member", object, name: c.name(c.next()), span: c.spanFrom(object.span.start) };
}

/** `P{ x: 1, y: 2 }`, at the `{`. Fields are separated by `,` or line ends. */
function* structLiteral(c: Cursor, path: readonly Name[], named: Expr): Steps<Expr> {
  c.next();
  const fields: { name: Name; value: Expr }[] = [];
  let height = 0;
  while (!c.at("}") && !c.failed && !c.at("end")) {
    const token = c.token;
    if (keywords.has(token.kind)) c.reportReserved(token);
    else if (token.kind !== "name") {
      c.failInside(`a field \`name: value\``);
      break;
    }
    c.next();
    if (!c.accept(":")) {
      c.fail("E1001", c.here(), `\`:\` is expected after the name of the field, found ${c.describe()}`);
      break;
    }
    fields.push({ name: c.name(token), value: quick(c) ?? (yield wholeSteps(c, "`:`")) });
    height = Math.max(height, c.height);
    if (c.failed || c.accept(",") || c.at("}") || c.token.indent >= 0) continue;
    missingComma(c, "a field", "}");
  }
  if (!c.failed) c.accept("}");
  c.height = height;
  const node: StructLit = { kind: "struct", path, fields, nameSpan: named.span, span: c.spanFrom(named.span.start) };
  return node;
}
