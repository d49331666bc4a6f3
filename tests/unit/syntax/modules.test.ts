/** `use`, `pub` and qualified names (types-and-modules 15). */
import { expect, test } from "@jest/globals";
import { errors, tree } from "./helper.js";

test.each([
  ["use m\nuse p.q.m\n", "use m; use p/q/m"],
  ["use p.m as n\n", "use p/m as n"],
  ["use m: f, X, P\n", "use m: f X P"],
  ["use m: f as g, P as Q,\nx\n", "use m: f as g P as Q; x"],
  ["use p.m: *\nx = 1\n", "use p/m: *; x = 1"],
  ["use m use n\n", "use m; use n"],
  ["x: m.P = m.P{ y: m.E.A(m.f(1)) }\nm.x = 2\n", "x: m.P = m.P{y:m.E.A(m.f(1))}; store m.x = 2"],
  ["pub fn f(): 1\npub x = 1\npub mut y = 2\npub Z := 3\n", "pub fn f() {1}; pub x = 1; pub mut y = 2; pub Z := 3"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

test.each([
  ["use\nx =\n", ["1:4 E1001", "2:4 E1026"]],
  ["use a.\n", ["1:7 E1001"]],
  ["use match\n", ["1:5 E1027"]],
  ["use m as if\n", ["1:10 E1027"]],
  ["use m: f as\n", ["1:12 E1001"]],
  ["use m:\n", ["1:7 E1001"]],
  ["use m: 1\n", ["1:8 E1001"]],
  ['use "m"\n', ["1:5 E1001"]],
  ["use m as n: f\n", ["1:11 E1001"]],
  ["use m, n\n", ["1:6 E1001"]],
  ["fn f():\n    use m\n    x =\n", ["2:5 E1029", "3:8 E1026"]],
  ["pub use m\npub print(1)\n", ["1:5 E1001", "2:5 E1001"]],
  ["pub a, b = c\n", ["1:5 E1001"]],
])("%j", (source, expected) => {
  expect(errors(source)).toEqual(expected);
});
