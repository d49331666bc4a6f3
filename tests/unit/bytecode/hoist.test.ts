/**
 * Loop-invariant float constants (compiler/bytecode/hoist.ts): loaded before the outermost loop, each once; divisors,
 * integers and variables stay; jumps to the place of the loop find the loads.
 */
import { describe, expect, test } from "@jest/globals";
import { code, printed } from "./helper.js";

/** Indexes of the loads of floats and of the first LOOP. */
function places(text: string, fn: string): { readonly loads: readonly string[]; readonly inside: number } {
  const list = code(text, fn);
  const loop = list.findIndex((line) => line.startsWith("LOOP"));
  const isLoad = (line: string): boolean => /^LOAD_K r\d+, [\d.]+$/.test(line);
  return { loads: list.slice(0, loop).filter(isLoad), inside: list.slice(loop).filter(isLoad).length };
}

describe("float constants in loops", () => {
  test("move before the outermost loop, each once", () => {
    const text =
      "fn f(n: i32) -> f64:\n    mut t = 0.0\n    for i in 0..n:\n        for k in 0..n:\n            t = t * 2.0 + 3.0 * 2.0 * t\n    return t\n\nprint(f(3))\n";
    expect(places(text, "f").loads.map((line) => line.split(", ")[1])).toEqual(["0.0", "2.0", "6.0"]);
    expect(places(text, "f").inside).toBe(0);
    expect(printed(text)).toBe("0\n");
  });
  test("divisors stay: native code that begins at the loop wants to know them", () => {
    const text =
      "fn f(n: i32) -> f64:\n    mut t = 9.0\n    for i in 0..n: t = t / 4.0 + t % 4.0\n    return t\n\nprint(f(1))\n";
    expect(places(text, "f").inside).toBe(2);
    expect(printed(text)).toBe("3.25\n");
  });
  test("a variable that the loop sets anew stays", () => {
    const text =
      "fn f(n: i32) -> f64:\n    mut s = 0.0\n    for i in 0..n:\n        mut x = 1.0\n        x = x + s\n        s = x\n    return s\n\nprint(f(4))\n";
    expect(places(text, "f").inside).toBe(1);
    expect(printed(text)).toBe("4\n");
  });
  test("no more than twelve, so that variables keep their registers", () => {
    const terms = Array.from({ length: 20 }, (_, i) => `t * ${i + 2}.5`).join(" + ");
    const text = `fn f(n: i32) -> f64:\n    mut t = 1.0\n    for i in 0..n: t = ${terms}\n    return t\n\nprint(f(1))\n`;
    expect(places(text, "f").inside).toBe(8);
    expect(printed(text)).toBe("240\n");
  });
  test("a jump to the loop finds the loads", () => {
    const text =
      "fn f(n: i32) -> f64:\n    mut t = 1.0\n    if n > 5: t = 2.0\n    while t < 100.0: t = t * 3.0\n    if n > 5: print(n)\n    for i in 0..n: t = t + 0.5\n    return t\n\nprint(f(2), f(6))\n";
    expect(printed(text)).toBe("6\n244 165\n");
  });
});
