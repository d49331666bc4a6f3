/**
 * The back end with Binaryen: every operation against the reference evaluator, every kind of exit, text of small units.
 * The only file of this folder that loads Binaryen.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "@jest/globals";
import binaryen from "binaryen";
import type { Rep } from "../../../compiler/analysis/types.js";
import { encode } from "../../../compiler/bytecode/encode.js";
import { FRAME } from "../../../compiler/layout/frame.js";
import { FN, POLL, STATUS } from "../../../compiler/layout/vm.js";
import { type Func, parse, SSA_OPS, type SsaOp, verify } from "../../../compiler/ssa/index.js";
import { compute, LEAVES } from "../../../compiler/ssa/arith.js";
import { aotOf, BASE, chunkOf, type Num, World } from "./support/world.js";

const I32 = [0, 1, -1, 2, 3, -7, 100, 46341, -46341, 65536, 0x7fffffff, -0x80000000, -0x7fffffff, 0x7ffffffe];
const MAX64 = (1n << 63n) - 1n;
const I64 = [0n, 1n, -1n, 2n, -7n, 1000n, 1n << 31n, -(1n << 31n), (1n << 32n) - 1n, 3037000500n, -3037000500n, 1n << 53n, MAX64, -MAX64 - 1n, -MAX64, MAX64 - 1n];
const F64 = [
  0, -0, 1, -1, 0.5, -0.5, -0.999, 2.5, 1e300, -1e300, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 2147483647, 2147483647.5, 2147483648,
  -2147483648, -2147483648.5, -2147483649, 4294967295, 4294967295.5, 4294967296, 9223372036854774784, 9223372036854775808, -9223372036854775808,
  -9223372036854777856, 18446744073709549568, 18446744073709551616,
];
const SAMPLES: Record<string, readonly Num[]> = { i32: I32, i64: I64, f64: F64 };
const CASTS = ["F64_TO_I32", "F64_TO_U32", "F64_TO_I64", "F64_TO_U64", "I32_TO_U64", "I64_TO_U32", "I64_TO_U64", "U64_TO_I32", "U64_TO_I64", "U64_TO_U32"];

const show = (x: Num): string => (Object.is(x, -0) ? "-0" : `${x}`);
const parsed = (text: string): Func => {
  const f = parse(text);
  verify(f, "parse");
  return f;
};

/** Operations to test: name, aux, argument and result types. */
const OPERATIONS: { op: SsaOp; aux: string | null; args: Rep[]; result: Rep | null }[] = [];
for (const [op, row] of Object.entries(SSA_OPS) as [SsaOp, { args: readonly Rep[] | "any"; result: Rep | "any" | null }][]) {
  if (op === "cast.check") for (const aux of CASTS) OPERATIONS.push({ op, aux, args: [aux.slice(0, 3).toLowerCase().replace("u", "i") as Rep], result: aux.endsWith("64") ? "i64" : "i32" });
  else if (op === "select") for (const t of ["i32", "i64", "f64"] as const) OPERATIONS.push({ op, aux: null, args: ["i32", t, t], result: t });
  else if (row.args !== "any" && row.args.length > 0 && row.result !== "any" && !row.args.includes("ref")) OPERATIONS.push({ op, aux: op === "check.true" ? "E0018" : null, args: [...row.args], result: row.result });
}
const PLAIN_DIVISION = /^i(32|64)\.(div|rem)_[su]$/;

function functionOf(o: (typeof OPERATIONS)[number], mode: "jit" | "aot", constants: readonly (Num | null)[]): Func {
  const params = constants.every((c) => c === null) ? o.args : o.args.filter((_, i) => constants[i] === null);
  const lines: string[] = [];
  let next = 0;
  o.args.forEach((t, i) => {
    const c = constants[i] ?? null;
    lines.push(c === null ? `v${i}:${t} = param ${next++}` : `v${i}:${t} = const.${t} ${show(c)}`);
  });
  const args = o.args.map((_, i) => `v${i}`).join(", ");
  const state = o.args.map((_, i) => `r${i}=v${i}`).join(" ");
  const checks = (SSA_OPS[o.op] as { exits?: true }).exits === true;
  const place = checks ? ` @5${mode === "jit" ? ` {0@5 ${state}}` : ""}` : "";
  const aux = o.aux === null ? "" : ` ${o.aux}`;
  lines.push(`${o.result ? `v9:${o.result} = ` : ""}${o.op}${aux} ${args}${place}`);
  lines.push(o.result ? "return v9" : "return");
  return parsed(`func 0 ${mode} (${params.join(", ")})${o.result ? ` -> ${o.result}` : ""}\nb0():\n  ${lines.join("\n  ")}\n`);
}

