/** Statements and expressions: what is read, and where mistakes are marked. */
import { describe, expect, test } from "@jest/globals";
import { Sink } from "../../../compiler/diagnostics/diagnostic.js";
import { SourceFile } from "../../../compiler/source/file.js";
import { dumpTokens, dumpTree, lex, parse } from "../../../compiler/syntax/index.js";
import { errors, expression, read, shape } from "./helper.js";

describe("expressions", () => {
  test.each([
    ["1 + 2 * 3 - 4 / 2 % 3", "(- (+ 1 (* 2 3)) (% (/ 4 2) 3))"],
    ["1 < 2 == true", "(== (< 1 2) true)"],
    ["not a == b", "(== (not a) b)"],
    ["-a as u32", "(as (- a) u32)"],
    ["a + b as f64 / 2.0", "(/ (as (+ a b) f64) 2f)"],
    ["2.0 < a as f64", "(as (< 2f a) f64)"],
    ["x as f64 / (y + z) as f64", "(as (/ (as x f64) (+ y z)) f64)"],
    ["a as i64 > 6 and b as f64 < 2.5", "(and (> (as a i64) 6) (< (as b f64) 2.5f))"],
    ["a or b and c == d", "(or a (and b (== c d)))"],
    ["p if a else q if b else r", "(if a p (if b q r))"],
    ["1 + x if a or b else 2 + y", "(if (or a b) (+ 1 x) (+ 2 y))"],
    ["f(1, g(x),)(2)", "f(1 g(x))(2)"],
    ["- - -1", "(- (- (- 1)))"],
    ["a matches 5", "(matches a 5)"],
    ["-5 % 3", "(% (- 5) 3)"],
  ])("%s", (source, tree) => {
    expect(expression(source)).toBe(tree);
  });
});

describe("statements", () => {
  test.each([
    ["if a: b; c\nelif d: e\nelse: f; g\nh\n", "if{expr expr}elif{expr}else{expr expr} expr"],
    ["if a: if b: c\nelse: d\n", "if{if{expr}}else{expr}"],
    ["if a:\n    if b: c\n    else: d\n\nelse: e\n", "if{if{expr}else{expr}}else{expr}"],
    ["while a: b; c\n'l: for i in 0..9: break 'l\n", "while{expr expr} for{break}"],
    ["fn f(a: i32, b: i32,) -> i32: a\nfn g():\n    return\n", "fn{expr} fn{return}"],
    ["x = 1 y = 2\nprint(x) print(y)\n;;x;\n", "bind bind print print expr"],
    ["a = 1, mut b = 2, c: i64 = 3\n", "bind bind bind"],
    ["note(1) if a\nx = 1 if a else 2\nb if c else d\n", "guarded bind expr"],
    ["if a: f() if b\n", "if{guarded}"],
    ["pub X: i32 := 3\npub mut y = 4\npub fn f(): pass\n", "bind bind fn{pass}"],
    ["x = y = 3\nx %= 2\n", "bind compound"],
    ["type = 1\nself = 2\nthrow = 3\nthrow (1)\n", "bind bind bind expr"],
  ])("%j", (source, expected) => {
    expect(read(source).errors).toEqual([]);
    expect(shape(source)).toBe(expected);
  });
});

