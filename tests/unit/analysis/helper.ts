/** Source text to what analysis says about it, for the tests of this folder. */

import type { Checked } from "../../../compiler/analysis/checked.js";
import { childrenOf } from "../../../compiler/analysis/children.js";
import type { VarSymbol } from "../../../compiler/analysis/symbols.js";
import { type Diagnostic, Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { checkProgram, type Library, show } from "../../../compiler/infer/index.js";
import { SourceFile } from "../../../compiler/source/file.js";
import type { Expr, Module } from "../../../compiler/syntax/ast.js";
import { parse } from "../../../compiler/syntax/index.js";

export interface Analysed {
  readonly diagnostics: Diagnostic[];
  readonly checked: Checked | null;
  readonly at: (offset: number) => string;
}

/** Parses a module; `at` gives "LINE:COLUMN" of an offset. */
export function parseText(
  source: string | Uint8Array,
  sink: Sink,
): { readonly module: Module; readonly at: (offset: number) => string } {
  const file =
    typeof source === "string" ? new SourceFile(0, "main.orus", source) : SourceFile.fromBytes(0, "main.orus", source);
  const at = (offset: number): string => {
    const { line, column } = file.position(offset);
    return `${line}:${column}`;
  };
  return { module: parse(file, sink), at };
}

const alone: Library = { find: () => ({ missing: ["."] }) };

/** Parses and checks one module. Analysis does not run where the parser found errors. */
export function analyse(source: string | Uint8Array): Analysed {
  const sink = new Sink();
  const { at } = parseText(source, new Sink());
  const file =
    typeof source === "string" ? new SourceFile(0, "main.orus", source) : SourceFile.fromBytes(0, "main.orus", source);
  const checked = checkProgram(file, alone, sink);
  return { diagnostics: [...sink.list].sort((a, b) => a.span.start - b.span.start), checked, at };
}

export const diagnose = (source: string): Diagnostic[] => analyse(source).diagnostics;

/** "LINE:COLUMN CODE" of every diagnostic. */
export function errors(source: string): string[] {
  const { diagnostics, at } = analyse(source);
  return diagnostics.map((d) => `${at(d.span.start)} ${d.code}`);
}

/** The last variable of module level with this name. */
export function variable(source: string, name: string): VarSymbol {
  const found = analyse(source)
    .checked!.modules[0]!.variables.filter((v) => v.name === name)
    .at(-1);
  if (!found) throw new Error(`no variable ${name}`);
  return found;
}
export const typeOf = (source: string, name: string): string => show(variable(source, name).type);

export const resultOf = (source: string, name: string): string =>
  show(analyse(source).checked!.functions.find((fn) => fn.name === name)!.result);

export const implicitCount = (source: string): number => analyse(source).checked!.implicitResults.size;

/** Every node of the value of the last declaration in source order, as "WORD TYPE". */
export function nodeTypes(source: string): string[] {
  const statement = analyse(source).checked!.modules[0]!.module.body.statements.at(-1)!;
  if (statement.kind !== "bind") throw new Error("the last statement declares nothing");
  const out: string[] = [];
  const stack: Expr[] = [statement.value];
  for (let e = stack.pop(); e; e = stack.pop()) {
    out.push(`${word(e)} ${e.type ? show(e.type) : "?"}`);
    childrenOf(e, stack);
  }
  return out;
}

function word(e: Expr): string {
  switch (e.kind) {
    case "int":
    case "float":
      return String(e.value);
    case "name":
      return e.name;
    case "paren":
      return "(";
    case "unary":
    case "binary":
      return e.op;
    default:
      return e.kind;
  }
}
