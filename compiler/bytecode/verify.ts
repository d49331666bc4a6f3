/**
 * Is a chunk safe to run? What was not made in this process is verified before anything looks at it: tables first, then
 * the code of each function (verify-code.ts). An accepted chunk may compute nonsense, but the interpreter never leaves its
 * memory, never reads a register without a value, takes no number for a reference, and charges in every cycle.
 */
import { mayRefer, type Rep } from "../analysis/types.js";
import type { Chunk, Constant, HandlerRow, LoopRow, Proto, SpanOperand, SpanRow, StaticObject } from "./chunk.js";
import { OP, opAt } from "./ops.js";
import { functionAt } from "./places.js";
import { Unsound, verifyFunction } from "./verify-code.js";

const REPS: ReadonlySet<string> = new Set<Rep>(["i32", "u32", "i64", "u64", "f64", "bool", "ref", "any"]);
const MAX_WINDOW = 65536;

/** What is wrong with a chunk, in words for a bug report; null: nothing. Linear in its size, jumps times registers aside. */
export function verify(chunk: Chunk): string | null {
  try {
    verifyTables(chunk);
    const starts = decode(chunk);
    verifyRows(chunk, starts);
    chunk.functions.forEach((_, i) => {
      verifyFunction(chunk, i, starts);
    });
    return null;
  } catch (e) {
    if (e instanceof Unsound) return e.message;
    throw e;
  }
}

function need(holds: boolean, text: () => string): void {
  if (!holds) throw new Unsound(text());
}
const isIndex = (n: number, below: number): boolean => Number.isInteger(n) && n >= 0 && n < below;
const isRep = (rep: unknown): boolean => REPS.has(rep as string);

function verifyTables(chunk: Chunk): void {
  need(chunk.files.length > 0, () => "no file");
  need(chunk.functions.length > 0, () => "no function");
  const main = chunk.functions[0]!;
  need(main.params.length === 0 && main.result === null, () => "function 0 has parameters or a result");
  let at = 0;
  chunk.functions.forEach((f, i) => {
    need(f.codeStart === at && Number.isInteger(f.codeEnd) && f.codeEnd > at, () => `function ${i}: its code's place`);
    at = f.codeEnd;
    verifyProto(chunk, f, i);
  });
  need(at === chunk.code.length, () => "code that belongs to no function");
  verifyObjects(chunk);
  chunk.constants.forEach((c, i) => {
    need(isConstant(chunk, c), () => `constant ${i}`);
  });
  chunk.globals.forEach((g, i) => {
    need(typeof g.name === "string" && isRep(g.type), () => `module variable ${i}`);
  });
}

function verifyProto(chunk: Chunk, f: Proto, i: number): void {
  need(typeof f.name === "string" && isIndex(f.file, chunk.files.length), () => `function ${i}: name or file`);
  need(isPlace(chunk, f.file, f.offset), () => `function ${i}: its place in the source`);
  need(f.params.every(isRep) && (f.result === null || isRep(f.result)), () => `function ${i}: types`);
  need(isIndex(f.window, MAX_WINDOW + 1) && f.window >= f.params.length, () => `function ${i}: window`);
  need(f.refParams === f.params.filter(mayRefer).length, () => `function ${i}: reference parameters`);
  const start = f.otherRefsStart ?? f.params.length;
  need(isIndex(start, MAX_WINDOW) && start >= f.params.length, () => `function ${i}: references`);
  need(isIndex(f.otherRefs, MAX_WINDOW) && start + f.otherRefs <= f.window, () => `function ${i}: references`);
}

function isConstant(chunk: Chunk, c: Constant): boolean {
  const within = (value: bigint, low: bigint, high: bigint): boolean =>
    typeof value === "bigint" && value >= low && value <= high;
  switch (c.type) {
    case "i32":
      return Number.isInteger(c.value) && c.value >= -(2 ** 31) && c.value < 2 ** 31;
    case "u32":
      return isIndex(c.value, 2 ** 32);
    case "bool":
      return c.value === 0 || c.value === 1;
    case "i64":
      return within(c.value, -(2n ** 63n), 2n ** 63n - 1n);
    case "u64":
      return within(c.value, 0n, 2n ** 64n - 1n);
    case "f64":
      return typeof c.value === "number";
    case "ref":
      return "text" in c ? typeof c.text === "string" : isObject(chunk, c.object);
    default:
      return false;
  }
}

function isObject(chunk: Chunk, o: StaticObject): boolean {
  switch (o.kind) {
    case "variant":
      return (
        chunk.variants[o.variant]?.fields.length === 0 && chunk.types[chunk.variants[o.variant]!.type]?.what === "enum"
      );
    case "function":
      return chunk.functions[o.fn]?.params[0] === "ref";
    case "array":
      return chunk.types[o.element]?.what === "scalar" && o.bits.every((b) => typeof b === "bigint");
  }
}

