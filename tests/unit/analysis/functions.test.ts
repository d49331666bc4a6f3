/** Calls, results, implicit results, inferred results (types-and-modules 3). */
import { describe, expect, test } from "@jest/globals";
import { diagnose, errors, implicitCount, resultOf, variable } from "./helper.js";

describe("calls", () => {
  test("count and types of arguments", () => {
    const area = "fn area(w: i32, h: i32) -> i32:\n    return w * h\n";
    expect(errors(`${area}print(area(3))\n`)).toEqual(["3:7 E2009"]);
    expect(errors(`${area}print(area(3, 4, 5))\n`)).toEqual(["3:7 E2009"]);
    expect(errors(`${area}print(area(3, "a"))\n`)).toEqual(["3:15 E2001"]);
    expect(errors(`${area}n: i64 = 3\nprint(area(3, n))\n`)).toEqual(["4:15 E2001"]);
    expect(diagnose(`${area}print(area())\n`)[0]).toMatchObject({
      label: "`area` takes 2 arguments, 0 given",
      help: ["`fn area(w: i32, h: i32) -> i32`"],
    });
  });
  test("only functions are called", () => {
    expect(errors("n = 5\nprint(n(1))\n")).toEqual(["2:7 E2013"]);
    expect(errors("fn f() -> i32: 1\nprint(f()(2))\n")).toEqual(["2:7 E2013"]);
  });
  test("a call without a result is no value", () => {
    const hello = 'fn hello():\n    print("hello")\n';
    expect(errors(`${hello}hello()\nhello() if true\n`)).toEqual([]);
    expect(
      errors(`${hello}r = hello()\nprint(r)\nprint(hello())\nx = hello() + 1\nprint(-hello(), typeof(hello()), x)\n`),
    ).toEqual(["3:5 E2019", "5:7 E2019", "6:5 E2019", "7:8 E2019", "7:24 E2019"]);
    expect(errors(`${hello}fn g() -> i32:\n    return hello()\n`)).toEqual(["4:12 E2019"]);
  });
  test("parameters need no type", () => expect(errors("fn f(a, b: i32): pass\nf(1, 2)\n")).toEqual([]));
});

describe("declared results", () => {
  test("returned values have the type", () => {
    expect(errors('fn title() -> i32:\n    return "title"\n')).toEqual(["2:12 E2001"]);
    expect(errors("fn amount() -> i32:\n    return\n")).toEqual(["2:5 E2001"]);
    expect(errors("fn log_it() -> void:\n    return 5\n")).toEqual(["2:12 E2001"]);
    expect(errors("fn f() -> i64: 5\nfn g() -> f64:\n    if true: 1\n    else: 2.5\n")).toEqual([]);
    expect(errors('fn f() -> i64: "a"\n')).toEqual(["1:16 E2001"]);
  });
  test("every path ends in a value", () => {
    expect(errors("fn sign(n: i32) -> i32:\n    if n > 0:\n        return 1\n")).toEqual(["1:4 E1414"]);
    expect(errors("fn f(n: i32) -> i32:\n    while n > 0:\n        return 1\n")).toEqual(["1:4 E1414"]);
    expect(errors("fn f(n: i32) -> i32:\n    while true:\n        if n > 2: return n\n")).toEqual([]);
    expect(errors("fn f(n: i32) -> i32:\n    while true:\n        if n > 2: break\n")).toEqual(["1:4 E1414"]);
    expect(errors("fn f(n: i32) -> i32:\n    'a: while true:\n        while true:\n            break 'a\n")).toEqual([
      "1:4 E1414",
    ]);
    expect(errors("fn f(n: i32) -> i32:\n    while (true):\n        while true:\n            break\n")).toEqual([]);
    expect(
      errors(
        "fn k(n: i32) -> i32:\n    if n == 0:\n        return 1\n    elif n == 1:\n        20\n    else:\n        if n == 2: return 300\n        else: return 4000\n",
      ),
    ).toEqual([]);
    expect(errors("fn h(): pass\nfn f() -> i32:\n    h()\n")).toEqual(["2:4 E1414"]);
    expect(errors("fn f() -> i32:\n    x = 1\n")).toEqual(["1:4 E1414"]);
    expect(errors("fn f() -> i32:\n    return 1\n    print(2)\n")).toEqual([]);
  });
  test("an error in the value is not a missing value", () => {
    expect(errors("fn f() -> i32:\n    ghost\n")).toEqual(["2:5 E1010"]);
    expect(errors("fn f() -> Money:\n    return 5\n")).toEqual(["1:11 E2003"]);
  });
});

