/**
 * Source text to bytecode: read, parse, check, lower. Stops after the phase that found errors, as diagnostics 4 says.
 */
import { check } from "./analysis/index.js";
import { lower } from "./bytecode/lower.js";
import { Sink } from "./diagnostics/diagnostic.js";
import type { CompileResult, Host, Inspect } from "./index.js";
import { SourceFile } from "./source/file.js";
import { parse } from "./syntax/index.js";

/**
 * Compiles the program at `path`. Never throws for anything that is in the file. `inspect` looks at the checked program
 * and may report more: warnings, which nothing needs that only runs a program.
 */
export function compile(path: string, host: Host, inspect?: Inspect): CompileResult {
  const clock = (): number => performance.now();
  const t0 = clock();
  const sink = new Sink();
  const got = host.read(path);
  const bytes = "bytes" in got ? got.bytes : new Uint8Array();
  const file = SourceFile.fromBytes(0, path, bytes);
  if ("failed" in got) sink.report({ code: "E3001", span: file.span, label: `cannot read \`${path}\`: ${got.failed}` });
  const t1 = clock();
  const module = sink.hasErrors ? null : parse(file, sink);
  const t2 = clock();
  const checked = module === null || sink.hasErrors ? null : check([module], sink);
  if (checked !== null) inspect?.(checked, [file], sink);
  const t3 = clock();
  const chunk = checked === null || sink.hasErrors ? null : lower(checked, [file], sink);
  const t4 = clock();
  const diagnostics = [...sink.list].sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start);
  return {
    files: [file],
    diagnostics,
    chunk,
    phases: { read: t1 - t0, parse: t2 - t1, check: t3 - t2, lower: t4 - t3 },
  };
}
