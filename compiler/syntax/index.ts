/** Door of the folder: text to tokens and tree, and their dumps. */
import type { Sink } from "../diagnostics/diagnostic.js";
import type { SourceFile } from "../source/file.js";
import type { Module } from "./ast.js";
import { lex } from "./lexer.js";
import { parseStatements } from "./parse-block.js";
import { Cursor } from "./recover.js";

export { dumpTokens, dumpTree, nodeRows, tokenRows } from "./dump.js";
export { lex } from "./lexer.js";

/**
 * Reads a file. Mistakes go to `sink`; the tree is then what could be read, with `error` nodes in the gaps. Never
 * throws; takes time and space linear in the text.
 */
export function parse(file: SourceFile, sink: Sink): Module {
  const c = new Cursor(lex(file, sink), file, sink);
  const statements = parseStatements(c);
  return { file: file.index, name: file.moduleName, body: { statements, span: file.span } };
}
