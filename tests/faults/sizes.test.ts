/**
 * Sizes: there are no small limits (tooling.md 5). Long chains, many names, many values alive at once, long lines and
 * long names work in the interpreter, in native code and in built modules; depth has the documented limits and
 * says so, before any native stack is at risk.
 *
 * @jest-environment ./dist/tests/support/with-binaryen.js
 */
import { describe, expect, test } from "@jest/globals";
import { binaryen } from "../support/binaryen.js";
import { compiled, program, type Seen, Tiers } from "../support/tiers.js";

const tiers = new Tiers(binaryen);

const times = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join("");

/** Runs in all tiers. */
function expectOutput(text: string, out: string): void {
  const p = program(text);
  const expected: Seen = { out, exit: 0, error: null };
  expect({ tier: "interp", ...tiers.interp(p) }).toEqual({ tier: "interp", ...expected });
  expect({ tier: "jit", ...tiers.jit(p) }).toEqual({ tier: "jit", ...expected });
  expect({ tier: "aot", ...tiers.aot(p) }).toEqual({ tier: "aot", ...expected });
}

describe("many of something", () => {
  test("an `elif` chain of 5,000 arms", () => {
    const arms = times(5_000, (i) => `    ${i === 0 ? "if" : "elif"} n == ${i}:\n        return ${i} * 3\n`);
    const text = `fn pick(n: i32) -> i32:\n${arms}    else:\n        return -1\n\nfor i in 0..6000..1000: print(pick(i))\nprint(pick(4999))\n`;
    expectOutput(text, "0\n3000\n6000\n9000\n12000\n-1\n14997\n");
  });
  test("10,000 module variables", () => {
    const text = `${times(10_000, (i) => `mut v${i} = ${i}\n`)}fn add():\n    v9999 += v1\n\nadd()\nprint(v0 + v5000 + v9999)\n`;
    expectOutput(text, "15000\n");
  });
  test("10,000 local variables", () => {
    const text = `fn f(n: i32) -> i32:\n    v0 = n\n${times(9_999, (i) => `    v${i + 1} = v${i} + 1\n`)}    return v9999\n\nfor i in 0..3: print(f(i))\n`;
    expectOutput(text, "9999\n10000\n10001\n");
  });
  test("1,000 live variables in one function", () => {
    const names = Array.from({ length: 1_000 }, (_, i) => `v${i}`);
    const lines = names.map((v, i) => `    ${v} = n * ${i + 1} + ${i}u32\n`);
    const text = `fn f(n: u32) -> u32:\n${lines.join("")}    print(n)\n    return ${names.join(" + ")}\n\nprint(f(2))\nprint(f(3))\n`;
    const sum = (n: number): number => names.reduce((s, _, i) => s + n * (i + 1) + i, 0);
    expectOutput(text, `2\n${sum(2)}\n3\n${sum(3)}\n`);
  });
  test("20,000 functions", () => {
    const text = `${times(20_000, (i) => `fn f${i}(n: i32) -> i32: return n + ${i % 7}\n`)}print(f0(1) + f19999(2) + f12345(3))\n`;
    expectOutput(text, `${1 + 2 + (19_999 % 7) + 3 + (12_345 % 7)}\n`);
  });
  test("65,535 constants", () => {
    const n = 65_535;
    const text = `mut s: i64 = 0\n${times(n, (i) => `s += ${4_000_000_000 + i}\n`)}print(s)\n`;
    expectOutput(text, `${n * 4_000_000_000 + (n * (n - 1)) / 2}\n`);
  });
  test("a function of 3,000 branches and loops", () => {
    const body = times(1_500, (i) => `    if n % ${i + 2} == 0:\n        t += 1\n    for i in 0..2: t += i\n`);
    const text = `fn f(n: i32) -> i32:\n    mut t = 0\n${body}    return t\n\nprint(f(720720))\nprint(f(7))\n`;
    const count = (n: number): number =>
      Array.from({ length: 1_500 }, (_, i) => Number(n % (i + 2) === 0)).reduce((a, b) => a + b);
    expectOutput(text, `${count(720_720) + 1_500}\n${count(7) + 1_500}\n`);
  });
  test("a call with 200 arguments", () => {
    const names = Array.from({ length: 200 }, (_, i) => `p${i}`);
    const text = `fn f(${names.map((p) => `${p}: i32`).join(", ")}) -> i32:\n    return ${names.join(" + ")}\n\nprint(f(${names.map((_, i) => i).join(", ")}))\n`;
    expectOutput(text, `${(200 * 199) / 2}\n`);
  });
});

