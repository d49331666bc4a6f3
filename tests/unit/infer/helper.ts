/** Source text to messages and types, for the tests of inference. */
import type { Diagnostic } from "../../../compiler/diagnostics/diagnostic.js";
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { checkModule, type ModuleFacts, predeclaredResult } from "../../../compiler/infer/index.js";
import { SourceFile } from "../../../compiler/source/file.js";
import { parse } from "../../../compiler/syntax/index.js";

export interface Outcome {
  readonly file: SourceFile;
  readonly facts: ModuleFacts | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Parses and checks one file; without types if it does not parse. */
export function check(text: string): Outcome {
  const file = new SourceFile(0, "main.orus", text);
  const sink = new Sink();
  const module = parse(file, sink);
  const facts = sink.hasErrors
    ? null
    : checkModule(module, { imports: new Map(), result: predeclaredResult() }, sink);
  return { file, facts, diagnostics: sink.list };
}

/** `2:5 E2001`, in the order of places. */
export function messages(outcome: Outcome): string[] {
  return outcome.diagnostics
    .toSorted((a, b) => a.span.start - b.span.start || (a.code < b.code ? -1 : 1))
    .map((d) => {
      const { line, column } = outcome.file.position(d.span.start);
      return `${line}:${column} ${d.code}`;
    });
}
