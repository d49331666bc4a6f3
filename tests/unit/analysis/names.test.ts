/** What names mean: visibility, assignment, repeated names, constants (core 7 and 8); branches.test.ts has their declarations. */
import { describe, expect, test } from "@jest/globals";
import { diagnose, errors } from "./helper.js";

describe("declaring and assigning", () => {
  test("a plain name declares once and is immutable", () => {
    expect(errors("x = 1\nx = 2\n")).toEqual(["2:1 E1014"]);
    expect(errors("mut x = 1\nx = 2\nx += 3\n")).toEqual([]);
    expect(errors("x = 1\nx += 1\n")).toEqual(["2:1 E1017"]);
  });
  test("an inner block assigns to what is visible, and hides with mut or a type", () => {
    expect(errors("x = 1\nif true:\n    x = 5\n")).toEqual(["3:5 E1014"]);
    expect(errors("x = 1\nif true:\n    mut x = 5\n    x += 1\nx: i64 = 3\n")).toEqual(["5:1 E1011"]);
    expect(errors('x = 1\nif true:\n    x: string = "a"\n    print(x == "b")\nprint(x + 1)\n')).toEqual([]);
  });
  test("a name is declared once in a block, parameters included", () => {
    expect(errors("mut x = 1\nmut x = 2\n")).toEqual(["2:5 E1011"]);
    expect(errors("fn f(a: i32):\n    mut a = 1\n    print(a)\n")).toEqual(["2:9 E1011"]);
    expect(errors("fn f(a: i32, a: i32): pass\n")).toEqual(["1:14 E1011"]);
    expect(errors("fn f(): pass\nfn f(): pass\n")).toEqual(["2:4 E1011"]);
    expect(errors("fn f(): pass\nmut f = 1\n")).toEqual(["2:5 E1011"]);
    expect(errors("mut f = 1\nfn f(): pass\n")).toEqual(["2:4 E1011"]);
  });
  test("functions, parameters, constants and loop variables", () => {
    expect(errors("fn f(): pass\nf = 1\nf += 1\n")).toEqual(["2:1 E1014", "3:1 E1017"]);
    expect(errors("fn f(n: i32):\n    n = 1\n")).toEqual(["2:5 E1014"]);
    expect(errors("A := 1\nA = 2\n")).toEqual(["2:1 E1014"]);
    expect(errors("for i in 0..3:\n    i = i + 1\n    i += 1\n")).toEqual([]);
  });
  test("a local may have the name of a function outside", () => {
    expect(errors("fn f(): pass\nfn g():\n    mut f = 3\n    f += 1\n    print(f)\ng()\nf()\n")).toEqual([]);
  });
  test("the body of a loop declares mutable variables", () => {
    expect(errors("for j in 0..2:\n    v = 9\n    v = v + j\n    v += 1\n")).toEqual([]);
    expect(errors("mut c = 0\nwhile c < 2:\n    if true:\n        v = 1\n        v = 2\n    c += 1\n")).toEqual([]);
    expect(errors("for j in 0..2:\n    fn f():\n        v = 1\n        v = 2\n    f()\n")).toEqual(["4:9 E1014"]);
  });
  test("`_` may be bound any number of times", () => {
    expect(errors('_ = 1\n_ = "a"\nfor _ in 0..2:\n    pass\nfn f(_: i32, _: i32): pass\n')).toEqual([]);
  });
  test("chained targets each go by the rule", () => {
    expect(errors("mut a = 1\na = c = 2\nprint(a, c)\nc = 3\n")).toEqual(["4:1 E1014"]);
    expect(errors("x = x = 3\n")).toEqual(["1:1 E1014"]);
    expect(errors("mut a: i64 = 1\na = b = 3000000000\nprint(b + a)\n")).toEqual([]);
  });
  test("the edit for an immutable variable is offered at its declaration", () => {
    const [d] = diagnose("speed = 5\nspeed = 6\n");
    expect(d!.fixes![0]!.edits[0]).toMatchObject({ span: { start: 0, end: 0 }, text: "mut " });
    expect(d!.labels![0]!.span).toMatchObject({ start: 0, end: 5 });
  });
});