describe("mistakes", () => {
  test.each([
    // Values.
    ["x =\ny = 2\n", ["1:4 E1026"]],
    ["x = 1 +\n    2\nprint(x)\n", ["1:8 E1026"]],
    ["b = * 3\n", ["1:5 E1026"]],
    ["print(+5)\n", ["1:7 E1026"]],
    ["x: i32\n", ["1:7 E1026"]],
    ["x = if a: 1 else: 2\n", ["1:5 E1026"]],
    ["y = print(1)\n", ["1:5 E1026"]],
    ["x = 1 if a\n", ["1:11 E1001"]],
    ["print(a as f64 as i32)\n", ["1:16 E1001"]],
    ["f(1 2, 3 4)\n", ["1:5 E1019", "1:10 E1019"]],
    // Declarations.
    ["mut TOP: i32 := 4\n", ["1:14 E1015"]],
    ["mut r += 1\n", ["1:7 E1015"]],
    ["limit := 1\nfn f():\n    local := 2\n", ["1:1 E1013"]],
    ["match = 5\nprint(match)\n", ["1:1 E1027"]],
    ["true = 5\n", ["1:1 E1027"]],
    ["mut while = 1\n", ["1:5 E1027"]],
    ["fn pick(match: i32): pass\n", ["1:9 E1027"]],
    ["1 + 2 = 3\nf(x) += 1\n", ["1:1 E1028", "2:1 E1028"]],
    // Headers.
    ["if a\n    b = 1 +\nwhile true\n    break\n", ["1:5 E1002", "2:12 E1026", "3:11 E1002"]],
    ["fn f() i32:\n    return 1 +\n", ["1:8 E1001", "2:15 E1026"]],
    ["fn f() -> :\n    pass\n", ["1:11 E1001"]],
    ["fn f(a i32, mut b: i32): pass\n", ["1:8 E1001", "1:13 E1001"]],
    ["if a:\nb\n", ["2:1 E1407"]],
    ["if a:\n", ["1:6 E1005"]],
    ["if a:\n    while b:\nc\n", ["3:1 E1407"]],
    ["for in 0..3: pass\nfor mut i in 0..3: pass\nfor n of 0..3: pass\n", ["1:5 E1409", "2:5 E1409", "3:7 E1001"]],
    ["else:\n    x = 1 +\n", ["1:1 E1030", "2:12 E1026"]],
    ["if a: b\nelse: c\nelif d: e\nelse: f\n", ["3:1 E1030", "4:1 E1030"]],
    ["'x: print(1)\n", ["1:1 E1030"]],
    [
      "if a:\n    pub x = 1\n    use m\n    struct P:\n        x: i32\n    trait T:\n        f()\n",
      ["2:5 E1029", "3:5 E1029", "4:5 E1029", "6:5 E1029"],
    ],
    ["try:\n    x\ny\n", ["1:1 E1031"]],
    ["use\nx\n", ["1:4 E1001"]],
    // Other languages.
    ["if a = 5: b\nelse if c: d\n", ["1:6 E1033", "2:1 E1033"]],
    ["t if n += 1\nt if a == b := 1\n", ["1:8 E1001", "2:13 E1001"]],
    ["x++\ny--\nz = a ? b : c\n", ["1:2 E1033", "2:2 E1033", "3:7 E1033"]],
    ["if (a) {\n    x = 1 +\n    y\n}\nz = 2 +\n", ["1:8 E1033", "5:8 E1026"]],
    ["var x = 1\ndef f(a: i32):\n    pass\nimport m\nx = null\n", ["1:1 E1033", "2:1 E1033", "4:1 E1033", "5:5 E1033"]],
    ["null = 1\nx = null\nvar = 2\nvar x = 3\n", []],
    ["x = !y\n", ["1:5 E1033"]],
    // Leftovers.
    ["x = 1 )\ny = : 2\nz 3 , 4\n", ["1:7 E1001", "2:5 E1026", "3:5 E1001"]],
    ["x = 1,\ny = 1, 2\n", ["1:7 E1026", "2:8 E1001"]],
  ])("%j", (source, expected) => {
    expect(errors(source)).toEqual(expected);
  });

  test("forms of the extensions are named once per statement, at their first token", () => {
    const source = [
      'w = $"{x}"',
      "x = (1, 2)",
      "fn g(a: [i32]) -> (i32, i32): a",
      "throw x",
      "mut m[3]",
      "u = 1 | 2 | f([a ** 2])",
      "v = {1: 2}",
      "a, b = c, d",
      "mut a, b = c",
      "s = t[1..=2]",
      "y = [i * 2 for i in z]",
      "struct Box[T]:\n    value: T",
      "impl Show for P:\n    fn show(self): pass",
      "trait T:\n    fn f(self)",
      "try:\n    x\nfinally:\n    y",
    ].join("\n");
    expect(errors(source)).toEqual([
      "1:5 E1099",
      "2:7 E1001",
      "3:19 E1099",
      "4:1 E1010",
      "5:5 E1099",
      "6:5 E1099",
      "7:5 E1099",
      "8:8 E1099",
      "9:5 E1099",
      "10:5 E1099",
      "11:12 E1001",
      "12:11 E1099",
      "14:1 E1099",
      "16:1 E1099",
      "18:1 E1099",
    ]);
  });

  test("labels name what was found and what is expected", () => {
    expect(read("fn one() i32: 1\n").labels).toEqual(["`->` or `:` is expected after the parameters, found `i32`"]);
    expect(read("x = 4 +\n").labels).toEqual(["a value is expected after `+`"]);
    expect(read("if a\n    b\n").labels).toEqual(["`:` is expected at the end of the `if` line"]);
  });
});

