/** Several targets: destructuring, loops over elements, chains of assignments (types-and-modules 8; core 7). */
import { expect, test } from "@jest/globals";
import { errors, read, tree } from "./helper.js";

test.each([
  ["a, b, c = f()\n", "(a b c) = f()"],
  ["m, n = [n, m,]\n", "(m n) = [n m]"],
  ["_, last = x\n", "(_ last) = x"],
  ["a[i], b.f = pair\n", "(a[i] b.f) = pair"],
  ["a[f(1, 2)], b = pair\n", "(a[f(1 2)] b) = pair"],
  ["(x, y) = p\n", "(x y) = p"],
  ["(a, (b, c)), d = p\n", "((a (b c)) d) = p"],
  ["(a.b, (c[0], _),) = p\n", "(a.b (c[0] _)) = p"],
  ["a, (b, c) = p\n", "(a (b c)) = p"],
  ["(a).b, c = p\n", "(a.b c) = p"],
  ["x = 1, a, b = p, mut y = 2\n", "x = 1; (a b) = p; mut y = 2"],
  ["(a, b) = p, y = 2\n", "(a b) = p; y = 2"],
  ["if x: a, b = p; c\n", "if x {(a b) = p; c}"],
  ["(f())(1)\n(a)[0] = 1\n", "f()(1); store a[0] = 1"],
  ["a = b = c = 1\n", "a, b, c = 1"],
  ["a = b.c = d[0] = 1\n", "store a, b.c, d[0] = 1"],
  ["for a, b in [[1, 2,],]: c\n", "for (a b) in [[1 2]] {c}"],
  ["for (a, (_, b)), c in f(): d\n", "for ((a (_ b)) c) in f() {d}"],
  ["for (a, b) in c: d\n", "for (a b) in c {d}"],
  ["for x in a if b else c:\n    d\n", "for x in (if b a c) {d}"],
  ["for _ in range(3): d\n'l: for x in y: break 'l\n", "for _ in range(3) {d}; for x in y {break}"],
])("%j", (source, shown) => {
  expect(tree(source)).toBe(shown);
});

test.each([
  ["1, a = p\n", ["1:1 E1028"]],
  ["a, f() = p\n", ["1:4 E1028"]],
  ["(a, 1 + 2) = p\n", ["1:5 E1028"]],
  ["(1, 2) = 3\n", ["1:2 E1028"]],
  ["1, 2 = p\n", ["1:1 E1028"]],
  ["a, (f(), (b, 3)), 4 = p\n", ["1:5 E1028"]],
  ["1, a = p\n(a, 1) = p\n", ["1:1 E1028", "2:5 E1028"]],
  ["a, match = p\n", ["1:4 E1027"]],
  ["a, b =\n", ["1:7 E1026"]],
  ["a, = p\n", ["1:4 E1026"]],
  ["a, b\nc =\n", ["1:2 E1001", "2:4 E1026"]],
  ["(a, b)\n", ["1:3 E1001"]],
  ["(x) = 5\n", ["1:1 E1028"]],
  ["a, b += 1\n", ["1:2 E1001"]],
  ["mut a, b = p\n", ["1:5 E1099"]],
  ["a = 1, b\n", ["1:8 E1001"]],
  ["x: i32 = y = 1\n", ["1:12 E1001"]],
  ["for a, in b: c\n", ["1:8 E1409"]],
  ["for a, if in b: c\n", ["1:8 E1027"]],
  ["for (a, 1) in b: c\n", ["1:9 E1409"]],
  ["for a, b in 0..3: c =\n", ["1:5 E1409", "1:22 E1026"]],
  ["for x in :\n    y =\n", ["1:10 E1026", "2:8 E1026"]],
])("%j", (source, expected) => {
  expect(errors(source)).toEqual(expected);
});

test("what is no target is none of the `=`, wherever it stands", () => {
  for (const source of ["(1, 2) = 3\n", "a, 2 = p\n", "2, a = p\n", "a, (b, 2) = p\n"])
    expect(read(source).labels).toEqual(["this cannot be a target of `=`"]);
  expect(read("f() = 2\n").labels).toEqual(["this cannot be the left side of `=`"]);
  expect(read("f() += 2\n").labels).toEqual(["this cannot be the left side of `+=`"]);
});
