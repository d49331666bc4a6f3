/** Variables that branches declare (core 8.2): which declarations are one variable, and which reads find a value. */
import { describe, expect, test } from "@jest/globals";
import type { NameExpr } from "../../../compiler/syntax/ast.js";
import { analyse, diagnose, errors, typeOf, variable } from "./helper.js";

const program = (...lines: string[]): string => `${lines.join("\n")}\n`;
const repeat = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join("");

/** "LINE:COLUMN" of every read that is checked when the program runs. The program has no errors. */
function checks(...lines: string[]): string[] {
  const { diagnostics, checked, at } = analyse(program(...lines));
  expect(diagnostics).toEqual([]);
  const found: string[] = [];
  const seen = new Set<object>();
  const look = (node: object): void => {
    if (seen.has(node)) return;
    seen.add(node);
    const { kind, unset, span } = node as NameExpr;
    if (unset && kind === "name") found.push(at(span.start));
    if (unset && (kind as string) === "compound") found.push(at(span.start));
    for (const [key, value] of Object.entries(node))
      if (typeof value === "object" && value !== null && key !== "symbol" && key !== "target") look(value);
  };
  look(checked!.modules[0]!.module.body);
  return found.sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10));
}
const wrong = (...lines: string[]): string[] => errors(program(...lines));

describe("which variable", () => {
  test("all branches declare the same one", () => {
    const text = program("n = 5", "if n > 3: s = 1", "elif n > 2: s = 2", "else: s = 3", "print(s, s)");
    expect(errors(text)).toEqual([]);
    const s = variable(text, "s");
    expect([s.assigned, s.mutable, s.mayLackValue, s.decl.start]).toEqual([true, false, false, text.indexOf("s = 1")]);
    expect(analyse(text).checked!.modules[0]!.variables.map((v) => v.name)).toEqual(["n", "s"]);
  });
  test("nested branches, functions and loops", () => {
    expect(
      wrong(
        "fn f(c: bool) -> i32:",
        "    if c:",
        "        if c: r = 1",
        "        else: r = 2",
        "    else:",
        "        r = 3",
        "    return r",
      ),
    ).toEqual([]);
    expect(wrong("mut i = 0", "while i < 3:", "    v = i", "    i += 1", "print(v)")).toEqual([]);
    expect(
      wrong(
        "fn f(n: i32):",
        "    for i in 0..n:",
        "        if i > 1: m = 1",
        "        else: m = 2",
        "        print(m)",
        "f(2)",
      ),
    ).toEqual([]);
  });
  test("declared with `mut` or a type it stays in its block", () => {
    expect(wrong("if true:", "    mut v = 1", "print(v)")).toEqual(["3:7 E1012"]);
    expect(wrong("if true:", "    v: i32 = 1", "print(v)")).toEqual(["3:7 E1012"]);
    expect(wrong("if true:", "    V := 1", "print(V)")).toEqual(["3:7 E1012"]);
    expect(wrong("mut i = 0", "while i < 1:", "    mut v = 1", "    i += 1", "print(v)")).toEqual(["5:7 E1012"]);
    // Above a branch there is nothing yet, and what a `for` body or a function declares ends with it.
    expect(wrong("print(v)", "if true: v = 1")).toEqual(["1:7 E1012"]);
    expect(wrong("for i in 0..3:", "    if true: v = 1", "print(v)")).toEqual(["3:7 E1012"]);
    expect(wrong("fn f():", "    if true: v = 1", "f()", "print(v)")).toEqual(["4:7 E1012"]);
    expect(wrong("fn f() -> i32: v", "if true: v = 1", "print(f())")).toEqual(["1:16 E1012"]);
  });
  test("a later `if`, and an assignment in the block around, declare afresh", () => {
    expect(
      wrong(
        "c = true",
        "if c:",
        "    again = 1",
        "if c:",
        "    again = 2",
        "print(again)",
        'again = "x"',
        "print(again)",
      ),
    ).toEqual([]);
    expect(wrong("if true: v = 1", "v = 2", "v = 3")).toEqual(["3:1 E1014"]);
    expect(wrong("if true: v = 1", "v = v + 1", "print(v)")).toEqual([]);
    expect(
      wrong("mut i = 0", "while i < 3:", "    if i == 0: t = 0", "    t = t + i", "    i += 1", "print(t)"),
    ).toEqual([]);
    // Inside a loop they are the same variable where a round may read what an earlier one declared.
    expect(wrong("mut i = 0", "while i < 3:", "    if i > 1: print(t)", "    i += 1", "    if i == 1: t = 1")).toEqual([
      "3:21 E1012",
    ]);
    expect(
      wrong("mut i = 0", "while i < 3:", "    if i == 0: t = 0", "    print(t)", '    t = "x"', "    i += 1"),
    ).toEqual(["5:9 E2002"]);
  });
  test("an immutable one is assigned once on a way, one of a loop again and again", () => {
    expect(wrong("if true:", "    v = 1", "    v = 2")).toEqual(["3:5 E1014"]);
    expect(wrong("if true:", "    v = 1", "    if true: v = 2")).toEqual(["3:14 E1014"]);
    expect(wrong("if true:", "    v = 1", "    v += 2")).toEqual(["3:5 E1017"]);
    expect(wrong("while true:", "    v = 1", "    v = v + 1", "    if v > 1: v += 1", "    break")).toEqual([]);
    expect(wrong("for i in 0..2:", "    if i > 0:", "        v = 1", "        v += 1", "        print(v)")).toEqual([]);
  });
  test("updates from outside need a variable of a loop", () => {
    expect(wrong("if true: v = 1", "v += 1")).toEqual(["2:1 E1017"]);
    expect(wrong("while true:", "    v = 1", "    break", "v += 1", "print(v)")).toEqual([]);
    const [d] = diagnose(program("if true: v = 1", "v += 1"));
    expect([d!.help, d!.fixes, d!.labels![0]!.text]).toEqual([
      ["declare it before the branches: `mut v = ...`"],
      undefined,
      "declared in a branch here",
    ]);
  });
  test("a body inside sees it as any other variable", () => {
    expect(wrong("if true: v = 1", "for i in 0..2: v = i")).toEqual(["2:16 E1014"]);
    expect(wrong("if true: v = 1", "fn f(): v = 2", "f()")).toEqual(["2:9 E1014"]);
    expect(wrong("while true:", "    v = 1", "    break", "for i in 0..2: v = i", "print(v)")).toEqual([]);
    expect(wrong("while true:", "    v = 1", "    break", "fn f(): v = 2", "f()", "print(v)")).toEqual([]);
    expect(wrong("fn f():", "    if true: v = 1", "    fn g() -> i32: v", "    print(g())", "f()")).toEqual([]);
    expect(
      wrong("if true: v = 1", "fn f(v: i32) -> i32: v", "fn g():", "    mut v = 3", "    v += 1", "print(f(1))"),
    ).toEqual([]);
  });
});

