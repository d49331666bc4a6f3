/** Source text to tokens, trees and mistakes in words, for the tests of this folder. */
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { sortDiagnostics } from "../../../compiler/diagnostics/render.js";
import { SourceFile } from "../../../compiler/source/file.js";
import {
  type BindTarget,
  type Block,
  type Expr,
  type MatchArm,
  type Module,
  type Param,
  type Pattern,
  type Place,
  type Stmt,
  type TypeNode,
  writtenType,
} from "../../../compiler/syntax/ast.js";
import { lex, parse } from "../../../compiler/syntax/index.js";

export interface Parsed {
  readonly module: Module;
  readonly file: SourceFile;
  /** "LINE:COLUMN CODE", sorted by position. */
  readonly errors: readonly string[];
  readonly labels: readonly string[];
}

/** Reads a file; whatever it holds, this must not throw. */
export function read(source: string | Uint8Array): Parsed {
  const file =
    typeof source === "string" ? new SourceFile(0, "main.orus", source) : SourceFile.fromBytes(0, "main.orus", source);
  const sink = new Sink();
  const module = parse(file, sink);
  const list = sortDiagnostics(sink.list);
  const errors = list.map((d) => {
    const { line, column } = file.position(d.span.start);
    return `${line}:${column} ${d.code}`;
  });
  return { module, file, errors, labels: list.map((d) => d.label) };
}

export const errors = (source: string): readonly string[] => read(source).errors;

/** Kinds of the tokens in one line. */
export function kinds(source: string): string {
  return lex(new SourceFile(0, "main.orus", source), new Sink())
    .map((t) => t.kind)
    .join(" ");
}

/** The value of `x = SOURCE` in the form `(+ 1 2)`. */
export function expression(source: string): string {
  const { module, errors: found } = read(`x = ${source}\n`);
  if (found.length > 0) throw new Error(`${source}: ${found.join(", ")}`);
  const bind = module.body.statements[0];
  return bind?.kind === "bind" ? show(bind.value) : "?";
}

function show(e: Expr): string {
  switch (e.kind) {
    case "int":
      return `${e.value}${e.suffix ?? ""}`;
    case "float":
      return `${e.value}f`;
    case "string":
      return JSON.stringify(e.text);
    case "bool":
      return String(e.value);
    case "name":
      return e.name;
    case "paren":
      return show(e.inner);
    case "unary":
      return `(${e.op} ${show(e.operand)})`;
    case "binary":
    case "logic":
      return `(${e.op} ${show(e.left)} ${show(e.right)})`;
    case "cast":
      return `(as ${show(e.operand)} ${writtenType(e.target)})`;
    case "cond":
      return `(if ${show(e.cond)} ${show(e.then)} ${show(e.otherwise)})`;
    case "call":
      return `${show(e.callee)}(${e.args.map(show).join(" ")})`;
    case "array":
      return `[${e.items.map(show).join(" ")}]${e.mayFill ? "fill" : ""}`;
    case "index":
      return `${show(e.object)}[${show(e.index)}]`;
    case "slice":
      return `${show(e.object)}[${[e.start, e.end, e.step].map((p) => (p === null ? "" : show(p))).join("..")}]`;
    case "member":
      return `${show(e.object)}.${e.name.text}`;
    case "struct":
      return `${e.path.map((n) => n.text).join(".")}{${e.fields.map((f) => `${f.name.text}:${show(f.value)}`).join(" ")}}`;
    case "fn":
      return `fn${signature(e.params, e.result)}${e.inline ? "" : ":"}{${whole(e.body)}}`;
    case "match":
      return `match ${show(e.subject)} ${arms(e.arms)}`;
    case "block":
      return `{${whole(e.body)}}`;
    default:
      return "error";
  }
}

function signature(params: readonly Param[], result: TypeNode | null): string {
  const list = params.map((p) => p.name.text + (p.annotation === null ? "" : `:${writtenType(p.annotation)}`));
  return `(${list.join(" ")})${result === null ? "" : `->${writtenType(result)}`}`;
}

const arms = (list: readonly MatchArm[]): string =>
  `{${list.map((arm) => `${show(arm.pattern)} -> ${whole(arm.body)}`).join(", ")}}`;

