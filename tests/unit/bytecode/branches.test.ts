/** Variables that branches declare: one register each, checks only where a value may be missing, bits where they are. */
import { describe, expect, test } from "@jest/globals";
import { chunkOf, code, lines, ops, printed } from "./helper.js";

const program = (...text: string[]): string => `${text.join("\n")}\n`;
const checks = (text: string, fn?: string): number => ops(text, fn).filter((op) => op === "CHECK_VALUE").length;

describe("certain reads", () => {
  const text = program(
    "fn f(n: i32) -> i32:",
    "    if n > 3: s = n + 1",
    "    else: s = n - 1",
    "    return s",
    "print(f(5), f(1))",
  );
  test("have no check and no bit; the branches share a register", () => {
    expect(ops(text, "f")).toEqual(["JUMP_LE_I32_IMM", "ADD_I32_IMM", "JUMP", "ADD_I32_IMM", "RETURN"]);
    const [, up, , down, back] = lines(chunkOf(text), "f");
    const register = up!.split(" ")[1]!;
    expect([down!.split(" ")[1], back]).toEqual([register, `RETURN ${register.replace(",", "")}`]);
    expect(printed(text)).toBe("6 0\n");
  });
  test("a lone declaration with a known value needs no register", () => {
    expect(ops(program("while true:", "    v = 7", "    break", "print(v)"))).not.toContain("MOVE");
    expect(printed(program("while true:", "    v = 7", "    break", "print(v)"))).toBe("7\n");
  });
  test("one with two declarations is no constant", () => {
    const two = program("mut n = 2", "if n > 1: v = 7", "else: v = 8", "print(v)", "n = 3");
    expect([checks(two), printed(two)]).toEqual([0, "7\n"]);
  });
});

describe("checked reads", () => {
  const types: readonly (readonly [string, string])[] = [
    ["i32", "1"],
    ["u32", "1u32"],
    ["i64", "1i64"],
    ["u64", "1u64"],
    ["f64", "1.5"],
    ["bool", "true"],
    ["string", '"text"'],
  ];
  test.each(types)("%s", (_, value) => {
    const text = (n: number): string =>
      program(`mut n = ${n}`, `if n > 3: v = ${value}`, "n += 1", "print(n)", "print(v)");
    expect(printed(text(4))).toBe(`5\n${value.replace(/[ui]\d+$|"/g, "")}\n`);
    expect(printed(text(3))).toBe("4\nE0018");
    expect(checks(text(3))).toBe(1);
    // A test of bits in a register; nothing is loaded from memory.
    expect(code(text(3)).filter((l) => l.includes("GLOBAL"))).toEqual([]);
  });
  test("one check on a way", () => {
    expect(checks(program("mut n = 1", "if n > 0: v = n", "print(v, v, v + v)", "n = 2"))).toBe(1);
    expect(checks(program("mut n = 1", "if n > 0: v = n", "if n > 2: print(v)", "print(v)", "n = 2"))).toBe(2);
  });
  test("a name alone is a read", () => {
    expect(printed(program("mut n = 1", "if n > 1: v = n", "v", "n = 3"))).toBe("E0018");
    expect(printed(program("mut n = 2", "if n > 1: v = n", "v", "n = 3"))).toBe("");
    expect(printed(program("mut n = 1", "if n > 1: v = n", "print(typeof(v))", "n = 3"))).toBe("E0018");
  });
  test("an update is one", () => {
    const text = (n: number): string =>
      program(`mut i = ${n}`, "while i < 3:", "    v = i", "    i += 1", "v += 1", "print(v)");
    expect([printed(text(0)), printed(text(5)), checks(text(0))]).toEqual(["3\n", "E0018", 1]);
  });
  test("before the operand on the right has an effect", () => {
    const text = program(
      "fn f() -> i32:",
      '    print("called")',
      "    return 1",
      "mut n = 1",
      "if n > 1: v = n",
      "n = v + f()",
    );
    expect(printed(text)).toBe("E0018");
  });
  test("the message has the name and the type", () => {
    const chunk = chunkOf(program("mut n = 1", "if n > 1: v = n", "print(v)", "n = 1"));
    expect(
      chunk.spans
        .flatMap((row) => row.operands)
        .filter((o) => o.name === "v")
        .map((o) => o.type),
    ).toContain("i32");
  });
});

