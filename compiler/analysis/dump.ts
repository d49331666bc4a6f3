/**
 * The checked tree as text, for `orus dis --types`: one line per node with its type, its mutability, and the
 * declaration that a name refers to. Works on trees with errors: what was not found out is shown as `?`.
 *
 *     bind 2:1-2:12
 *       target total declares mut i32
 *       binary + 2:7-2:12 i32
 *         name a 2:7-2:8 i32 -> 1:1
 *         int 1 2:11-2:12 i32
 */
import type { Span } from "../source/span.js";
import {
  type BindTarget,
  type Block,
  type Expr,
  type MatchArm,
  type Module,
  type Param,
  type Pattern,
  type Stmt,
  type Place as Target,
  writtenType,
} from "../syntax/ast.js";
import { childrenOf } from "./children.js";
import type { VarSymbol } from "./symbols.js";
import { type Type, typeName } from "./types.js";

/** "2:7": line and column of the start of a span, or of its end. */
export type Place = (span: Span, end?: boolean) => string;

/** Deeper nodes are not indented further: a chain of thousands of operators would be mostly blanks. */
const DEEPEST = 40;

export function dumpTypes(module: Module, place: Place): string {
  const lines: string[] = [`module ${module.name}`];
  const line = (depth: number, text: string): void => {
    lines.push("  ".repeat(Math.min(depth, DEEPEST)) + text);
  };
  const at = (span: Span): string => `${place(span)}-${place(span, true)}`;

  const expr = (top: Expr, topDepth: number): void => {
    const stack: { e: Expr; depth: number }[] = [{ e: top, depth: topDepth }];
    for (let item = stack.pop(); item; item = stack.pop()) {
      const { e, depth } = item;
      line(
        depth,
        `${words(e)} ${at(e.span)} ${e.kind === "name" && e.symbol?.kind === "fn" ? "fn" : typeText(e.type)}${refers(e, place)}`,
      );
      // What is made of statements stands before the operands that are still to come.
      if (e.kind === "fn") params(e.params, depth + 1);
      if (e.kind === "fn" || e.kind === "block") block(e.body, depth + 1);
      if (e.kind === "match") {
        expr(e.subject, depth + 1);
        arms(e.arms, depth + 1);
        continue;
      }
      const children: Expr[] = [];
      childrenOf(e, children);
      for (const child of children) stack.push({ e: child, depth: depth + 1 });
    }
  };
  const params = (list: readonly Param[], depth: number): void => {
    for (const p of list) line(depth, `param ${p.name.text}${variable(p.symbol)}`);
  };
  const arms = (list: readonly MatchArm[], depth: number): void => {
    for (const arm of list) {
      line(depth, `arm ${at(arm.pattern.span)}`);
      for (const v of arm.bindings ?? []) if (v) line(depth + 1, `binds ${v.name}${variable(v)}`);
      expr(arm.pattern, depth + 1);
      block(arm.body, depth + 1);
    }
  };
  const target = (t: BindTarget | Target | Pattern, depth: number): void => {
    if ("name" in t) {
      const assigns = t.declares === false;
      line(
        depth,
        `target ${t.name.text} ${assigns ? "assigns" : "declares"}${variable(t.symbol)}${assigns ? declared(t.symbol, place) : ""}`,
      );
    } else if ("place" in t) {
      line(depth, "target");
      expr(t.place, depth + 1);
    } else {
      line(depth, `pattern ${at(t.span)}`);
      for (const part of t.targets) target(part, depth + 1);
    }
  };
  const block = (b: Block, depth: number): void => {
    for (const s of b.statements) statement(s, depth);
  };
  const statement = (s: Stmt, depth: number): void => {
    const head = (text: string): void => line(depth, `${text} ${at(s.span)}`);
    const inner = (...parts: (Expr | null)[]): void => {
      for (const part of parts) if (part) expr(part, depth + 1);
    };
    switch (s.kind) {
      case "bind":
        head(`bind${s.pub ? " pub" : ""}`);
        for (const t of s.targets) target(t, depth + 1);
        inner(s.value);
        return;
      case "store":
        head("store");
        for (const t of s.targets) target(t, depth + 1);
        inner(s.value);
        return;
      case "destructure":
        head("destructure");
        target(s.pattern, depth + 1);
        inner(s.value);
        return;
      case "compound":
        head(`compound ${s.op}=`);
        if (s.place !== null) target({ place: s.place }, depth + 1);
        else line(depth + 1, `target ${s.target.text} assigns${variable(s.symbol)}${declared(s.symbol, place)}`);
        inner(s.value);
        return;
      case "expr":
        head("expr");
        inner(s.expr);
        return;
      case "print":
        head("print");
        inner(...s.args);
        return;
      case "if":
        head("if");
        s.arms.forEach((arm, i) => {
          if (i > 0) line(depth, `elif ${at(arm.keyword)}`);
          inner(arm.cond);
          block(arm.body, depth + 1);
        });
        if (s.otherwise) {
          line(depth, "else");
          block(s.otherwise, depth + 1);
        }
        return;
      case "guarded":
        head("guarded");
        inner(s.cond, s.expr);
        return;
      case "while":
        head("while");
        inner(s.cond);
        block(s.body, depth + 1);
        return;
      case "for":
        head(`for ${s.variable.text}${variable(s.symbol)}${s.inclusive ? " inclusive" : ""}`);
        inner(s.start, s.end, s.step);
        block(s.body, depth + 1);
        return;
      case "foreach":
        head("foreach");
        target(s.target, depth + 1);
        inner(s.iterable);
        block(s.body, depth + 1);
        return;
      case "match":
        head("match");
        inner(s.subject);
        arms(s.arms, depth + 1);
        return;
      case "try":
        head("try");
        block(s.body, depth + 1);
        line(depth, s.name === null ? "catch" : `catch ${s.name.text}${variable(s.symbol)}`);
        block(s.handler, depth + 1);
        return;
      case "break":
      case "continue":
        head(`${s.kind}${s.target ? ` -> ${place(s.target.span)}` : ""}`);
        return;
      case "return":
        head("return");
        inner(s.value);
        return;
      case "fn":
        head(`fn ${s.name.text} -> ${s.symbol ? typeText(s.symbol.result) : "?"}`);
        params(s.params, depth + 1);
        block(s.body, depth + 1);
        return;
      case "struct":
        head(`struct ${s.name.text}`);
        for (const field of s.fields) {
          line(depth + 1, `field ${field.name.text} ${writtenType(field.type)}`);
          if (field.value !== null) expr(field.value, depth + 2);
        }
        return;
      case "enum":
        head(`enum ${s.name.text}`);
        for (const v of s.variants)
          line(depth + 1, `variant ${v.name.text}(${v.payload.map((p) => writtenType(p.type)).join(", ")})`);
        return;
      case "impl":
        head(`impl ${writtenType(s.target)}`);
        for (const method of s.methods) statement(method, depth + 1);
        return;
      case "use":
        head(`use ${s.path.map((n) => n.text).join(".")}`);
        return;
      case "pass":
      case "error":
        head(s.kind);
        return;
      default:
        s satisfies never;
    }
  };
  block(module.body, 1);
  return `${lines.join("\n")}\n`;
}

