/** Every warning: programs that have it, programs that come close and do not, and what its fix makes of them. */
import { describe, expect, test } from "@jest/globals";
import { codes, fixed, found } from "./helper.js";

const lines = (...text: string[]): string => `${text.join("\n")}\n`;
/** Each a name, a program, and its warnings. */
type Case = readonly [name: string, program: string, ...expected: string[]];
const check = (cases: readonly Case[]): void => {
  test.each(cases.map(([name, program, ...expected]) => [name, program, expected] as const))(
    "%s",
    (_, program, expected) => expect(codes(program)).toEqual(expected),
  );
};

describe("W0001: never used", () => {
  check([
    ["variable", "x = 1\n", "1:1 W0001"],
    ["assigned only", lines("mut x = 1", "x = 2", "x += 1"), "1:5 W0001"],
    ["declared by branches: once", lines("for i in 0..3:", "    if i > 1: x = i", "    else: x = 2"), "2:15 W0001"],
    ["constant", "LIMIT := 3\n", "1:1 W0001"],
    ["loop variable", lines("for i in 0..3:", '    print("x")'), "1:5 W0001"],
    ["parameter", lines("fn f(a: i32, b: i32) -> i32:", "    return a", "print(f(1, 2))"), "1:14 W0001"],
    ["local of a function", lines("fn f():", "    x = 1", "f()"), "2:5 W0001"],
    ["function", lines("fn f():", "    pass"), "1:4 W0001"],
    ["function that only calls itself", lines("fn f(n: i32):", "    f(n - 1)"), "1:4 W0001"],
    ["a chain: the first", lines("fn g():", "    pass", "fn f():", "    g()"), "3:4 W0001"],
    ["a circle: the first", lines("fn f():", "    g()", "fn g():", "    f()"), "1:4 W0001"],
    ["read", lines("x = 1", "print(x)")],
    ["read by a function only", lines("x = 1", "fn f():", "    print(x)", "f()")],
    ["a leading underscore", lines("_x = 1", "for _ in 0..3:", '    print("x")', "fn _f(_a: i32):", "    pass")],
    ["exported", lines("pub x = 1", "pub LIMIT := 2", "pub fn f():", "    g()", "fn g():", "    pass")],
    ["declared by branches", lines("for i in 0..3:", "    if i > 1: x = i", "    else: x = 2", "    print(x)")],
    ["called above its definition", lines("f()", "fn f():", "    pass")],
    ["a test", lines("fn test_sum():", "    print(1)")],
    ["with a parameter it is none", lines("fn test_sum(n: i32):", "    print(n)"), "1:4 W0001"],
    ["a program with errors", lines("count = 1", "print(cuont)"), "2:7 E1010"],
  ]);
  test("renamed, its assignments too", () => {
    expect(fixed(lines("mut x = 1", "x = 2", "x += 1"))).toBe(lines("mut _x = 1", "_x = 2", "_x += 1"));
    expect(fixed(lines("fn f(a: i32):", "    pass", "f(1)"))).toBe(lines("fn f(_a: i32):", "    pass", "f(1)"));
    const branches = lines("for i in 0..3:", "    if i > 1: x = i", "    else: x = 2");
    expect(fixed(branches)).toBe(branches.replaceAll("x", "_x"));
    expect(fixed("fn f():\n    pass\n")).toBe("fn _f():\n    pass\n");
  });
  test("no fix where the new name is taken, or would be no name", () => {
    expect(fixed(lines("_x = 1", "x = 2"))).toBe(lines("_x = 1", "x = 2"));
    expect(fixed("LIMIT := 3\n")).toBe("LIMIT := 3\n");
  });
});

