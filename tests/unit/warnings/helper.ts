/** Source text to its warnings, for the tests of this folder. */
import { type CompileResult, compile, type Diagnostic } from "../../../compiler/index.js";
import { warn } from "../../../compiler/warnings/index.js";

function withWarnings(source: string): CompileResult {
  return compile("main.orus", { read: () => ({ bytes: new TextEncoder().encode(source) }) }, warn);
}

export const found = (source: string): readonly Diagnostic[] => withWarnings(source).diagnostics;

/** "LINE:COLUMN CODE" of every diagnostic. */
export function codes(source: string): string[] {
  const { files, diagnostics } = withWarnings(source);
  return diagnostics.map((d) => {
    const { line, column } = files[0]!.position(d.span.start);
    return `${line}:${column} ${d.code}`;
  });
}

/** The text after the first fix of every diagnostic. */
export function fixed(source: string): string {
  const edits = found(source).flatMap((d) => d.fixes?.[0]?.edits ?? []);
  let text = source;
  for (const { span, text: by } of [...edits].sort((a, b) => b.span.start - a.span.start))
    text = text.slice(0, span.start) + by + text.slice(span.end);
  return text;
}
