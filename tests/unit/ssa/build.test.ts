/** What the builder makes of small pieces of bytecode. */
import { describe, expect, test } from "@jest/globals";
import { buildSsa } from "../../../compiler/ssa/build.js";
import { params } from "../../../compiler/ssa/passes/params.js";
import { print } from "../../../compiler/ssa/print.js";
import { verify } from "../../../compiler/ssa/verify.js";
import { assemble, type Fn, type Item } from "./support/assemble.js";

const fn = (code: readonly Item[], more: Partial<Fn> = {}): Fn => ({
  params: [],
  result: null,
  window: 4,
  code,
  ...more,
});
const NOTHING = fn([["RETURN_VOID"]]);

function ssa(
  main: Fn,
  loop: boolean,
  mode: "jit" | "aot" = "jit",
  options: Parameters<typeof buildSsa>[3] = {},
): string {
  const chunk = assemble({ functions: [NOTHING, main, fn([["RETURN", 0]], { params: ["i32"], result: "i32" })] });
  const f = buildSsa(chunk, { fn: 1, loopPc: loop ? chunk.loops[0]!.pc : -1 }, mode, options);
  if ("failed" in f) return `${f.failed}: ${f.detail}`;
  verify(f, "build");
  params(f);
  verify(f, "params");
  return print(f);
}
const count = (text: string, what: RegExp): number => [...text.matchAll(what)].length;

/** r0 counts to r1; r2 sums. */
const FOR: readonly Item[] = [
  ["LOAD_IMM_I32", 0, 0],
  ["LOAD_IMM_I32", 2, 0],
  ["JUMP_LE_I32", 1, 0, "end"],
  "top:",
  ["LOOP"],
  ["ADD_I32", 2, 2, 0],
  ["FOR_LT_I32", 0, 1, "top"],
  "end:",
  ["RETURN", 2],
];
const SUM: Partial<Fn> = { params: ["i32"], result: "i32" };

describe("loops", () => {
  test("a loop region loads what is live at the LOOP and leaves by exit", () => {
    const text = ssa(fn(FOR, { ...SUM, params: ["i32", "i32"] }), true);
    expect(count(text, /load\.reg/g)).toBe(3);
    expect(count(text, /exit exit\.loop-end/g)).toBe(1);
    expect(text).not.toMatch(/return/);
    expect(text).toMatch(/charge loop @5 \{1@5 r0=v\d+ r1=v\d+ r2=v\d+\}/);
  });
  test("the charge of a FOR is that of the LOOP", () => {
    expect(count(ssa(fn(FOR, { ...SUM, params: ["i32", "i32"] }), false), /charge loop/g)).toBe(1);
  });
  test("a condition before the LOOP belongs to the loop; the region starts at the LOOP", () => {
    const code: Item[] = [
      "cond:",
      ["JUMP_LE_I32", 1, 0, "end"],
      ["LOOP"],
      ["ADD_I32_IMM", 0, 0, 1],
      ["JUMP", "cond"],
      "end:",
      ["RETURN", 0],
    ];
    const text = ssa(fn(code, { params: ["i32", "i32"], result: "i32" }), true);
    expect(text).toMatch(/^b0\(\):\n(.*\n)* {2}jump b1\(v\d+\)\nb1\(v\d+:i32\):\n {2}charge loop/m);
    expect(count(text, /i32\.le_s/g)).toBe(1);
  });
  test("a LOOP that nothing repeats is a region of one block", () => {
    const code: Item[] = [["LOOP"], ["ADD_I32_IMM", 0, 0, 1], ["RETURN", 0]];
    const text = ssa(fn(code, { params: ["i32"], result: "i32" }), true);
    expect(text).toMatch(/exit exit\.loop-end @8 \{1@8 r0=v\d+\}/);
  });
  test("a LOOP without repetition inside another loop does not take that loop for its own", () => {
    const code: Item[] = [
      "inner:",
      ["LOOP"],
      ["ADD_I32_IMM", 0, 0, 1],
      ["JUMP_LT_I32", 0, 1, "next"],
      ["RETURN", 0],
      "next:",
      ["JUMP_EQ_I32_IMM", 0, 3, "skip"],
      ["JUMP", "inner"],
      "skip:",
      ["ADD_I32_IMM", 0, 0, 2],
      ["JUMP", "next"],
    ];
    // inner -> next -> inner is the loop; next -> skip -> next a second one inside: the graph is reducible at inner.
    expect(ssa(fn(code, { params: ["i32", "i32"], result: "i32" }), true)).toMatch(/^func 1 jit loop/);
  });
  test("a loop with two entries is refused", () => {
    const code: Item[] = [
      ["JUMP_LT_I32", 0, 1, "b"],
      "a:",
      ["LOOP"],
      ["ADD_I32_IMM", 0, 0, 1],
      "b:",
      ["JUMP_LT_I32", 0, 1, "a"],
      ["RETURN", 0],
    ];
    expect(ssa(fn(code, { params: ["i32", "i32"], result: "i32" }), false)).toBe(
      "build.failed: a loop with two entries",
    );
  });
});

describe("states", () => {
  const CALL: readonly Item[] = [
    ["MOVE", 6, 0],
    ["CALL", 1, 6, 2],
    ["ADD_I32", 1, 1, 0],
    ["RETURN", 1],
  ];
  test("before a call with its outgoing registers, after it without the result", () => {
    expect(ssa(fn(CALL, SUM), false)).toMatch(/v2:i32 = call 2 v0 @2 \{1@4 r0=v0\} before \{1@2 r0=v0 r6=v0\}/);
  });
  test("AOT has none, and charges only with a budget", () => {
    const text = ssa(fn(CALL, SUM), false, "aot");
    expect(text).not.toMatch(/[{]|charge/);
    expect(ssa(fn(CALL, SUM), false, "aot", { budget: true })).toMatch(/charge entry @1/);
  });
  test("spilled registers are registers like others", () => {
    const code: Item[] = [
      ["STORE_SPILL", 0, 300],
      ["LOAD_IMM_I32", 0, 7],
      ["LOAD_SPILL", 1, 300],
      ["MUL_I32", 0, 0, 1],
      ["LOAD_SPILL", 1, 300],
      ["ADD_I32", 0, 0, 1],
      ["RETURN", 0],
    ];
    expect(ssa(fn(code, SUM), false)).toMatch(/i32\.mul\.check v\d+, v\d+ @4 \{1@4 r0=v\d+ r1=v0 r300=v0\}/);
  });
});

test("a unit that is too large has a reason", () => {
  expect(ssa(fn(FOR, { ...SUM, params: ["i32", "i32"] }), false, "jit", { maxInstructions: 5 })).toBe(
    "build.too-large: 7 instructions",
  );
});
test("a register without a value is a reason, not a crash", () => {
  expect(
    ssa(
      fn(
        [
          ["ADD_I32", 0, 0, 1],
          ["RETURN", 0],
        ],
        SUM,
      ),
      false,
    ),
  ).toMatch(/^build\.failed: register 1 has no value at 1/);
});
