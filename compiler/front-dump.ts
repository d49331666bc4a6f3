/**
 * The forms that a program takes before bytecode, as text: tokens, tree, tree with types (`orus dis`). Works on
 * programs with errors as far as the phase in question is reached.
 */
import { check, dumpTypes } from "./analysis/index.js";
import { Sink } from "./diagnostics/diagnostic.js";
import type { SourceFile } from "./source/file.js";
import { dumpTokens, dumpTree, lex, parse } from "./syntax/index.js";

export type FrontForm = "tokens" | "ast" | "types";

/** Text of one form; null when the phase was not reached. Diagnostics are the business of `compile`. */
export function dumpFront(file: SourceFile, form: FrontForm): string | null {
  const sink = new Sink();
  if (form === "tokens") return dumpTokens(lex(file, sink), file);
  const module = parse(file, sink);
  if (form === "ast") return dumpTree(module, file);
  if (sink.hasErrors) return null;
  check([module], sink);
  return dumpTypes(module, (span, end) => {
    const { line, column } = file.position(end ? span.end : span.start);
    return `${line}:${column}`;
  });
}
