/**
 * What passes may ask about the world around a function: its callees, in SSA that is ready to be copied.
 */
import type { Chunk } from "../bytecode/chunk.js";
import { callAt } from "../bytecode/flow.js";
import { type BuildOptions, buildSsa } from "./build.js";
import { type Func, isConstant } from "./ir.js";
import { dce } from "./passes/dce.js";
import { gvn } from "./passes/gvn.js";
import { params } from "./passes/params.js";
import { simplify } from "./passes/simplify.js";

export interface Template {
  /** Simplified SSA of the whole function, without anything inlined. Never edited: the inliner copies it. */
  readonly f: Func;
  /** Operations and terminators, constants not counted. */
  readonly size: number;
}
export interface Context {
  /** 0: what is needed for correct code only; 1: JIT; 2: AOT. */
  readonly level: 0 | 1 | 2;
  /** A callee as SSA, or null: too large to be worth copying. */
  template(fn: number): Template | null;
  /** The operand `out` of the CALL at `pc`. */
  outOf(pc: number): number;
}

/** A context without callees: nothing is inlined. For tests of passes. */
export const alone = (level: 0 | 1 | 2): Context => ({ level, template: () => null, outOf: () => 0 });

/** More bytecode instructions than this are not even translated to see whether they are worth inlining. */
const MAX_TEMPLATE_INSTRUCTIONS = 120;

/** The context of all units of a chunk; callees are built once. `options` must be those of the units. */
export function contextOf(chunk: Chunk, mode: "jit" | "aot", level: 0 | 1 | 2, options: BuildOptions = {}): Context {
  const templates = new Map<number, Template | null>();
  return {
    level,
    outOf: (pc) => callAt(chunk, pc).out,
    template(fn) {
      let known = templates.get(fn);
      if (known === undefined) {
        known = make(chunk, fn, mode, options);
        templates.set(fn, known);
      }
      return known;
    },
  };
}

function make(chunk: Chunk, fn: number, mode: "jit" | "aot", options: BuildOptions): Template | null {
  const f = buildSsa(chunk, { fn, loopPc: -1 }, mode, { ...options, maxInstructions: MAX_TEMPLATE_INSTRUCTIONS });
  if ("failed" in f) return null;
  params(f);
  simplify(f);
  gvn(f);
  dce(f);
  return { f, size: sizeOf(f) };
}

/** Operations and terminators of a function, constants and parameters not counted. */
export function sizeOf(f: Func): number {
  let size = 0;
  for (const b of f.blocks)
    size += 1 + b.values.filter((v) => !isConstant(v) && v.op !== "param" && v.op !== "load.reg").length;
  return size;
}
