/**
 * From a bytecode address back to the source and to words: which function, which span, which message. Used by the engine's
 * error reports and by the texts of built modules, so that both say the same.
 */
import type { Code } from "../diagnostics/table.js";
import { rowOf } from "../diagnostics/table.js";
import type { SourceFile } from "../source/file.js";
import type { Chunk, Proto, SpanRow } from "./chunk.js";
import { fieldAt, opAt } from "./encode.js";

/** The function whose code holds the address. */
export function functionAt(chunk: Chunk, pc: number): Proto {
  let low = 0;
  let high = chunk.functions.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunk.functions[middle]!.codeStart <= pc) low = middle;
    else high = middle - 1;
  }
  return chunk.functions[low]!;
}

/** The span row of exactly this instruction. */
export function spanRowAt(chunk: Chunk, pc: number): SpanRow | undefined {
  const rows = chunk.spans;
  let low = 0;
  let high = rows.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (rows[middle]!.pc < pc) low = middle + 1;
    else high = middle;
  }
  return rows[low]?.pc === pc ? rows[low] : undefined;
}

/** First character of the line of an instruction that has no span of its own, such as a LOOP. */
export function lineStartAt(chunk: Chunk, file: SourceFile, pc: number): number {
  const line = chunk.lines.findLast((row) => row.pc <= pc)?.line ?? 1;
  const text = file.lineText(line);
  return file.lineStart(line) + text.length - text.trimStart().length;
}

/** `E0004` for 4. */
export const codeName = (n: number): Code => `E${String(n).padStart(4, "0")}` as Code;

/** The short message of a run-time error at an instruction, capitals filled in. */
export function messageOf(chunk: Chunk, pc: number, code: Code): string {
  const text =
    (rowOf(code) as { messages?: readonly (readonly [string, ...unknown[]])[] }).messages?.[0]?.[0] ??
    rowOf(code).title;
  const [from, to] = (opAt(chunk.code, pc)?.name ?? "").toLowerCase().split("_to_");
  return text.replace("FROM", from ?? "").replace("TO", to ?? "");
}

/** The functions that a function calls, each once. */
export function calleesOf(chunk: Chunk, fn: number): number[] {
  const { codeStart, codeEnd } = chunk.functions[fn]!;
  const found = new Set<number>();
  for (let pc = codeStart; pc < codeEnd; pc += opAt(chunk.code, pc)!.size) {
    const op = opAt(chunk.code, pc)!;
    const callee = op.list.find((o) => o.role === "fn");
    if (callee) found.add(fieldAt(chunk.code, pc, op, callee));
  }
  return [...found];
}
