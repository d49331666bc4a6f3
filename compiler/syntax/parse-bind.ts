/**
 * Everything that gives a name, an element or a field a value (core 7, types-and-modules.md 7.3, 8, 9): `x = e`,
 * `mut x = e`, `x: T = e`, `X := e`, `a = b[0] = e`, `x op= e`, `a, b.f = e`, and several declarations separated by `,` on
 * one line. What starts with anything but a declared name is read as an expression first.
 */
import type { BindTarget, CompoundStmt, Expr, Name, Pattern, Place, Stmt, TypeNode } from "./ast.js";
import { parseExpr, parseOperand } from "./parse-expr.js";
import { parseType } from "./parse-type.js";
import type { Cursor } from "./recover.js";
import { type Kind, keywords, type Token } from "./tokens.js";

const COMPOUND: Partial<Record<Kind, CompoundStmt["op"]>> = { "+=": "+", "-=": "-", "*=": "*", "/=": "/", "%=": "%" };
/** Compound forms of the extensions. */
const COMPOUND_OUTSIDE: ReadonlySet<Kind> = new Set<Kind>(["&=", "|=", "^=", "<<=", ">>=", "**="]);

const isCompound = (kind: Kind): boolean => kind in COMPOUND || COMPOUND_OUTSIDE.has(kind);

/** At a name: whether a declaration or assignment of it starts here. */
export function startsDeclaration(c: Cursor): boolean {
  if (!c.at("name")) return false;
  const next = c.peek(1).kind;
  return next === "=" || next === ":=" || next === ":" || isCompound(next);
}

/** One or more declarations, at `mut` or the name. */
export function parseDeclaration(c: Cursor, list: Stmt[], pub: boolean): void {
  list.push(parseOne(c, pub));
  moreDeclarations(c, list, pub);
}

/** Declarations after a `,` on the same line. */
function moreDeclarations(c: Cursor, list: Stmt[], pub: boolean): void {
  while (!c.failed && !c.ended && !c.single && c.at(",")) {
    c.next();
    if (c.at("mut") || startsDeclaration(c)) list.push(parseOne(c, pub));
    else if (c.at("name") && destructuresAt(c, c.position)) list.push(destructure(c, parseOperand(c, "`,`")));
    else if (c.atLineEnd()) c.fail("E1026", c.here(), "a declaration is expected after `,`");
    else c.fail("E1001", c.here(), `a declaration \`name = value\` is expected after \`,\`, found ${c.describe()}`);
  }
}

function parseOne(c: Cursor, pub: boolean): Stmt {
  const start = c.token.start;
  const mut = c.accept("mut");
  const token = c.token;
  if (token.kind === "(") return outside(c, start, token, "`mut` with several names is");
  if (token.kind !== "name") {
    if (keywords.has(token.kind) && !c.atLineEnd()) {
      c.reportReserved(token);
      c.next();
      c.skipTo(c.base, "=", ":=");
      c.next();
      if (!c.atLineEnd()) parseExpr(c, "`=`");
    } else
      c.fail("E1001", c.here(), `a name is expected after \`mut\`${c.atLineEnd() ? "" : `, found ${c.describe()}`}`);
    return { kind: "error", span: c.spanFrom(start) };
  }
  if (c.peek(1).kind === "," && destructuresAt(c, c.position))
    return outside(c, start, token, "`mut` with several names is");
  if (c.peek(1).kind === "[" && mut !== null) return outside(c, start, token, "an array of a given size is");
  c.next();

  if (isCompound(c.kind)) return compound(c, start, mut, token);
  let annotation: TypeNode | null = null;
  if (c.accept(":")) annotation = parseType(c, "`:`");
  const name: BindTarget = { name: c.name(token) };
  const failedBefore = c.failed;
  const op = c.accept("=") ?? c.accept(":=");
  if (op === null) {
    if (!failedBefore) missingValue(c, token);
    return { kind: "error", span: c.spanFrom(start) };
  }
  const constant = op.kind === ":=";
  if (constant && mut !== null) {
    contradiction(c, op, mut, "a constant cannot be `mut`", [
      `write \`mut ${c.textOf(token)} = …\` for a variable, or drop \`mut\` for a constant`,
    ]);
  }
  if (constant && c.blocks === 0) checkConstantName(c, token);

  if (!constant && mut === null && annotation === null) return assign(c, name, start, pub);
  const value = parseExpr(c, `\`${op.kind}\``);
  if (c.at("=") && !c.failed && !c.ended) {
    c.fail("E1001", c.spanOf(c.token), `a declaration with ${mut ? "`mut`" : "a type or `:=`"} has one name`, {
      help: ["declare the names one by one"],
    });
  }
  // With an unreadable value the name is declared all the same.
  return {
    kind: "bind",
    pub,
    mut: mut !== null,
    constant,
    annotation,
    targets: [name],
    value,
    span: c.spanFrom(start),
  };
}