describe("constants", () => {
  test("at the top of a module they are in capitals", () => {
    expect(errors("Max: i32 := 1\n")).toEqual(["1:1 E1013"]);
    expect(errors("_X: i32 := 2\n")).toEqual(["1:1 E1013"]);
    expect(errors("MAX_2 := 2\nif true:\n    inner := 3\n    print(inner)\n")).toEqual([]);
    expect(errors("fn f():\n    lower := 6\n    print(lower)\n")).toEqual([]);
  });
});

describe("unknown names", () => {
  test("nearest name, once per function", () => {
    const [d, ...more] = diagnose("counter = 3\nprint(countr)\nprint(countr)\n");
    expect(more).toEqual([]);
    expect(d).toMatchObject({ code: "E1010", help: ["did you mean `counter`?"] });
    expect(errors("fn scale(x: i32) -> i32:\n    return x * factor\nprint(scale(4))\nprint(offset)\n")).toEqual([
      "2:16 E1010",
      "4:7 E1010",
    ]);
    expect(errors("a = ghost + 1\nb = ghost + 2\nprint(a, b, ghost)\n")).toEqual(["1:5 E1010"]);
  });
  test("functions are suggested for calls, variables for values", () => {
    expect(diagnose("fn area(w: i32) -> i32:\n    return w\nares = 1\nprint(aera(2))\n")[0]!.help).toEqual([
      "did you mean `area`?",
    ]);
    expect(diagnose("fn area(w: i32) -> i32:\n    return w\narea2 = 1\nprint(area3)\n")[0]!.help).toEqual([
      "did you mean `area2`?",
    ]);
  });
  test("a transposition is one step, and short names need an exact neighbour", () => {
    expect(diagnose("width = 1\nprint(wdith)\n")[0]!.help).toEqual(["did you mean `width`?"]);
    expect(diagnose("x = 1\nprint(y)\n")[0]!.help).toBeUndefined();
    expect(diagnose("price = 1\nprint(quantity)\n")[0]!.help).toBeUndefined();
  });
  test("its own first value does not know the name", () => {
    expect(errors("x = x + 1\n")).toEqual(["1:5 E1010"]);
    expect(errors("mut n = 1\nif true:\n    mut n = n + 1\n    print(n)\n")).toEqual([]);
    expect(errors("qq += 1\n")).toEqual(["1:1 E1010"]);
  });
  test("an unknown name makes no second message", () => {
    expect(errors('x: i32 = ghost\ny = ghost2 + "a"\nif ghost3: pass\nprint(-ghost4, y * 2, x)\n')).toEqual([
      "1:10 E1010",
      "2:5 E1010",
      "3:4 E1010",
      "4:8 E1010",
    ]);
  });
});

