/** Arrays: literals and fills, indices, slices, types, stores to elements (types-and-modules 7). */
import { describe, expect, test } from "@jest/globals";
import { errors, expression, read, tree } from "./helper.js";

test.each([
  ["[]", "[]"],
  ["[1]", "[1]"],
  ["[a, b, c,]", "[a b c]"],
  ["[\n    1,\n  2,\n]", "[1 2]"],
  ["[0, 4]", "[0 4]fill"],
  ["[8, 2,]", "[8 2]"],
  ["[[0, 3], 2]", "[[0 3]fill 2]fill"],
  ["f([1, 2], [[3, 4], 5])", "f([1 2] [[3 4] 5])"],
  ["[f(1), 3]", "[f(1) 3]fill"],
  ["f(1)[[2, 3]]", "f(1)[[2 3]fill]"],
  ["o.push([1, 2])", "o.push([1 2])"],
  ["g[i][j]", "g[i][j]"],
  ["f()[0].b(2)[-1]", "f()[0].b(2)[(- 1)]"],
  ["a[1 if b else 2]", "a[(if b 1 2)]"],
  ["a[i..j]", "a[i..j..]"],
  ["a[..j]", "a[..j..]"],
  ["a[i..]", "a[i....]"],
  ["a[..]", "a[....]"],
  ["a[i..j..k]", "a[i..j..k]"],
  ["a[..j..k]", "a[..j..k]"],
  ["a[i + 1..len(a) - 1..2 * k]", "a[(+ i 1)..(- len(a) 1)..(* 2 k)]"],
  ["a[1..][0]", "a[1....][0]"],
  ["-a[0] as f64", "(as (- a[0]) f64)"],
])("%s", (source, shown) => {
  expect(expression(source)).toBe(shown);
});

test.each([
  ["print([1, 2])\n", "print([1 2]fill)"],
  ["a[i] = 1\na[i][j] += 2\n", "store a[i] = 1; a[i][j] += 2"],
  ["x = a[0] = y = 3\n", "store x, a[0], y = 3"],
  ["f()[0] = g(\n1)\n", "store f()[0] = g(1)"],
  ["return 1, 2\n", "return [1 2]"],
  ["x: [i32] = y\nz: [[f64], 3] = y\n", "x: [i32] = y; z: [[f64]] = y"],
  // A line that begins with `[` or `-` is a new statement.
  ["a\n[0]\n-b\n", "a; [0]; (- b)"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

test("the length in a type is kept as an expression", () => {
  const [s] = read("x: [i32, N] = y\n").module.body.statements;
  expect(s).toMatchObject({ annotation: { kind: "array", length: { kind: "name", name: "N" } } });
});

test("spans", () => {
  const source = "x = a[1..2]\ny = [b, 3]\n";
  const { module } = read(source);
  const text = (span: { start: number; end: number }): string => source.slice(span.start, span.end);
  const [first, second] = module.body.statements;
  if (first?.kind !== "bind" || first.value.kind !== "slice" || second?.kind !== "bind") throw new Error("other nodes");
  expect([text(first.value.span), text(first.value.range), text(second.value.span)]).toEqual([
    "a[1..2]",
    "[1..2]",
    "[b, 3]",
  ]);
});

describe("mistakes", () => {
  test.each([
    ["x = [1, 2\nprint(x)\n", ["1:5 E1020"]],
    ["print(row[0)\n", ["1:12 E1020"]],
    ["x = [1 2]\n", ["1:8 E1019"]],
    ["x = [1,, 2]\n", ["1:8 E1026"]],
    ["x = a[]\n", ["1:7 E1026"]],
    ["x = a[1 2]\n", ["1:9 E1001"]],
    ["a[1..2] = x\n", ["1:1 E1028"]],
    ["x: [i32 = 1\n", ["1:4 E1020"]],
    ["x: [] = 1\n", ["1:5 E1001"]],
    ["x: &[i32] = 1\ny: ?T = 1\n", ["1:4 E1001", "2:4 E1001"]],
    ["x = 1 + 2 = 3\n", ["1:5 E1028"]],
    ["a[0] := 1\n", ["1:1 E1028"]],
    ["mut a = b[0] = 1\n", ["1:14 E1001"]],
  ])("%j", (source, expected) => {
    expect(errors(source)).toEqual(expected);
  });
});
