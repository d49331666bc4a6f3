/** Structs, their literals, members and methods (types-and-modules 9, 10). */
import { describe, expect, test } from "@jest/globals";
import { errors, expression, tree } from "./helper.js";

test.each([
  ["P{ x: 1, y: 2 }", "P{x:1 y:2}"],
  ["P { x: 1, }", "P{x:1}"],
  ["P{}", "P{}"],
  ["P{\n    x: 5,\n    y: 6,\n}", "P{x:5 y:6}"],
  ["P{\n    x: 7\n  y: 8\n}", "P{x:7 y:8}"],
  ["P{ x: f(1)\n y: [1,\n 2,]\n}", "P{x:f(1) y:[1 2]}"],
  ["m.P{ x: Q{ y: 1 } }", "m.P{x:Q{y:1}}"],
  ["P{ x: 1 }.m().y", "P{x:1}.m().y"],
  ["a.b.c(1)(2).d", "a.b.c(1)(2).d"],
  ["a.match", "a.match"],
  ["P{ run: fn(a): a, x: 1 }", "P{run:fn(a){a} x:1}"],
  ["P{\n    run: fn(a):\n        a\n    x: 1\n}", "P{run:fn(a):{a} x:1}"],
  ["m.X + m.f(2) * s.items[i].v", "(+ m.X (* m.f(2) s.items[i].v))"],
])("%s", (source, shown) => {
  expect(expression(source)).toBe(shown);
});

test.each([
  [
    "struct P:\n    x: i32\n    pub y: [m.Q] = [1,]\n\n    z: fn(i32) -> bool\n",
    "struct P {x:i32 y:[m.Q]=[1] z:fn(i32) -> bool}",
  ],
  ["pub struct P:\n    x: i32?;\n", "pub struct P {x:i32}"],
  ["s.f = 1\ns.a[i].b += 2\no.a.v = t = 3\n", "store s.f = 1; s.a[i].b += 2; store o.a.v, t = 3"],
  [
    "impl Counter:\n    fn new() -> Counter:\n        return Counter{ value: 0 }\n    pub fn add(self, d: i32): self.value += d\n",
    "impl Counter {fn new()->Counter {return Counter{value:0}}; pub fn add(self d:i32) {self.value += d}}",
  ],
  ["pub impl m.P:\n    pass\n", "pub impl m.P {}"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

test("a header with a brace in the spelling of other languages is no literal", () => {
  expect(errors("if x {\n    y\n}\n")).toEqual(["1:6 E1033"]);
  expect(errors("while x { y() }\n")).toEqual(["1:9 E1033"]);
});

describe("mistakes", () => {
  test.each([
    ["p = Pt{ x: 4\nprint(p.x)\n", ["1:7 E1004"]],
    ["p = P{ x: 1 y: 2 }\n", ["1:13 E1019"]],
    ["p = P{ x: 1, y }\n", ["1:16 E1001"]],
    ["p = P{ x: , y: 2 }\n", ["1:11 E1026"]],
    ["p = P{ if: 1 }\n", ["1:8 E1027"]],
    ["p = a.\n", ["1:7 E1026"]],
    ["p = a.1\n", ["1:7 E1026"]],
    ["struct P\n    x: i32\n", ["1:9 E1002"]],
    ["struct P:\nx = 1\n", ["2:1 E1407"]],
    ["struct P:\n", ["1:10 E1005"]],
    ["struct P: x: i32\n", ["1:11 E1001"]],
    [
      "struct P:\n    x\n    y: \n    z: i32 w: i32\n    match: i32\n",
      ["2:6 E1001", "3:7 E1001", "4:12 E1001", "5:5 E1027"],
    ],
    ["struct P:\n    x: i32,\n    y: i32\n", ["2:11 E1001"]],
    ["struct P:\n    fn f(self): pass\n    x: i32 = \n", ["2:5 E1001", "3:13 E1026"]],
    ["struct:\n    x: i32\n", ["1:7 E1001"]],
    ["struct if:\n    x: i32\n", ["1:8 E1027"]],
    ["impl P:\n    x = 1\n    fn f(self):\n        y =\n", ["2:5 E1001", "4:12 E1026"]],
    ["impl [i32]:\n    fn f(self): pass\n", ["1:1 E1099"]],
    [
      "if true:\n    struct P:\n        x: i32 =\n    pub struct Q:\n        x: i32\n    impl P:\n        fn f(): pass\n",
      ["2:5 E1029", "3:17 E1026", "4:5 E1029", "6:5 E1029"],
    ],
  ])("%j", (source, expected) => {
    expect(errors(source)).toEqual(expected);
  });
});
