/**
 * Tokens and tree as text, for `orus dis --tokens` and `--ast` (tooling.md 10). Rows first, text from rows: `--json`
 * shows the same content. Works on files with errors; order and form are stable.
 *
 *     1:1-1:2 NAME x                 module main 1:1-2:1
 *     1:3-1:4 OP =                     bind 1:1-1:10
 *     1:5-1:6 INT 1                      target x 1:1-1:2
 *     1:7-1:8 OP +                       binary + 1:5-1:10
 */
import type { SourceFile } from "../source/file.js";
import type { Span } from "../source/span.js";
import { type Block, type Expr, type Module, type Name, type Stmt, type TypeNode, writtenType } from "./ast.js";
import { keywords, type Token } from "./tokens.js";

export interface TokenRow {
  readonly line: number;
  readonly column: number;
  readonly endColumn: number;
  readonly kind: string;
  readonly text: string;
}

export interface NodeRow {
  readonly depth: number;
  /** Kind of the node and what it carries: names, operators, literals. */
  readonly text: string;
  readonly span: Span;
}

/** One row per token. */
export function tokenRows(tokens: readonly Token[], file: SourceFile): TokenRow[] {
  return tokens.map((token) => {
    const from = file.position(token.start);
    // An error token may run to the end of its line, never further.
    const to = file.position(token.end);
    return {
      line: from.line,
      column: from.column,
      endColumn: to.column,
      kind: kindOf(token),
      text: file.text.slice(token.start, token.end),
    };
  });
}

/** `line:col-col KIND text`, one line per token. */
export const dumpTokens = (tokens: readonly Token[], file: SourceFile): string =>
  tokenRows(tokens, file)
    .map((r) => `${`${r.line}:${r.column}-${r.endColumn} ${r.kind} ${r.text}`.trimEnd()}\n`)
    .join("");

function kindOf(token: Token): string {
  switch (token.kind) {
    case "name":
    case "int":
    case "float":
    case "string":
    case "label":
    case "error":
    case "newline":
    case "indent":
    case "dedent":
    case "end":
      return token.kind.toUpperCase();
    default:
      return keywords.has(token.kind) ? "KEYWORD" : "OP";
  }
}

/** Deeper rows are not indented further: deep trees would be mostly blanks. */
const DEEPEST = 40;

/** One line per node, two blanks per depth. */
export function dumpTree(module: Module, file: SourceFile): string {
  const place = (offset: number): string => {
    const { line, column } = file.position(offset);
    return `${line}:${column}`;
  };
  return nodeRows(module)
    .map((r) => `${"  ".repeat(Math.min(r.depth, DEEPEST))}${r.text} ${place(r.span.start)}-${place(r.span.end)}\n`)
    .join("");
}

/** One row per node, parents first, parts in source order. */
export function nodeRows(module: Module): NodeRow[] {
  const rows: NodeRow[] = [];
  const row = (depth: number, text: string, span: Span): void => {
    rows.push({ depth, text, span });
  };
  row(0, `module ${module.name}`, module.body.span);
  for (const s of module.body.statements) statement(s, 1);
  return rows;

  function block(b: Block, depth: number): void {
    row(depth, "block", b.span);
    for (const s of b.statements) statement(s, depth + 1);
  }
  function type(t: TypeNode, depth: number): void {
    row(depth, `type ${writtenType(t) || "?"}`, t.span);
  }
  function name(word: string, n: Name, depth: number): void {
    row(depth, `${word} ${n.text}`, n.span);
  }

  function statement(s: Stmt, depth: number): void {
    const inner = depth + 1;
    switch (s.kind) {
      case "bind":
        row(depth, words("bind", s.pub && "pub", s.mut && "mut", s.constant && "constant"), s.span);
        for (const t of s.targets) name("target", t.name, inner);
        if (s.annotation !== null) type(s.annotation, inner);
        expression(s.value, inner);
        return;
      case "compound":
        row(depth, `compound ${s.op}=`, s.span);
        name("target", s.target, inner);
        expression(s.value, inner);
        return;
      case "expr":
        row(depth, "expr", s.span);
        expression(s.expr, inner);
        return;
      case "print":
        row(depth, "print", s.span);
        for (const a of s.args) expression(a, inner);
        return;
      case "if":
        row(depth, "if", s.span);
        for (const arm of s.arms) {
          row(inner, "arm", { ...arm.keyword, end: Math.max(arm.body.span.end, arm.cond.span.end) });
          expression(arm.cond, inner + 1);
          block(arm.body, inner + 1);
        }
        if (s.otherwise !== null) {
          row(inner, "else", s.otherwise.span);
          block(s.otherwise, inner + 1);
        }
        return;
      case "guarded":
        row(depth, "guarded", s.span);
        expression(s.expr, inner);
        expression(s.cond, inner);
        return;
      case "while":
        row(depth, words("while", s.label !== null && `'${s.label.text}`), s.span);
        expression(s.cond, inner);
        block(s.body, inner);
        return;
      case "for":
        row(depth, words("for", s.label !== null && `'${s.label.text}`, s.inclusive ? "..=" : ".."), s.span);
        name("variable", s.variable, inner);
        expression(s.start, inner);
        expression(s.end, inner);
        if (s.step !== null) expression(s.step, inner);
        block(s.body, inner);
        return;
      case "break":
      case "continue":
        row(depth, words(s.kind, s.label !== null && `'${s.label.text}`), s.span);
        return;
      case "return":
        row(depth, "return", s.span);
        if (s.value !== null) expression(s.value, inner);
        return;
      case "fn":
        row(depth, words("fn", s.pub && "pub", s.name.text), s.span);
        for (const p of s.params) {
          name("param", p.name, inner);
          if (p.annotation !== null) type(p.annotation, inner + 1);
        }
        if (s.result !== null) type(s.result, inner);
        block(s.body, inner);
        return;
      default:
        row(depth, s.kind, s.span);
    }
  }

  function expression(e: Expr, depth: number): void {
    const inner = depth + 1;
    switch (e.kind) {
      case "int":
        row(depth, `int ${e.value}${e.suffix ?? ""}`, e.span);
        return;
      case "float":
        row(depth, `float ${e.value}`, e.span);
        return;
      case "string":
        row(depth, `string ${JSON.stringify(e.text)}`, e.span);
        return;
      case "bool":
        row(depth, `bool ${e.value}`, e.span);
        return;
      case "name":
        row(depth, `name ${e.name}`, e.span);
        return;
      case "paren":
        row(depth, "paren", e.span);
        expression(e.inner, inner);
        return;
      case "unary":
        row(depth, `unary ${e.op}`, e.span);
        expression(e.operand, inner);
        return;
      case "binary":
      case "logic":
        row(depth, `${e.kind} ${e.op}`, e.span);
        expression(e.left, inner);
        expression(e.right, inner);
        return;
      case "cast":
        row(depth, "cast", e.span);
        expression(e.operand, inner);
        type(e.target, inner);
        return;
      case "cond":
        row(depth, "cond", e.span);
        expression(e.then, inner);
        expression(e.cond, inner);
        expression(e.otherwise, inner);
        return;
      case "call":
        row(depth, "call", e.span);
        expression(e.callee, inner);
        for (const a of e.args) expression(a, inner);
        return;
      case "error":
        row(depth, "error", e.span);
    }
  }
}

/** The words that apply. */
const words = (...parts: readonly (string | false)[]): string => parts.filter((p) => p !== false).join(" ");