/** `first = …`, after the `=`: a value, or more targets with a `=` after each. */
function assign(c: Cursor, first: BindTarget | Place | null, start: number, pub: boolean): Stmt {
  const targets: (BindTarget | Place)[] = first === null ? [] : [first];
  let readable = first !== null;
  let value = parseExpr(c, "`=`");
  while (c.at("=") && !c.failed && !c.ended) {
    const target = asTarget(c, value, c.token);
    if (target === null) readable = false;
    else targets.push(target);
    c.next();
    value = parseExpr(c, "`=`");
  }
  const where = c.spanFrom(start);
  if (!readable) return { kind: "error", span: where };
  if (!targets.every(isName)) return { kind: "store", targets, value, span: where };
  return { kind: "bind", pub, mut: false, constant: false, annotation: null, targets, value, span: where };
}

const isName = (target: BindTarget | Place): target is BindTarget => "name" in target;

/** The targets of one destructuring, wherever they stand in it: one message is enough for all of them. */
interface Targets {
  /** The `=` after them. */
  readonly op: Token;
  told: boolean;
}

/** An expression before `op` as what is assigned to; null if it cannot be, which is reported. */
function asTarget(c: Cursor, expr: Expr, op: Token, list: Targets | null = null): BindTarget | Place | null {
  if (expr.kind === "name") return { name: { text: expr.name, span: expr.span } };
  if (expr.kind === "index" || expr.kind === "member") return { place: expr };
  if (expr.kind !== "error" && !list?.told) {
    const left = `${list ? "a target" : "the left side"} is a variable, a field or an element`;
    c.report("E1028", expr.span, `this cannot be ${list ? "a target" : "the left side"} of \`${op.kind}\``, {
      labels: [{ span: c.spanOf(op), text: "assigned here" }],
      help: [op.kind === "=" && !list ? `${left}; a comparison is written \`==\`` : left],
    });
    if (list) list.told = true;
  }
  return null;
}

/** A declaration that stops before its value. */
function missingValue(c: Cursor, name: Token): void {
  if (c.at("==")) {
    c.fail("E1001", c.spanOf(c.token), "`=` is expected here, found `==`", { help: ["write `=`"] });
    return;
  }
  c.fail("E1026", c.here(), `a value is expected here: a declaration always has one`, {
    help: [`write \`${c.textOf(name)} … = value\``],
  });
}

function compound(c: Cursor, start: number, mut: Token | null, token: Token): Stmt {
  const op = c.next();
  if (mut !== null) {
    const name = c.textOf(token);
    contradiction(c, op, mut, `\`mut\` declares, \`${op.kind}\` updates`, [
      `write \`${name} ${op.kind} …\` to update, or \`mut ${name} = …\` to declare`,
    ]);
  }
  const base = COMPOUND[op.kind];
  if (base === undefined) c.unsupported(c.spanFrom(token.start), `the operator \`${op.kind}\` is`);
  const value = parseExpr(c, `\`${op.kind}\``);
  if (base === undefined) return { kind: "error", span: c.spanFrom(start) };
  return {
    kind: "compound",
    op: base,
    opSpan: c.spanOf(op),
    target: c.name(token),
    place: null,
    value,
    span: c.spanFrom(start),
  };
}

