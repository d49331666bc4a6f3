/** The verifier finds what passes could break, and says which pass it was. */
import { expect, test } from "@jest/globals";
import { type Func, successors } from "../../../compiler/ssa/ir.js";
import { parse } from "../../../compiler/ssa/parse.js";
import { print } from "../../../compiler/ssa/print.js";
import { verify } from "../../../compiler/ssa/verify.js";

const GOOD = `func 1 jit (i32, f64) -> i32
b0():
  v0:i32 = param 0
  v1:f64 = param 1
  v2:i64 = const.i64 -5
  v3:f64 = const.f64 1e+300
  v4:f64 = const.f64 NaN
  v5:f64 = const.f64 -0
  v6:f64 = const.f64 -Infinity
  charge entry @5 {1@5 r0=v0 r1=v1}
  jump b1(v0)
b1(v7:i32):
  v8:i32 = i32.add.check v7, v0 @8 <2,4 {1@6 r0=v0 | 2@8+6 r0=v7 r300=v1}
  v9:i32 = cast.check F64_TO_I32 v1 @9 {1@9 r0=v0}
  v10:bool = i32.lt_s v8, v9
  branch v10, b1(v8), b2() likely
b2():
  print printI32 v8 @12
  v11:i32 = call 2 v8 @13 {1@15 r0=v0} before {1@13 r0=v0 r6=v8}
  check.true E0018 v11 @15 {1@15 r0=v11}
  branch v11, b3(), b4()
b3():
  return v11
b4():
  exit exit.loop-end @17 {1@17 r0=v11}
`;
test("text of every kind is read back as it was", () => {
  const f = parse(GOOD);
  verify(f, "parse");
  expect(print(f)).toBe(GOOD);
});

const WRONG: readonly [string, string, string, RegExp][] = [
  ["a use before its definition", "i32.lt_s v8, v9", "i32.lt_s v8, v11", /v11 is used where it is not defined/],
  ["types of arguments", "i32.lt_s v8, v9", "i32.lt_s v8, v1", /argument types/],
  ["number of arguments", "i32.lt_s v8, v9", "i32.lt_s v8", /argument types/],
  ["too few edge arguments", "b1(v8), b2()", "b1(), b2()", /0 arguments for 1 parameters/],
  ["type of an edge argument", "b1(v8), b2()", "b1(v1), b2()", /type of argument 0/],
  ["a branch on a float", "branch v10", "branch v1", /no i32/],
  ["a return of nothing", "return v11", "return", /wrong type/],
  ["a missing state", " @9 {1@9 r0=v0}", " @9", /no frame state/],
  [
    "a state where none is wanted",
    "v10:bool = i32.lt_s v8, v9",
    "v10:bool = i32.lt_s v8, v9 @3 {1@3}",
    /a frame state/,
  ],
  ["a state of another function", "{1@9 r0=v0}", "{2@9 r0=v0}", /outermost frame/],
  ["frames in the wrong order", "2@8+6", "2@8", /frame offsets/],
  ["a call without the state before", " before {1@13 r0=v0 r6=v8}", "", /state before a call/],
  ["a value of a state that is not there", "{1@17 r0=v11}", "{1@17 r0=v99}", /v99 is used but stands nowhere/],
  ["a plain division that may trap", "i32.lt_s v8, v9", "i32.div_s v8, v9", /divisor/],
  ["load.reg in a function", "v0:i32 = param 0", "v0:i32 = load.reg 0", /load\.reg/],
  ["a check without a place", "E0018 v11 @15", "E0018 v11", /without a place/],
  ["a constant of the wrong kind", "const.i64 -5", "const.i64 -5\n  v2x", /line|expected/],
];
test.each(WRONG)("%s", (_, from, to, message) => {
  const text = GOOD.replace(from, to);
  expect(text).not.toBe(GOOD);
  expect(() => verify(parse(text), "guilty")).toThrow(message);
});
test("the pass is named", () => {
  expect(() => verify(parse(GOOD.replace("return v11", "return")), "guilty")).toThrow(
    /^after guilty: function 1, b3: /,
  );
});

const broken =
  (edit: (f: Func) => void): (() => void) =>
  () => {
    const f = parse(GOOD);
    edit(f);
    verify(f, "guilty");
  };
test("stale predecessors, values in two places, foreign blocks, entry first", () => {
  expect(
    broken((f) => {
      f.blocks[1]!.preds.pop();
    }),
  ).toThrow(/stale predecessors/);
  expect(
    broken((f) => {
      f.blocks[2]!.values.push(f.blocks[1]!.values[0]!);
    }),
  ).toThrow(/two places/);
  expect(
    broken((f) => {
      f.blocks[1]!.values[0]!.block = f.blocks[2]!;
    }),
  ).toThrow(/does not name its block/);
  expect(
    broken((f) => {
      f.blocks.splice(3, 1);
    }),
  ).toThrow(/not in the function/);
  expect(
    broken((f) => {
      f.blocks.reverse();
    }),
  ).toThrow(/does not come first/);
  expect(
    broken((f) => {
      successors(f.blocks[1]!)[0]!.to = f.entry;
      f.computePreds();
    }),
  ).toThrow(/predecessors|arguments/);
});
test("a loop with two entries", () => {
  const text = `func 1 aot (i32) -> i32
b0():
  v0:i32 = param 0
  branch v0, b1(), b2()
b1():
  jump b2()
b2():
  branch v0, b1(), b3()
b3():
  return v0
`;
  expect(() => verify(parse(text), "guilty")).toThrow(/two entries/);
});
test("the parser says where", () => {
  expect(() => parse("func 1 jit ()\nb0():\n  v0:i32 = i32.frob\n")).toThrow("line 3: unknown operation i32.frob");
  expect(() => parse("func 1 jit ()\nb0():\n  jump\n")).toThrow("line 3: more expected");
  expect(() => parse("func 1 jit ()\n  jump b0()\n")).toThrow("line 2: a block expected");
});