describe("names of other places (E1012)", () => {
  const below = ["declared here", "move the declaration above this"];
  test.each([
    [
      "for i in 0..1:\n    y = 7\nprint(y)\n",
      "3:7 E1012",
      ["only exists inside this `for` loop", "declare it before the `for`: `mut y = ...`"],
    ],
    [
      "for i in 0..3:\n    pass\nprint(i)\n",
      "3:7 E1012",
      ["only exists inside this `for` loop", "keep the value in a variable that is declared before the `for`"],
    ],
    [
      "print(i)\nfor i in [1]: pass\n",
      "1:7 E1012",
      ["only exists inside this `for` loop", "declare it above this: `mut i = ...`"],
    ],
    [
      "mut i = 0\nwhile i < 1:\n    mut y = 7\n    i += 1\nprint(y)\n",
      "5:7 E1012",
      ["only exists inside this `while` loop", "declare it before the `while`: `mut y = ...`"],
    ],
    [
      "if true:\n    mut y = 5\nprint(y)\n",
      "3:7 E1012",
      ["only exists inside this branch of the `if`", "declare it before the `if`: `mut y = ...`"],
    ],
    [
      "if true:\n    mut y = 5\nelse:\n    print(y)\n",
      "4:11 E1012",
      ["only exists inside this branch of the `if`", "declare it before the `if`: `mut y = ...`"],
    ],
    [
      "if true:\n    mut y = 5\nfn f(): y\n",
      "3:9 E1012",
      ["only exists inside this branch of the `if`", "declare it before the `if`: `mut y = ...`"],
    ],
    [
      "try:\n    y = 5\ncatch e:\n    print(y)\n",
      "4:11 E1012",
      ["only exists inside this `try` block", "declare it before the `try`: `mut y = ...`"],
    ],
    [
      "try:\n    pass\ncatch e:\n    y = 1\nprint(y)\n",
      "5:7 E1012",
      ["only exists inside this `catch` block", "declare it before the `try`: `mut y = ...`"],
    ],
    [
      "try:\n    pass\ncatch e:\n    pass\nprint(e)\n",
      "5:7 E1012",
      ["only exists inside this `catch` block", "keep the value in a variable that is declared before the `try`"],
    ],
    [
      "match 1:\n    1 ->\n        y = 2\n    _ -> pass\nprint(y)\n",
      "5:7 E1012",
      ["only exists inside this arm of the `match`", "declare it before the `match`: `mut y = ...`"],
    ],
    [
      "enum E:\n    A(v: i32)\nmatch E.A(1):\n    E.A(y) -> print(y)\nprint(y)\n",
      "5:7 E1012",
      [
        "only exists inside this arm of the `match`",
        "keep the value in a variable that is declared before the `match`",
      ],
    ],
    ["fn f():\n    v = 1\nf()\nprint(v)\n", "4:7 E1012", ["only exists inside the function `f`", "return it from `f`"]],
    [
      "fn f():\n    v = 1\nfn g(): v\n",
      "3:9 E1012",
      ["only exists inside the function `f`", "pass it as an argument, or return it"],
    ],
    ["f = fn(v): v\nprint(v)\n", "2:7 E1012", ["only exists inside this function", "return it from the function"]],
    [
      "fn f():\n    fn g(): 1\n    g()\nprint(g())\n",
      "4:7 E1012",
      ["only exists inside the function `f`", "declare it outside `f`"],
    ],
    [
      "if true:\n    fn local() -> i32: 5\n    print(local())\nprint(local())\n",
      "4:7 E1012",
      ["only exists inside this branch of the `if`", "declare the function outside the block"],
    ],
    ["fn f() -> i32:\n    return late + 1\nlate = 10\nprint(f())\n", "2:12 E1012", below],
    ["print(late)\nlate = 10\n", "1:7 E1012", below],
    ["print(late)\nif true:\n    late = 10\n    print(late)\n", "1:7 E1012", below],
  ])("%j", (source, where, said) => {
    const [found] = diagnose(source);
    expect(errors(source)).toEqual([where]);
    expect([found!.labels![0]!.text, ...found!.help!]).toEqual(said);
  });
});

describe("functions and the names around them", () => {
  test("variables around a function may be read, and written if they are `mut`", () => {
    expect(errors("mut n = 1\nfn f() -> i32:\n    n += 1\n    return n\nprint(f())\n")).toEqual([]);
    expect(errors("fn f() -> i32:\n    k = 2\n    fn g() -> i32:\n        return k\n    return g()\n")).toEqual([]);
    expect(errors("fn f(k: i32) -> i32:\n    fn g() -> i32:\n        return k + k\n    return g()\n")).toEqual([]);
    expect(errors("fn f():\n    mut k = 2\n    fn g():\n        k = 3\n    g()\n")).toEqual([]);
    expect(errors("fn f():\n    k = 2\n    fn g():\n        k = 3\n    g()\n")).toEqual(["4:9 E1014"]);
  });
  test("functions are visible in their whole block", () => {
    expect(errors("print(twice(2))\nfn twice(n: i32) -> i32: n * 2\n")).toEqual([]);
    expect(errors("fn f() -> i32:\n    return g()\n    fn g() -> i32: 1\n")).toEqual([]);
    expect(errors("fn f() -> i32:\n    a = g()\n    return a\n    fn g() -> i32:\n        return f()\n")).toEqual([]);
  });
  test("built-ins may be hidden, and are no values", () => {
    expect(errors('print(len("a"))\nprint(abs(1))\n')).toEqual(["2:7 E1010"]);
    expect(errors("fn len(n: i32) -> i32: n\nprint(len(3))\nrange = 4\nprint(range)\n")).toEqual([]);
    expect(errors("f = typeof\n")).toEqual(["1:5 E2001"]);
    expect(errors("fn g(): pass\nf = g\n")).toEqual([]);
    expect(errors("typeof = 3\nprint(typeof(1))\n")).toEqual(["2:7 E2013"]);
  });
});
