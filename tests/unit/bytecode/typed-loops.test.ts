/**
 * Loops over values of known types never box: no instruction of theirs makes or looks into an `any`, or asks an object for its
 * kind. A loop whose variable could change its type is no program.
 */
import { describe, expect, test } from "@jest/globals";
import { errors } from "../analysis/helper.js";
import { ops } from "./helper.js";

const BOXED = /^(WRAP_|UNWRAP_|ANY_|GET_ANY|SET_ANY|PUSH_ANY|POP_ANY|LOAD_SLOT_ANY|EQ_VALUE|TYPEOF_|LEN_VALUE|LEN_ANY)/;

/** The boxed accesses of function `f`. */
const boxed = (text: string): string[] => ops(text, "f").filter((op) => BOXED.test(op));

describe("no boxed access", () => {
  test.each([
    [
      "numbers",
      "fn f(n: i32) -> i64:\n    mut t: i64 = 0\n    for i in 0..n: t += i as i64\n    return t\nprint(f(3))\n",
    ],
    [
      "arrays",
      "fn f(xs: [f64]) -> f64:\n    mut t = 0.0\n    for i in 0..len(xs): t += xs[i] * xs[i]\n    for x in xs: t -= x\n    return t\nprint(f([1.5,]))\n",
    ],
    [
      "strings",
      'fn f(n: i32) -> string:\n    mut s = ""\n    for i in 0..n:\n        if s == "x": s = s + "y"\n        s += i as string\n    return s\nprint(f(3))\n',
    ],
    [
      "structs",
      "struct P:\n    x: i32\n    y: f64\nfn f(p: P, n: i32):\n    for i in 0..n:\n        p.x += i\n        p.y = p.y * 0.5\nf(P{ x: 1, y: 2.0 }, 3)\n",
    ],
    [
      "enums",
      "enum E:\n    A(i32)\n    B\nfn f(es: [E]) -> i32:\n    mut t = 0\n    for e in es:\n        match e:\n            E.A(n) -> t += n\n            E.B -> t -= 1\n    return t\nprint(f([E.A(2), E.B,]))\n",
    ],
    ["instances", "fn f(xs): xs[0] + xs[1]\nprint(f([1, 2,]))\n"],
    [
      "closures",
      "fn f(n: i32) -> i32:\n    mut t = 0\n    add = fn(k: i32):\n        t += k\n    for i in 0..n: add(i)\n    return t\nprint(f(3))\n",
    ],
  ])("%s", (_, text) => {
    expect(ops(text, "f").length).toBeGreaterThan(0);
    expect(boxed(text)).toEqual([]);
  });
  test("what is written as `any` does box", () =>
    expect(
      boxed("fn f(n: i32) -> any:\n    mut t: any = 0\n    for i in 0..n: t = t + i\n    return t\nprint(f(3))\n"),
    ).not.toEqual([]));
});

test("a variable keeps its type in a loop", () => {
  expect(errors("mut x = 1\nfor i in 0..3: x = 2.5\n")).toEqual(["2:20 E2001"]);
  expect(errors('mut x = 1\nwhile x != 3: x = "three"\n')).toEqual(["2:19 E2001"]);
  expect(errors("mut xs = [1,]\nfor i in 0..3: push(xs, 1.5)\n")).toEqual(["2:25 E2001"]);
});