/** Types, variants, signatures: every index in its table, slots of a variant each once. */
function verifyObjects(chunk: Chunk): void {
  chunk.types.forEach((t, i) => {
    if (t.what === "array") need(t.element === -1 || isIndex(t.element, chunk.types.length), () => `type ${i}`);
    if (t.what !== "struct" && t.what !== "enum") return;
    const count = t.what === "struct" ? 1 : t.count;
    need(
      isIndex(t.variants, chunk.variants.length + 1) && t.variants + count <= chunk.variants.length,
      () => `type ${i}`,
    );
    for (let k = 0; k < count; k++) {
      const v = chunk.variants[t.variants + k]!;
      need(v.type === i && v.index === k, () => `variant ${t.variants + k}`);
    }
  });
  chunk.variants.forEach((v, i) => {
    const slots = new Set(v.fields.map((f) => f.slot));
    const good = v.fields.every((f) => isIndex(f.slot, v.fields.length) && isIndex(f.type, chunk.types.length));
    need(good && slots.size === v.fields.length && isIndex(v.refs, v.fields.length + 1), () => `variant ${i}`);
    const refers = (type: number): boolean => chunk.types[type]!.what !== "scalar";
    need(
      v.fields.every((f) => f.slot < v.refs === refers(f.type)),
      () => `variant ${i}: references`,
    );
    need(isIndex(v.type, chunk.types.length), () => `variant ${i}`);
  });
  chunk.signatures.forEach((s, i) => {
    need(s.params.every(isRep) && (s.result === null || isRep(s.result)), () => `signature ${i}`);
  });
}

/** An offset in a file's text, as far as that is known. */
function isPlace(chunk: Chunk, file: number, offset: number): boolean {
  const text = chunk.files[file]!.text;
  return isIndex(offset, text === null ? 2 ** 31 : text.length + 1);
}

/** Where instructions begin: 1 in the byte of each such word. Every word belongs to an instruction of its function. */
function decode(chunk: Chunk): Uint8Array {
  const starts = new Uint8Array(chunk.code.length);
  for (const f of chunk.functions) {
    let pc = f.codeStart;
    while (pc < f.codeEnd) {
      const op = opAt(chunk.code, pc);
      if (!op) throw new Unsound(`unknown opcode at ${pc}`);
      starts[pc] = 1;
      pc += op.size;
    }
    need(pc === f.codeEnd, () => `the last instruction of ${f.name} is cut off`);
  }
  return starts;
}

function isHandler(chunk: Chunk, h: HandlerRow, starts: Uint8Array): boolean {
  const f = chunk.functions[h.fn];
  const isStart = (pc: number): boolean => isIndex(pc, chunk.code.length) && starts[pc] === 1;
  if (!f || !isStart(h.start) || !isStart(h.target) || h.start < f.codeStart || h.target >= f.codeEnd) return false;
  return h.end > h.start && (h.end === f.codeEnd || isStart(h.end)) && h.target >= h.end;
}

/** Loops, handlers, spans and lines: rows in order, each of an instruction. */
function verifyRows(chunk: Chunk, starts: Uint8Array): void {
  let before = -1;
  const follows = (pc: number): boolean => {
    const good = isIndex(pc, chunk.code.length) && starts[pc] === 1 && pc > before;
    before = pc;
    return good;
  };
  chunk.loops.forEach((loop, k) => {
    need(follows(loop.pc) && isLoop(chunk, loop, k, starts), () => `loop ${k}`);
  });
  let fn = 0;
  chunk.handlers.forEach((h, i) => {
    need(isHandler(chunk, h, starts) && h.fn >= fn, () => `handler ${i}`);
    fn = h.fn;
  });
  before = -1;
  for (const row of chunk.spans) need(follows(row.pc) && isSpanRow(chunk, row), () => `span row of ${row.pc}`);
  before = -1;
  for (const row of chunk.lines) {
    need(follows(row.pc) && isIndex(row.line, 2 ** 31) && row.line > 0, () => `line row of ${row.pc}`);
  }
  need(chunk.lines[0]?.pc === 0, () => "no line for the first instruction");
}

function isLoop(chunk: Chunk, loop: LoopRow, k: number, starts: Uint8Array): boolean {
  const f = chunk.functions[loop.fn];
  if (!f || functionAt(chunk, loop.pc) !== f) return false;
  const word = chunk.code[loop.pc]!;
  if ((word & 0xff) !== OP.LOOP || word >>> 8 !== k || !isPlace(chunk, f.file, loop.offset)) return false;
  const within = Number.isInteger(loop.end) && loop.end > loop.pc && loop.end <= f.codeEnd;
  if (!within || !(loop.end === f.codeEnd || starts[loop.end] === 1)) return false;
  if (loop.parent === -1) return true;
  const parent = isIndex(loop.parent, k) ? chunk.loops[loop.parent]! : null;
  return parent !== null && parent.fn === loop.fn && loop.end <= parent.end;
}

function isSpanRow(chunk: Chunk, row: SpanRow): boolean {
  const { file } = functionAt(chunk, row.pc);
  const isRange = (r: { start: number; end: number }): boolean =>
    isPlace(chunk, file, r.start) && isPlace(chunk, file, r.end) && r.start <= r.end;
  const isOperand = (o: SpanOperand): boolean =>
    isRange(o) && isRep(o.type) && (o.name === null || typeof o.name === "string");
  return isRange(row) && row.operands.every(isOperand);
}
