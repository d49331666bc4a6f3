/**
 * One build request, carried out: bytecode to a WebAssembly module. Runs in the worker, or in this thread for tests.
 * A failure to build is an answer, never an exception.
 */
import { type Binaryen, buildUnit } from "../compiler/native.js";
import type { FailedBuild, Finished, Program, Request } from "./compiler.js";

/** Site numbers by key, the same in every unit of a program (configuration `exits`). */
export type SiteNumbers = (key: string) => number;

export interface Builder {
  readonly binaryen: Binaryen;
  readonly numbers: SiteNumbers | null;
  /** Bytes to a module; the worker asks V8 for its optimising tier here. */
  readonly compile: (bytes: Uint8Array) => WebAssembly.Module;
}

export function carryOut(builder: Builder, program: Program, request: Request): Finished {
  const { binaryen, numbers } = builder;
  const { id, unit } = request;
  const t0 = performance.now();
  const failed = (reason: FailedBuild["failed"], detail: string): Finished => ({
    id,
    ms: performance.now() - t0,
    failed: reason,
    detail,
  });
  const uncompiled = new Set(request.uncompiled);
  const options = { unit, uncompiled: (fn: number) => uncompiled.has(fn), ...(numbers ? { forceSites: numbers } : {}) };
  try {
    const built = buildUnit(program.chunk, program.map, options, binaryen);
    if ("failed" in built) return failed(built.failed, built.detail);
    const { wasm, stubs, frameBytes, windowBytes, shadowBytes, sites, operations } = built;
    const module = builder.compile(wasm);
    return {
      id,
      ms: performance.now() - t0,
      module,
      bytes: wasm.length,
      stubs,
      frameBytes,
      windowBytes,
      shadowBytes,
      sites,
      operations,
    };
  } catch (e) {
    // A policy that forbids compiling (pages without 'wasm-unsafe-eval') is a CompileError whose text names it.
    const text = e instanceof Error ? e.message : String(e);
    const forbidden = e instanceof WebAssembly.CompileError && /unsafe-eval|Content Security Policy/.test(text);
    return failed(forbidden ? "build.no-compile" : "build.failed", text);
  }
}
