/** Tokens: numbers, texts, comments, layout, and what is wrong in them. */
import { describe, expect, test } from "@jest/globals";
import { errors, expression, kinds, read, shape } from "./helper.js";

describe("numbers", () => {
  test.each([
    ["010", "10"],
    ["1_000_000", "1000000"],
    ["0x1F", "31"],
    ["0XdEaD_bEeF", "3735928559"],
    ["0B1111_0000", "240"],
    ["0o17", "15"],
    ["5u", "5u"],
    ["0xFFFFFFFFu", "4294967295u"],
    ["0xFFi64", "255i64"],
    ["3.0i32", "3i32"],
    ["1e3i64", "1000i64"],
    ["12.50e2u32", "1250u32"],
    ["0.0e999999999999i64", "0i64"],
    ["18446744073709551615", "18446744073709551615"],
    ["5f64", "5f"],
    ["1_0.5_0", "10.5f"],
    ["1_0e1_0", "100000000000f"],
    ["2e+2", "200f"],
    ["5e-1", "0.5f"],
    ["6 - -2", "(- 6 (- 2))"],
    ["3--2", "(- 3 (- 2))"],
  ])("%s is %s", (text, value) => {
    expect(expression(text)).toBe(value);
  });
  test.each([
    "1_",
    "1__0",
    "0x_1",
    "0x",
    "0b12",
    "0o8",
    "0b1u8",
    "5u8",
    "5i16",
    "1.",
    "1.e5",
    ".5",
    "1e",
    "1e+",
    "1.5i32",
    "1e-1i64",
    "1.2.3",
    "1_.5",
    "1._5",
    "18446744073709551616",
    "1e30i64",
    "0x1_0000_0000_0000_0000",
    "1e999999999999i64",
    "99999999999999999999u64",
  ])("%s is no number, and one mistake", (text) => {
    expect(errors(`x = ${text}\n`)).toEqual(["1:5 E1025"]);
  });
  test("a range is not a fraction, digits before `=` are a bad name", () => {
    expect(kinds("1..3")).toBe("int .. int newline end");
    expect(kinds("1..=3.5")).toBe("int ..= float newline end");
    expect(errors("2x = 7\nprint(1)\n")).toEqual(["1:1 E1013"]);
  });
});

describe("texts", () => {
  test("escapes are processed", () => {
    expect(expression('"a\\n\\t\\r\\"\\\\\\0é"')).toBe(JSON.stringify('a\n\t\r"\\\0é'));
  });
  test("an unknown escape is marked, an unclosed text once", () => {
    expect(errors('print("bad \\q and \\x")\n')).toEqual(["1:12 E1022", "1:19 E1022"]);
    expect(errors('print("open)\nprint(2)\n')).toEqual(["1:7 E1021"]);
    expect(errors('s = "first\nsecond"\nprint(s)\n')).toEqual(["1:5 E1021"]);
    expect(errors('"\n"\n"\n')).toEqual(["1:1 E1021", "3:1 E1021"]);
    expect(errors('"ends with \\')).toEqual(["1:1 E1021"]);
  });
  test("single quotes and typographic quotes are one mistake each", () => {
    expect(errors("x = 'a b'\n")).toEqual(["1:5 E1033"]);
    expect(errors("x = “a b” + 1\n")).toEqual(["1:5 E1023"]);
  });
});