describe("W0002: never reached", () => {
  check([
    [
      "after return",
      lines("fn f() -> i32:", "    return 1", "    print(2)", "    print(3)", "print(f())"),
      "3:5 W0002",
    ],
    ["after break", lines("for i in 0..3:", "    break", "    print(i)"), "3:5 W0002"],
    ["after continue", lines("for i in 0..3:", "    continue", "    print(i)"), "3:5 W0002"],
    ["after return of the module", lines("return", "print(1)"), "2:1 W0002"],
    [
      "after an if that always leaves",
      lines("for i in 0..3:", "    if i == 1: break", "    else: continue", "    print(i)"),
      "4:5 W0002",
    ],
    ["nothing inside what is reported", lines("return", "for i in 0..3:", "    break", "    print(i)"), "2:1 W0002"],
    ["in a program with errors", lines("for i in 0..3:", "    break", "    print(j)"), "3:5 W0002", "3:11 E1010"],
    ["an arm goes on", lines("for i in 0..3:", "    if i == 1: break", "    print(i)")],
    ["a function below", lines("print(f())", "return", "fn f() -> i32:", "    return 1")],
  ]);
});

describe("W0003: result is dropped", () => {
  check([
    ["operators", lines("x = 1", "x + 1"), "2:1 W0003"],
    ["a name, a literal", lines("x = 1", "x", '"text"'), "2:1 W0003", "3:1 W0003"],
    ["a built-in without effect", "typeof(1)\n", "1:1 W0003"],
    ["an element of a text", lines('s = "abc"', "s[0]"), "2:1 W0003"],
    ["guarded", lines("x = 1", "x + 1 if x > 0"), "2:1 W0003"],
    ["not the implicit result", lines("fn f(n: i32) -> i32:", "    n", "    n + 1", "print(f(1))"), "2:5 W0003"],
    ["a call", lines("fn f() -> i32:", "    return 1", "f()", "1 + f()")],
    ["sure to fail: W0006 says it", "1 / 0\n", "1:3 W0006"],
  ]);
  test("`==` for `=`", () =>
    expect(fixed(lines("mut x = 1", "x += 1", "x == 2", "print(x)"))).toBe(
      lines("mut x = 1", "x += 1", "x = 2", "print(x)"),
    ));
});

describe("W0004: hides another name", () => {
  check([
    [
      "mut in a block",
      lines("mut x = 1", "if x == 1:", "    mut x = 2", "    x += 1", "    print(x)", "x = 3"),
      "3:9 W0004",
    ],
    ["an annotation", lines("x = 1", "if x == 1:", "    x: i64 = 2", "    print(x)"), "3:5 W0004"],
    [
      "a module variable in a function",
      lines("mut n = 1", "fn f():", "    mut n = 2", "    n += 1", "    print(n)", "f()", "n += 1", "print(n)"),
      "3:9 W0004",
    ],
    ["a loop in a loop", lines("for i in 0..2:", "    for i in 0..3: print(i)", "    print(i)"), "2:9 W0004"],
    ["a loop variable", lines("i = 7", "for i in 0..2: print(i)", "print(i)"), "2:5 W0004"],
    [
      "a function in a block",
      lines("fn f():", "    print(1)", "if true:", "    fn f():", "        print(2)", "    f()", "f()"),
      "4:8 W0004",
    ],
    ["a label", lines("'a: for i in 0..2:", "    'a: for j in 0..2: print(i + j)"), "2:5 W0004"],
    ["a parameter", lines("n = 1", "fn f(n: i32) -> i32: n + 1", "print(f(n))")],
    ["a loop in a function", lines("i = 1", "fn f():", "    for i in 0..2: print(i)", "f()", "print(i)")],
    ["names of built-ins", lines("len = 1", "for min in 0..2: print(min + len)")],
    ["one after the other", lines("for i in 0..2: print(i)", "for i in 0..2: print(i)")],
    ["declared later", lines("if true:", "    mut x = 1", "    x += 1", "    print(x)", "x = 2", "print(x)")],
    ["labels side by side", lines("'a: for i in 0..2: print(i)", "'a: for i in 0..2: print(i)")],
  ]);
  test("says how to assign instead", () => {
    const [d] = found(lines("mut x = 1", "if x == 1:", "    mut x = 2", "    x += 1", "    print(x)", "x = 3"));
    expect(d?.help).toEqual(["to assign to the outer one, write `x = …`"]);
    expect(d?.labels?.[0]?.text).toBe("the outer `x`");
  });
});

