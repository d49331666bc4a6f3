/**
 * Source text to bytecode: read, parse, check, lower. Stops after the phase that found errors, as diagnostics 4 says.
 */
import { lower } from "./bytecode/lower.js";
import { type Diagnostic, Sink } from "./diagnostics/diagnostic.js";
import { nearest } from "./diagnostics/suggest.js";
import type { CompileResult, Host, Inspect } from "./index.js";
import { checkProgram } from "./infer/index.js";
import { HostLibrary } from "./library.js";
import type { Span } from "./source/span.js";

type Read = ReturnType<Host["read"]>;

/**
 * Compiles the program at `path`. Never throws for anything that is in the file. `inspect` looks at the checked program
 * and may report more: warnings, which nothing needs that only runs a program. Without `runs` there is no chunk: who wants to
 * know what is wrong with a program does not wait for code.
 */
export function compile(path: string, host: Host, inspect?: Inspect, runs = true): CompileResult {
  const clock = (): number => performance.now();
  const t0 = clock();
  const sink = new Sink();
  const got = host.read(path);
  const bytes = "bytes" in got ? got.bytes : new Uint8Array();
  const library = new HostLibrary(host);
  const file = library.open(path, bytes);
  const { files } = library;
  if ("failed" in got) sink.report(unreadable(path, file.span, got));
  const t1 = clock();
  let parsing = 0;
  const checked = sink.hasErrors
    ? null
    : checkProgram(file, library, sink, (ms) => {
        parsing += ms;
      });
  if (checked !== null) inspect?.(checked, files, sink);
  const t2 = clock();
  const chunk = checked === null || sink.hasErrors || !runs ? null : lower(checked, files, sink);
  const t3 = clock();
  const diagnostics = [...sink.list].sort((a, b) => a.span.file - b.span.file || a.span.start - b.span.start);
  return {
    files,
    diagnostics,
    chunk,
    phases: { read: t1 - t0, parse: parsing, check: t2 - t1 - parsing, lower: t3 - t2 },
  };
}

/** The main file cannot be read; the nearest name of a file beside it may be the one that was meant. */
function unreadable(path: string, span: Span, { failed, beside }: Exclude<Read, { bytes: Uint8Array }>): Diagnostic {
  const label = `cannot read \`${path}\`: ${failed}`;
  const at = Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1;
  const near = nearest(path.slice(at), beside?.() ?? []);
  const help = near === null ? {} : { help: [`did you mean \`${path.slice(0, at)}${near}\`?`] };
  return { code: "E3001", span, label, ...help };
}