const typeText = (type: Type | undefined): string => (type && type.kind !== "error" ? typeName(type) : "?");

/** What a declaration made of a name: " mut i32", " constant i32, used in functions". */
function variable(v: VarSymbol | undefined): string {
  if (!v) return " ?";
  const role = v.role === "constant" ? " constant" : v.mutable ? " mut" : "";
  return `${role} ${typeText(v.type)}${v.usedInFunctions ? " used-in-functions" : ""}${v.mayBeReadEarly ? " may-be-read-early" : ""}${v.mayLackValue ? " may-lack-value" : ""}`;
}
const declared = (v: VarSymbol | undefined, place: Place): string => (v ? ` -> ${place(v.decl)}` : "");

function refers(e: Expr, place: Place): string {
  if (e.kind !== "name" || !e.symbol) return "";
  return e.symbol.kind === "builtin" ? " -> builtin" : ` -> ${place(e.symbol.decl)}${e.unset ? " checked" : ""}`;
}

function words(e: Expr): string {
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
    case "cast":
      return `cast ${writtenType(e.target)}`;
    case "member":
      return `member ${e.name.text}`;
    case "struct":
      return `struct ${e.path.map((n) => n.text).join(".")}`;
    case "block":
      return "value";
    default:
      return e.kind;
  }
}
