/**
 * A pending run-time error as a diagnostic: place and operand values from the span row of the failing instruction, the
 * calls from the trace.
 *
 *   2 |     return total / n
 *     |                  ^ `n` is 0          what is to blame stands under the caret,
 *     |            -----                      other operands with names are marked beside it
 */

import { opAt } from "../compiler/bytecode/ops.js";
import {
  type Chunk,
  type Diagnostic,
  type ErrorCode,
  errorOf,
  failingSpan,
  functionAt,
  lineStartAt,
  messageOf,
  type Rep,
  type RuntimeReport,
  type SourceFile,
  type SpanRow,
  spanRowAt,
  type TraceEntry,
} from "../compiler/index.js";
import { STRING } from "../compiler/layout/objects.js";
import { TRACE_BASE, TRACE_EDGE, VM, VM_BASE } from "../compiler/layout/vm.js";
import type { MemoryMap } from "../compiler/native.js";

/** Reads the pending error from the VM block. `map` tells where the code is. */
export function readError(
  chunk: Chunk,
  files: readonly SourceFile[],
  map: MemoryMap,
  memory: ArrayBuffer,
): RuntimeReport {
  const view = new DataView(memory);
  const vm = (field: keyof typeof VM.at): number => view.getUint32(VM_BASE + VM.at[field], true);
  const raw = (field: "errorValue0" | "errorValue1"): bigint => view.getBigUint64(VM_BASE + VM.at[field], true);
  const pcOf = (address: number): number => (address - map.codeBase) / 4;
  const error = errorOf(vm("errorCode"));
  const pc = pcOf(vm("errorPc"));
  const count = vm("traceCount");
  const slots = traceSlots(count);
  return {
    diagnostic: diagnosticOf(chunk, files, pc, error, [raw("errorValue0"), raw("errorValue1")]),
    message: textOf(view, vm("errorText")) ?? messageOf(error),
    trace: slots.map((slot) => callEntry(chunk, pcOf(view.getUint32(TRACE_BASE + 4 * slot, true)))),
    omitted: count - slots.length,
  };
}

/** The bytes of a string that the runtime made for a message; null: there is none. */
function textOf(view: DataView, at: number): string | null {
  if (at === 0) return null;
  const length = view.getUint32(at + STRING.at.length, true);
  return new TextDecoder().decode(new Uint8Array(view.buffer, at + STRING.size, length));
}

/** Where the calls that were kept are, innermost first: the first TRACE_EDGE, then a ring of the last ones. */
export function traceSlots(count: number): number[] {
  const slots: number[] = [];
  for (let i = 0; i < Math.min(count, TRACE_EDGE); i++) slots.push(i);
  for (let i = Math.max(TRACE_EDGE, count - TRACE_EDGE); i < count; i++)
    slots.push(TRACE_EDGE + ((i - TRACE_EDGE) % TRACE_EDGE));
  return slots;
}

function callEntry(chunk: Chunk, pc: number): TraceEntry {
  const fn = functionAt(chunk, pc);
  const row = spanRowAt(chunk, pc);
  return { name: fn.name, span: { file: fn.file, start: row?.start ?? fn.offset, end: row?.end ?? fn.offset } };
}

/** Errors that one operand is to blame for: its place among the operands, counted from the end. */
const CULPRIT: Readonly<Record<string, number>> = { E0001: -1, E0006: -1, E0007: -1, E0002: -1 };

function diagnosticOf(
  chunk: Chunk,
  files: readonly SourceFile[],
  pc: number,
  error: ErrorCode,
  values: readonly bigint[],
): Diagnostic {
  const fn = functionAt(chunk, pc);
  const row = spanRowAt(chunk, pc);
  const { code } = error;
  const at = failingSpan(chunk, pc, error);
  const start = at?.start ?? lineStartAt(chunk, files[fn.file]!, pc);
  const span = { file: fn.file, start, end: at?.end ?? start };
  const operands = row ? operandTexts(chunk, row, pc, values) : [];
  const culprit = code in CULPRIT ? operands.at(CULPRIT[code]!) : undefined;
  // The third operand of a range: its value is not kept, but known.
  const step = code === "E0012" ? row?.operands[2]?.name : undefined;
  const seen = new Set<string>();
  const labels = operands
    .filter(
      (o) => o !== culprit && o.text !== "" && !seen.has(`${o.start} ${o.text}`) && seen.add(`${o.start} ${o.text}`),
    )
    .map(({ text, start, end }) => ({ span: { file: fn.file, start, end }, text }));
  return { code, span, label: step ? `\`${step}\` is 0` : (culprit?.text ?? ""), labels };
}

interface OperandText {
  /** "`n` is 0"; empty for operands without a name. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** Instructions whose operands are no numbers that failed: arguments, texts, limits of a range. */
const WITHOUT_VALUES = /^(CALL|TAIL_CALL|CHECK_|PRINT_|LOOP|FOR_|CONCAT|.*_TO_STRING|(EQ|NE|LT|LE)_STRING)/;

/** The operands of the failing instruction with their values: the runtime keeps the raw registers of the first two. */
function operandTexts(chunk: Chunk, row: SpanRow, pc: number, values: readonly bigint[]): OperandText[] {
  const op = opAt(chunk.code, pc)!;
  if (op.extended || WITHOUT_VALUES.test(op.name)) return [];
  return row.operands.slice(0, values.length).map(({ name, type, start, end }, i) => {
    // Of what is indexed the runtime keeps the length.
    const indexed = i === 0 ? /^(INDEX|GET|SET)_/.exec(op.name)?.[1] : undefined;
    const value = indexed
      ? `has ${values[i]!} ${indexed === "INDEX" ? "bytes" : "elements"}`
      : `is ${valueText(type, values[i]!)}`;
    return { text: name === null ? "" : `\`${name}\` ${value}`, start, end };
  });
}

const bits = new DataView(new ArrayBuffer(8));
/** A raw register as the language prints it. */
export function valueText(type: Rep, raw: bigint): string {
  switch (type) {
    case "i32":
      return String(BigInt.asIntN(32, raw));
    case "u32":
      return String(BigInt.asUintN(32, raw));
    case "i64":
      return String(BigInt.asIntN(64, raw));
    case "u64":
      return String(BigInt.asUintN(64, raw));
    case "bool":
      return (raw & 1n) === 1n ? "true" : "false";
    case "f64": {
      bits.setBigUint64(0, raw);
      const x = bits.getFloat64(0);
      return Number.isNaN(x) ? "nan" : String(x).replace("Infinity", "inf");
    }
    default:
      return "a text";
  }
}
