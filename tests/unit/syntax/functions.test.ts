/** Function expressions, their bodies inside brackets, blocks as values (types-and-modules 4, 14; core 2; extensions 2.1). */
import { describe, expect, test } from "@jest/globals";
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../compiler/source/file.js";
import { dumpTree, parse } from "../../../compiler/syntax/index.js";
import { errors, kinds, tree } from "./helper.js";

describe("function expressions", () => {
  test.each([
    ["sq = fn(n: i32) -> i32: n * n\nx\n", "sq = fn(n:i32)->i32{(* n n)}; x"],
    ["sq = fn(n: i32,\n    m) -> [i32]:\n    return n\nx\n", "sq = fn(n:i32 m)->[i32]:{return n}; x"],
    ["f = fn(): x = 1; y\n", "f = fn(){x = 1}; y"],
    ["f = fn(a): a, b = 2\n", "f = fn(a){a}; b = 2"],
    ["f = fn(a): a if b else c\n", "f = fn(a){(if b a c)}"],
    ["f = fn(a): g(a) if b\n", "f = fn(a){g(a) if b}"],
    ["f = fn(a): fn(b): a + b\n", "f = fn(a){fn(b){(+ a b)}}"],
    ["f = fn(a): match a:\n    _ -> 1\nx\n", "f = fn(a){match! a {_ -> 1}}; x"],
    ["f = fn():\n    1\n[2]\n(3)\n-4\n", "f = fn():{1}; [2]; 3; (- 4)"],
    ["if a: f = fn():\n        1\nelse: b\n", "if a {f = fn():{1}} else {b}"],
    ["fn make(): fn(x):\n    x\n", "fn make() {fn(x):{x}}"],
    ["fn(): 1\n", "fn(){1}"],
    ["f: fn(i32, fn() -> bool) -> fn(i32) -> i32 = g\n", "f: fn(i32, fn() -> bool) -> fn(i32) -> i32 = g"],
    ["print((fn(x): x + 1)(4))\n", "print(fn(x){(+ x 1)}(4))"],
    ["apply(fn(x): x * 10, 4)\n", "apply(fn(x){(* x 10)} 4)"],
    ["apply(fn(x): return x, fn(): y = 1, fn(): print(2))\n", "apply(fn(x){return x} fn(){y = 1} fn(){print(2)})"],
    ["apply(fn(x): y.f += x)\n", "apply(fn(x){y.f += x})"],
    ["g = [fn(): 1, fn(): 2,]\n", "g = [fn(){1} fn(){2}]"],
  ])("%j", (source, shown) => {
    expect(tree(source)).toBe(shown);
  });
});

describe("bodies inside brackets", () => {
  test.each([
    [
      "print(apply(fn(q: i32) -> i32:\n    return q * 7\n, 6))\nx\n",
      "print(apply(fn(q:i32)->i32:{return (* q 7)} 6)); x",
    ],
    ["f(fn():\n    a\n    b\n)\nx\n", "f(fn():{a; b}); x"],
    ["f(fn():\n    a\n    )\nx\n", "f(fn():{a}); x"],
    ["f(fn():\n    a)\nx\n", "f(fn():{a}); x"],
    ["f(fn():\n        a\n    , 2)\nx\n", "f(fn():{a} 2); x"],
    ["f(\n    1,\n    fn(x):\n        if x:\n            y\n\n    , 2,\n)\n", "f(1 fn(x):{if x {y}} 2)"],
    ["f(fn():\n    a\n, fn():\n    b\n)\n", "f(fn():{a} fn():{b})"],
    ["f(fn(x):\n    g(fn():\n        x\n    , 3)\n    h\n, 4)\n", "f(fn(x):{g(fn():{x} 3); h} 4)"],
    ["r(fn(x):\n    x\n).display()[0]\n", "r(fn(x):{x}).display()[0]"],
    [
      "for i in 0..3:\n    push(fs, fn() -> i32:\n        return i * 10\n    )\nx\n",
      "for i {push(fs fn()->i32:{return (* i 10)})}; x",
    ],
    ["f(fn():\n    g(1,\n2,\n3)\n)\n", "f(fn():{g(1 2 3)})"],
    ["f(fn(a: i32,\n         b: i32):\n    a\n)\n", "f(fn(a:i32 b:i32):{a})"],
    ["f(fn(): a\n, 2)\n", "f(fn(){a} 2)"],
    ["x = (fn():\n    1)()\n", "x = fn():{1}()"],
    ["x = {\n    f(fn():\n        1\n    )\n}\n", "x = {f(fn():{1})}"],
  ])("%j", (source, shown) => {
    expect(tree(source)).toBe(shown);
  });

  test("the layout gives each suite its lines", () => {
    expect(kinds("f(fn():\n    a\n    b\n, 2)\nx\n")).toBe(
      "name ( fn ( ) : newline indent name newline name newline dedent , int ) newline name newline end",
    );
    expect(kinds("x = { a; b }\n")).toBe("name = { name ; name newline } newline end");
    expect(kinds("x = {\n    a\n    b\n}\n")).toBe("name = { name newline name newline } newline end");
  });
});

