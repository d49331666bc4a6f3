/**
 * `// allow W0001, W0005` at the end of a line: warnings of these codes that begin on that line are not reported.
 *
 * The lexer keeps no comments, so the text is read once more, and only for a file that has warnings: outside of texts and
 * of block comments a `//` begins a comment.
 */
import type { SourceFile } from "../source/file.js";

const TOKENS = /"(?:\\.|[^"\\\n])*"?|\/\*[\s\S]*?(?:\*\/|$)|\/\/[^\n]*/g;
const ALLOW = /^\/\/[ \t]*allow[ \t]+(W\d{4}(?:[ \t,]+W\d{4})*)/;

/** The codes that each line allows, by line number. */
export function allowances(file: SourceFile): ReadonlyMap<number, ReadonlySet<string>> {
  const found = new Map<number, ReadonlySet<string>>();
  for (const match of file.text.matchAll(TOKENS)) {
    const codes = ALLOW.exec(match[0])?.[1];
    if (codes !== undefined) found.set(file.line(match.index), new Set(codes.match(/W\d{4}/g)));
  }
  return found;
}
