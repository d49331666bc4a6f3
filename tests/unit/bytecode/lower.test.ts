/** Shapes of lowered code: what the interpreter's speed rests on, and what the contract between the tiers demands. */
import { describe, expect, test } from "@jest/globals";
import { jumpTarget, operandsAt } from "../../../compiler/bytecode/encode.js";
import { chunkOf, code, instructions, lines, ops, printed } from "./helper.js";

describe("registers", () => {
  test.each([
    ["i32", "42"],
    ["i64", "42"],
    ["u32", "42"],
    ["u64", "42"],
    ["f64", "42.0"],
  ])("a typed register, %s: write 42, read 42", (type, value) => {
    const text = `mut x: ${type} = 0${type === "f64" ? ".0" : ""}\nx = ${value}\nprint(x)\n`;
    const [write, read] = code(text).slice(1);
    expect(write).toMatch(/^LOAD_\w+ r0, 42/);
    expect(read).toBe(`PRINT_${type.toUpperCase()} r0`);
    expect(printed(text)).toBe("42\n");
  });
  test("bool and string", () => {
    expect(printed('mut b = false\nb = true\nmut s = ""\ns = "42"\nprint(b, s)\n')).toBe("true 42\n");
  });
  test("a value is computed straight into its variable", () => {
    expect(
      code("fn f(a: i32, b: i32) -> i32:\n    mut x = a + b\n    x = x * a\n    return x\nprint(f(1, 2))\n", "f"),
    ).toEqual(["ADD_I32 r1, r0, r1", "MUL_I32 r1, r1, r0", "RETURN r1"]);
  });
  test("temporaries are reused", () => {
    const chunk = chunkOf(
      "fn f(a: i32, b: i32) -> i32:\n    return (a + b) * (a - b) + (a * b - a) * (b + a)\nprint(f(1, 2))\n",
    );
    expect(chunk.functions[1]!.window).toBe(4);
  });
  test("variables of blocks that are over give their registers back", () => {
    const body = (v: string): string =>
      `    if a > 0:\n        mut ${v} = a + 1\n        ${v} += a\n        print(${v})\n`;
    const text = `fn f(a: i32):\n${["x", "y", "z"].map(body).join("")}f(1)\n`;
    expect(chunkOf(text).functions[1]!.window).toBe(2);
  });
  test("a variable that shadows another does not touch it", () => {
    expect(printed("mut x = 1\nif x > 0:\n    mut x = 2\n    x += 5\n    print(x)\nprint(x)\nx = 0\n")).toBe("7\n1\n");
  });
  test("a copy of what is not needed any more costs nothing", () => {
    expect(ops("fn f(a: i32) -> i32:\n    mut n = a\n    n += 1\n    return n\nprint(f(1))\n", "f")).toEqual([
      "ADD_I32_IMM",
      "RETURN",
    ]);
  });
  test("what a loop needs again keeps its register", () => {
    const text =
      "fn f(a: i32) -> i32:\n    mut s = 0\n    for i in 0..3:\n        b = i * 2\n        c = b + a\n        s += c\n    return s\nprint(f(10))\n";
    expect(printed(text)).toBe("36\n");
  });
  test("references and scalars are apart: parameters, then the others", () => {
    const chunk = chunkOf(
      'fn f(a: i32, s: string, t: string, b: f64):\n    mut u = s\n    if a > 0: u = "x"\n    print(u, t, b)\nf(1, "p", "q", 2.5)\n',
    );
    const { window, refParams, otherRefs, otherRefsStart } = chunk.functions[1]!;
    expect([window, refParams, otherRefs, otherRefsStart]).toEqual([4, 2, 0, 4]);
    expect(lines(chunk, "main").slice(0, 4)).toEqual([
      "LOAD_IMM_I32 r4, 1",
      'LOAD_K r2, "p"',
      'LOAD_K r3, "q"',
      "LOAD_K r5, 2.5",
    ]);
  });
  test("module variables that functions refer to are in the bank, the others in registers", () => {
    const chunk = chunkOf("mut a = 1\nmut b = 2\nfn f(): a += 1\nb += 1\nf()\nprint(a, b)\n");
    expect(chunk.globals.map((g) => g.name)).toEqual(["a"]);
    expect(ops("mut a = 1\nmut b = 2\nfn f(): a += 1\nb += 1\nf()\nprint(a, b)\n", "f")).toEqual([
      "LOAD_GLOBAL",
      "ADD_I32_IMM",
      "STORE_GLOBAL",
      "RETURN_VOID",
    ]);
  });
});