/** Argument lists: all pairs; select with both conditions. */
function* inputs(args: readonly Rep[]): Iterable<Num[]> {
  if (args.length === 1) for (const x of SAMPLES[args[0]!]!) yield [x];
  else if (args.length === 3) for (const c of [0, 1, 7]) yield [c, SAMPLES[args[1]!]![1]!, SAMPLES[args[1]!]![4]!];
  else for (const x of SAMPLES[args[0]!]!) for (const y of SAMPLES[args[1]!]!) yield [x, y];
}
const normal = (x: Num): Num => (typeof x === "number" && Number.isNaN(x) ? Number.NaN : x);

describe.each(["jit", "aot"] as const)("operations, %s", (mode) => {
  test.each(OPERATIONS.filter((o) => !PLAIN_DIVISION.test(o.op)).map((o) => [`${o.op} ${o.aux ?? ""}`.trim(), o] as const))("%s", (_, o) => {
    check(o, mode, o.args.map(() => null), inputs(o.args));
  });
  // One operand constant: other tests, other code.
  const withConstant = OPERATIONS.filter((o) => o.args.length === 2 && (o.op.endsWith(".check") || PLAIN_DIVISION.test(o.op)));
  test.each(withConstant.map((o) => [o.op, o] as const))("%s with a constant", (_, o) => {
    for (const side of [0, 1])
      for (const k of SAMPLES[o.args[side]!]!) {
        if (PLAIN_DIVISION.test(o.op) && (side === 0 || BigInt(k) === 0n || (BigInt(k) === -1n && o.op.endsWith("div_s")))) continue;
        if (Number.isNaN(k) || k === Number.POSITIVE_INFINITY || k === Number.NEGATIVE_INFINITY) continue;
        const constants = o.args.map((_, i) => (i === side ? k : null));
        const other = SAMPLES[o.args[1 - side]!]!;
        check(o, mode, constants, other.map((x) => (side === 0 ? [k, x] : [x, k])));
      }
  });
});

function check(o: (typeof OPERATIONS)[number], mode: "jit" | "aot", constants: readonly (Num | null)[], cases: Iterable<Num[]>): void {
  const f = functionOf(o, mode, constants);
  const world = new World(chunkOf([{ params: f.params, result: f.result }]));
  // Marks that the check failed.
  const LEFT = 77;
  world.answers.resume = () => LEFT;
  world.answers.cmpI64F64 = (a: bigint, b: number) => Number(compute("cmp.i64.f64", [a, b], null));
  world.answers.cmpU64F64 = (a: bigint, b: number) => Number(compute("cmp.u64.f64", [a, b], null));
  const native = mode === "jit" ? world.jit(binaryen, f).body : aotOf(world, binaryen, [f]).main;
  const hidden = mode === "jit" ? [BASE, 0] : [0];
  for (const all of cases) {
    const args = all.filter((_, i) => constants[i] == null);
    const expected = compute(o.op, all, o.aux);
    world.asked.length = 0;
    const answer = native(...args, ...hidden);
    const [result, status] = Array.isArray(answer) ? answer : [null, answer];
    const where = `${o.op} ${all.map(show).join(", ")}`;
    if (expected === LEAVES || expected === null) {
      if (status !== (mode === "jit" ? LEFT : STATUS.ERROR)) throw new Error(`${where} does not leave`);
      if (mode === "jit") {
        all.forEach((x, i) => {
          if (!Object.is(normal(world.read(i, o.args[i]!)), normal(x))) throw new Error(`${where}: slot ${i} holds ${world.read(i, o.args[i]!)}`);
        });
      } else {
        const zero = all.length === 2 && Number(all[1]) === 0;
        const code = o.op === "check.true" ? 18 : o.op === "cast.check" ? 7 : o.op.includes("rem") ? 6 : o.op.includes("div") && (zero || o.op.startsWith("f64")) ? 1 : 4;
        expect([where, world.asked.filter((a) => a.startsWith("fail")).map((a) => Number(a.split(" ")[1]))]).toEqual([where, [code]]);
      }
    } else {
      if (status !== STATUS.OK) throw new Error(`${where} leaves`);
      if (o.result && !Object.is(normal(result!), normal(expected as Num))) throw new Error(`${where} is ${show(result!)}, not ${show(expected as Num)}`);
    }
  }
}