function contradiction(c: Cursor, op: Token, mut: Token, label: string, help: string[]): void {
  c.report("E1015", c.spanOf(op), label, { labels: [{ span: c.spanOf(mut), text: "declared `mut` here" }], help });
}

/** Module constants are written in capitals (core 7). */
function checkConstantName(c: Cursor, token: Token): void {
  const name = c.textOf(token);
  if (/^[A-Z][A-Z0-9_]*$/.test(name)) return;
  const better = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toUpperCase()
    .replace(/^_+/, "");
  c.report("E1013", c.spanOf(token), "the name of a constant is written in capitals", {
    help: /^[A-Z]/.test(better) ? [`write \`${better}\``] : [],
  });
}

/** A form of the extensions: skipped to the end of the line. */
function outside(c: Cursor, start: number, token: Token, what: string): Stmt {
  c.unsupported(c.spanOf(token), what);
  c.failed = true;
  return { kind: "error", span: c.spanFrom(start) };
}

/**
 * Whether targets and a `=` stand at position `from`: a `,` and then a `=` on this line, outside of brackets. Looks at no
 * more than the line.
 */
function destructuresAt(c: Cursor, from: number): boolean {
  let comma = false;
  for (let at = from; ; at++) {
    const { kind } = c.tokens[at]!;
    if (kind === "(" || kind === "[" || kind === "{") at = c.closerOf(at);
    else if (kind === ",") comma = true;
    else if (kind === "=") return comma;
    else if (ENDS_TARGETS.has(kind)) return false;
  }
}
const ENDS_TARGETS: ReadonlySet<Kind> = new Set<Kind>(["newline", "end", "dedent", ";", ":", ":=", ")", "]", "}"]);

/** The `=` after the targets that begin or go on here. */
function equalsAfter(c: Cursor): Token {
  for (let at = c.position; ; at++) {
    const token = c.tokens[at]!;
    if (token.kind === "(" || token.kind === "[" || token.kind === "{") at = c.closerOf(at);
    else if (token.kind === "=") return token;
    else if (ENDS_TARGETS.has(token.kind)) return c.token;
  }
}

/** At a `(`: whether it is a parenthesised pattern: with a `,` in it, and a `=` or more targets after it. */
export function startsPattern(c: Cursor): boolean {
  const close = c.closerOf(c.position);
  const after = c.tokens[close + 1]?.kind;
  if (after !== "=" && !(after === "," && destructuresAt(c, close + 1))) return false;
  for (let at = c.position + 1; at < close; at++) {
    const { kind } = c.tokens[at]!;
    if (kind === ",") return true;
    if (kind === "(" || kind === "[" || kind === "{") at = c.closerOf(at);
  }
  return false;
}

/** A statement that starts with a parenthesised pattern. */
export function parsePatternStatement(c: Cursor, list: Stmt[]): void {
  list.push(destructure(c, null));
  moreDeclarations(c, list, false);
}

/** `a, b.f, (c, d) = e`; the first target may have been read as an expression. */
function destructure(c: Cursor, first: Expr | null): Stmt {
  const start = first?.span.start ?? c.token.start;
  const targets: Pattern["targets"][number][] = [];
  const list: Targets = { op: equalsAfter(c), told: false };
  const read = (): Pattern["targets"][number] | null => parseTarget(c, list);
  let readable = true;
  const take = (target: Pattern["targets"][number] | null): void => {
    if (target === null) readable = false;
    else targets.push(target);
  };
  take(first === null ? read() : asTarget(c, first, list.op, list));
  while (!c.failed && c.accept(",")) take(read());
  const only = targets.length === 1 ? targets[0]! : null;
  // Parentheses around all of it mean nothing.
  const pattern: Pattern = only !== null && "targets" in only ? only : { targets, span: c.spanFrom(start) };
  if (!c.failed && !c.accept("=")) {
    c.fail("E1001", c.here(), `\`,\` or \`=\` is expected here${c.atLineEnd() ? "" : `, found ${c.describe()}`}`);
  }
  const value = parseExpr(c, "`=`");
  if (c.at(",") && !c.failed && !c.ended && !declaresNext(c)) {
    c.unsupported(value.span, "a list of values is");
    while (!c.failed && c.accept(",") && !c.atLineEnd()) parseExpr(c, "`,`");
  }
  if (!readable || c.failed) return { kind: "error", span: c.spanFrom(start) };
  return { kind: "destructure", pattern, value, span: c.spanFrom(start) };
}

