/**
 * The engine's door: running compiled programs in this process, and the embedding API for Node.
 *
 *   const orus = createEngine({ write: (fd, bytes) => … });
 *   const result = orus.runText('print("hello")');         // { exitCode: 0, … }
 *   orus.close();
 *
 * Nothing here loads Binaryen, the back end or a worker: `WorkerCompiler` starts one when something gets warm.
 * native.ts is the second door, for those who compile in their own thread.
 */
import { readFileSync } from "node:fs";
import {
  type Chunk,
  compile,
  type Diagnostic,
  type Host,
  type RuntimeReport,
  type SourceFile,
} from "../compiler/index.js";
import type { Compiler } from "./compiler.js";
import { readSome, writeAll } from "./driver-node.js";
import { DEFAULTS, Engine, type EngineOptions, type Outcome } from "./engine.js";
import { type Stats, statsOf } from "./stats.js";
import { WorkerCompiler } from "./worker-client.js";

export type { BuiltModule, Compiler, FailedBuild, Finished, Program, Request } from "./compiler.js";
export { DEFAULTS, Engine, type EngineOptions, type Outcome } from "./engine.js";
export { REASONS, type Reason } from "./reasons.js";
export { type Stats, statsOf, statsText, type UnitStats } from "./stats.js";
export { WorkerCompiler } from "./worker-client.js";

/** Exit codes of a run. */
export const EXIT = { OK: 0, REJECTED: 65, RUNTIME_ERROR: 70, OUTPUT: 74 } as const;

let runtime: WebAssembly.Module | null = null;
/** The runtime, compiled once a process. It lies beside this folder in the build and in the published bundle. */
export function loadRuntime(): WebAssembly.Module {
  runtime ??= new WebAssembly.Module(readFileSync(new URL("../runtime.wasm", import.meta.url)));
  return runtime;
}

/** Without `write`, output goes to the process's standard output; without `read`, input comes from its standard input. */
export type RunOptions = Partial<EngineOptions>;
export interface RunResult extends Outcome {
  readonly exitCode: number;
  readonly stats: () => Stats;
  readonly engine: Engine;
}

/** Runs a program to its end. Without a compiler the JIT is off. */
export function runChunk(
  chunk: Chunk,
  files: readonly SourceFile[],
  options: RunOptions = {},
  compiler: Compiler | null = null,
): RunResult {
  const engine = new Engine(
    loadRuntime(),
    chunk,
    files,
    { ...DEFAULTS, write: writeAll, read: readSome, ...options },
    compiler,
  );
  const outcome = engine.run();
  return { ...outcome, exitCode: exitCodeOf(outcome), engine, stats: () => statsOf(engine) };
}

const exitCodeOf = ({ error, outputErrno }: Outcome): number =>
  outputErrno !== 0 ? EXIT.OUTPUT : error !== null ? EXIT.RUNTIME_ERROR : EXIT.OK;

/** What became of a text: rejected (`diagnostics` has errors, nothing ran), or run. */
export interface TextResult {
  readonly exitCode: number;
  readonly files: readonly SourceFile[];
  readonly diagnostics: readonly Diagnostic[];
  /** The uncaught run-time error. */
  readonly error: RuntimeReport | null;
  readonly stats: Stats | null;
}
export interface Embedded {
  /** Compiles and runs a program, given as text. `path` names it in diagnostics. */
  runText(text: string, path?: string): TextResult;
  /** Ends the compiler's thread. Without it the process still ends by itself. */
  close(): void;
}

/** A host with one file: imported modules are not there. */
const onlyFile =
  (path: string, bytes: Uint8Array) =>
  (wanted: string): ReturnType<Host["read"]> =>
    wanted === path ? { bytes } : { failed: "there is no such file", absent: true };

/** An engine for many programs, one after the other: the compiler's thread is kept between them. */
export function createEngine(options: RunOptions = {}): Embedded {
  const compiler = new WorkerCompiler();
  return {
    runText(text, path = "<text>") {
      const { chunk, files, diagnostics } = compile(path, { read: onlyFile(path, new TextEncoder().encode(text)) });
      if (chunk === null) return { exitCode: EXIT.REJECTED, files, diagnostics, error: null, stats: null };
      const { exitCode, error, stats } = runChunk(chunk, files, options, compiler);
      return { exitCode, files, diagnostics, error, stats: stats() };
    },
    close: () => compiler.close(),
  };
}
