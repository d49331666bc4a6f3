/**
 * The forms that a program takes before bytecode, as text: tokens, tree, tree with types (`orus dis`). Works on
 * programs with errors as far as the phase in question is reached.
 */
import { dumpTypes } from "./analysis/dump.js";
import { Sink } from "./diagnostics/diagnostic.js";
import type { Host } from "./index.js";
import { checkProgram } from "./infer/index.js";
import { HostLibrary } from "./library.js";
import type { SourceFile } from "./source/file.js";
import { dumpTokens, dumpTree, lex, parse } from "./syntax/index.js";

export type FrontForm = "tokens" | "ast" | "types";

/** Text of one form; null when the phase was not reached. Diagnostics are the business of `compile`. */
export function dumpFront(file: SourceFile, form: FrontForm, host: Host): string | null {
  const sink = new Sink();
  if (form === "tokens") return dumpTokens(lex(file, sink), file);
  if (form === "ast") return dumpTree(parse(file, sink), file);
  const program = checkProgram(file, new HostLibrary(host), sink);
  const module = program?.modules.at(-1)?.module;
  if (!module) return null;
  return dumpTypes(module, (span, end) => {
    const { line, column } = file.position(end ? span.end : span.start);
    return `${line}:${column}`;
  });
}
