/** Enums and `match`, as a statement and as a value (types-and-modules 11, 12). */
import { describe, expect, test } from "@jest/globals";
import { errors, tree } from "./helper.js";

test.each([
  [
    "enum Shape:\n    Dot\n    Empty()\n    Square(side: i32)\n    Pair(i32, [m.P],)\n",
    "enum Shape[] {Dot() Empty() Square(side:i32) Pair(i32 [m.P])}",
  ],
  ["pub enum Opt[T, U]:\n    Some(value: T)\n    None\n", "pub enum Opt[T U] {Some(value:T) None()}"],
  ["x: Result[m.P, string] = Result.Ok(1)\n", "x: Result[m.P, string] = Result.Ok(1)"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

test.each([
  [
    "match e:\n    Shape.Square(n) -> print(n)\n    m.E.A(a, _) ->\n        b = a\n        print(b)\n\n    // nothing\n    _ -> pass\nx\n",
    "match! e {Shape.Square(n) -> print(n), m.E.A(a _) -> b = a; print(b), _ -> pass}; x",
  ],
  [
    'match x:\n    -1 -> a; b\n    2 + 2 -> c\n    "k" -> d if e\n    true -> return\n',
    'match! x {(- 1) -> a; b, (+ 2 2) -> c, "k" -> d if e, true -> return}',
  ],
  ["match a if b else c:\n    1 if d else 2 -> e\n", "match! (if b a c) {(if d 1 2) -> e}"],
  ["x = match y:\n    1 -> a\n    _ -> b\nz\n", "x = match y {1 -> a, _ -> b}; z"],
  ["return match y:\n    1 -> P{ x: 1 }\n", "return match y {1 -> P{x:1}}"],
  ["x += match y:\n    1 -> 2\n", "x += match y {1 -> 2}"],
  // Inside a value `match` is an expression, also at the end of a body.
  [
    "x = match a:\n    1 -> match b:\n        2 -> c\n        _ -> d\n    _ ->\n        e\n        match f:\n            _ -> g\n",
    "x = match a {1 -> match b {2 -> c, _ -> d}, _ -> e; match f {_ -> g}}",
  ],
  ["match a:\n    1 -> match b:\n        2 -> c\n", "match! a {1 -> match! b {2 -> c}}"],
  ["fn f(x):\n    match x:\n        _ -> 1\n", "fn f(x) {match! x {_ -> 1}}"],
  // In brackets.
  ['print(match x:\n    3 -> "t"\n    _ -> "o"\n)\ny\n', 'print(match x {3 -> "t", _ -> "o"}); y'],
  ["print(1, match x:\n    3 -> f(\n  4)\n    _ -> 5\n, 6)\n", "print(1 match x {3 -> f(4), _ -> 5} 6)"],
  ["y = [match x:\n        _ -> 1\n    , 2]\n", "y = [match x {_ -> 1} 2]fill"],
  ["f(match x:\n    _ -> 1)\n", "f(match x {_ -> 1})"],
  ["y = (match x:\n    _ -> 1\n) + 2\n", "y = (+ match x {_ -> 1} 2)"],
  // Blocks.
  [
    "x = match y:\n    1 -> { 10 }\n    _ -> {\n        mut a = 0\n        for i in 0..4:\n            a += i\n        a\n    }\nz\n",
    "x = match y {1 -> 10, _ -> mut a = 0; for i {a += i}; a}; z",
  ],
  ["x = match y:\n    1 -> { 1 } + 2\n", "x = match y {1 -> (+ {1} 2)}"],
  ["m matches E.P(_, 3) and b\n", "(and (matches m E.P(_ 3)) b)"],
  ["if a: match b:\n        1 -> c\nd\n", "if a {match! b {1 -> c}}; d"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

describe("mistakes", () => {
  test.each([
    ["match v:\n    1: print(1)\n    _: print(2)\n", ["2:6 E1032"]],
    ['match v:\n    1 print(1)\n    2 "x"\n    3\n    _ -> 1\n', ["2:7 E1032", "3:7 E1032", "4:6 E1032"]],
    ["match v:\n    1 => a\n", ["2:7 E1032"]],
    ["match v:\n    n if n > 3 -> a\n    _ -> b =\n", ["2:7 E1033", "3:13 E1026"]],
    ["match v:\n    1, 2 -> a\n    3 -> c\n", ["2:6 E1001"]],
    ["match v:\n    1 ->\n    2 -> b\n", ["3:5 E1407"]],
    ["match v:\n    else -> b\n", ["2:5 E1033"]],
    ["match v\n    1 -> b\n", ["1:8 E1002"]],
    ["match v:\nb\n", ["2:1 E1407"]],
    ["match v: 1 -> 2\n", ["1:10 E1001"]],
    ["match:\n    1 -> 2\n", ["1:6 E1026"]],
    ["match v {\n    1 -> 2\n}\nx =\n", ["1:9 E1033", "4:4 E1026"]],
    [
      "match v:\n    + -> a\n        b =\n    * ->\n        c =\n    d -> e\n",
      ["2:5 E1026", "4:5 E1026", "5:12 E1026"],
    ],
    ["match v:\n    1 -> a\n        b\n    2 -> c\n", ["3:9 E1008"]],
    ["enum E:\n    A(\n    B\n", ["2:6 E1003"]],
    [
      "enum E:\n    A, B\n    C = 3\n    if\n    D(x: )\n    E\n",
      ["2:6 E1001", "3:7 E1001", "4:5 E1027", "5:10 E1001"],
    ],
    ["enum E: A\n", ["1:9 E1001"]],
    ["enum:\n    A\n", ["1:5 E1001"]],
    ["x = E.P(a: 1, b: 2)\n", ["1:10 E1001"]],
    ["x = match\n", ["1:10 E1026"]],
  ])("%j", (source, expected) => {
    expect(errors(source)).toEqual(expected);
  });
});