describe("loops", () => {
  test("a `while` keeps the value of an earlier round, a `for` does not", () => {
    const whiles = program(
      "mut i = 0",
      "while i < 4:",
      "    if i % 2 == 0: v = i",
      "    else: print(v)",
      "    i += 1",
      "print(v)",
    );
    expect(printed(whiles)).toBe("0\n2\n2\n");
    const fors = program("for i in 0..4:", "    if i % 2 == 0: v = i", "    if i < 3: print(i, v)");
    expect(printed(fors)).toBe("0 0\nE0018");
  });
  test("a home inside a loop begins without a value each time", () => {
    const text = program(
      "mut k = 0",
      "while k < 2:",
      "    for i in 0..2:",
      "        if i == k: v = i * 10",
      "        elif k == 0: continue",
      "        print(k, i, v)",
      "    k += 1",
    );
    expect(printed(text)).toBe("0 0 0\nE0018");
  });
  test("a body inside assigns it", () => {
    expect(
      printed(program("mut i = 0", "while i < 2:", "    v = i", "    i += 1", "for k in 5..8: v = k", "print(v)")),
    ).toBe("7\n");
    expect(
      printed(program("mut i = 9", "while i < 2:", "    v = i", "    i += 1", "for k in 5..i: v = k", "print(v)")),
    ).toBe("8\n");
    expect(
      printed(program("mut i = 9", "while i < 2:", "    v = i", "    i += 1", "for k in 9..i: v = k", "print(v)")),
    ).toBe("E0018");
  });
  test("a bound of a range is read once", () => {
    expect(
      printed(
        program("mut i = 0", "while i < 1:", "    v = 3", "    i += 1", "for k in 0..v:", "    v = 9", "    print(k)"),
      ),
    ).toBe("0\n1\n2\n");
  });
});

describe("variables of the module", () => {
  test("live in the bank, with their bit where functions may come too early", () => {
    const text = (n: number): string =>
      program(`mut n = ${n}`, "if n > 1: v = n", "fn f() -> i32: v", 'print("start")', "print(f())", "n = 0");
    expect(ops(text(1), "f")).toEqual(["LOAD_GLOBAL", "CHECK_VALUE", "LOAD_GLOBAL", "RETURN"]);
    expect([printed(text(2)), printed(text(1))]).toEqual(["start\n2\n", "start\nE0018"]);
  });
  test("without a bit where all branches come first", () => {
    const text = program("mut n = 3", "if n > 1: v = n", "else: v = n + 1", "fn f() -> i32: v", "print(f())", "n = 0");
    expect(ops(text, "f")).toEqual(["LOAD_GLOBAL", "RETURN"]);
    expect(chunkOf(text).globals.map((g) => g.name)).toEqual(["v"]);
  });
  test("with a bit that only the module looks at", () => {
    const text = (n: number): string =>
      program(`mut n = ${n}`, "if n > 1: v = n", "n = 0", "print(v)", "fn f() -> i32: v", "print(f())");
    expect([checks(text(2)), checks(text(2), "f")]).toEqual([1, 0]);
    expect([printed(text(2)), printed(text(1))]).toEqual(["2\n2\n", "E0018"]);
  });
  test("in the body of a `for` the bit falls in each round", () => {
    const text = program("for i in 0..3:", "    if i != 1: v = i", "    fn f() -> i32: v", "    print(f())");
    expect(printed(text)).toBe("0\nE0018");
  });
  test("functions write those of loops", () => {
    const text = (n: number): string =>
      program(
        `mut i = ${n}`,
        "while i < 2:",
        "    v = i",
        "    i += 1",
        "fn set():",
        "    v = 40",
        "    v += 2",
        "fn get() -> i32: v",
        "set()",
        "print(get(), v)",
      );
    expect([printed(text(0)), printed(text(5))]).toEqual(["42 42\n", "42 42\n"]);
  });
  test("several targets", () => {
    expect(
      printed(program("mut n = 1", "if n > 0: a = b = n", "n = a", "print(a, b)", "fn f() -> i32: b", "print(f())")),
    ).toBe("1 1\n1\n");
  });
});
