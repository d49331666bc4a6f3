/**
 * A pending run-time error as a diagnostic: place and operand values from the span row of the failing instruction, the
 * calls from the trace.
 */
import {
  type Chunk, codeName, type Diagnostic, functionAt, messageOf, type RuntimeReport, type Rep, type SourceFile, type SpanRow, spanRowAt, type TraceEntry,
} from "../compiler/index.js";
import { OP_LIST } from "../compiler/native.js";
import type { MemoryMap } from "../compiler/native.js";
import { ERROR_UNCATCHABLE, TRACE_BASE, TRACE_EDGE, VM, VM_BASE } from "../compiler/layout/vm.js";

export type { RuntimeReport };

/** Reads the pending error from the VM block. `map` tells where the code is. */
export function readError(chunk: Chunk, files: readonly SourceFile[], map: MemoryMap, memory: ArrayBuffer): RuntimeReport {
  const view = new DataView(memory);
  const vm = (field: keyof typeof VM.at): number => view.getUint32(VM_BASE + VM.at[field], true);
  const pcOf = (address: number): number => (address - map.codeBase) / 4;
  const code = codeName(vm("errorCode"));
  const pc = pcOf(vm("errorPc"));
  const count = vm("traceCount");
  const slots: number[] = [];
  for (let i = 0; i < Math.min(count, TRACE_EDGE); i++) slots.push(i);
  for (let i = Math.max(TRACE_EDGE, count - TRACE_EDGE); i < count; i++) slots.push(TRACE_EDGE + ((i - TRACE_EDGE) % TRACE_EDGE));
  const trace = slots.map((slot) => callEntry(chunk, pcOf(view.getUint32(TRACE_BASE + 4 * slot, true))));
  const values = [vm2(view, "errorValue0"), vm2(view, "errorValue1")];
  return {
    diagnostic: diagnosticOf(chunk, files, pc, code, values),
    message: messageOf(chunk, pc, code),
    trace,
    omitted: Math.max(0, count - slots.length),
    uncatchable: (vm("errorFlags") & ERROR_UNCATCHABLE) !== 0,
  } as RuntimeReport;
}
const vm2 = (view: DataView, field: "errorValue0" | "errorValue1"): bigint => view.getBigUint64(VM_BASE + VM.at[field], true);

function callEntry(chunk: Chunk, pc: number): TraceEntry {
  const fn = functionAt(chunk, pc);
  const row = spanRowAt(chunk, pc);
  return { name: fn.name, span: { file: fn.file, start: row?.start ?? fn.offset, end: row?.end ?? fn.offset } };
}

function diagnosticOf(chunk: Chunk, files: readonly SourceFile[], pc: number, code: Diagnostic["code"], values: readonly bigint[]): Diagnostic {
  const fn = functionAt(chunk, pc);
  const row = spanRowAt(chunk, pc);
  const file = files[fn.file]!;
  const lineStart = lineStartAt(chunk, file, pc);
  const span = { file: fn.file, start: row?.start ?? lineStart, end: row?.end ?? lineStart };
  const named = row ? namedValues(chunk, row, pc, values) : [];
  // "n is 0" under the operator; the other operands as labels of their own.
  const culprit = code === "E0001" || code === "E0006" ? named.at(-1) : undefined;
  const label = culprit?.name ? `\`${culprit.name}\` is ${culprit.text}` : "";
  const labels = named.filter((n) => n !== culprit && n.name !== null).map((n) => ({ span: { file: fn.file, start: n.start, end: n.end }, text: `\`${n.name}\` is ${n.text}` }));
  return { code, span, label, labels };
}

/** Start of the line of an instruction without a span of its own. */
function lineStartAt(chunk: Chunk, file: SourceFile, pc: number): number {
  let line = 1;
  for (const row of chunk.lines) {
    if (row.pc > pc) break;
    line = row.line;
  }
  const start = file.lineStart(line);
  return start + (file.lineText(line).length - file.lineText(line).trimStart().length);
}

interface NamedValue {
  readonly name: string | null;
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

/** The operands of the failing instruction that have a name, with their values. */
function namedValues(chunk: Chunk, row: SpanRow, pc: number, values: readonly bigint[]): NamedValue[] {
  const op = OP_LIST[chunk.code[pc]! & 0xff]!;
  if (op.name === "CALL" || op.name === "CHECK_VALUE" || op.name.startsWith("PRINT")) return [];
  return row.operands.slice(0, 2).map((o, i) => ({ name: o.name, text: valueText(o.type, values[i]!), start: o.start, end: o.end }));
}

const bits = new DataView(new ArrayBuffer(8));
function valueText(type: Rep, raw: bigint): string {
  switch (type) {
    case "i32": return String(BigInt.asIntN(32, raw));
    case "u32": return String(BigInt.asUintN(32, raw));
    case "i64": return String(BigInt.asIntN(64, raw));
    case "u64": return String(raw);
    case "bool": return (raw & 1n) === 1n ? "true" : "false";
    case "f64": {
      bits.setBigUint64(0, raw);
      const x = bits.getFloat64(0);
      return Number.isNaN(x) ? "nan" : Object.is(x, -0) ? "0" : String(x).replace("Infinity", "inf");
    }
    default: return "text";
  }
}