describe("W0005: never reassigned", () => {
  check([
    ["at module level", lines("mut x = 1", "print(x)"), "1:5 W0005"],
    ["with a type, after a comma", lines("a = 1, mut b: i64 = 2", "print(a, b)"), "1:12 W0005"],
    ["assigned", lines("mut x = 1", "x = 2", "print(x)")],
    ["updated by a function", lines("mut x = 1", "fn f():", "    x += 1", "f()", "print(x)")],
    ["exported", "pub mut x = 1\n"],
    ["not read at all: W0001 says it", "mut x = 1\n", "1:5 W0001"],
  ]);
  test("removes `mut`", () =>
    expect(fixed(lines("a = 1, mut b = 2", "print(a, b)"))).toBe(lines("a = 1, b = 2", "print(a, b)")));
  test("where the name is declared elsewhere, writes the type", () => {
    const twice = lines("if true:", "    mut x = 1", "    print(x)", "else:", "    mut x = 2.5", "    print(x)");
    expect(fixed(twice)).toBe(twice.replace("mut x = 1", "x: i32 = 1").replace("mut x = 2.5", "x: f64 = 2.5"));
    expect(codes(fixed(twice))).toEqual([]);
  });
});

describe("W0006: this always fails", () => {
  check([
    ["division", "print(10 / 0)\n", "1:10 W0006"],
    ["of floats", "print(1.5 / 0.0)\n", "1:11 W0006"],
    ["of something unknown", lines("for i in 0..2: print(i % 0)"), "1:24 W0006"],
    ["by a constant", lines("N := 2 - 2", "print(4 / N)"), "2:9 W0006"],
    ["compound", lines("mut x = 4", "x /= 0", "print(x)"), "2:3 W0006"],
    ["overflow", "print(2147483647 + 1)\n", "1:18 W0006"],
    ["negation", "print(-(-2147483648))\n", "1:7 W0006"],
    ["smallest by -1", "print(-9223372036854775808 / -1)\n", "1:28 W0006"],
    ["a cast", "print(-1 as u64)\n", "1:7 W0006"],
    ["inside another failure: once", "print(1 / 0 + 2147483647)\n", "1:9 W0006"],
    ["a step", lines("STEP := 0", "for i in 0..3..STEP: print(i)"), "2:16 W0006"],
    ["an index of a literal", 'print("abc"[3], "abc"[2], "\u00e4"[1])\n', "1:13 W0006"],
    ["an index of a fill", "print([4, 2][1], [4, 2][2])\n", "1:25 W0006"],
    ["a pattern longer than its literal", lines("a, b = [0, 1]", "print(a, b)"), "1:8 W0006"],
    ["a pattern that fits", lines("a, b = [0, 1,]", "c, d = [7, 2]", "print(a, b, c, d)")],
    ["a fill of a named size", lines("N := 1", "a, b = [0, N]", "print(a, b)")],
    ["unsigned arithmetic wraps", "print(4294967295u32 + 1)\n"],
    ["a cast that wraps", "print(-1 as u32)\n"],
    ["the smallest number", "print(-2147483648, -2147483648 % -1)\n"],
    ["a variable", lines("zero = 0", "print(4 / zero)")],
    ["never executed", lines("print(false and 1 / 0 == 1, 2 if true else 1 / 0)")],
    ["a long chain", `print(${"1 + ".repeat(900)}1)\n`],
  ]);
});

describe("W0007: loop never ends", () => {
  check([
    ["nothing in it", lines("while true:", "    print(1)"), "1:7 W0007"],
    ["break of an inner loop", lines("while true:", "    for i in 0..3:", "        if i == 2: break"), "1:7 W0007"],
    ["its own continue", lines("while true:", "    continue"), "1:7 W0007"],
    ["break", lines("while true:", "    break")],
    ["break by label", lines("'a: while true:", "    for i in 0..3:", "        if i == 2: break 'a")],
    [
      "continue of an outer loop",
      lines("'a: for i in 0..3:", "    while true:", "        if i > 1: continue 'a", "        break"),
    ],
    ["only that", lines("'a: for i in 0..3:", "    while true:", "        print(i)", "        continue 'a")],
    ["return", lines("fn f():", "    while true:", "        return", "f()")],
    ["a call", lines("fn f():", "    print(1)", "while true:", "    f()")],
    ["another condition", lines("mut n = 0", "while n < 3:", "    n += 1")],
    ["an unknown label", lines("while true:", "    break 'a"), "2:11 E1412"],
  ]);
});