describe("types", () => {
  test("branches of one `if`, and declarations that one read may see, have the same", () => {
    expect(wrong("n = 3", "if n > 2:", "    v = 1", "else:", '    v = "text"', "print(v)")).toEqual(["5:9 E2002"]);
    expect(wrong("n = 3", "if n > 2:", "    v = 1", "else:", '    v = "text"')).toEqual(["5:9 E2002"]);
    expect(wrong("n = 3", "if n > 2: v = 1", 'if n > 3: v = "a"', "print(v)")).toEqual(["3:15 E2002"]);
    expect(wrong("n = 3", "if n > 2: v = 1", "fn f(): print(v)", 'if n > 3: v = "a"', "f()")).toEqual(["4:15 E2002"]);
    expect(wrong("n = 3", "if n > 2:", "    if n > 1: v = 1", "else:", "    v = 2.5", "print(v)")).toEqual([
      "5:9 E2002",
    ]);
  });
  test("others are free", () => {
    expect(
      wrong("n = 3", "if n > 2:", "    v = 1", "    print(v)", "if n > 3:", '    v = "a"', "    print(v)"),
    ).toEqual([]);
    expect(
      wrong(
        "mut i = 0",
        "while i < 2:",
        "    v = i",
        "    print(v)",
        "    i += 1",
        "while i < 4:",
        '    v = "a"',
        "    print(v)",
        "    i += 1",
      ),
    ).toEqual([]);
  });
  test("literals take the type of the first declaration", () => {
    const text = program("n = 3", "if n > 2: v = 1u64", "elif n > 1: v = 2", "else: v = 3", "print(v)");
    expect(errors(text)).toEqual([]);
    expect(typeOf(text, "v")).toBe("u64");
    expect(wrong("n = 3", "if n > 2: v = 1u32", "else: v = -2", "print(v)")).toEqual(["3:11 E2020"]);
  });
  test("with inferred results", () => {
    expect(
      wrong(
        "n = 3",
        "if n > 2: v = f(1)",
        "else: v = f(2)",
        "fn f(k: i64): k + 1",
        "w: i64 = v",
        "fn g(): v",
        "print(w + g())",
      ),
    ).toEqual([]);
  });
  test("what differs is shown at both places", () => {
    const text = program("n = 3", "if n > 2: v = 1", "else: v = true", "print(v)");
    const [d] = diagnose(text);
    expect(d!.label).toBe("this is a `bool`, `v` is an `i32` in another branch");
    expect(d!.labels).toEqual([
      { span: expect.objectContaining({ start: text.indexOf("v = 1") }), text: "an `i32` here" },
    ]);
  });
});

