/** Inlining: what stays of a call, how deep, and where frames say they are. */
import { expect, test } from "@jest/globals";
import { buildSsa } from "../../../compiler/ssa/build.js";
import { contextOf } from "../../../compiler/ssa/context.js";
import { optimise } from "../../../compiler/ssa/pipeline.js";
import { print } from "../../../compiler/ssa/print.js";
import { verify } from "../../../compiler/ssa/verify.js";
import { assemble, type Fn, type Item } from "./support/assemble.js";

const MAIN: Fn = { params: [], result: null, window: 0, code: [["RETURN_VOID"]] };
const FIB: Fn = {
  params: ["i32"],
  result: "i32",
  window: 3,
  code: [
    ["JUMP_GE_I32_IMM", 0, 2, "more"],
    ["RETURN", 0],
    "more:",
    ["ADD_I32_IMM", 5, 0, -1],
    ["CALL", 1, 5, 1],
    ["ADD_I32_IMM", 5, 0, -2],
    ["CALL", 2, 5, 1],
    ["ADD_I32", 1, 1, 2],
    ["RETURN", 1],
  ],
};
function optimised(functions: readonly Fn[], fn: number, mode: "jit" | "aot"): string {
  const chunk = assemble({ functions: [MAIN, ...functions] });
  const f = buildSsa(chunk, { fn, loopPc: -1 }, mode);
  if ("failed" in f) throw new Error(f.detail);
  optimise(f, contextOf(chunk, mode, 2), (pass) => verify(f, pass));
  return print(f);
}
const count = (text: string, what: RegExp): number => [...text.matchAll(what)].length;

test.each([
  ["jit", 2],
  ["aot", 3],
] as const)(
  "fib takes in itself, in %s %d times: two calls become many in the innermost copies, none outside",
  (mode, levels) => {
    const text = optimised([FIB], 1, mode);
    expect(count(text, / = call 1 /g)).toBe(2 ** (levels + 1));
    // Siblings share what dominates them: one check of the first level, one of the second in each copy of the first.
    for (let level = 1; level <= levels; level++)
      expect(count(text, new RegExp(`check\\.depth ${level}`, "g"))).toBe(2 ** (level - 1));
    // n - 1 and n - 2 cannot overflow where n >= 2; the sums can.
    expect(count(text, /i32\.add\.check/g)).toBe(2 ** (levels + 1) - 1);
  },
);
test("each inlined call is charged, with the state before the CALL", () => {
  const text = optimised([FIB], 1, "jit");
  expect(count(text, /charge entry/g)).toBe(1);
  expect(count(text, /charge call @\d+ \{1@\d+ r\d+=v\d+ r5=v\d+\}/g)).toBe(2);
  expect(count(text, /charge call/g)).toBe(6);
});
test("frames of inlined calls: the caller after its CALL, offsets add up", () => {
  const code = (callee: number): Item[] => [
    ["ADD_I32", 7, 0, 0],
    ["CALL", 1, 7, callee],
    ["ADD_I32", 0, 0, 1],
    ["RETURN", 0],
  ];
  const outer = (callee: number): Fn => ({ params: ["i32"], result: "i32", window: 5, code: code(callee) });
  const leaf: Fn = {
    params: ["i32"],
    result: "i32",
    window: 1,
    code: [
      ["MUL_I32", 0, 0, 0],
      ["RETURN", 0],
    ],
  };
  const text = optimised([outer(2), outer(3), leaf], 1, "jit");
  expect(text).not.toMatch(/= call /);
  expect(count(text, /check\.depth/g)).toBe(2);
  expect(text).toMatch(/i32\.mul\.check v\d+, v\d+ @11 <2,7 \{1@4 r0=v\d+ \| 2@9\+7 r0=v\d+ \| 3@11\+14 r0=v\d+\}/);
});
test("functions with loops and large functions stay calls", () => {
  const loop: Fn = {
    params: ["i32"],
    result: "i32",
    window: 2,
    code: ["top:", ["LOOP"], ["ADD_I32_IMM", 0, 0, 1], ["JUMP_LT_I32_IMM", 0, 9, "top"], ["RETURN", 0]],
  };
  const large: Fn = {
    params: ["i32"],
    result: "i32",
    window: 2,
    code: [...Array.from({ length: 60 }, (): Item => ["MUL_I32", 0, 0, 0]), ["RETURN", 0]],
  };
  const caller = (callee: number): Fn => ({
    params: ["i32"],
    result: "i32",
    window: 2,
    code: [
      ["MOVE", 4, 0],
      ["CALL", 0, 4, callee],
      ["RETURN", 0],
    ],
  });
  expect(optimised([caller(2), loop], 1, "jit")).toMatch(/ call 2/);
  expect(optimised([caller(2), large], 1, "jit")).toMatch(/ call 2/);
});
test("growth has an end", () => {
  const many: Fn = {
    params: ["i32"],
    result: "i32",
    window: 2,
    code: [
      ...Array.from({ length: 100 }, (): Item[] => [
        ["MOVE", 4, 0],
        ["CALL", 0, 4, 2],
      ]).flat(),
      ["RETURN", 0],
    ],
  };
  const small: Fn = {
    params: ["i32"],
    result: "i32",
    window: 1,
    code: [...Array.from({ length: 8 }, (): Item => ["MUL_I32", 0, 0, 0]), ["RETURN", 0]],
  };
  expect(count(optimised([many, small], 1, "jit"), / call 2/g)).toBeGreaterThan(60);
});
