/**
 * Chunks by hand: a function is a list of instructions whose jump operands are label names.
 */

import type { Rep } from "../../../../compiler/analysis/types.js";
import type { Chunk, Constant, LoopRow, Proto } from "../../../../compiler/bytecode/chunk.js";
import { NO_OBJECTS } from "../../../../compiler/bytecode/chunk.js";
import { encode } from "../../../../compiler/bytecode/encode.js";
import { OP, OP_LIST, type OpName } from "../../../../compiler/bytecode/ops.js";

export type Item = readonly [OpName, ...(number | string)[]] | string;
export interface Fn {
  readonly params: readonly Rep[];
  readonly result: Rep | null;
  readonly window: number;
  /** Instructions, and label names ("top:") before the instruction that they name. LOOP's operand is filled in. */
  readonly code: readonly Item[];
}
export interface Program {
  readonly functions: readonly Fn[];
  readonly constants?: readonly Constant[];
  readonly globals?: readonly Rep[];
}

/** Lays out the functions one after the other. */
export function assemble(program: Program): Chunk {
  const code: number[] = [];
  const functions: Proto[] = [];
  const loops: LoopRow[] = [];
  program.functions.forEach((fn, index) => {
    const codeStart = code.length;
    const labels = new Map<string, number>();
    let pc = codeStart;
    for (const item of fn.code) {
      if (typeof item === "string") labels.set(item.replace(":", ""), pc);
      else pc += OP_LIST[OP[item[0]]]!.size;
    }
    for (const item of fn.code) {
      if (typeof item === "string") continue;
      const [name, ...operands] = item;
      const at = code.length;
      if (name === "LOOP") {
        loops.push({ fn: index, pc: at, end: pc, parent: -1, offset: 0 });
        operands[0] = loops.length - 1;
      }
      const values = operands.map((x) => {
        if (typeof x === "number") return x;
        const to = labels.get(x);
        if (to === undefined) throw new Error(`no label ${x}`);
        return to - (at + 1);
      });
      code.push(...encode(name, values));
    }
    const refParams = fn.params.filter((p) => p === "ref").length;
    functions.push({
      name: `f${index}`,
      file: 0,
      offset: 0,
      params: fn.params,
      result: fn.result,
      codeStart,
      codeEnd: code.length,
      window: fn.window,
      refParams,
      otherRefs: 0,
    });
  });
  return {
    files: [{ path: "test.orus", text: null }],
    functions,
    code: Uint32Array.from(code),
    constants: program.constants ?? [],
    globals: (program.globals ?? []).map((type, i) => ({ name: `g${i}`, type })),
    ...NO_OBJECTS,
    loops,
    spans: [],
    lines: [],
  };
}
/** First outgoing register of a function with this window. */
export const out = (window: number): number => window + 2;