describe("other characters", () => {
  test("neighbouring unknown ones are one mistake and stand for a value", () => {
    expect(errors("cost = 5 $ 2\n")).toEqual(["1:10 E1023"]);
    expect(errors("größe = 3\nprint(größe)\n")).toEqual(["1:3 E1023", "2:9 E1023"]);
    expect(errors("x = f(1, §§, 2)\n")).toEqual(["1:10 E1023"]);
    expect(errors("# a (comment\nprint(1)\n")).toEqual(["1:1 E1023"]);
    expect(errors("x = 1 + \\\n    2\nprint(x)\n")).toEqual(["1:9 E1023"]);
  });
  test("operators of other languages are read as what they mean", () => {
    expect(errors("x = a && b || c\n")).toEqual(["1:7 E1033", "1:12 E1033"]);
    expect(errors("x = a === b\n")).toEqual(["1:7 E1033"]);
  });
  test("comments may stand anywhere; only the first `*/` ends one", () => {
    expect(kinds("/* a /* b */ x // c\n/**/ y /***/")).toBe("name newline name newline end");
    expect(kinds("x /* two\nlines */ + 1")).toBe("name + int newline end");
    expect(errors("print(1)\n/* no end\nprint(2)\n")).toEqual(["2:1 E1024"]);
  });
  test("an empty file, one of comments, and CRLF are fine", () => {
    expect(kinds("")).toBe("end");
    expect(kinds("// nothing\n   /* here */\n")).toBe("end");
    expect(kinds("if a:\r\n    b\r\n")).toBe("if name : newline indent name newline dedent end");
  });
  test("bytes that are no text are all that is said", () => {
    expect(read(new Uint8Array([0x78, 0x0a, 0x20, 0xff, 0x22])).errors).toEqual(["2:2 E1034"]);
  });
});

describe("layout", () => {
  test("a tab counts four, widths of siblings may differ, lines without code count nothing", () => {
    expect(shape("if a:\n\tb\n    c\n\n  // x\nif d:\n e\nf\n")).toBe("if{expr expr} if{expr} expr");
  });
  test("a comment before code leaves the indentation to what stands before it", () => {
    expect(shape("if a:\n    /* x */ b\n/* y */ c\n")).toBe("if{expr} expr");
  });
  test("wrong depths are marked at the first token and read on", () => {
    expect(errors("if a:\n        b\n    c\n    d\ne\n")).toEqual(["3:5 E1008"]);
    expect(errors("x = 1\n    y = 2\nz = 3\n")).toEqual(["2:5 E1008"]);
    expect(errors("  x = 1\n")).toEqual(["1:3 E1008"]);
    expect(shape("x\n    y\nz\n")).toBe("expr expr expr");
  });
  test("line ends mean nothing in brackets", () => {
    expect(shape("x = (1 +\n2\n  + 3)\nprint(\n    a,\n  b,\n)\n")).toBe("bind print");
    expect(errors("fn f(a:\n        i32,\n    b: i32) -> i32:\n    return a\n")).toEqual([]);
  });
});

describe("brackets", () => {
  test.each([
    ["total = (3 + 4\nprint(total)\n", "1:9 E1003"],
    ["row = [1, 2\nif a:\n    b\n", "1:7 E1020"],
    ["f(1,\nwhile a:\n    b\n", "1:2 E1003"],
    ["x = (1 +\ny = 2\n", "1:5 E1003"],
    ["x = (1\ny(2)\n", "1:5 E1003"],
    ["x = f(g(1)\n", "1:6 E1003"],
    ["x = (\n", "1:5 E1003"],
    ["print(1))\n", "1:9 E1001"],
    ["}\n", "1:1 E1001"],
    ["x = (1]\ny = 2\n", "1:7 E1003"],
    ["fn f(x: i32 -> i32:\n    return x\nprint(f(1))\n", "1:5 E1003"],
    ["if (a + 1:\n    b\nc\n", "1:4 E1003"],
    ["while f(a:\n    b\nc\n", "1:8 E1003"],
  ])("%j", (source, error) => {
    expect(errors(source).filter((e) => !e.endsWith("E1099"))).toEqual([error]);
  });
  test("the statements after a missing closer are read", () => {
    expect(errors("x = (1 + 2\ny = 3 +\nz = (4\n")).toEqual(["1:5 E1003", "2:8 E1026", "3:5 E1003"]);
  });
  test("a closer that fits an outer bracket closes the inner ones", () => {
    expect(errors("print((1 + f[2)\ny = 1 +\n")).toContain("1:15 E1020");
  });
});