function target(t: BindTarget | Place | Pattern): string {
  if ("name" in t) return t.name.text;
  return "place" in t ? show(t.place) : `(${t.targets.map(target).join(" ")})`;
}

/** Every statement of the source with all its parts: `(a b) = f(1); a[0], x = 2`. */
export function tree(source: string): string {
  const { module, errors: found } = read(source);
  if (found.length > 0) throw new Error(`${source}: ${found.join(", ")}`);
  return whole(module.body);
}

const whole = (b: Block): string => b.statements.map(full).join("; ");

function full(s: Stmt): string {
  switch (s.kind) {
    case "bind": {
      const head = `${s.pub ? "pub " : ""}${s.mut ? "mut " : ""}${s.targets.map(target).join(", ")}`;
      return `${head}${s.annotation ? `: ${writtenType(s.annotation)}` : ""} ${s.constant ? ":=" : "="} ${show(s.value)}`;
    }
    case "store":
      return `store ${s.targets.map(target).join(", ")} = ${show(s.value)}`;
    case "destructure":
      return `${target(s.pattern)} = ${show(s.value)}`;
    case "compound":
      return `${s.place === null ? s.target.text : show(s.place)} ${s.op}= ${show(s.value)}`;
    case "expr":
      return show(s.expr);
    case "print":
      return `print(${s.args.map(show).join(" ")})`;
    case "guarded":
      return `${show(s.expr)} if ${show(s.cond)}`;
    case "return":
      return s.value === null ? "return" : `return ${show(s.value)}`;
    case "foreach":
      return `for ${target(s.target)} in ${show(s.iterable)} {${whole(s.body)}}`;
    case "match":
      return `match! ${show(s.subject)} ${arms(s.arms)}`;
    case "try":
      return `try {${whole(s.body)}} catch ${s.name?.text ?? "-"} {${whole(s.handler)}}`;
    case "struct":
      return `${s.pub ? "pub " : ""}struct ${s.name.text} {${s.fields.map((f) => `${f.name.text}:${writtenType(f.type)}${f.value ? `=${show(f.value)}` : ""}`).join(" ")}}`;
    case "enum": {
      const variants = s.variants.map((v) => {
        const payload = v.payload.map((p) => (p.name ? `${p.name.text}:` : "") + writtenType(p.type));
        return `${v.name.text}(${payload.join(" ")})`;
      });
      return `${s.pub ? "pub " : ""}enum ${s.name.text}[${s.params.map((p) => p.text).join(" ")}] {${variants.join(" ")}}`;
    }
    case "impl":
      return `${s.pub ? "pub " : ""}impl ${writtenType(s.target)} {${s.methods.map(full).join("; ")}}`;
    case "use": {
      const list = s.names === null || s.names === "all" ? s.names : s.names.map((n) => n.name.text + as(n.alias));
      return `use ${s.path.map((n) => n.text).join("/")}${as(s.alias)}${list === null ? "" : `: ${list === "all" ? "*" : list.join(" ")}`}`;
    }
    case "fn":
      return `${s.pub ? "pub " : ""}fn ${s.name.text}${signature(s.params, s.result)} {${whole(s.body)}}`;
    case "if":
      return `${s.arms.map((a, i) => `${i === 0 ? "if" : " elif"} ${show(a.cond)} {${whole(a.body)}}`).join("")}${s.otherwise === null ? "" : ` else {${whole(s.otherwise)}}`}`;
    case "for":
      return `for ${s.variable.text} {${whole(s.body)}}`;
    case "while":
      return `while ${show(s.cond)} {${whole(s.body)}}`;
    default:
      return s.kind;
  }
}

const as = (alias: { readonly text: string } | null): string => (alias === null ? "" : ` as ${alias.text}`);

/** Statements as kinds, blocks in braces: `if{pass}else{expr bind}`. */
export const shape = (source: string): string => block(read(source).module.body);

const block = (b: Block): string => b.statements.map(statement).join(" ");

function statement(s: Stmt): string {
  switch (s.kind) {
    case "if":
      return `${s.arms.map((a, i) => `${i === 0 ? "if" : "elif"}{${block(a.body)}}`).join("")}${s.otherwise === null ? "" : `else{${block(s.otherwise)}}`}`;
    case "while":
    case "for":
    case "fn":
      return `${s.kind}{${block(s.body)}}`;
    default:
      return s.kind;
  }
}