describe("long lines and names", () => {
  test("a line of 1 MB", () => {
    const terms = 250_000;
    expectOutput(`mut a = 0\na = 1${" + 1".repeat(terms - 1)}\nprint(a)\n`, `${terms}\n`);
  });
  test("a text of 1 MB", () => {
    expectOutput(`s = "${"x".repeat(1_000_000)}"\nprint(s)\n`, `${"x".repeat(1_000_000)}\n`);
  });
  test("a name of 100,000 characters", () => {
    const name = "n".repeat(100_000);
    expectOutput(`mut ${name} = 1\nfn f${name}() -> i32: return ${name}\n${name} += 1\nprint(f${name}())\n`, "2\n");
  });
});

describe("depth", () => {
  const codes = (text: string): readonly string[] => {
    const p = compiled(text);
    return "rejected" in p ? p.rejected : [];
  };
  const nested = (open: string, inner: string, close: string, n: number): string =>
    `${open.repeat(n)}${inner}${close.repeat(n)}`;

  test.each([
    ["parentheses", "(", "7", ")", "7"],
    ["`-`", "-", "7", "", "7"],
    ["`not`", "not ", "true", "", "true"],
    ["calls", "f(", "7", ")", "1007"],
    ["conditions", "1 if b else ", "7", "", "7"],
  ])("1,000 nested %s work, 1,001 are E1009", (_, open, inner, close, out) => {
    const text = (n: number): string =>
      `fn f(n: i32) -> i32: return n + 1\n\nmut b = true\nb = false\nprint(${nested(open, inner, close, n)})\n`;
    expectOutput(text(1_000), `${out}\n`);
    expect(codes(text(1_001))).toEqual(["E1009"]);
    expect(codes(text(100_000))).toEqual(["E1009"]);
  });
  // The parentheses and what is in them are an expression each.
  test.each([
    ["casts", "(", "7", " as i32)", "7"],
    ["operations", "(1 + ", "7", ")", "507"],
    ["alternatives", "(b or ", "b", ")", "false"],
  ])("500 nested %s in parentheses work, 501 are E1009", (_, open, inner, close, out) => {
    const text = (n: number): string => `mut b = true\nb = false\nprint(${nested(open, inner, close, n)})\n`;
    expectOutput(text(500), `${out}\n`);
    expect(codes(text(501))).toEqual(["E1009"]);
    expect(codes(text(100_000))).toEqual(["E1009"]);
  });
  test("200 nested blocks work, 201 are E1009", () => {
    const blocks = (n: number): string =>
      `mut t = 0\n${times(n, (i) => `${" ".repeat(i)}${["if t == 0:", `for i${i} in 0..1:`, `while t == 0:`][i % 3]}\n`)}${" ".repeat(n)}t += 1\nprint(t)\n`;
    expectOutput(blocks(200), "1\n");
    expect(codes(blocks(201))).toEqual(["E1009"]);
  });
  test("100 functions inside each other", () => {
    const text = `${times(100, (i) => `${" ".repeat(i)}fn f${i}(n: i32) -> i32:\n`)}${" ".repeat(100)}return n\n${times(
      99,
      (i) => `${" ".repeat(99 - i)}return f${99 - i}(n) + 1\n`,
    )}print(f0(1))\n`;
    expectOutput(text, "100\n");
  });
});

describe("flat chains are no nesting", () => {
  const n = 100_000;
  test("operators", () => {
    expectOutput(`mut a = 1\na = a${" + 1 - 1".repeat(n / 2)}\nprint(a)\n`, "1\n");
  });
  test("`and` and `or`", () => {
    expectOutput(`mut b = true\nb = b${" and b".repeat(n)}\nb = b${" and b or b".repeat(n / 2)}\nprint(b)\n`, "true\n");
  });
  test("texts", () => {
    expectOutput(`mut s = "x"\ns = s${' + "y"'.repeat(n)}\nprint(s == "x${"y".repeat(n)}")\n`, "true\n");
  });
  test("statements", () => {
    expectOutput(`mut a = 0\n${"a += 1\n".repeat(n)}print(a)\n`, `${n}\n`);
  });
  test("statements on one line", () => {
    expectOutput(`mut a = 0\n${"a += 1; ".repeat(n)}\nprint(a)\n`, `${n}\n`);
  });
  test("values of a `print`", () => {
    expectOutput(`print(0${", 1".repeat(1_000)})\n`, `0${" 1".repeat(1_000)}\n`);
  });
});