describe("blocks as values", () => {
  test.each([
    ["x = { 2 } + 3\n", "x = (+ {2} 3)"],
    ["print({ 2 } + 3)\n", "print((+ {2} 3))"],
    [
      "t = {\n    mut acc = 0\n    for x in data:\n        acc += x\n    acc\n}\nprint(t)\n",
      "t = {mut acc = 0; for x in data {acc += x}; acc}; print(t)",
    ],
    ["x = f({ y: i32 = 1; y }, { a, b = c; a })\n", "x = f({y: i32 = 1; y} {(a b) = c; a})"],
    ["x = { fn(a): a }\n", "x = {fn(a){a}}"],
    ["x = { a\n      b }\n", "x = {a; b}"],
    ["x = { if a: b }\n", "x = {if a {b}}"],
    ["x = { match a:\n    _ -> b\n}\n", "x = {match a {_ -> b}}"],
    ["x = { 1 } if a else { 2 }\n", "x = (if a {1} {2})"],
    ["x = [{ 1 }, { 2 }]\n", "x = [{1} {2}]fill"],
    ["{ x = 1 }\ny\n", "{x = 1}; y"],
  ])("%j", (source, shown) => {
    expect(tree(source)).toBe(shown);
  });
  test.each([
    ["{}"],
    ["{ a, b }"],
    ["{ a: 1 }"],
    ["{\n    1: 2,\n    3: 4\n}"],
    ["{ x for x in y }"],
    ['{ "a": { 1 } }'],
  ])("%j is a map or a set", (source) => {
    expect(errors(`x = ${source}\ny =\n`)).toEqual(["1:5 E1099", expect.stringMatching(/:4 E1026$/)]);
  });
});

describe("mistakes", () => {
  test.each([
    ["f = fn(x) x + 1\n", ["1:11 E1001"]],
    ["f = fn(x)\n    x\n", ["1:10 E1002"]],
    ["f = fn x: 1\n", ["1:8 E1001"]],
    ["f = fn(): if a: b\n", ["1:11 E1001"]],
    ["f = fn():\ng = 1\n", ["2:1 E1407"]],
    ["f = fn():\n", ["1:10 E1005"]],
    ["f = fn(): \n    x =\n    y\ng =\n", ["2:8 E1026", "4:4 E1026"]],
    ["f = fn(match): 1\n", ["1:8 E1027"]],
    // Inside brackets every mistake is found on its own, and what follows goes on.
    ["f(fn():\n    x =\n    y = * 2\n, 3)\nz =\n", ["2:8 E1026", "3:9 E1026", "5:4 E1026"]],
    ["f(fn():\n    x\n, = 3)\nz =\n", ["3:3 E1026", "4:4 E1026"]],
    ["f(fn():\n    g(1\n    h\n)\nz =\n", ["2:6 E1003", "5:4 E1026"]],
    ["f(fn():\n    x\nprint(1)\nz =\n", ["1:2 E1003", "4:4 E1026"]],
    ["f(fn():\n, 3)\nz =\n", ["2:1 E1407", "3:4 E1026"]],
    ["f(fn():\n    a\n      b\n)\n", ["3:7 E1008"]],
    ["f(fn():\n        a\n    b\n)\n", ["3:5 E1008"]],
    ["f(fn() {\n    a\n})\n", ["1:8 E1033"]],
    ["f(fn(x):\n    x, 6)\n", ["2:6 E1001"]],
    ["f(fn(x): x\n    y, 6)\n", ["2:5 E1019"]],
    ["x = { a = ; b }\ny =\n", ["1:11 E1026", "2:4 E1026"]],
    ["x = {\n    a =\n    b = +\n}\ny =\n", ["2:8 E1026", "3:9 E1026", "5:4 E1026"]],
    ["x = {\n    a\n  b\n}\n", ["3:3 E1008"]],
    ["x = { 1\nprint(x)\n", ["1:5 E1004"]],
  ])("%j", (source, expected) => {
    expect(errors(source)).toEqual(expected);
  });
});

test("the dump shows new nodes", () => {
  const source = "x = f(fn(a: i32): P{ b: a[0..1].c })\nmatch x:\n    E.A(_) -> { 1 }\nuse m: p as q\n(a, b[0]) = x\n";
  const file = new SourceFile(0, "main.orus", source);
  expect(dumpTree(parse(file, new Sink()), file).split("\n")).toEqual([
    "module main 1:1-6:1",
    "  bind 1:1-1:37",
    "    target x 1:1-1:2",
    "    call 1:5-1:37",
    "      name f 1:5-1:6",
    "      fn inline 1:7-1:36",
    "        param a 1:10-1:11",
    "          type i32 1:13-1:16",
    "        block 1:19-1:36",
    "          expr 1:19-1:36",
    "            struct P 1:19-1:36",
    "              field b 1:22-1:23",
    "              member c 1:25-1:34",
    "                slice 1:25-1:32",
    "                  name a 1:25-1:26",
    "                  start 1:27-1:28",
    "                  int 0 1:27-1:28",
    "                  end 1:30-1:31",
    "                  int 1 1:30-1:31",
    "  match 2:1-3:20",
    "    name x 2:7-2:8",
    "    arm 3:5-3:18",
    "      call 3:5-3:11",
    "        member A 3:5-3:8",
    "          name E 3:5-3:6",
    "        name _ 3:9-3:10",
    "      block 3:17-3:18",
    "        expr 3:17-3:18",
    "          int 1 3:17-3:18",
    "  use m 4:1-4:14",
    "    name p 4:8-4:9",
    "      as q 4:13-4:14",
    "  destructure 5:1-5:14",
    "    pattern 5:1-5:10",
    "      target a 5:2-5:3",
    "      target 5:5-5:9",
    "        index 5:5-5:9",
    "          name b 5:5-5:6",
    "          int 0 5:7-5:8",
    "    name x 5:13-5:14",
    "",
  ]);
});
