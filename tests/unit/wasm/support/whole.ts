/**
 * Random bytecode as whole programs: a main program calls the first random function and prints its result. Every address is
 * a source line of its own, so that equal error places mean equal addresses.
 */

import { encode, opAt } from "../../../../compiler/bytecode/encode.js";
import type { OpName } from "../../../../compiler/bytecode/ops.js";
import { type Chunk, SourceFile } from "../../../../compiler/index.js";
import { randomProgram } from "../../ssa/support/random.js";

const WINDOW = 4;
const OUT = WINDOW + 2;

/** The random program of a seed with a main program before its functions. */
export function wholeProgram(seed: number): { readonly chunk: Chunk; readonly files: readonly SourceFile[] } {
  const inner = randomProgram(seed);
  const main: number[] = [];
  const emit = (name: OpName, ...operands: number[]): void => {
    main.push(...encode(name, operands));
  };
  // The parameters of all random functions: i32, i64, f64. Constant 8 is an f64.
  emit("LOAD_IMM_I32", OUT, 3);
  emit("LOAD_IMM_I64", OUT + 1, 5);
  emit("LOAD_K", OUT + 2, 8);
  emit("CALL", 0, OUT, 1);
  emit("PRINT_I64", 0);
  emit("PRINT_END");
  emit("RETURN_VOID");
  const shift = main.length;
  const code = Uint32Array.from([...main, ...inner.code]);
  for (let pc = shift; pc < code.length; pc += opAt(code, pc)!.size)
    if (opAt(code, pc)!.name === "CALL") code[pc + 1]!++;
  const text = "x\n".repeat(code.length);
  const proto = {
    name: "main",
    file: 0,
    offset: 0,
    params: [],
    result: null,
    codeStart: 0,
    codeEnd: shift,
    window: WINDOW,
    refParams: 0,
    otherRefs: 0,
  };
  const chunk: Chunk = {
    ...inner,
    files: [{ path: "random.orus", text }],
    functions: [
      proto,
      ...inner.functions.map((f) => ({ ...f, codeStart: f.codeStart + shift, codeEnd: f.codeEnd + shift })),
    ],
    code,
    loops: inner.loops.map((l) => ({ ...l, fn: l.fn + 1, pc: l.pc + shift, end: l.end + shift })),
    spans: [...code.keys()].map((pc) => ({ pc, start: 2 * pc, end: 2 * pc + 1, operands: [] })),
    lines: [...code.keys()].map((pc) => ({ pc, line: pc + 1 })),
  };
  return { chunk, files: [new SourceFile(0, "random.orus", text)] };
}