describe("W0008: floats compared for equality", () => {
  check([
    ["computed", "print(0.1 + 0.2 == 0.3)\n", "1:17 W0008"],
    [
      "!=, through variables",
      lines("fn f(a: f64) -> bool:", "    b = a / 3.0", "    c = b", "    return c != 1.5", "print(f(1.0))"),
      "4:14 W0008",
    ],
    ["in a loop", lines("mut t = 0.0", "while t != 1.0:", "    t += 0.1"), "2:9 W0008"],
    ["literals, unchanged values", lines("fn f(a: f64, b: f64) -> bool: a == b and a == 1.5", "print(f(1.0, 2.0))")],
    ["zero, and what is exact", lines("fn f(a: f64) -> bool: a - 1.0 == 0.0 or a % 2.0 == 1.0", "print(f(1.0))")],
    ["a test for NaN", lines("fn f(a: f64) -> bool:", "    b = a * 2.0", "    return b != b", "print(f(1.0))")],
    ["infinity", lines("fn f(a: f64) -> bool: a * 2.0 == 1e308 * 10.0", "print(f(1.0))")],
    ["constants that are equal", "print(0.5 + 0.25 == 0.75)\n"],
    ["an order", "print(0.1 + 0.2 < 0.3)\n"],
    ["integers", lines("fn f(a: i32) -> bool: a * 2 == 4", "print(f(1))")],
  ]);
});

describe("W0009: assignment has no effect", () => {
  check([
    ["at the end", lines("for i in 0..3:", "    print(i)", "    i = 5"), "3:5 W0009"],
    ["instead of a step", lines("for i in 0..3:", "    print(i)", "    i += 1"), "3:5 W0009"],
    ["instead of W0001", lines("for i in 0..3:", "    i = 5"), "2:5 W0009"],
    ["its own value is no reader", lines("for i in 0..3:", "    i = i + 1"), "2:5 W0009"],
    ["read afterwards", lines("for i in 0..3:", "    i = 5", "    print(i)")],
    ["read in the next round of an inner loop", lines("for i in 0..3:", "    while i < 9:", "        i += 2")],
    ["read by a function", lines("for i in 0..3:", "    fn f():", "        print(i)", "    i = 5", "    f()")],
  ]);
});

describe("allowed on the line", () => {
  test.each([
    ["x = 1 // allow W0001"],
    ["x = 1 //allow W0005, W0001"],
    ["mut x = 1 // allow W0001 W0005: kept for the next version"],
    ["x = 1 /* so it is */ // allow W0001"],
    ["return // the end\nprint(1) // allow W0002"],
    ["1 + 1 // allow W0003"],
    ["for i in 0..2:\n    for i in 0..2: print(i) // allow W0004\n    print(i)"],
    ["mut x = 1 // allow W0005\nprint(x)"],
    ["print(1 / 0) // allow W0006"],
    ["while true: // allow W0007\n    print(1)"],
    ["print(0.1 + 0.2 == 0.3) // allow W0008"],
    ["for i in 0..3:\n    i += 1 // allow W0009"],
  ])("%j", (text) => expect(codes(`${text}\n`)).toEqual([]));
  test.each([
    ["x = 1 // allow W0002"],
    ["x = 1 // please allow W0001"],
    ["// allow W0001\nx = 1"],
    ['x = "// allow W0001"'],
    ["x = 1 /* // allow W0001 */"],
  ])("not here: %j", (text) => expect(codes(`${text}\n`).map((c) => c.slice(-5))).toEqual(["W0001"]));
  test("an error is never allowed", () => expect(codes("x = y // allow E1010\n")).toEqual(["1:5 E1010"]));
});
