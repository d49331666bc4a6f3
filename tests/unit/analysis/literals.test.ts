/** Unsuffixed literals take the type of their context (core 6). */
import { describe, expect, test } from "@jest/globals";
import { errors, nodeTypes, typeOf } from "./helper.js";

describe("types of literals", () => {
  test.each([
    ["1", "i32"],
    ["2147483647", "i32"],
    ["2147483648", "i64"],
    ["-2147483648", "i32"],
    ["-2147483649", "i64"],
    ["9223372036854775808", "u64"],
    ["-9223372036854775808", "i64"],
    ["1 + 3000000000", "i64"],
    ["(1 + 2) * 3000000000 - 1", "i64"],
    ["1 if c else 3000000000", "i64"],
    ["1 + 2.5", "f64"],
    ["2.5 * 2", "f64"],
    ["3 - 1u32", "u32"],
    ["1 + 2i64", "i64"],
    ["5u", "u32"],
    ["-5i64", "i64"],
    ["1 + big", "i64"],
    ["big * -3", "i64"],
    ["10 - u", "u32"],
    ["2 * (3 + 4) * u", "u32"],
    ["(1 if c else 2) + big", "i64"],
    ["1 < 3000000000", "bool"],
    ["-(-7)", "i32"],
    ["- -4", "i32"],
    ["big if c else 0", "i64"],
    ["0 if c else 1 if c else big", "i64"],
    ["0 if c else 2.5", "f64"],
    ["-2147483648i32", "i32"],
    ["typeof(3)", "string"],
    ["0x9908b0df as u32", "u32"],
    ["(1) + (2)", "i32"],
  ])("%s is %s", (text, type) => {
    const source = `c = true\nbig: i64 = 7\nu: u32 = 7\nx = ${text}\nprint(x)\n`;
    expect(typeOf(source, "x")).toBe(type);
    expect(errors(source)).toEqual([]);
  });

  test("every node of a piece has the type of the piece", () => {
    expect(nodeTypes("y: f64 = (7 - 2) / -2\n")).toEqual([
      "/ f64",
      "( f64",
      "- f64",
      "7 f64",
      "2 f64",
      "- f64",
      "2 f64",
    ]);
  });
});

describe("contexts", () => {
  test("pass through operators, signs, parentheses and arms", () => {
    expect(
      errors(
        "c = true\ny: i64 = 1 + 2\nz: f64 = (7 - 2) / 2\nw: u64 = 2 * (3 if c else 4)\nv: i64 = -(5)\nprint(y, z, w, v)\n",
      ),
    ).toEqual([]);
    expect(
      errors(
        "fn f(x: f64) -> f64: x / 2\nprint(f(3 * 5 - 1), f(-3))\nfn g() -> i64:\n    return 5\nfn h() -> u64: 5\n",
      ),
    ).toEqual([]);
    expect(errors("mut f = 1.5\nf = 2\nf /= 4\nmut w: i64 = 1\nw = 7\nw += 3000000000\n")).toEqual([]);
    expect(
      errors("a: i64 = 1\nprint(a == 7, 3000000000 > a, a < 8 and 1 <= a)\nfor i in 0..a:\n    print(i + a)\n"),
    ).toEqual([]);
  });
  test("ranges are checked with the sign", () => {
    expect(errors("n: i32 = 5000000000\n")).toEqual(["1:10 E2020"]);
    expect(errors("n: u32 = -1\n")).toEqual(["1:10 E2020"]);
    expect(errors("n: i32 = -2147483648\nm: i64 = -9223372036854775808\n")).toEqual([]);
    expect(errors("n: i32 = -2147483649\n")).toEqual(["1:10 E2020"]);
    expect(errors("a = 5\nprint(a + 3000000000)\n")).toEqual(["2:11 E2020"]);
    expect(errors("a = 4294967296u32\nb = -5u32\nc = -2147483649i32\n")).toEqual([
      "1:5 E2020",
      "2:5 E2020",
      "3:5 E2020",
    ]);
    expect(errors("a = -9223372036854775809\n")).toEqual(["1:5 E2020"]);
    expect(errors("a = -1 + 18446744073709551615\n")).toEqual(["1:10 E2020"]);
    expect(errors("x: i32 = 1 if true else 3000000000\n")).toEqual(["1:25 E2020"]);
    expect(errors("u: u32 = -(1 + 2)\nv = -(5) * u\n")).toEqual(["1:10 E2007", "2:5 E2007"]);
  });
  test("a negative one beside an unsigned number is compared by value", () => {
    const types = (e: string): string[] => nodeTypes(`w = 3u64\nc = true\nx = ${e}\n`).slice(1);
    expect(types("-(5 + 1) >= w").map((t) => t.split(" ").at(-1))).toEqual(["i32", "i32", "i32", "i32", "i32", "u64"]);
    expect(types("w < -1")).toEqual(["w u64", "- i32", "1 i32"]);
    expect(types("-3000000000 == w")).toEqual(["- i64", "3000000000 i64", "w u64"]);
    expect(types("(-1 if c else 7) != w").at(-1)).toBe("w u64");
    expect(types("7 - 3 < w").slice(1)).toEqual(["7 u64", "3 u64", "w u64"]);
    expect(types("-0 < w")).toEqual(["- u64", "0 u64", "w u64"]);
    expect(errors("w = 3u32\nprint(-1 < w, w > - -2, -(2) <= w, 1u64 != -1)\n")).toEqual([]);
    // Arithmetic has one type, and what is too large for the other side stays a mistake.
    expect(errors("w = 3u32\nprint(-1 + w)\nprint(w < 4294967296)\n")).toEqual(["2:7 E2020", "3:11 E2020"]);
  });
  test("are no conversion", () => {
    expect(errors("n: i32 = 5.0\n")).toEqual(["1:10 E2001"]);
    expect(errors("s: string = 5\nb: bool = 1\n")).toEqual(["1:13 E2001", "2:11 E2001"]);
    expect(errors("x = 1\ny: i64 = x + 1\n")).toEqual(["2:10 E2001"]);
  });
});
