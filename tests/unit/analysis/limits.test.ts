/** Size and depth: nothing here may overflow the stack or take more than linear time. */
import { describe, expect, test } from "@jest/globals";
import { analyse, errors, resultOf } from "./helper.js";

const repeat = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join("");

describe("depth", () => {
  test("nested parentheses, calls and signs", () => {
    expect(errors(`x = ${"(".repeat(900)}1${")".repeat(900)}\n`)).toEqual([]);
    expect(errors(`fn f(n: i64) -> i64: n\nx = ${"f(".repeat(450)}1${")".repeat(450)}\n`)).toEqual([]);
    expect(errors(`x = ${"- ".repeat(900)}1\n`)).toEqual([]);
    expect(errors(`a = 1\nx = ${"(1 + ".repeat(450)}a${")".repeat(450)}\n`)).toEqual([]);
    expect(errors(`a = 1\nx = ${"1 if a > 2 else ".repeat(900)}a\n`)).toEqual([]);
  });
  test("nested blocks", () => {
    expect(errors(`${repeat(190, (i) => `${" ".repeat(i)}if true:\n`)}${" ".repeat(190)}print(1)\n`)).toEqual([]);
    expect(
      errors(`fn f(n: i32):\n${repeat(190, (i) => `${" ".repeat(i + 1)}if n > ${i}:\n`)}${" ".repeat(191)}return\n`),
    ).toEqual([]);
  });
  test("chains of calls with inferred results", () => {
    const source = `${repeat(20_000, (i) => `fn f${i}(n: i64): f${i + 1}(n)\n`)}fn f20000(n: i64): n\n`;
    expect(resultOf(source, "f0")).toBe("i64");
    expect(
      errors(`${repeat(5_000, (i) => `fn f${i}(n: i64): f${(i + 1) % 5000}(n)${i === 4_999 ? " + n" : ""}\n`)}`),
    ).toEqual([]);
  });
});

describe("time", () => {
  // No time is asserted: quadratic behaviour at these sizes would run into the limit of the test runner.
  test("100,000 lines", () => {
    const source = repeat(
      5_000,
      (i) =>
        `fn f${i}(a: i64, b: f64) -> i64:\n    mut s: i64 = 0\n    for k in 0..a:\n        v = k * 2 + s\n        if v % 3 == 0 and b > 1.5:\n            s += v\n        elif v > 10:\n            w = v - 1\n            s = s - w\n        else:\n            s += 1\n    while s > 100:\n        s = s / 2\n        t = s as f64 * b\n        if t > 10.0: break\n    return s\nx${i} = f${i}(${i}, 2)\nprint(x${i} + 1)\nmut y${i} = 3 * ${i}\ny${i} += 1\n`,
    );
    expect(errors(source)).toEqual([]);
  }, 60_000);
  test("20,000 unknown names", () => {
    analyse(repeat(20_000, (i) => `known_${i} = unknown_${i}\n`));
    analyse(repeat(20_000, (i) => `if true:\n    v${i % 7} = 1\nprint(v${i % 7})\n`));
  }, 60_000);
});
