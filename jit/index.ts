/**
 * The engine's door: run a compiled program in this process.
 */
import { readFileSync } from "node:fs";
import type { Chunk, SourceFile } from "../compiler/index.js";
import type { Compiler } from "./compiler.js";
import { DEFAULTS, Engine, type EngineOptions, type Outcome } from "./engine.js";
import { type Stats, statsOf } from "./stats.js";

export type { Compiler } from "./compiler.js";
export { DEFAULTS, Engine, type EngineOptions, type Outcome } from "./engine.js";
export { InProcessCompiler } from "./in-process.js";
export { REASONS } from "./reasons.js";
export { type Stats, statsOf, statsText } from "./stats.js";

let runtime: WebAssembly.Module | null = null;
/** The runtime, compiled once a process. It lies beside this folder in the build and in the published bundle. */
export function loadRuntime(): WebAssembly.Module {
  runtime ??= new WebAssembly.Module(readFileSync(new URL("../runtime.wasm", import.meta.url)));
  return runtime;
}

export type RunOptions = Partial<EngineOptions> & Pick<EngineOptions, "write">;
export interface RunResult extends Outcome {
  readonly stats: () => Stats;
  readonly engine: Engine;
}

/** Runs a program to its end. Without a compiler the JIT is off. */
export function runChunk(chunk: Chunk, files: readonly SourceFile[], options: RunOptions, compiler: Compiler | null = null): RunResult {
  const engine = new Engine(loadRuntime(), chunk, files, { ...DEFAULTS, ...options }, compiler);
  const outcome = engine.run();
  return { ...outcome, engine, stats: () => statsOf(engine) };
}
