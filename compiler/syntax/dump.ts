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
import {
  type BindTarget,
  type Block,
  type Expr,
  type MatchArm,
  type Module,
  type Name,
  type Param,
  type Pattern,
  type Place,
  type Stmt,
  type TypeNode,
  writtenType,
} from "./ast.js";
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

const typeRow = (t: TypeNode, depth: number): NodeRow => ({
  depth,
  text: `type ${writtenType(t) || "?"}`,
  span: t.span,
});

/** Parameters and result. */
function signature(params: readonly Param[], result: TypeNode | null, depth: number): NodeRow[] {
  const list: NodeRow[] = [];
  for (const p of params) {
    list.push({ depth, text: `param ${p.name.text}`, span: p.name.span });
    if (p.annotation !== null) list.push(typeRow(p.annotation, depth + 1));
  }
  if (result !== null) list.push(typeRow(result, depth));
  return list;
}
/** A row that is still to be written, or a node whose rows are. */
type Pending = Expr | Block | NodeRow;

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
    rows.push(typeRow(t, depth));
  }
  function name(word: string, n: Name, depth: number): void {
    row(depth, `${word} ${n.text}`, n.span);
  }
  function target(t: BindTarget | Place | Pattern, depth: number): void {
    if ("name" in t) name("target", t.name, depth);
    else if ("place" in t) {
      row(depth, "target", t.place.span);
      expression(t.place, depth + 1);
    } else {
      row(depth, "pattern", t.span);
      for (const part of t.targets) target(part, depth + 1);
    }
  }
  function arms(list: readonly MatchArm[], depth: number): void {
    for (const arm of list) {
      row(depth, "arm", { ...arm.pattern.span, end: Math.max(arm.arrow.end, arm.body.span.end) });
      expression(arm.pattern, depth + 1);
      block(arm.body, depth + 1);
    }
  }

  function statement(s: Stmt, depth: number): void {
    const inner = depth + 1;
    switch (s.kind) {
      case "bind":
        row(depth, words("bind", s.pub && "pub", s.mut && "mut", s.constant && "constant"), s.span);
        for (const t of s.targets) target(t, inner);
        if (s.annotation !== null) type(s.annotation, inner);
        expression(s.value, inner);
        return;
      case "store":
        row(depth, "store", s.span);
        for (const t of s.targets) target(t, inner);
        expression(s.value, inner);
        return;
      case "destructure":
        row(depth, "destructure", s.span);
        target(s.pattern, inner);
        expression(s.value, inner);
        return;
      case "compound":
        row(depth, `compound ${s.op}=`, s.span);
        target(s.place === null ? { name: s.target } : { place: s.place }, inner);
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
      case "foreach":
        row(depth, words("foreach", s.label !== null && `'${s.label.text}`), s.span);
        target(s.target, inner);
        expression(s.iterable, inner);
        block(s.body, inner);
        return;
      case "match":
        row(depth, "match", s.span);
        expression(s.subject, inner);
        arms(s.arms, inner);
        return;
      case "try":
        row(depth, "try", s.span);
        block(s.body, inner);
        row(inner, words("catch", s.name?.text ?? false), {
          ...s.catchKeyword,
          end: Math.max(s.catchKeyword.end, s.handler.span.end),
        });
        block(s.handler, inner + 1);
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
        rows.push(...signature(s.params, s.result, inner));
        block(s.body, inner);
        return;
      case "struct":
        row(depth, words("struct", s.pub && "pub", s.name.text), s.span);
        for (const field of s.fields) {
          name("field", field.name, inner);
          type(field.type, inner + 1);
          if (field.value !== null) expression(field.value, inner + 1);
        }
        return;
      case "enum":
        row(depth, words("enum", s.pub && "pub", s.name.text), s.span);
        for (const p of s.params) name("parameter", p, inner);
        for (const variant of s.variants) {
          name("variant", variant.name, inner);
          for (const part of variant.payload) {
            if (part.name !== null) name("entry", part.name, inner + 1);
            type(part.type, inner + 1);
          }
        }
        return;
      case "impl":
        row(depth, words("impl", s.pub && "pub", writtenType(s.target)), s.span);
        for (const method of s.methods) statement(method, inner);
        return;
      case "use":
        row(depth, words("use", s.path.map((n) => n.text).join("."), s.names === "all" && "*"), s.span);
        if (s.alias !== null) name("as", s.alias, inner);
        if (s.names !== null && s.names !== "all") {
          for (const n of s.names) {
            name("name", n.name, inner);
            if (n.alias !== null) name("as", n.alias, inner + 1);
          }
        }
        return;
      case "pass":
      case "error":
        row(depth, s.kind, s.span);
        return;
      default:
        s satisfies never;
    }
  }

  /** Keeps a stack of its own: chains of operators may be long. */
  function expression(top: Expr, topDepth: number): void {
    const stack: { readonly node: Pending; readonly depth: number }[] = [{ node: top, depth: topDepth }];
    for (let next = stack.pop(); next; next = stack.pop()) {
      const { node, depth } = next;
      if ("statements" in node) block(node, depth);
      else if (!("kind" in node)) rows.push(node);
      else {
        row(depth, describeExpr(node), node.span);
        if (node.kind === "match") {
          expression(node.subject, depth + 1);
          arms(node.arms, depth + 1);
          continue;
        }
        const parts = partsOf(node, depth + 1);
        for (let i = parts.length - 1; i >= 0; i--) stack.push({ node: parts[i]!, depth: depth + 1 });
      }
    }
  }

  /** Everything below an expression, in source order. */
  function partsOf(e: Expr, depth: number): readonly Pending[] {
    switch (e.kind) {
      case "paren":
        return [e.inner];
      case "unary":
        return [e.operand];
      case "binary":
      case "logic":
        return [e.left, e.right];
      case "cast":
        return [e.operand, typeRow(e.target, depth)];
      case "cond":
        return [e.then, e.cond, e.otherwise];
      case "call":
        return [e.callee, ...e.args];
      case "array":
        return e.items;
      case "index":
        return [e.object, e.index];
      case "slice": {
        const part = (text: string, value: Expr | null): Pending[] =>
          value === null ? [] : [{ depth, text, span: value.span }, value];
        return [e.object, ...part("start", e.start), ...part("end", e.end), ...part("step", e.step)];
      }
      case "member":
        return [e.object];
      case "struct":
        return e.fields.flatMap((f) => [{ depth, text: `field ${f.name.text}`, span: f.name.span }, f.value]);
      case "fn":
        return [...signature(e.params, e.result, depth), e.body];
      case "block":
        return [e.body];
      default:
        return [];
    }
  }
}

/** Kind of an expression and what it carries. */
function describeExpr(e: Expr): string {
  switch (e.kind) {
    case "int":
      return `int ${e.value}${e.suffix ?? ""}`;
    case "float":
      return `float ${e.value}`;
    case "string":
      return `string ${JSON.stringify(e.text)}`;
    case "bool":
      return `bool ${e.value}`;
    case "name":
      return `name ${e.name}`;
    case "unary":
    case "binary":
    case "logic":
      return `${e.kind} ${e.op}`;
    case "member":
      return `member ${e.name.text}`;
    case "struct":
      return `struct ${e.path.map((n) => n.text).join(".")}`;
    case "array":
      return words("array", e.mayFill && "may-fill");
    case "fn":
      return words("fn", e.inline && "inline");
    case "block":
      return "value";
    default:
      return e.kind;
  }
}

/** The words that apply. */
const words = (...parts: readonly (string | false)[]): string => parts.filter((p) => p !== false).join(" ");
