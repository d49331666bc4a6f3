/**
 * Writing and taking apart instruction words; the only code that knows where a field's bits are.
 */
import { EXTENDED_BASE, OP, OP_LIST, type Op, type Operand, type OpName, opAt } from "./ops.js";

export { opAt } from "./ops.js";

/** Number of words, or null for an unknown opcode. */
export const sizeAt = (code: Uint32Array, pc: number): number | null => opAt(code, pc)?.size ?? null;

const unsignedImm = (op: Op): boolean => op.does.includes("zero-extended");

/** Raw value of a field of the instruction at `pc`; immediates and jumps are extended as the row says. */
export function fieldAt(code: Uint32Array, pc: number, op: Op, operand: Operand): number {
  const word = code[pc]!;
  const signed = (operand.role === "imm" && !unsignedImm(op)) || operand.role === "jump";
  switch (operand.field) {
    case "a":
      return (word >>> 8) & 0xff;
    case "b":
      return (word >>> 16) & 0xff;
    case "c":
      return signed ? word >> 24 : word >>> 24;
    case "d":
      return (code[pc + 1]! >>> 16) & 0xff;
    case "e":
      return code[pc + 1]! >>> 24;
    case "bc":
      return signed ? word >> 16 : word >>> 16;
    case "abc":
      return signed ? word >> 8 : word >>> 8;
    case "w1":
      return signed ? code[pc + 1]! | 0 : code[pc + 1]!;
    case "w2":
      return code[pc + 2]!;
    case "w3":
      return code[pc + 3]!;
    case "w4":
      return code[pc + 4]!;
    case "w5":
      return code[pc + 5]!;
  }
}

/** All operand values of the instruction at `pc`, in the order of the row. */
export const operandsAt = (code: Uint32Array, pc: number): number[] => {
  const op = opAt(code, pc)!;
  return op.list.map((o) => fieldAt(code, pc, op, o));
};

/** Words of an instruction; `values` in the order of the row (cells may be left out: they are 0). */
export function encode(name: OpName, values: readonly number[]): number[] {
  const op = OP_LIST[OP[name]]!;
  const words = new Array<number>(op.size).fill(0);
  if (op.extended) [words[0], words[1]] = [OP.EXT, op.code - EXTENDED_BASE];
  else words[0] = op.code;
  op.list.forEach((operand, i) => {
    const v = values[i] ?? 0;
    switch (operand.field) {
      case "a":
        words[0]! |= (v & 0xff) << 8;
        break;
      case "b":
        words[0]! |= (v & 0xff) << 16;
        break;
      case "c":
        words[0]! |= (v & 0xff) << 24;
        break;
      case "d":
        words[1]! |= (v & 0xff) << 16;
        break;
      case "e":
        words[1]! |= (v & 0xff) << 24;
        break;
      case "bc":
        words[0]! |= (v & 0xffff) << 16;
        break;
      case "abc":
        words[0]! |= (v & 0xffffff) << 8;
        break;
      case "w1":
        words[1] = v >>> 0;
        break;
      case "w2":
        words[2] = v >>> 0;
        break;
      case "w3":
        words[3] = v >>> 0;
        break;
      case "w4":
        words[4] = v >>> 0;
        break;
      case "w5":
        words[5] = v >>> 0;
        break;
    }
  });
  words[0] = words[0]! >>> 0;
  if (op.extended) words[1] = words[1]! >>> 0;
  return words;
}

/** Target pc of a jump instruction at `pc`, or null. Distances count from the word after the op word. */
export function jumpTarget(code: Uint32Array, pc: number): number | null {
  const op = opAt(code, pc)!;
  const operand = op.list.find((o) => o.role === "jump");
  return operand ? pc + 1 + fieldAt(code, pc, op, operand) : null;
}
const registers = (code: Uint32Array, pc: number, roles: readonly string[]): number[] => {
  const op = opAt(code, pc)!;
  return op.list.filter((o) => roles.includes(o.role)).map((o) => fieldAt(code, pc, op, o));
};
/** Registers that the instruction reads. */
export const sourceRegisters = (code: Uint32Array, pc: number): number[] => registers(code, pc, ["use", "both"]);
/** The register that the instruction writes (for CALL: when the callee has a result), or null. */
export const destRegister = (code: Uint32Array, pc: number): number | null =>
  registers(code, pc, ["def", "both"])[0] ?? null;
export const isControlFlow = (op: Op): boolean => op.flow !== undefined;
export const canThrow = (op: Op): boolean => op.effects?.includes("throws") ?? false;
