/**
 * The compiler's second door: bytecode to WebAssembly. It is *given* a Binaryen module (the JIT's worker and the AOT
 * linker have one), so importing this file loads nothing heavy.
 */
import type binaryen from "binaryen";
import type { Chunk } from "./bytecode/chunk.js";
import type { RuntimeName } from "./bytecode/runtime.js";
import { type BuildOptions, buildSsa, type Context, contextOf, type Func, optimise } from "./ssa/index.js";
import { addProgram, buildModule, type CallSite, featuresOf, type ProgramFunction, type Site } from "./wasm/index.js";

export { OP_LIST } from "./bytecode/ops.js";
export type Binaryen = typeof binaryen;

/** Where things are in memory; native code has these addresses as constants. */
export interface MemoryMap {
  /** Address of chunk.code[0]. */
  readonly codeBase: number;
  /** Address of the FN record of function i: fnBase + i * FN.size. */
  readonly fnBase: number;
  /** Address of global i: globalBase + 8 * i. */
  readonly globalBase: number;
  /** Address of the string object of constant i (0 for other constants). */
  readonly strings: readonly number[];
  /** Addresses of the chunk's types and variants. */
  readonly types: readonly number[];
  readonly variants: readonly number[];
  /** Table index of the body slot of function i: bodySlots + i. */
  readonly bodySlots: number;
}

/** One native unit to build. */
export interface Unit {
  readonly fn: number;
  /** Address of the LOOP to enter at; -1: the whole function. */
  readonly loopPc: number;
}
export interface BuildRequest {
  readonly unit: Unit;
  /** Functions whose body slot holds nothing yet: the module brings stubs for those that it calls. */
  readonly uncompiled: (fn: number) => boolean;
  /** Build each check with a force byte and a reached byte; answers the site number for a key. */
  readonly forceSites?: (key: string) => number;
  /** Called after each pass with its name (dumps, verification, timing). */
  readonly watch?: (pass: string, text: () => string) => void;
}

/** Exports of a built module: "entry" (JIT entry), "body" (functions only), "stub:<fn>". Imports: "env" memory, table; "rt" helpers. */
export interface Built {
  readonly wasm: Uint8Array;
  readonly stubs: readonly number[];
  /** Estimate of the largest host frame in bytes: 64 + 8 × (wasm locals + twice the arguments of the largest call). */
  readonly frameBytes: number;
  /** Window bytes of the unit (inlined windows included), header of the next frame included. */
  readonly windowBytes: number;
  /** Bytes that an activation takes of the shadow stack. */
  readonly shadowBytes: number;
  /** Exit sites in order of their number within the unit: reason and bytecode address. */
  readonly sites: readonly { readonly reason: string; readonly pc: number; readonly key: string }[];
  /** SSA operations after optimisation. */
  readonly operations: number;
}
export type BuildFailure = { readonly failed: "build.too-large" | "build.failed"; readonly detail: string };

/** Contexts keep callees in SSA: made once per chunk. */
const contexts = new WeakMap<Chunk, Context>();
function jitContext(chunk: Chunk): Context {
  let known = contexts.get(chunk);
  if (!known) contexts.set(chunk, (known = contextOf(chunk, "jit", 1)));
  return known;
}

/**
 * Builds the native code of one unit: bytecode to SSA, passes, a module, its bytes. Failing to build is never failing to
 * run: what goes wrong comes back as a reason.
 */
export function buildUnit(
  chunk: Chunk,
  map: MemoryMap,
  request: BuildRequest,
  binaryen: Binaryen,
): Built | BuildFailure {
  const { unit, watch } = request;
  try {
    const f = buildSsa(chunk, unit, "jit");
    if ("failed" in f) return f;
    optimise(f, jitContext(chunk), watch && ((pass, text) => watch(pass, text)));
    return buildModule(binaryen, f, chunk, map, {
      uncompiled: request.uncompiled,
      forceSite: request.forceSites ?? null,
      watch: watch ? (text) => watch("wasm", text) : null,
    });
  } catch (e) {
    return { failed: "build.failed", detail: e instanceof Error ? e.message : String(e) };
  }
}

export interface AotOptions {
  readonly binaryen: Binaryen;
  /** Calls nested below one from module level that are allowed when a function is called; a deeper one is E0008. */
  readonly maxDepth: (fn: number) => number;
  /** Charge for loop bodies and calls (`--fuel`, `--max-time`). */
  readonly budget: boolean;
  /** Name, in the module, of a runtime function. */
  readonly helper: (name: RuntimeName) => string;
  readonly watch?: (fn: number, pass: string, text: () => string) => void;
}
/** What was added to the linker's module. A site's number is its index; `code` null: a call. */
export interface AotProgram {
  /** By number: name in the module, calls that were not inlined. */
  readonly functions: ReadonlyMap<number, ProgramFunction>;
  /** Functions that a call of a value may reach. */
  readonly values: readonly number[];
  /** The main program, `(depth) → status`. */
  readonly main: string;
  readonly sites: readonly Site[];
  /** The largest shadow frame in bytes. */
  readonly shadowBytes: number;
  /** Some function may allocate. */
  readonly allocates: boolean;
}

/** Adds the bodies of all functions that the main program reaches to `module`. Throws on faults of ours. */
export function addFunctions(
  module: InstanceType<Binaryen["Module"]>,
  chunk: Chunk,
  map: MemoryMap,
  options: AotOptions,
): AotProgram {
  const buildOptions: BuildOptions = { budget: options.budget };
  const context = contextOf(chunk, "aot", 2, buildOptions);
  const { binaryen, budget, helper, watch } = options;
  const ssa = (fn: number): Func => {
    const f = buildSsa(chunk, { fn, loopPc: -1 }, "aot", buildOptions);
    if ("failed" in f) throw new Error(`function ${fn}: ${f.detail}`);
    optimise(f, context, watch && ((pass, text) => watch(fn, pass, text)));
    return f;
  };
  return addProgram(module, chunk, map, { binaryen, maxDepth: options.maxDepth, budget, helper, ssa });
}

/** The WebAssembly features that modules may use. */
export const FEATURES = featuresOf;
export type { CallSite, Site };
