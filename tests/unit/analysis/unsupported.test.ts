/** What is read but not translated yet is said once for each statement, at its first token, and nothing else is. */
import { expect, test } from "@jest/globals";
import { check, dumpTypes } from "../../../compiler/analysis/index.js";
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { errors, parseText } from "./helper.js";

test.each([
  ["x = [1, [2]]\nprint(y)\n", ["1:5 E1099"]],
  ["x = f(1, a[0..1], p.b)\n", ["1:10 E1099"]],
  ["if p.a:\n    x = P{ a: 1 }\nelse:\n    y = fn(a): a.b\n", ["1:4 E1099", "2:9 E1099", "4:9 E1099"]],
  [
    "struct P:\n    x: [i32]\nenum E:\n    A\nimpl P:\n    pass\nuse m\n",
    ["1:1 E1099", "3:1 E1099", "5:1 E1099", "7:1 E1099"],
  ],
  ["a, b = c\na.x = 1\na.x += 1\n", ["1:1 E1099", "2:1 E1099", "3:1 E1099"]],
  // Today only strings have elements: these are mistakes, not missing features.
  ['mut a = "s"\na[0] = "t"\na[0] += "t"\n', ["2:1 E1028", "3:1 E1028"]],
  ["for i in 0..3:\n    for x in i: x.y\n", ["2:5 E1099"]],
  ["match 1:\n    1 -> x.y\ntry: x\ncatch: y\n", ["1:1 E1099", "3:1 E1099"]],
  ["fn f(a: [i32], b: fn()) -> m.T:\n    x: T[i32] = { 1 }\n", ["1:9 E1099", "2:8 E1099"]],
  ["x = 1 as m.T\ny = 1 + match 2:\n    _ -> 3\n", ["1:10 E1099", "2:9 E1099"]],
])("%j", (source, expected) => {
  expect(errors(source)).toEqual(expected);
});

test("the dump of types shows the nodes all the same", () => {
  const sink = new Sink();
  const { module, at } = parseText("x = fn(a): [a.b, 1]\n(y, z[0]) = x\nmatch x:\n    E.A(_) -> P{ c: 1 }\n", sink);
  check([module], sink);
  expect(dumpTypes(module, (span, end) => at(end ? span.end : span.start))).toBe(`module main
  bind 1:1-1:20
    target x declares ?
    fn 1:5-1:20 ?
      param a ?
      expr 1:12-1:20
        array 1:12-1:20 ?
          member b 1:13-1:16 ?
            name a 1:13-1:14 ?
          int 1 1:18-1:19 ?
  destructure 2:1-2:14
    pattern 2:1-2:10
      target y declares ?
      target
        index 2:5-2:9 ?
          name z 2:5-2:6 ?
          int 0 2:7-2:8 ?
    name x 2:13-2:14 ?
  match 3:1-4:24
    name x 3:7-3:8 ?
    arm 4:5-4:11
      call 4:5-4:11 ?
        member A 4:5-4:8 ?
          name E 4:5-4:6 ?
        name _ 4:9-4:10 ?
      expr 4:15-4:24
        struct P 4:15-4:24 ?
          int 1 4:21-4:22 ?
`);
});