describe("inferred results", () => {
  test.each([
    ["fn f(n: i32): n * 2\n", "i32"],
    ["fn f(n: i64):\n    if n > 0: return n\n    return 0\n", "i64"],
    ["fn f(c: bool):\n    if c: return 1\n    return 3000000000\n", "i64"],
    ["fn f(c: bool):\n    if c: 1\n    else: 2.5\n", "f64"],
    ["fn f(): print(1)\n", "void"],
    ["fn f(): pass\n", "void"],
    ["fn g() -> i32: 1\nfn f(c: bool):\n    if c: g()\n", "void"],
    ["fn g() -> i32: 1\nfn f(c: bool):\n    if c: return\n    g()\n", "void"],
    ["fn g() -> i32: 1\nfn f(c: bool):\n    if c: g()\n    else: print(2)\n", "void"],
    ["fn f(c: bool):\n    while true: pass\n", "void"],
    ["fn f(n: i32): g(n)\nfn g(n: i32): h(n) + 1\nfn h(n: i32): n\n", "i32"],
    ["fn f(n: i64):\n    if n <= 1: return 1\n    return n * f(n - 1)\n", "i64"],
    ["fn f(n: i64):\n    if n <= 1: 1\n    else: n * f(n - 1)\n", "i64"],
    ["fn f(n: i32):\n    if n < 2: return 1\n    return f(n - 1) + f(n - 2)\n", "i32"],
    [
      "fn f(n: i32):\n    if n == 0: return true\n    return odd(n - 1)\nfn odd(n: i32):\n    if n == 0: return false\n    return f(n - 1)\n",
      "bool",
    ],
    ["fn f(n: i32):\n    if n == 0: return\n    f(n - 1)\n    print(n)\n    f(n - 1)\n", "void"],
    ["fn f(n: i32):\n    if n == 0: g(n)\n    else: f(n - 1)\nfn g(n: i32): print(n)\n", "void"],
    ["k = base()\nfn base() -> i64: 4\nfn f(): k\n", "i64"],
    ["k = g()\nfn g(): 2.5\nfn f(): k + 1\n", "f64"],
    [
      'fn f(n: i32):\n    x = g(n)\n    return x\nfn g(n: i32):\n    if n == 0: return "end"\n    return f(n - 1)\n',
      "string",
    ],
  ])("%j", (source, type) => {
    expect(errors(source)).toEqual([]);
    expect(resultOf(source, "f")).toBe(type);
  });
  test("returns agree", () => {
    expect(errors('fn f(b: bool):\n    if b:\n        return 1\n    return "s"\n')).toEqual(["4:12 E2002"]);
    expect(errors("fn f(b: bool):\n    if b: return 1\n    return\n")).toEqual(["3:5 E2001"]);
    expect(errors("fn f(b: bool):\n    if b: return 1\n")).toEqual(["1:4 E1414"]);
  });
  test("a result that only depends on itself is asked for", () => {
    expect(errors("fn f(): return f()\nprint(f())\n")).toEqual(["1:4 E2006"]);
    expect(errors("x = f()\nfn f():\n    return x\n")).toEqual(["2:4 E2006"]);
    expect(errors("fn f(n: i32): return f(n) + ghost\n")).toEqual(["1:29 E1010"]);
  });
  test("implicit results are marked for the lowering", () => {
    expect(
      implicitCount(
        "fn f(n: i32) -> i32:\n    if n == 0: 1\n    elif n == 1: return 2\n    else: 3\nfn g(): f(1)\nfn h() -> void: f(1)\n",
      ),
    ).toBe(3);
  });
});

describe("what the lowering is told about variables", () => {
  test("used in functions, assigned, read early", () => {
    expect(variable("x = 1\ny = 2\nfn f(): print(x)\nf()\nprint(y)\n", "x")).toMatchObject({
      usedInFunctions: true,
      mayBeReadEarly: false,
    });
    expect(variable("x = 1\ny = 2\nfn f(): print(x)\nf()\nprint(y)\n", "y")).toMatchObject({
      usedInFunctions: false,
      assigned: false,
    });
    expect(variable("print(show())\nlater = 5\nfn show() -> i32:\n    return later\n", "later").mayBeReadEarly).toBe(
      true,
    );
    expect(
      variable("a()\nlater = 5\nfn a(): b()\nfn b(): c()\nfn c():\n    print(later)\n", "later").mayBeReadEarly,
    ).toBe(true);
    expect(variable("later = f()\nfn f() -> i32: later\n", "later").mayBeReadEarly).toBe(true);
    expect(variable("later: i32 = f()\nfn f() -> i32: later\n", "later").mayBeReadEarly).toBe(true);
    expect(
      variable("fn a(): print(1)\na()\nlater = 5\nfn c():\n    print(later)\n    a()\nc()\n", "later").mayBeReadEarly,
    ).toBe(false);
    expect(variable("for i in 0..2:\n    i += 1\n", "i")).toMatchObject({ assigned: true, role: "loop" });
  });
});
