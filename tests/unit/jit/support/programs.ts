/** Programs as text, run in the engine with a buffer for output. */
import { type Chunk, compile, type SourceFile } from "../../../../compiler/index.js";
import { type Compiler, type RunOptions, type RunResult, runChunk } from "../../../../jit/index.js";

export interface Compiled {
  readonly chunk: Chunk;
  readonly files: readonly SourceFile[];
}

/** Compiles a text that has no errors. */
export function program(text: string): Compiled {
  const { chunk, files, diagnostics } = compile("t.orus", { read: () => ({ bytes: new TextEncoder().encode(text) }) });
  if (chunk === null) throw new Error(diagnostics.map((d) => `${d.code} ${d.label}`).join("; "));
  return { chunk, files };
}

export interface Ran extends RunResult {
  readonly out: string;
}

/** Runs a program; all output as one text. */
export function run({ chunk, files }: Compiled, options: RunOptions = {}, compiler: Compiler | null = null): Ran {
  let out = "";
  const write = (_fd: number, bytes: Uint8Array): number => {
    out += new TextDecoder().decode(bytes);
    return 0;
  };
  const result = runChunk(chunk, files, { write, read: () => 0, ...options }, compiler);
  return { ...result, out };
}

/** `LINE:COLUMN CODE` of the uncaught error, or null. */
export function place({ error, engine }: RunResult): string | null {
  if (error === null) return null;
  const { span, code } = error.diagnostic;
  const { line, column } = engine.files[span.file]!.position(span.start);
  return `${line}:${column} ${code}`;
}
