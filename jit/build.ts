/**
 * One build request, carried out: bytecode to a WebAssembly module. Runs in the worker, or in this thread for tests.
 * A failure to build is an answer, never an exception.
 */
import { type Binaryen, buildUnit } from "../compiler/native.js";
import type { Finished, Program, Request } from "./compiler.js";

/** Site numbers by key, the same in every unit of a program (configuration `exits`). */
export type SiteNumbers = (key: string) => number;

export function carryOut(binaryen: Binaryen, program: Program, request: Request, numbers: SiteNumbers | null, compile = (bytes: Uint8Array): WebAssembly.Module => new WebAssembly.Module(bytes)): Finished {
  const t0 = performance.now();
  const uncompiled = new Set(request.uncompiled);
  try {
    const built = buildUnit(program.chunk, program.map, {
      unit: request.unit,
      uncompiled: (fn) => uncompiled.has(fn),
      ...(numbers ? { forceSites: numbers } : {}),
    }, binaryen);
    if ("failed" in built) return { id: request.id, ms: performance.now() - t0, failed: built.failed, detail: built.detail };
    const module = compile(built.wasm);
    const { stubs, frameBytes, windowBytes, sites, operations } = built;
    return { id: request.id, ms: performance.now() - t0, module, bytes: built.wasm.length, stubs, frameBytes, windowBytes, sites, operations };
  } catch (e) {
    return { id: request.id, ms: performance.now() - t0, failed: "build.failed", detail: e instanceof Error ? e.message : String(e) };
  }
}
