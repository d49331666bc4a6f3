/**
 * From a bytecode address back to the source and to words: which function, which span, which message. Used by the engine's
 * error reports and by the texts of built modules, so that both say the same.
 */
import type { Code } from "../diagnostics/table.js";
import { rowOf } from "../diagnostics/table.js";
import type { SourceFile } from "../source/file.js";
import type { Chunk, HandlerRow, Proto, SpanRow } from "./chunk.js";
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

/** Line of the last row of the line table that is not behind the instruction. */
function lineAt({ lines }: Chunk, pc: number): number {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (lines[middle]!.pc <= pc) low = middle + 1;
    else high = middle;
  }
  return lines[low - 1]?.line ?? 1;
}

/** First character of the line of an instruction that has no span of its own, such as a LOOP. */
export function lineStartAt(chunk: Chunk, file: SourceFile, pc: number): number {
  const line = lineAt(chunk, pc);
  const text = file.lineText(line);
  return file.lineStart(line) + text.length - text.trimStart().length;
}

/** A run-time error's code and which of its messages: in VM.errorCode the number of the code, above it the message. */
export interface ErrorCode {
  readonly code: Code;
  readonly message: number;
}
const MESSAGE_SHIFT = 16;
/** `E0002` with message 3 for 0x30002. */
export const errorOf = (n: number): ErrorCode => ({
  code: `E${String(n & 0xffff).padStart(4, "0")}` as Code,
  message: n >>> MESSAGE_SHIFT,
});
/** 0x30002 for `E0002.3`, 4 for `E0004`. */
export function errorNumber(text: string): number {
  const [code, message] = text.slice(1).split(".");
  return Number(code) + (Number(message ?? 0) << MESSAGE_SHIFT);
}

/** E0015 by message: which bound of a slice is to blame. */
const SLICE_BOUND = [0, 1, 0, 0, 1, 2];
/** What an error at an instruction points at: the operand that is to blame, where one of several may be. */
export function failingSpan(chunk: Chunk, pc: number, error: ErrorCode): { start: number; end: number } | undefined {
  const row = spanRowAt(chunk, pc);
  if (error.code !== "E0015" || !row) return row;
  return row.operands[SLICE_BOUND[error.message] ?? -1] ?? row;
}

/** The short message of a run-time error. Where it has words of the program in it, these stand in capitals. */
export function messageOf(error: ErrorCode): string {
  const row = rowOf(error.code);
  return row.messages?.[error.message]?.[0] ?? row.title;
}

const handlersByFn = new WeakMap<Chunk, Map<number, HandlerRow[]>>();
/** The handlers of a function, inner ones first. */
export function handlersOf(chunk: Chunk, fn: number): readonly HandlerRow[] {
  let map = handlersByFn.get(chunk);
  if (!map) {
    handlersByFn.set(chunk, (map = new Map()));
    for (const h of chunk.handlers) {
      const list = map.get(h.fn);
      if (list) list.push(h);
      else map.set(h.fn, [h]);
    }
  }
  return map.get(fn) ?? [];
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