describe("loops", () => {
  test("a counting loop: one LOOP, one fused step", () => {
    expect(
      code("fn f(n: i64) -> i64:\n    mut t: i64 = 0\n    for i in 0..n: t += i\n    return t\nprint(f(3))\n", "f"),
    ).toEqual([
      "LOAD_IMM_I64 r1, 0",
      "LOAD_IMM_I64 r2, 0",
      "JUMP_LE_I64 r0, r2, L1",
      "LOOP loop 0",
      "ADD_I64 r1, r1, r2",
      "FOR_LT_I64 r2, r0, L0",
      "RETURN r1",
    ]);
  });
  test("known bounds need no test before the first round; an empty range is nothing", () => {
    expect(ops("for i in 0..3: print(i)\n")).not.toContain("JUMP_LE_I32");
    expect(ops("for i in 3..0..-1: print(i)\n")).not.toContain("FOR_PREP_LT_I32");
    expect(
      printed(
        "for i in 3..0..-1: print(i)\nfor i in 0..=0: print(i)\nfor i in 5..1: print(i)\nfor i in 1..5..-1: print(i)\n",
      ),
    ).toBe("3\n2\n1\n0\n");
  });
  test("while tests at the bottom, too, and jumps back to its LOOP", () => {
    expect(
      code("fn f(n: i32) -> i32:\n    mut i = 0\n    while i < n: i += 1\n    return i\nprint(f(3))\n", "f"),
    ).toEqual([
      "LOAD_IMM_I32 r1, 0",
      "JUMP_LE_I32 r0, r1, L1",
      "LOOP loop 0",
      "ADD_I32_IMM r1, r1, 1",
      "JUMP_LT_I32 r1, r0, L0",
      "RETURN r1",
    ]);
  });
  test("a jump to a jump over something is not one over nothing", () => {
    const text =
      'mut b = 3\nb = 0\nif 0 >= b:\n    if false: print("no")\nelse:\n    print("wrong")\nprint("end", b)\n';
    expect(printed(text)).toBe("end 0\n");
    expect(ops(text).filter((op) => op.startsWith("JUMP"))).toHaveLength(2);
  });
  test("`continue` of a for loop goes to its step, of a while loop to its test; no jump over a jump", () => {
    const chunk = chunkOf("fn f(n: i32):\n    for i in 0..n:\n        if i == 1: continue\n        print(i)\nf(3)\n");
    const list = instructions(chunk, "f");
    const jump = list.find((i) => i.op.name === "JUMP_EQ_I32_IMM")!;
    expect(jumpTarget(chunk.code, jump.pc)).toBe(list.find((i) => i.op.name === "FOR_LT_I32")!.pc);
    expect(printed("mut i = 0\nwhile i < 5:\n    i += 1\n    if i == 2: continue\n    print(i)\n")).toBe(
      "1\n3\n4\n5\n",
    );
  });
  test("labels", () => {
    const text =
      "'a: for i in 0..3:\n    for j in 0..3:\n        if j == 1: continue 'a\n        if i == 2: break 'a\n        print(i, j)\n";
    expect(printed(text)).toBe("0 0\n1 0\n");
  });
  test("bounds are read once, through casts, too", () => {
    expect(printed("mut n = 3\nfor i in 0..n as i32:\n    n = 0\n    print(i)\n")).toBe("0\n1\n2\n");
    expect(printed("mut n = 3\nfor i in 0..(n): n = 10\nprint(n)\n")).toBe("10\n");
    expect(printed("mut s = 1\nfor i in 0..6..s:\n    s = 2\n    print(i)\n")).toBe("0\n1\n2\n3\n4\n5\n");
  });
  test("an assigned loop variable is a copy of the counter", () => {
    expect(printed("for i in 0..3:\n    i = i * 10\n    print(i)\n")).toBe("0\n10\n20\n");
  });
  test("a loop row for each LOOP, with the loop around it", () => {
    const { loops } = chunkOf(
      "fn f(n: i32):\n    for i in 0..n:\n        while i > n: pass\n        for j in 0..i: pass\n    while n > 5: pass\nf(1)\n",
    );
    expect(loops.map((l) => l.parent)).toEqual([-1, 0, 0, -1]);
    expect(loops.every((l) => l.fn === 1)).toBe(true);
  });
});

describe("conditions", () => {
  const body = (c: string): string[] =>
    ops(
      `fn f(a: i32, b: i32, p: bool, q: bool, x: f64) -> i32:\n    if ${c}: return 1\n    return 2\nprint(f(1, 2, true, false, 0.5))\n`,
      "f",
    ).filter((n) => n.startsWith("JUMP"));
  test.each([
    ["a < b", ["JUMP_LE_I32"]],
    ["a >= b", ["JUMP_LT_I32"]],
    ["a == 5", ["JUMP_NE_I32_IMM"]],
    ["5 < a", ["JUMP_LE_I32_IMM"]],
    ["a < 40000", ["JUMP_LE_I32"]],
    ["not (a < b)", ["JUMP_LT_I32"]],
    ["p", ["JUMP_IF_NOT"]],
    ["not p", ["JUMP_IF"]],
    ["p and a < b", ["JUMP_IF_NOT", "JUMP_LE_I32"]],
    ["p or q", ["JUMP_IF", "JUMP_IF_NOT"]],
    // A comparison with NaN is false, so its opposite is none of the other comparisons.
    ["x < 1.0", ["JUMP_NLT_F64"]],
    ["not (x <= 1.0)", ["JUMP_LE_F64"]],
    ["x != 1.0", ["JUMP_EQ_F64"]],
  ])("if %s", (c, names) => expect(body(c)).toEqual(names));
  test("an operand that is not needed is not evaluated", () => {
    const text =
      "fn t(n: i32) -> bool:\n    print(n)\n    return true\nif t(1) or t(2): print(0)\nx = not t(3) and t(4)\nprint(x, t(5) and t(6))\n";
    expect(printed(text)).toBe("1\n0\n3\n5\n6\nfalse true\n");
  });
  test("unlike numbers are compared by value", () => {
    const text =
      "fn f(a: i64, b: u64, c: f64, d: i32, e: u32):\n    print(a < b, b > a, a == c, c >= b, d == e, e != d, a < d, b == e, c > d)\nf(-1, 18446744073709551615, 0.5, -1, 4294967295)\n";
    expect(printed(text)).toBe("true true false false false true false false true\n");
    expect(printed("mut n = 0.0\nn = -n\nfn f(a: i64, n: f64): print(a == n, a < n, a != n)\nf(0, n)\n")).toBe(
      "true false false\n",
    );
  });
});