/** At a `,`: whether a declaration of its own follows. */
function declaresNext(c: Cursor): boolean {
  const next = c.peek(1).kind;
  const after = c.peek(2).kind;
  return next === "mut" || (next === "name" && (after === "=" || after === ":=" || after === ":"));
}

/** One target of a pattern: a name, an element, a field, or a pattern in parentheses. */
function parseTarget(c: Cursor, list: Targets): Pattern["targets"][number] | null {
  const token = c.token;
  if (keywords.has(token.kind) && !c.failed && (c.peek(1).kind === "," || c.peek(1).kind === "=")) {
    c.reportReserved(token);
    c.next();
    return null;
  }
  const after = token.kind === "(" ? c.tokens[c.closerOf(c.position) + 1]?.kind : null;
  if (after === "," || after === "=" || after === ")") return parsePattern(c, () => parseTarget(c, list));
  const expr = parseOperand(c, "`,`");
  return c.failed ? null : asTarget(c, expr, list.op, list);
}

/** `(a, b)`, at the `(`, with targets that `read` takes; null after a mistake. */
export function parsePattern<T>(
  c: Cursor,
  read: (c: Cursor) => T | null,
): { targets: T[]; span: Pattern["span"] } | null {
  const open = c.token;
  if (!c.enterExpression()) return null;
  c.next();
  const targets: T[] = [];
  let readable = true;
  while (!c.at(")") && !c.failed && !c.at("end")) {
    const target = read(c);
    if (target === null) readable = false;
    else targets.push(target);
    if (c.failed || c.accept(",") || c.at(")")) continue;
    c.failInside(`\`,\` or \`)\``);
  }
  c.expressions--;
  if (!c.failed) c.accept(")");
  return readable && !c.failed ? { targets, span: c.spanFrom(open.start) } : null;
}

/** After an expression at the start of a statement: what assigns to it; null if nothing does. */
export function parseAfterExpression(c: Cursor, expr: Expr, list: Stmt[]): Stmt | null {
  const op = c.token;
  if (c.failed || c.ended) return null;
  const { start } = expr.span;
  if (op.kind === "," && !c.single && destructuresAt(c, c.position)) {
    list.push(destructure(c, expr));
    moreDeclarations(c, list, false);
    return list.pop()!;
  }
  if (op.kind === "=") {
    const target = asTarget(c, expr, op);
    c.next();
    return assign(c, target, start, false);
  }
  if (isCompound(op.kind)) return compoundPlace(c, expr, start);
  if (op.kind !== ":=") return null;
  c.report("E1028", expr.span, "this cannot be the left side of `:=`", {
    labels: [{ span: c.spanOf(op), text: "declared here" }],
    help: ["`:=` declares a constant: its left side is a name"],
  });
  c.next();
  parseExpr(c, "`:=`");
  return { kind: "error", span: c.spanFrom(start) };
}

/** `a[i] op= e`, `x.f op= e`, at the operator. */
function compoundPlace(c: Cursor, expr: Expr, start: number): Stmt {
  const op = c.token;
  const target = asTarget(c, expr, op);
  c.next();
  const base = COMPOUND[op.kind];
  if (base === undefined) c.unsupported(c.span(start, op.end), `the operator \`${op.kind}\` is`);
  const value = parseExpr(c, `\`${op.kind}\``);
  const span = c.spanFrom(start);
  if (target === null || isName(target) || base === undefined) return { kind: "error", span };
  const { place } = target;
  return { kind: "compound", op: base, opSpan: c.spanOf(op), target: lastName(place), place, value, span };
}

/** The name that messages use for a place: `items` of `a.items[i]`. */
function lastName(place: Expr): Name {
  let e = place;
  while (e.kind === "index") e = e.object;
  if (e.kind === "member") return e.name;
  return { text: e.kind === "name" ? e.name : "", span: place.span };
}
