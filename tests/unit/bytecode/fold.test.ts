/** Constants that the bytecode shows, and folds that must stay because they fail when they are executed. */
import { describe, expect, test } from "@jest/globals";
import { code, ops, printed } from "./helper.js";

const loads = (text: string, name?: string): string[] => code(text, name).filter((l) => l.startsWith("LOAD"));

test("`2 + 3` is one load of 5", () => {
  expect(code("mut x = 2 + 3\nx = x\n")[0]).toBe("LOAD_IMM_I32 r0, 5");
  expect(loads("mut x = 2 + 3\nprint(x)\nx = 1\n")).toEqual(["LOAD_IMM_I32 r0, 5", "LOAD_IMM_I32 r0, 1"]);
});

describe("exact in every type", () => {
  // The value is a mutable variable's, so that it has to be in a register.
  const folded = (e: string): string => loads(`mut x = ${e}\nprint(x)\nx = ${e}\n`)[0]!.replace(/^\S+ r0, /, "");
  test.each([
    ["2147483647 - 1", "2147483646"],
    ["-2147483648", "-2147483648"],
    ["7 / 2 * -1", "-3"],
    ["-7 / 2", "-3"],
    ["-7 % 3", "-1"],
    ["4294967295u32 + 2u32", "1"],
    ["0u32 - 1u32", "4294967295u32"],
    ["18446744073709551615u64 * 2u64", "18446744073709551614u64"],
    ["9223372036854775807i64 - 1", "9223372036854775806i64"],
    ["3000000000 + 1", "3000000001i64"],
    ["0.1 + 0.2", "0.30000000000000004"],
    ["-7.5 % 2.0", "-1.5"],
    ["0.0 * -1.0", "-0.0"],
    ["5 as f64 / 2.0", "2.5"],
    ["-7 as u32", "4294967289u32"],
    ["3000000000i64 as i32", "-1294967296"],
    ["-0.99 as u32", "0"],
    ["2147483647.9 as i32", "2147483647"],
    ["3 if 1 < 2 else 4", "3"],
    ["true and not false", "1"],
    ["0.0 / 1.0 == -0.0", "1"],
    ["-1i32 == 4294967295u32", "0"],
    ["9007199254740993i64 == 9007199254740992.0", "0"],
    ["-1i64 < 18446744073709551615u64", "1"],
    ['"a" == "a"', "1"],
    ["typeof(1.5)", '"f64"'],
  ])("%s", (e, value) => expect(folded(e)).toBe(value));
});

test("what fails stays", () => {
  expect(ops("mut x = 2147483647\nx = 2147483647 + 1\n")).toContain("ADD_I32_IMM");
  expect(ops("mut x = 1 / 0\nx = 1\n")).toContain("DIV_I32");
  expect(ops("mut x = 1 % 0\nx = 1\n")).toContain("REM_I32");
  expect(ops("mut x = 1.0 / 0.0\nx = 1.0\n")).toContain("DIV_F64");
  expect(ops("mut x = -1 as u64\nx = 1u64\n")).toContain("I32_TO_U64");
  expect(ops("mut x = 3e9 as i32\nx = 1\n")).toContain("F64_TO_I32");
  expect(printed("print(1)\nif false: print(1 / 0)\nmut x = 1 / 0\nx = 1\n")).toBe("1\nE0001");
});

test("a variable that is never assigned and whose value is known takes no register", () => {
  expect(code("LIMIT := 10\nx = LIMIT * 2\nprint(x + 1)\n")).toEqual(['PRINT_TEXT "21"', "PRINT_END", "RETURN_VOID"]);
  expect(code("x = 5\nfn f() -> i32: x + 1\nprint(f())\n", "f")).toEqual(["LOAD_IMM_I32 r0, 6", "RETURN r0"]);
});

test("a decided condition leaves one way", () => {
  expect(code("DEBUG := false\nif DEBUG: print(1)\nelse: print(2)\n")).toEqual([
    'PRINT_TEXT "2"',
    "PRINT_END",
    "RETURN_VOID",
  ]);
  expect(ops("while false: print(1)\n")).toEqual(["RETURN_VOID"]);
});

test("a long chain of constants", () => {
  expect(loads(`mut x = 1${" + 1".repeat(900)}\nx = 1\n`)[0]).toBe("LOAD_IMM_I32 r0, 901");
});
