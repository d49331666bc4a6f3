/**
 * Names of functions and locals in modules: for the name section of debug builds, profilers, and the text form.
 */
import type { Chunk } from "../bytecode/chunk.js";
import type { Instructions, Module } from "./instructions.js";
import type { Unit } from "./unit.js";

/** `fib.3`: names in the source need not be unique, those in a module must be. */
export const functionName = (chunk: Chunk, fn: number): string => `${chunk.functions[fn]?.name ?? "function"}.${fn}`;
export const BODY = "body";
export const ENTRY = "entry";
export const stubName = (fn: number): string => `stub:${fn}`;

/** Gives the locals of a lowered function names: `p0`, `base`, `depth`, `x7`, `exit`. */
export function nameLocals(ins: Instructions, u: Unit, func: number): void {
  // Binaryen's types have `Function` on modules; it stands beside `Module`.
  const functions = (ins.b as unknown as Pick<Module, "Function">).Function;
  const set = (index: number, name: string): void => functions.setLocalName(func, index, name);
  u.params.forEach((_, i) => {
    set(i, `p${i}`);
  });
  if (!u.target.aot) set(u.base, "base");
  set(u.depth, "depth");
  const own = new Map([...u.ownLocals()].map(([name, index]) => [index, name.replaceAll(" ", "-")]));
  u.vars.forEach((_, i) => {
    const index = u.paramCount + i;
    set(index, own.get(index) ?? `x${index}`);
  });
}