describe("reads", () => {
  test("with a value on every way need no check", () => {
    expect(checks("n = 5", "if n > 3: s = 1", "else: s = 2", "print(s)")).toEqual([]);
    expect(
      checks("fn f(n: i32) -> i32:", "    if n > 3: s = 1", "    else: return 0", "    return s", "print(f(4))"),
    ).toEqual([]);
    expect(checks("mut i = 0", "while true:", "    i += 1", "    v = i", "    if i > 3: break", "print(v)")).toEqual(
      [],
    );
    expect(
      checks(
        "mut i = 0",
        "while true:",
        "    i += 1",
        "    if i > 5:",
        "        v = 1",
        "        break",
        "    if i > 9: continue",
        "print(v)",
      ),
    ).toEqual([]);
    expect(
      checks("for i in 0..9:", "    if i > 5: v = 1", "    elif i > 3: break", "    else: continue", "    print(v)"),
    ).toEqual([]);
    expect(checks("n = 5", "if n > 3:", "    if n > 4: s = 1", "    else: s = 2", "    print(s)")).toEqual([]);
  });
  test("with a value on some are checked, once on a way", () => {
    expect(checks("n = 5", "if n > 3: s = 1", "print(s)", "print(s)")).toEqual(["3:7"]);
    expect(checks("n = 5", "if n > 3: s = 1", "if n > 2: print(s)", "print(s)")).toEqual(["3:17", "4:7"]);
    expect(checks("n = 5", "if n > 3: s = true", "print(n > 1 and s, s)")).toEqual(["3:17", "3:20"]);
    expect(checks("n = 5", "if n > 3: s = true", "print(s and n > 1, s)")).toEqual(["3:7"]);
    expect(checks("n = 5", "if n > 3: s = 4", "print((s if n > 4 else 1) + s)")).toEqual(["3:8", "3:29"]);
    expect(checks("n = 5", "if n > 3: s = 4", "print(s if s > 4 else s)")).toEqual(["3:12"]);
    expect(checks("mut i = 0", "while i < 3:", "    v = i", "    i += 1", "print(v)")).toEqual(["5:7"]);
    expect(checks("mut i = 0", "while i < 3:", "    v = i", "    i += 1", "v += 1", "print(v)")).toEqual(["5:1"]);
    expect(checks("n = 5", "if n > 3: s = 4", "elif n > 2: pass", "else: s = 1", "s")).toEqual(["5:1"]);
  });
  test("a loop may bring the value from an earlier round", () => {
    expect(
      checks(
        "mut i = 0",
        "while i < 3:",
        "    if i == 0:",
        "        v = 1",
        "    else:",
        "        print(v)",
        "    i += 1",
      ),
    ).toEqual(["6:15"]);
    expect(
      checks(
        "mut i = 0",
        "while true:",
        "    i += 1",
        "    if i == 1:",
        "        v = 1",
        "        continue",
        "    print(v)",
        "    break",
      ),
    ).toEqual(["7:11"]);
    // The inner loop leaves the outer one in its second round.
    expect(
      checks(
        "mut i = 0",
        "while true:",
        "    while true:",
        "        i += 1",
        "        if i == 2: break",
        "        v = i",
        "    print(v)",
        "    break",
      ),
    ).toEqual(["7:11"]);
    expect(
      checks(
        "mut i = 0",
        "'o: while true:",
        "    while true:",
        "        i += 1",
        "        if i == 2: break 'o",
        "        v = i",
        "print(v)",
      ),
    ).toEqual(["7:7"]);
    // The condition of a `while` is one of its rounds, too.
    expect(
      checks("mut i = 0", "if i > 0: v = 1", "else:", "    while i == 0 or v > 5:", "        v = 2", "        i += 1"),
    ).toEqual(["4:21"]);
    expect(wrong("mut i = 0", "while i == 0 or v > 5:", "    v = 2", "    i += 1")).toEqual(["2:17 E1012"]);
  });
  test("without a value on any way are mistakes", () => {
    expect(wrong("c = true", "if c:", "    v = 3", "else:", "    print(v)")).toEqual(["5:11 E1018"]);
    expect(wrong("c = 1", "if c > 1:", "    v = 3", "elif v > 2:", "    pass")).toEqual(["4:6 E1018"]);
    expect(wrong("c = true", "if c:", "    v = 1", "else:", "    v += 1")).toEqual(["5:5 E1017"]);
    expect(
      wrong("fn f(c: bool):", "    if c:", "        v = 1", "        return", "    print(v, v)", "f(true)"),
    ).toEqual(["5:11 E1018"]);
    // The body of a `for` begins anew in each round; a `while` around it changes nothing.
    expect(wrong("for i in 0..3:", "    if i == 0:", "        v = 1", "    else:", "        print(v)")).toEqual([
      "5:15 E1018",
    ]);
    expect(
      wrong(
        "mut k = 0",
        "while k < 3:",
        "    k += 1",
        "    for i in 0..3:",
        "        if i == 0:",
        "            v = 1",
        "        else:",
        "            print(v)",
      ),
    ).toEqual(["8:19 E1018"]);
    expect(
      wrong(
        "mut i = 0",
        "while i < 3:",
        "    i += 1",
        "    if i == 1:",
        "        v = 1",
        "        break",
        "    else:",
        "        print(v)",
      ),
    ).toEqual(["8:15 E1018"]);
    const [d] = diagnose(program("c = true", "if c: v = 3", "else: print(v)"));
    expect([d!.label, d!.labels![0]!.text]).toEqual([
      "`v` gets its value only in another branch",
      "the value is given here",
    ]);
  });
  test("where control does not come, nothing is said", () => {
    expect(
      checks("fn f(c: bool):", "    if c: v = 1", "    else: return", "    return", "    print(v)", "f(true)"),
    ).toEqual([]);
  });
});

