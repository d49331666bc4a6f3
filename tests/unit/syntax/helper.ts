/** Source text to tokens, trees and mistakes in words, for the tests of this folder. */
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { sortDiagnostics } from "../../../compiler/diagnostics/render.js";
import { SourceFile } from "../../../compiler/source/file.js";
import { type Block, type Expr, type Module, type Stmt, writtenType } from "../../../compiler/syntax/ast.js";
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
    default:
      return "error";
  }
}

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
