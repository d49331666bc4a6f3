/** Operators, comparisons, logic and casts (core 9 to 14). */
import { describe, expect, test } from "@jest/globals";
import { diagnose, errors, nodeTypes, typeOf } from "./helper.js";

const values = 'i = 1\nw: i64 = 1\nu: u32 = 1\nx: u64 = 1\nf = 1.5\nt = true\ns = "a"\n';
const at = (text: string): string[] => errors(`${values}r = ${text}\n`);

describe("arithmetic", () => {
  test.each([
    ["i + i", "i32"],
    ["w * w - w", "i64"],
    ["u % u", "u32"],
    ["x / x", "u64"],
    ["f * f", "f64"],
    ["-i", "i32"],
    ["-w", "i64"],
    ["-f", "f64"],
  ])("%s is %s", (text, type) => expect(typeOf(`${values}r = ${text}\n`, "r")).toBe(type));
  test.each([
    ["i + f", "8:7 E2004"],
    ["i * w", "8:7 E2004"],
    ["u - i", "8:7 E2004"],
    ["x + w", "8:7 E2004"],
    ["t + 1", "8:7 E2007"],
    ["s - s", "8:7 E2007"],
    ["s * 2", "8:7 E2007"],
    ["s + i", "8:7 E2007"],
    ["1 + s", "8:7 E2007"],
    ["-u", "8:5 E2007"],
    ["-t", "8:5 E2007"],
    ["-s", "8:5 E2007"],
  ])("%s: %s", (text, error) => expect(at(text)).toEqual([error]));
  test("of op= points at the operator", () => {
    expect(errors("mut a = 1\na += 1.5\na -= true\na *= 2\n")).toEqual(["2:3 E2004", "3:3 E2007"]);
    expect(errors('mut s = "a"\ns += "b"\n')).toEqual([]);
    expect(errors('mut s = "a"\ns += 1\n')).toEqual(["2:3 E2007"]);
    expect(errors('mut s = "a"\ns -= "b"\n')).toEqual(["2:3 E2007"]);
  });
  test("labels both operands and says what to write", () => {
    const [d] = diagnose("n = 3\nf = 1.5\nprint(n * f)\n");
    expect(d!.labels!.map((l) => l.text)).toEqual(["this is an `i32`", "this is an `f64`"]);
    expect(d!.help).toEqual(["convert one side: `(n as f64)`"]);
  });
});

describe("comparison", () => {
  test.each([
    "i == f",
    "w < u",
    "x >= i",
    "t == i",
    "t != 1",
    "t == t",
    "s == s",
    "s != s",
    "i matches 5",
    "1 == 1 == true",
    "1 < 2 == true",
    "0.5 < 1",
  ])("%s is a bool", (text) => expect(at(text)).toEqual([]));
  test("leaves both sides their types", () => {
    expect(nodeTypes("u: u32 = 1\nb = u < 2.5\n")).toEqual(["< bool", "u u32", "2.5 f64"]);
  });
  test.each([
    ["t < t", "8:7 E2007"],
    ["t < 1", "8:7 E2007"],
    ["i == s", "8:7 E2007"],
    ["s < 3", "8:7 E2007"],
    ["1 < 2 < 3", "8:11 E2007"],
    ["t matches s", "8:7 E2007"],
  ])("%s: %s", (text, error) => expect(at(text)).toEqual([error]));
});

describe("logic and conditions", () => {
  test.each([
    ["i and t", "8:7 E2007"],
    ["t or 1", "8:7 E2007"],
    ["1 and true", "8:7 E2007"],
    ["not i", "8:5 E2007"],
    ["t and not 5", "8:11 E2007"],
  ])("%s: %s", (text, error) => expect(at(text)).toEqual([error]));
  test("conditions are bools", () => {
    expect(errors('n = 1\nif n: pass\nelif "a": pass\nwhile 1.5: pass\nx = 1 if n else 2\nprint(x)\n')).toEqual([
      "2:4 E1403",
      "3:6 E1403",
      "4:7 E1403",
      "5:10 E1403",
    ]);
    expect(errors("fn f() -> i32: 1\nf() if 3\nf() if f() == 1\n")).toEqual(["2:8 E1403"]);
  });
  test("arms share a type", () => {
    expect(errors('print(1 if true else "x")\n')).toEqual(["1:22 E2002"]);
    expect(errors("a = 1\nprint(a if true else 2.5)\n")).toEqual(["2:22 E2002"]);
  });
});

describe("casts", () => {
  test("between numbers and bools, and of a string to itself", () => {
    for (const from of ["i", "w", "u", "x", "f", "t"]) {
      for (const to of ["i32", "i64", "u32", "u64", "f64", "bool"])
        expect(typeOf(`${values}r = ${from} as ${to}\n`, "r")).toBe(to);
    }
    expect(at("s as string")).toEqual([]);
    expect(at('s as str == "b"')).toEqual([]);
  });
  test.each([
    ["s as i32", "8:5 E2005"],
    ['"1" as bool', "8:5 E2005"],
    ["5 as foo", "8:10 E2003"],
    ["i as f64 / i as f64", "8:14 E2004"],
  ])("%s: %s", (text, error) => expect(at(text)).toEqual([error]));
});

describe("type names", () => {
  test("nearest type", () => {
    expect(diagnose("b: i31 = 1\n")[0]).toMatchObject({ code: "E2003", help: ["did you mean `i32`?"] });
    expect(errors("x: Money = 5\nfn f(m: Cash) -> Coin:\n    return m\ny: void = 1\n")).toEqual([
      "1:4 E2003",
      "2:9 E2003",
      "2:18 E2003",
      "4:4 E2003",
    ]);
  });
});

describe("typeof", () => {
  test("is a string and takes one value", () => {
    expect(errors('print(typeof(1) == "i32")\nprint(typeof(), typeof(1, 2))\n')).toEqual(["2:7 E2009", "2:17 E2009"]);
  });
});