describe("variables of the module", () => {
  const early = (...lines: string[]): boolean => variable(program(...lines), "v").mayBeReadEarly;
  test("functions check them if some call may come before their value", () => {
    const f = "fn f() -> i32: v";
    expect(early("n = 1", "if n > 0: v = 1", "else: v = 2", f, "print(f())")).toBe(false);
    expect(early("n = 1", "if n > 0: v = 1", f, "print(f())")).toBe(true);
    expect(early("n = 1", "if n > 2: print(f())", "if n > 0: v = 1", "else: v = 2", f, "print(f())")).toBe(true);
    expect(early("n = 1", "if n > 0: v = 1", "else: print(f())", f, "if n > 1: pass", "print(v)")).toBe(true);
    expect(early("n = 1", "if n > 0: v = 1", f, "print(v)", "print(f())")).toBe(false);
    expect(
      early(
        "n = 1",
        "for i in 0..3:",
        "    if i > 1: v = 1",
        "    else: v = 2",
        "    fn f() -> i32: v",
        "    print(f())",
      ),
    ).toBe(false);
    expect(early("n = 1", "for i in 0..3:", "    if i > 1: v = 1", "    fn f() -> i32: v", "    print(f())")).toBe(
      true,
    );
  });
  test("they have a place that functions can reach", () => {
    const v = variable(program("n = 1", "if n > 0: v = 1", "else: v = 2", "fn f() -> i32: v", "print(f())"), "v");
    expect([v.usedInFunctions, v.owner, v.mayLackValue]).toEqual([true, null, false]);
  });
});

describe("size", () => {
  test("many variables, many branches, many reads", () => {
    expect(
      errors(
        `n = 1\n${repeat(20_000, (i) => `if n > ${i}: v${i} = ${i}\n`)}${repeat(20_000, (i) => `print(v${i})\n`)}`,
      ),
    ).toEqual([]);
    expect(errors(`n = 1\n${repeat(20_000, (i) => `if n > ${i}: v = ${i}\nprint(v)\n`)}`)).toEqual([]);
    expect(
      errors(
        `n = 1\nwhile true:\n${repeat(5_000, (i) => `    if n > ${i}: v${i} = ${i}\n    elif n < ${i}: break\n`)}`,
      ),
    ).toEqual([]);
  });
  test("deep nesting of loops is walked once", () => {
    const deep = 150;
    const body = `${repeat(deep, (i) => `${" ".repeat(i)}while n < ${i}:\n`)}${" ".repeat(deep)}if n > 2: v = n\n${" ".repeat(deep)}else: print(v)\n`;
    expect(errors(`mut n = 1\n${body}print(v)\n`)).toEqual([]);
  });
});
