/** Large programs: chains of any length do not overflow the stack, cost grows with the size of the text. */
import { expect, test } from "@jest/globals";
import { check, messages } from "./helper.js";

const lines = (n: number, line: (i: number) => string): string => Array.from({ length: n }, (_, i) => line(i)).join("");

test("chains of operators", () => {
  expect(messages(check(`x = 1${" + 1".repeat(100_000)}\n`))).toEqual([]);
  expect(messages(check(`a = 5\nx = a == 1${" or a == 2".repeat(30_000)}\n`))).toEqual([]);
  expect(messages(check(`fn f(a):\n    return a${" + a".repeat(30_000)}\nprint(f(1), f("s"), f(true))\n`))).toEqual([
    "3:21 E2007",
  ]);
});

test("chains of functions that need each other's types, in both directions", () => {
  const body = (i: number, callee: string): string =>
    `fn f${i}(a, b):\n    x = a + b\n    if a > b: return x\n    return ${callee}\n`;
  const n = 5000;
  expect(messages(check(lines(n, (i) => body(i, i > 0 ? `f${i - 1}(a, b)` : "b"))))).toEqual([]);
  expect(messages(check(lines(n, (i) => body(i, i < n - 1 ? `f${i + 1}(a, b)` : "b"))))).toEqual([]);
  expect(messages(check(lines(n, (i) => body(i, `f${(i + 1) % n}(a, b)`))))).toEqual([]);
});

test("types that share their parts, and types without end", () => {
  const pairs = `enum P[A, B]:\n    M(a: A, b: B)\nx0 = P.M(1, 2)\n${lines(40, (i) => `x${i + 1} = P.M(x${i}, x${i})\n`)}`;
  expect(messages(check(`${pairs}z = x40 == P.M(x39, x39)\n`))).toEqual([]);
  expect(messages(check(`${pairs}y: i32 = x40\n`))).toEqual(["44:10 E2001"]);
  expect(messages(check(`xs0 = []\n${lines(3000, (i) => `xs${i + 1} = [xs${i}]\n`)}push(xs0, 1)\n`))).toEqual([]);
  const doubled = `fn g0(a): [a]\n${lines(20, (i) => `fn g${i + 1}(a): g${i}(g${i}(a))\n`)}`;
  expect(check(doubled).diagnostics.every((d) => d.code === "E2024")).toBe(true);
});

test("a type that holds itself is none", () => {
  expect(messages(check("fn f(a): a(a)\n"))).toEqual(["1:10 E2001"]);
  expect(messages(check("xs = []\npush(xs, xs)\n"))).toEqual(["2:10 E2001"]);
});