describe("calls", () => {
  const FIB = "fn fib(n: i32) -> i32:\n    if n < 2: return n\n    return fib(n - 1) + fib(n - 2)\nprint(fib(10))\n";
  test("arguments are computed where the callee's window starts", () => {
    expect(code(FIB, "fib")).toEqual([
      "JUMP_GE_I32_IMM r0, 2, L0",
      "RETURN r0",
      "ADD_I32_IMM r4, r0, -1",
      "CALL r1, window r4, fib",
      "ADD_I32_IMM r4, r0, -2",
      "CALL r0, window r4, fib",
      "ADD_I32 r0, r1, r0",
      "RETURN r0",
    ]);
  });
  test("an argument before one that calls waits in a register", () => {
    expect(
      printed("fn f(a: i32, b: i32, c: i32) -> i32: a * 100 + b * 10 + c\nprint(f(1, f(2, 3, f(0, 0, 4)), 5))\n"),
    ).toBe("2445\n");
  });
  test("evaluation goes from left to right", () => {
    const text =
      "fn t(n: i32) -> i32:\n    print(n)\n    return n\nfn f(a: i32, b: i32) -> i32: a - b\nprint(f(t(1), t(2)) + t(3) * t(4))\n";
    expect(printed(text)).toBe("1\n2\n3\n4\n11\n");
  });
  test("a module variable is read before the call on its right changes it", () => {
    expect(printed("mut g = 1\nfn f() -> i32:\n    g = 10\n    return 100\nprint(g + f(), g)\n")).toBe("101 10\n");
  });
  test("a window holds what its calls write", () => {
    const [main, f] = chunkOf('fn f(a: i32, b: f64, c: string): print(a, b, c)\nf(1, 2.0, "c")\n').functions;
    expect([main!.window, f!.window]).toEqual([5, 3]);
  });
  test("a call without a result has the callee's slot 0 as its destination", () => {
    // Coming back from native code, the interpreter copies slot 0 there whether it means something or not.
    const chunk = chunkOf("fn f(n: i32): print(n)\nf(1)\n");
    expect(lines(chunk)[1]).toBe("CALL window r2, f");
    expect(operandsAt(chunk.code, 1)).toEqual([2, 2, 1]);
  });
  test("a variable that may be read before its declaration has a flag", () => {
    const text = "fn f() -> i32: late\nprint(1)\nprint(f())\nmut late = 5\n";
    // A function may only mention variables that are declared above it.
    expect(() => chunkOf(text)).toThrow("E1012");
    const early = "print(0)\nprint(f())\nmut late = 5\nfn f() -> i32: late\nlate = 6\n";
    expect(ops(early, "f")).toEqual(["LOAD_GLOBAL", "CHECK_VALUE", "LOAD_GLOBAL", "RETURN"]);
    expect(printed(early)).toBe("0\nE0018");
    expect(code(early).filter((l) => l.includes("has a value"))).toHaveLength(1);
  });
});

describe("lines and spans", () => {
  const text = "fn f(a: i32, b: i32) -> i32:\n    c = a + b\n    return f(c * 2 - 1,\n        b / a)\nprint(f(1, 2))\n";
  test("the span of an operation is its operator, of a call the callee's name; operands have names", () => {
    const chunk = chunkOf(text);
    const rows = chunk.spans.map((r) => [
      text.slice(r.start, r.end),
      ...r.operands.map((o) => `${o.name ?? "-"} ${text.slice(o.start, o.end)}`),
    ]);
    expect(rows.slice(0, 2)).toEqual([["f"], ["print"]]);
    expect(rows.slice(3)).toEqual([
      ["+", "a a", "b b"],
      ["*", "c c", "- 2"],
      ["-", "- c * 2", "- 1"],
      ["/", "b b", "a a"],
      ["f"],
    ]);
  });
  test("a row where the line changes", () => {
    const list = instructions(chunkOf(text), "f");
    expect(list.map((i) => `${i.line} ${i.op.name}`)).toEqual([
      "2 ADD_I32",
      "3 MUL_I32_IMM",
      "3 ADD_I32_IMM",
      "4 DIV_I32",
      "3 TAIL_CALL",
    ]);
  });
});
