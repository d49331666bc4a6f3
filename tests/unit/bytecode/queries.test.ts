/** What can be asked of an instruction without executing it, for every op of the table. */
import { expect, test } from "@jest/globals";
import {
  canThrow,
  destRegister,
  encode,
  isControlFlow,
  jumpTarget,
  operandsAt,
  sizeAt,
  sourceRegisters,
} from "../../../compiler/bytecode/encode.js";
import { ALL_OPS, type OpName } from "../../../compiler/bytecode/ops.js";

/** Roles and types of a row's operands as its text says: "a:def i32, b:use i32, w1:jump". */
const roles = (operands: string): string[] =>
  operands === "" ? [] : operands.split(", ").map((o) => o.split(":")[1]!.split(" ")[0]!);

// EXT is only the first word of the extended ones.
test.each(ALL_OPS.map((op) => op.name as OpName).filter((name) => name !== "EXT"))("%s", (name) => {
  const op = ALL_OPS.find((o) => o.name === name)!;
  const list = roles(op.operands);
  // Small and all different.
  const values = list.map((_, i) => i + 3);
  const before = encode("RETURN_VOID", []);
  const code = Uint32Array.from([...before, ...encode(name, values), ...before]);
  const at = before.length;
  expect(operandsAt(code, at)).toEqual(values);
  expect(sizeAt(code, at)).toBe(code.length - 2 * before.length);
  const of = (...wanted: string[]): number[] => values.filter((_, i) => wanted.includes(list[i]!));
  expect(sourceRegisters(code, at)).toEqual(of("use", "both"));
  expect(destRegister(code, at)).toBe(of("def", "both")[0] ?? null);
  const [distance] = of("jump");
  expect(jumpTarget(code, at)).toBe(distance === undefined ? null : at + 1 + distance);
});

test("an unknown opcode has no size", () => {
  expect(sizeAt(Uint32Array.of(0xff), 0)).toBe(null);
});

test("control flow and failing, by name", () => {
  const row = (name: OpName) => ALL_OPS.find((op) => op.name === name)!;
  const flow: OpName[] = ["JUMP", "JUMP_IF", "CALL", "TAIL_CALL", "RETURN", "RETURN_VOID"];
  expect(flow.filter((name) => !isControlFlow(row(name)))).toEqual([]);
  expect(
    (["MOVE", "LOOP", "ADD_I32", "LOAD_SLOT_I32", "POP_REF"] as OpName[]).filter((n) => isControlFlow(row(n))),
  ).toEqual([]);
  expect(
    (["ADD_I32", "DIV_I64", "CALL", "POP_REF", "UNWRAP_REF"] as OpName[]).filter((n) => !canThrow(row(n))),
  ).toEqual([]);
  expect((["MOVE", "ADD_F64", "JUMP", "EQ_I32"] as OpName[]).filter((n) => canThrow(row(n)))).toEqual([]);
});
