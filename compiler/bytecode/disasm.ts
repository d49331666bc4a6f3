/**
 * Bytecode as text, from the table alone: one line per instruction with its offset in words, source line, name and
 * operands by name; jump targets as labels.
 *
 *   fn 1 fib(i32) -> i32   window 4
 *      12  line 2   JUMP_GE_I32_IMM  r0, 2, L0
 */
import type { Chunk, Constant, Proto, StaticObject } from "./chunk.js";
import { fieldAt, jumpTarget, opAt } from "./encode.js";
import type { Op } from "./ops.js";

/** A constant as it is written in the source, with its type where the text does not say it. */
export function constantText(c: Constant): string {
  if (c.type === "ref") return "text" in c ? JSON.stringify(c.text) : objectText(c.object);
  if (c.type === "bool") return c.value ? "true" : "false";
  if (c.type === "f64")
    return Object.is(c.value, -0) ? "-0.0" : Number.isInteger(c.value) ? `${c.value}.0` : String(c.value);
  return c.type === "i32" ? String(c.value) : `${c.value}${c.type}`;
}

function objectText(o: StaticObject): string {
  switch (o.kind) {
    case "variant":
      return `variant ${o.variant}`;
    case "function":
      return `function ${o.fn}`;
    case "array":
      return `array of ${o.bits.length}`;
  }
}

export interface Instruction {
  readonly pc: number;
  readonly line: number;
  readonly op: Op;
  readonly operands: readonly string[];
}

/** The instructions of a function, decoded. */
export function decode(
  chunk: Chunk,
  fn: Proto,
): { readonly list: readonly Instruction[]; readonly labels: ReadonlyMap<number, string> } {
  const targets = new Set<number>();
  for (let pc = fn.codeStart; pc < fn.codeEnd; pc += opAt(chunk.code, pc)?.size ?? 1) {
    if (!opAt(chunk.code, pc)) continue;
    const t = jumpTarget(chunk.code, pc);
    if (t !== null) targets.add(t);
  }
  const labels = new Map([...targets].sort((a, b) => a - b).map((pc, i) => [pc, `L${i}`]));
  const list: Instruction[] = [];
  let row = lineRowAt(chunk, fn.codeStart);
  for (let pc = fn.codeStart; pc < fn.codeEnd; ) {
    const op = opAt(chunk.code, pc);
    if (!op) break;
    while (row + 1 < chunk.lines.length && chunk.lines[row + 1]!.pc <= pc) row++;
    const operands = op.list
      .filter((o) => o.role !== "cell" && !(o.type === "result" && isVoidCall(chunk, pc)))
      .map((o) => {
        const v = fieldAt(chunk.code, pc, op, o);
        switch (o.role) {
          case "def":
          case "use":
          case "both":
          case "spill":
            return `r${v}`;
          case "jump":
            return labels.get(jumpTarget(chunk.code, pc)!) ?? String(v);
          case "const":
            return chunk.constants[v] ? constantText(chunk.constants[v]!) : `constant ${v}`;
          case "global":
            return chunk.globals[v]?.name ?? `global ${v}`;
          case "fn":
            return chunk.functions[v]?.name ?? `function ${v}`;
          case "loop":
            return `loop ${v}`;
          case "out":
            return `window r${v}`;
          default:
            return String(v);
        }
      });
    list.push({ pc, line: chunk.lines[row]?.line ?? 0, op, operands });
    pc += op.size;
  }
  return { list, labels };
}

/** A CALL of a function without a result: its destination means nothing. */
const isVoidCall = (chunk: Chunk, pc: number): boolean => chunk.functions[chunk.code[pc + 1]!]?.result === null;

/** Index of the line row that an address belongs to. */
function lineRowAt(chunk: Chunk, pc: number): number {
  let low = 0;
  let high = chunk.lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (chunk.lines[middle]!.pc <= pc) low = middle;
    else high = middle - 1;
  }
  return Math.max(low, 0);
}

/** Text of one function. */
export function disassembleFunction(chunk: Chunk, index: number): string {
  const fn = chunk.functions[index]!;
  const { list, labels } = decode(chunk, fn);
  const out = [
    `fn ${index} ${fn.name}(${fn.params.join(", ")})${fn.result ? ` -> ${fn.result}` : ""}   window ${fn.window}`,
  ];
  let line = -1;
  for (const i of list) {
    const label = labels.get(i.pc);
    if (label) out.push(`${label}:`);
    const where = i.line === line ? "" : `line ${i.line}`;
    line = i.line;
    out.push(
      `${String(i.pc).padStart(6)}  ${where.padEnd(9)} ${i.op.name.padEnd(20)} ${i.operands.join(", ")}`.trimEnd(),
    );
  }
  return `${out.join("\n")}\n`;
}

/** The same as `disassemble` as plain data, for tools. */
export function disassembleData(chunk: Chunk, name?: string): unknown {
  const functions = chunk.functions
    .filter((f) => name === undefined || f.name === name)
    .map((f) => {
      const { list, labels } = decode(chunk, f);
      const code = list.map(({ pc, line, op, operands }) => ({ offset: pc, line, op: op.name, operands }));
      const targets = Object.fromEntries([...labels].map(([pc, label]) => [label, pc]));
      return { name: f.name, params: f.params, result: f.result, window: f.window, labels: targets, code };
    });
  if (name !== undefined) return { functions };
  const constants = chunk.constants.map((c) => ({ type: c.type, value: constantText(c) }));
  return { functions, constants, variables: chunk.globals };
}

/** Text of a whole chunk, or of the functions called `name`. */
export function disassemble(chunk: Chunk, name?: string): string {
  const parts = chunk.functions.flatMap((f, i) =>
    name === undefined || f.name === name ? [disassembleFunction(chunk, i)] : [],
  );
  if (name === undefined && chunk.constants.length > 0)
    parts.push(
      `constants\n${chunk.constants.map((c, i) => `${String(i).padStart(6)}  ${constantText(c)}`).join("\n")}\n`,
    );
  if (name === undefined && chunk.globals.length > 0)
    parts.push(
      `module variables\n${chunk.globals.map((g, i) => `${String(i).padStart(6)}  ${g.name}: ${g.type}`).join("\n")}\n`,
    );
  return parts.join("\n");
}
