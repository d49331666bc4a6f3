/** Folding and the evaluator compute as WebAssembly does, on edge values, and check as the language says. */
import { describe, expect, test } from "@jest/globals";
import wabt from "wabt";
import { compute, LEAVES, type Num } from "../../../compiler/ssa/arith.js";
import { SSA_OPS, type SsaOp, type SsaRow, type Ty } from "../../../compiler/ssa/ops.js";

const EDGES: Record<Ty, readonly Num[]> = {
  i32: [0, 1, -1, 2, 7, -7, 31, 32, 33, 0x7fffffff, -0x80000000, -0x7fffffff, 46341, 65536],
  i64: [
    0n,
    1n,
    -1n,
    2n,
    7n,
    -7n,
    63n,
    64n,
    1n << 32n,
    (1n << 53n) + 1n,
    (1n << 62n) + 1n,
    (1n << 63n) - 1n,
    -(1n << 63n),
  ],
  f64: [0, -0, 1, -1.5, 0.1, 3, 1e300, -1e300, 5e-324, Infinity, -Infinity, NaN, 2 ** 31, 2 ** 53 + 2],
  ref: [],
  any: [],
};
const PLAIN = (Object.keys(SSA_OPS) as SsaOp[]).filter((op) => {
  const row: SsaRow = SSA_OPS[op];
  return row.wasm !== undefined && row.args !== "*" && row.args.length > 0 && !row.args.includes("ref");
});

test("plain operations are those of WebAssembly", async () => {
  const functions = PLAIN.map((op) => {
    const row: SsaRow = SSA_OPS[op];
    const args = row.args as readonly Ty[];
    return `(func (export "${op}") ${args.map((ty) => `(param ${ty})`).join(" ")} (result ${row.result})
      ${args.map((_, i) => `local.get ${i}`).join(" ")} ${row.wasm})`;
  });
  const parsed = (await wabt()).parseWat("ops.wat", `(module ${functions.join("\n")})`);
  const { buffer } = parsed.toBinary({});
  parsed.destroy();
  const instance = new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(buffer)));
  let compared = 0;
  for (const op of PLAIN) {
    const run = instance.exports[op] as (...args: Num[]) => Num;
    const [first, second] = SSA_OPS[op].args as readonly Ty[];
    for (const a of EDGES[first!])
      for (const b of second ? EDGES[second] : [0]) {
        const args = second ? [a, b] : [a];
        let expected: Num | typeof LEAVES;
        try {
          expected = run(...args);
        } catch {
          // Division by zero or overflow: what the checked form leaves for.
          expected = LEAVES;
        }
        const got = compute(op, args, null);
        if (!Object.is(got, expected))
          throw new Error(`${op}(${args.join(", ")}): ${String(got)}, WebAssembly says ${String(expected)}`);
        compared++;
      }
  }
  expect(compared).toBeGreaterThan(5000);
});

describe("checks", () => {
  const CASES: readonly [SsaOp, Num[], string | null, Num | typeof LEAVES][] = [
    ["i32.add.check", [0x7fffffff, 1], null, LEAVES],
    ["i32.add.check", [0x7fffffff, -1], null, 0x7ffffffe],
    ["i32.sub.check", [-0x80000000, 1], null, LEAVES],
    ["i32.mul.check", [46341, 46341], null, LEAVES],
    ["i32.mul.check", [-46341, 46340], null, -2147441940],
    ["i32.mul.check", [-0x80000000, -1], null, LEAVES],
    ["i32.mul.check", [0, -5], null, 0],
    ["i64.mul.check", [1n << 32n, 1n << 31n], null, LEAVES],
    ["i64.mul.check", [-(1n << 32n), 1n << 31n], null, -(1n << 63n)],
    ["i32.neg.check", [-0x80000000], null, LEAVES],
    ["i32.div_s.check", [-0x80000000, -1], null, LEAVES],
    ["i32.rem_s.check", [-0x80000000, -1], null, 0],
    ["i32.rem_s.check", [-7, 2], null, -1],
    ["i64.rem_s.check", [-(1n << 63n), -1n], null, 0n],
    ["f64.div.check", [1, -0], null, LEAVES],
    ["f64.div.check", [1, NaN], null, NaN],
    ["f64.rem.check", [-5.5, 2], null, -1.5],
    ["f64.rem.check", [-4, 2], null, -0],
    ["cast.check", [2147483647.9], "F64_TO_I32", 2147483647],
    ["cast.check", [2147483648], "F64_TO_I32", LEAVES],
    ["cast.check", [-2147483648.9], "F64_TO_I32", -2147483648],
    ["cast.check", [-0.9], "F64_TO_U32", 0],
    ["cast.check", [-1], "F64_TO_U32", LEAVES],
    ["cast.check", [4294967295.5], "F64_TO_U32", -1],
    ["cast.check", [2 ** 63], "F64_TO_I64", LEAVES],
    ["cast.check", [-(2 ** 63)], "F64_TO_I64", -(1n << 63n)],
    ["cast.check", [2 ** 64 - 2048], "F64_TO_U64", -2048n],
    ["cast.check", [NaN], "F64_TO_I64", LEAVES],
    ["cast.check", [-1], "I32_TO_U64", LEAVES],
    ["cast.check", [-1n], "U64_TO_I64", LEAVES],
    ["cast.check", [4294967295n], "I64_TO_U32", -1],
    ["cast.check", [4294967296n], "U64_TO_U32", LEAVES],
    ["cast.check", [2147483648n], "U64_TO_I32", LEAVES],
    ["cmp.i64.u64", [-1n, -1n], null, -1],
    ["cmp.i64.f64", [(1n << 53n) + 1n, 2 ** 53], null, 1],
    ["cmp.i64.f64", [0n, NaN], null, 2],
    ["cmp.u64.f64", [-1n, 2 ** 64], null, -1],
    ["cmp.u64.f64", [-1n, Infinity], null, -1],
  ];
  test.each(CASES)("%s %p %p", (op, args, aux, expected) => {
    expect(Object.is(compute(op, args, aux), expected)).toBe(true);
  });
});