test("dumps show tokens and tree", () => {
  const { module, file } = read('mut x: i64 = -y + f("a")\nif x > 1:\n    pass\n');
  expect(dumpTokens(lex(file, new Sink()), file).split("\n").slice(0, 6)).toEqual([
    "1:1-4 KEYWORD mut",
    "1:5-6 NAME x",
    "1:6-7 OP :",
    "1:8-11 NAME i64",
    "1:12-13 OP =",
    "1:14-15 OP -",
  ]);
  expect(dumpTree(module, file)).toBe(
    [
      "module main 1:1-4:1",
      "  bind mut 1:1-1:25",
      "    target x 1:5-1:6",
      "    type i64 1:8-1:11",
      "    binary + 1:14-1:25",
      "      unary - 1:14-1:16",
      "        name y 1:15-1:16",
      "      call 1:19-1:25",
      "        name f 1:19-1:20",
      '        string "a" 1:21-1:24',
      "  if 2:1-3:9",
      "    arm 2:1-3:9",
      "      binary > 2:4-2:9",
      "        name x 2:4-2:5",
      "        int 1 2:8-2:9",
      "      block 3:5-3:9",
      "        pass 3:5-3:9",
      "",
    ].join("\n"),
  );
});

test("a condition after a statement that takes none", () => {
  const said = (source: string): string[] => {
    const sink = new Sink();
    parse(new SourceFile(0, "main.orus", source), sink);
    return sink.list.flatMap(({ code, label, span, help = [], fixes = [] }) => [
      `${code} ${span.start}: ${label}`,
      ...help,
      ...fixes.flatMap(({ edits }) => edits.map((e) => `${e.span.start}-${e.span.end} ${e.text}`)),
    ]);
  };
  const first = (word: string): string => `\`${word}\` is a statement: its condition stands before it`;
  expect(said('print("x") if i == 1\n')).toEqual([
    `E1002 20: ${first("print")}`,
    'write `if i == 1: print("x")`',
    '0-20 if i == 1: print("x")',
  ]);
  expect(said("while a: break if b\n")).toEqual([
    `E1002 19: ${first("break")}`,
    "write `if b: break`",
    "9-19 if b: break",
  ]);
  expect(said("pass if b; c\n")).toEqual([`E1002 9: ${first("pass")}`, "write `if b: pass`"]);
  expect(said("print(1) if b else print(2)\n")).toEqual([
    `E1002 14: ${first("print")}`,
    "write `if b: print(1)`, and `else:` on the next line",
  ]);
  expect(said("print(\n    1,\n) if b\n")).toEqual([
    `E1002 20: ${first("print")}`,
    "write `if …: print(…)`",
    "0-20 if b: print(\n    1,\n)",
  ]);
  // Two statements, as ever.
  expect(said("print(1) if b: c\nf() if b\n")).toEqual([]);
  for (const source of ["print(1); if b\n", "print(1)\nif b\n", "x = 1 if b\n", "if b\n"])
    expect(said(source).join()).not.toContain("is a statement");
});
