/**
 * The compiler's second door: bytecode to WebAssembly. It is *given* a Binaryen module (the JIT's worker and the AOT
 * linker have one), so importing this file loads nothing heavy.
 */
import type binaryen from "binaryen";
import type { Chunk } from "./bytecode/chunk.js";

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
  /** Estimate of the largest host frame in bytes: 64 + 8 × wasm locals. */
  readonly frameBytes: number;
  /** Window bytes of the unit (inlined windows included), header of the next frame included. */
  readonly windowBytes: number;
  /** Exit sites in order of their number within the unit: reason and bytecode address. */
  readonly sites: readonly { readonly reason: string; readonly pc: number; readonly key: string }[];
  /** SSA operations after optimisation. */
  readonly operations: number;
}
export type BuildFailure = { readonly failed: "build.too-large" | "build.failed"; readonly detail: string };
