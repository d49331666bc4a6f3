/** `print` taken apart: core 16.3, resolved before the program runs. */
import { describe, expect, test } from "@jest/globals";
import { code, ops, printed } from "./helper.js";

/** The parameters that a template is filled with. */
const HEAD = "fn f(i: i32, u: u32, w: i64, x: f64, s: string, b: bool):\n    ";
const shape = (args: string): string[] =>
  code(`${HEAD}print(${args})\nf(1, 2, 3, 4.5, "s", true)\n`, "f")
    .slice(0, -1)
    .map((l) => l.replace(/ r\d+/g, "").replace("PRINT_", ""));
const said = (args: string): string => printed(`${HEAD}print(${args})\nf(-1, 10, 255, 0.125, "s@", true)\n`);

describe("marks", () => {
  test.each([
    ['"@", i', ["I32", "END"], "-1\n"],
    ['"@x @X", w, u', ["RADIX, 16", 'TEXT " "', "U32_TO_I64,", "RADIX, 272", "END"], "ff A\n"],
    ['"@o@b", w, u', ["RADIX, 8", "U32_TO_I64,", "RADIX, 2", "END"], "3771010\n"],
    ['"@x", i', ["I32_TO_I64,", "RADIX, 16", "END"], "ffffffffffffffff\n"],
    ['"@.2|@.0f|@.3", x, x, i', ["FIXED, 2", 'TEXT "|"', "FIXED, 0", 'TEXT "|"', "I32", "END"], "0.12|0|-1\n"],
    ['"@x @x @x", x, s, b', ["F64", 'TEXT " "', "STRING", 'TEXT " "', "BOOL", "END"], "0.125 s@ true\n"],
    ['"total @.", i', ['TEXT "total "', "I32", 'TEXT "."', "END"], "total -1.\n"],
    ['"@box", u', ["U32_TO_I64,", "RADIX, 2", 'TEXT "ox"', "END"], "1010ox\n"],
    ['"@@", i', ["I32", 'TEXT "@"', "END"], "-1@\n"],
    ['"@@"', ['TEXT "@@"', "END"], "@@\n"],
    ['"@", i, u, b', ["I32", 'TEXT " "', "U32", 'TEXT " "', "BOOL", "END"], "-1 10 true\n"],
    ["s, i", ["STRING", 'TEXT " "', "I32", "END"], "s@ -1\n"],
    ["", ["END"], "\n"],
    ['"", i', ['TEXT " "', "I32", "END"], " -1\n"],
    ['i, ""', ["I32", 'TEXT " "', "END"], "-1 \n"],
  ])("print(%s)", (args, expected, out) => {
    expect(shape(args)).toEqual(expected);
    expect(said(args)).toBe(out);
  });
});

test("known values become text; floats are left to the runtime", () => {
  expect(code('N := 255\nprint("@ = @x = @b, @ @", N, N, -1, "t", true)\n')[0]).toBe(
    `PRINT_TEXT "255 = ff = ${"1".repeat(64)}, t true"`,
  );
  expect(ops("print(0.1, 1e21)\n").filter((o) => o === "PRINT_F64")).toHaveLength(2);
  expect(printed("print(0.1, 1e21, -0.0)\n")).toBe("0.1 1e+21 0\n");
});

test("all arguments are evaluated before anything is written", () => {
  const text = 'fn f(n: i32) -> i32:\n    print("in")\n    return 10 / n\nprint("a", f(1), f(0))\n';
  expect(printed(text)).toBe("in\nin\nE0001");
});

test("a template may be long", () => {
  const marks = "@ ".repeat(5000);
  expect(printed(`mut n = 1\nn = 2\nprint("${marks}"${", n".repeat(5000)})\n`)).toBe(`${"2 ".repeat(5000)}\n`);
});

test("more decimals than a double has", () => {
  expect(printed('mut x = 0.5\nx = 0.25\nprint("@.3", x)\n')).toBe("0.250\n");
  expect(printed('mut x = 0.5\nx = 0.25\nprint("@.999999999", x)\n').length).toBe(100_003);
});
