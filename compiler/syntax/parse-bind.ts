/**
 * Everything that gives a name a value (core 7): `x = e`, `mut x = e`, `x: T = e`, `X := e`, `a = b = e`, `x op= e`, and
 * several of them separated by `,` on one line.
 */
import type { Code } from "../diagnostics/table.js";
import type { BindTarget, CompoundStmt, Expr, Stmt, TypeNode } from "./ast.js";
import { parseExpr } from "./parse-expr.js";
import { parseType } from "./parse-type.js";
import type { Cursor } from "./recover.js";
import { type Kind, keywords, type Token } from "./tokens.js";

const COMPOUND: Partial<Record<Kind, CompoundStmt["op"]>> = { "+=": "+", "-=": "-", "*=": "*", "/=": "/", "%=": "%" };
/** Compound forms of the extensions. */
const COMPOUND_OUTSIDE: ReadonlySet<Kind> = new Set<Kind>(["&=", "|=", "^=", "<<=", ">>=", "**="]);

const isCompound = (kind: Kind): boolean => kind in COMPOUND || COMPOUND_OUTSIDE.has(kind);

/** At a name: whether a declaration or assignment starts here. */
export function startsDeclaration(c: Cursor): boolean {
  if (!c.at("name")) return false;
  const next = c.peek(1).kind;
  return next === "=" || next === ":=" || next === ":" || isCompound(next) || (next === "," && isDestructuring(c));
}

/** `a, b = …`: names and commas up to a `=`. */
function isDestructuring(c: Cursor): boolean {
  let ahead = 1;
  while (c.peek(ahead).kind === "," && c.peek(ahead + 1).kind === "name") ahead += 2;
  return ahead > 1 && c.peek(ahead).kind === "=";
}

/** One or more declarations, at `mut` or the name. */
export function parseDeclaration(c: Cursor, list: Stmt[], pub: boolean): void {
  for (;;) {
    list.push(parseOne(c, pub));
    if (c.failed || !c.at(",")) return;
    c.next();
    if (c.at("mut") || (c.at("name") && startsDeclaration(c))) continue;
    if (c.atLineEnd()) c.fail("E1026", c.here(), "a declaration is expected after `,`");
    else c.fail("E1001", c.here(), `a declaration \`name = value\` is expected after \`,\`, found ${c.describe()}`);
    return;
  }
}

function parseOne(c: Cursor, pub: boolean): Stmt {
  const start = c.token.start;
  const mut = c.accept("mut");
  const token = c.token;
  if (token.kind === "(") return outside(c, start, token, "destructuring is");
  if (token.kind !== "name") {
    if (keywords.has(token.kind) && !c.atLineEnd()) {
      c.reportReserved(token);
      c.next();
      c.skipTo("=", ":=");
      c.next();
      if (!c.atLineEnd()) parseExpr(c, "`=`");
    } else
      c.fail("E1001", c.here(), `a name is expected after \`mut\`${c.atLineEnd() ? "" : `, found ${c.describe()}`}`);
    return { kind: "error", span: c.spanFrom(start) };
  }
  if (c.peek(1).kind === "," && isDestructuring(c)) return outside(c, start, token, "destructuring is");
  if (c.peek(1).kind === "[" && mut !== null) return outside(c, start, token, "an array of a given size is");
  c.next();

  if (isCompound(c.kind)) return compound(c, start, mut, token);
  let annotation: TypeNode | null = null;
  if (c.accept(":")) annotation = parseType(c, "`:`");
  const targets: BindTarget[] = [{ name: c.name(token) }];
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

  // `a = b = e`: plain targets only.
  while (op.kind === "=" && annotation === null && c.at("name") && c.peek(1).kind === "=" && !c.failed) {
    if (mut !== null) {
      c.fail("E1001", c.spanOf(c.peek(1)), "`mut` declares one name at a time", {
        help: ["declare the names one by one"],
      });
      break;
    }
    targets.push({ name: c.name(c.next()) });
    c.next();
  }
  const value = parseExpr(c, `\`${op.kind}\``);
  // With an unreadable value the names are declared all the same.
  return { kind: "bind", pub, mut: mut !== null, constant, annotation, targets, value, span: c.spanFrom(start) };
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

/** A form that is not supported yet: skipped to the end of the line. */
function outside(c: Cursor, start: number, token: Token, what: string): Stmt {
  c.unsupported(c.spanOf(token), what);
  c.failed = true;
  return { kind: "error", span: c.spanFrom(start) };
}

/** Whether a `=` follows on this line, outside of brackets. */
function assignsLater(c: Cursor): boolean {
  for (let ahead = 1, depth = 0; ; ahead++) {
    const { kind } = c.peek(ahead);
    if (kind === "(" || kind === "[" || kind === "{") depth++;
    else if (kind === ")" || kind === "]" || kind === "}") depth--;
    else if (kind === "newline" || kind === "end" || kind === ";" || depth < 0) return false;
    else if (kind === "=" && depth === 0) return true;
  }
}

/** After an expression: whether it was meant as a target of an assignment; then the mistake is reported. */
export function parseAfterExpression(c: Cursor, expr: Expr): boolean {
  const op = c.token;
  if (op.kind === "," && !c.failed && assignsLater(c)) {
    c.unsupported(expr.span, "destructuring is");
    c.failed = true;
    return true;
  }
  if (c.failed || !(op.kind === "=" || op.kind === ":=" || isCompound(op.kind))) return false;
  // Index and member are targets of the language; they were named as not supported when they were read.
  if (expr.kind === "index") c.unsupported(expr.span, "assigning to an element is");
  else if (expr.kind !== "error") {
    const code: Code = "E1028";
    c.report(code, expr.span, `this cannot be the left side of \`${op.kind}\``, {
      labels: [{ span: c.spanOf(op), text: "assigned here" }],
      help:
        op.kind === "="
          ? ["the left side is a variable, a field or an element; a comparison is written `==`"]
          : ["the left side is a variable, a field or an element"],
    });
  }
  c.next();
  parseExpr(c, `\`${op.kind}\``);
  return true;
}
